import type { StoredAsset, StoredRelation } from '../../store/repos/merged-facts.ts';
import { hasClass, toolsInUse } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const gates = (tool: StoredAsset, context: FindingContext): readonly StoredRelation[] =>
  context.outgoing(tool, 'gated-by').filter(({ properties }) => textOf(properties['condition']) !== '');

const amount = /[<>]=?|\b(?:amount|total|price|sum|limit|threshold)\b/i;

export const approvalThresholdSplit: Rule = {
  id: 'approval-threshold-split',
  title: 'A person is asked only from an amount on, counted per call',
  version: 1,
  why: 'Many small calls move what one large call would have had to ask for.',
  fix: 'Count over the conversation, the customer and the day, or ask for every call.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-AISVS:9.2.1', 'CWE:CWE-841', 'NIST-SP-800-53:AC-3'),
  kinds: ['tool'],
  subjects: (context) =>
    toolsInUse(context).filter((tool) => hasClass(tool, 'spends-money') && gates(tool, context).length > 0),
  judge: (tool, context): readonly Judgement[] =>
    gates(tool, context).map((relation): Judgement => {
      const condition = textOf(relation.properties['condition']);
      const gate = context.target(relation)?.name ?? 'a gate';
      if (!amount.test(condition))
        return { outcome: 'could-not-tell', why: `when ${gate} asks is decided by a condition that is not understood` };
      return {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'model' }),
        confidence: 'medium',
        message: `${gate} before ${tool.name} asks only if ${condition}.`,
        evidence: relation.evidence.slice(0, 1),
        detail: relation.to.key,
      };
    }),
};
