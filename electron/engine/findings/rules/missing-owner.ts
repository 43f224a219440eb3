import type { FindingContext } from '../context.ts';
import { evidenceAt, evidenceInOwnFile, isInUse, lineOf, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

const deployed = /^(?:ci|cloud|low-code)$/;
const cached = new WeakMap<FindingContext, boolean>();

/** Where nobody is named for anything, the organisation keeps its owners elsewhere. */
function namesOwners(context: FindingContext): boolean {
  let known = cached.get(context);
  if (known === undefined) {
    known = context.all('agent').some((agent) => context.outgoing(agent, 'owned-by').length > 0);
    cached.set(context, known);
  }
  return known;
}

export const missingOwner: Rule = {
  id: 'missing-owner',
  title: 'An agent that nobody answers for',
  version: 1,
  why: 'Nobody is asked before it changes, nobody gets its alarms, and nobody switches it off.',
  fix: 'Name a person or a team in the list, in CODEOWNERS or in the catalogue.',
  references: references('OWASP-NHI-2025:NHI1:2025', 'EU-AI-ACT:Art.26(2)', 'ISO-42001:A.3.2'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) =>
          isInUse(agent) &&
          ('ownerLeftEmpty' in agent.properties || deployed.test(textOf(agent.properties['location']))),
      ),
  judge(agent, context): readonly Judgement[] {
    const owners = context.outgoing(agent, 'owned-by').filter(({ properties }) => properties['guess'] !== true);
    if (owners.length > 0) return [];
    const empty = recordOf(agent.properties['ownerLeftEmpty']);
    const [place, line] = [textOf(empty['place']), lineOf(empty['line'])];
    if (place !== '' && line !== null)
      return [
        {
          outcome: 'found',
          severity: 'medium',
          confidence: 'high',
          message: `${agent.name}: ${textOf(empty['listed'])} stands in the list of owners without one.`,
          evidence: [evidenceAt(agent, place, line), ...evidenceInOwnFile(agent, null)],
          detail: '',
        },
      ];
    if (!namesOwners(context)) return [{ outcome: 'could-not-tell', why: 'no file that was read names owners' }];
    return [
      {
        outcome: 'found',
        severity: 'low',
        confidence: 'medium',
        message: `${agent.name}: others here have an owner, it has none.`,
        evidence: evidenceInOwnFile(agent, null),
        detail: '',
      },
    ];
  },
};
