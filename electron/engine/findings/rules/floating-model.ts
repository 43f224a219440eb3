import type { StoredAsset, StoredRelation } from '../../store/repos/merged-facts.ts';
import { codeAgents } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Uses by deployed agents; on the machine of a person a floating model is a choice and no release. */
const uses = (model: StoredAsset, context: FindingContext): readonly StoredRelation[] => {
  const agents = new Set(codeAgents(context).map(({ key }) => key));
  return context
    .incoming(model, 'uses')
    .filter(({ from, properties }) => from.kind === 'agent' && agents.has(from.key) && properties['why'] === undefined);
};

export const floatingModel: Rule = {
  id: 'floating-model',
  title: 'An agent runs on a model name without a version',
  version: 1,
  why: 'The provider changes what answers, and tests and approvals were for the one before.',
  fix: 'Name the dated version, and change it in a review.',
  references: references('OWASP-LLM-2025:LLM03:2025', 'OWASP-ASI-2026:ASI04', 'NIST-SP-800-53:CM-2'),
  kinds: ['model'],
  subjects: (context) => context.all('model').filter((model) => uses(model, context).length > 0),
  judge(model, context): readonly Judgement[] {
    const channel = textOf(model.properties['channel']);
    if (channel === 'pinned') return [];
    if (channel !== 'floating' && channel !== 'alias')
      return [{ outcome: 'could-not-tell', why: 'which model it is, is decided at run time' }];
    const found = uses(model, context);
    const agents = found.flatMap((relation) => context.source(relation)?.name ?? []);
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'informational', reach: 'content', gate: 'model' }),
        confidence: model.confidence,
        message: `${named(agents)}: ${model.name} names no version.`,
        evidence: found.flatMap(({ evidence }) => evidence.slice(0, 1)),
        detail: '',
      },
    ];
  },
};
