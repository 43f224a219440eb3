import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { codeAgents, gatesBefore, hasClass, toolsOf } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { named, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Gates of an agent that are known to stand before none of its tools. */
const beside = (agent: StoredAsset, context: FindingContext) =>
  context
    .outgoing(agent, 'gated-by')
    .filter(
      (relation) =>
        !relation.dynamic &&
        relation.properties['coversKnown'] === true &&
        textsOf(relation.properties['covers']).length === 0,
    );

export const misplacedApproval: Rule = {
  id: 'misplaced-approval',
  title: 'A person is asked at another step than the one that acts',
  version: 1,
  why: 'The answer approves a text or a plan, and what then goes out or is changed can differ from it.',
  fix: 'Ask at the call that cannot be taken back, and show its arguments.',
  references: references('OWASP-ASI-2026:ASI09', 'OWASP-AISVS:9.2.1', 'EU-AI-ACT:Art.14'),
  kinds: ['agent'],
  subjects: (context) => codeAgents(context).filter((agent) => context.outgoing(agent, 'gated-by').length > 0),
  judge(agent, context): readonly Judgement[] {
    const acting = toolsOf(agent, context).filter(
      (tool) =>
        hasClass(tool, 'sends-outside', 'deletes', 'spends-money', 'executes-code') &&
        gatesBefore(tool, agent, context).length === 0,
    );
    if (acting.length === 0) return [];
    return beside(agent, context).map((relation) => ({
      outcome: 'found',
      severity: severityOf({ impact: 'operational', reach: 'content', gate: 'model' }),
      confidence: 'medium',
      message: `${context.target(relation)?.name ?? 'the gate'} of ${agent.name} stands before no tool; ${named(acting.map(({ name }) => name))} run without a question.`,
      evidence: relation.evidence.slice(0, 1),
      detail: relation.to.key,
    }));
  },
};
