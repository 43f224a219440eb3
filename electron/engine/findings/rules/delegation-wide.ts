import type { StoredAsset, StoredRelation } from '../../store/repos/merged-facts.ts';
import { classesOf, codeAgents, toolsOf } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Delegation to whoever is there; members that a graph or a team names are its design. */
const wide = (agent: StoredAsset, context: FindingContext): readonly StoredRelation[] =>
  context.outgoing(agent, 'delegates-to').filter(({ properties }) => textOf(properties['how']) === 'allow_delegation');

const matters = /^(?:reads-private|deletes|spends-money|executes-code|sends-outside)$/;

const classesOfAgent = (agent: StoredAsset, context: FindingContext): readonly string[] => [
  ...new Set(toolsOf(agent, context).flatMap(classesOf)),
];

export const delegationWide: Rule = {
  id: 'delegation-wide',
  title: 'An agent may ask others for what its own tools cannot do',
  version: 1,
  why: 'The limits of its tool list are none: it has the others do it, and their output comes back to it.',
  fix: 'Switch open delegation off, or name the agents and the work that may be handed over.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-ASI-2026:ASI07', 'NIST-SP-800-53:AC-6'),
  kinds: ['agent'],
  subjects: (context) => codeAgents(context).filter((agent) => wide(agent, context).length > 0),
  judge(agent, context): readonly Judgement[] {
    const own = classesOfAgent(agent, context);
    const wider = wide(agent, context).flatMap((relation) => {
      const other = context.target(relation);
      if (other === undefined) return [];
      const more = classesOfAgent(other, context).filter((one) => matters.test(one) && !own.includes(one));
      return more.length === 0 ? [] : [{ relation, other, more }];
    });
    const [first] = wider;
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'model' }),
        confidence: 'high',
        message: `${agent.name} can hand work to ${named(wider.map(({ other, more }) => `${other.name} (${more.join(', ')})`))}.`,
        evidence: first.relation.evidence.slice(0, 1),
        detail: '',
      },
    ];
  },
};
