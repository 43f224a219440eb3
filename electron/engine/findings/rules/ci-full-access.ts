import { ciAgents, isUnheld, strangersCanTrigger } from '../ci-agents.ts';
import { evidenceInOwnFile } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciFullAccess: Rule = {
  id: 'ci-full-access',
  title: 'A pipeline agent runs without any limit',
  version: 1,
  why: 'Nobody is there to be asked, and nothing holds it: the runner, its token and its cloud role are what it can reach.',
  fix: 'Choose the sandbox and the strategy that the action recommends, and name the commands that the task needs.',
  references: references(
    'OWASP-ASI-2026:ASI05',
    'OWASP-LLM-2025:LLM06:2025',
    'OWASP-AISVS:9.3.1',
    'NIST-SP-800-53:SC-39',
  ),
  kinds: ['agent'],
  subjects: ciAgents,
  judge(agent, context): readonly Judgement[] {
    const because = isUnheld(agent);
    if (because === null) return [];
    const role = context.outgoing(agent, 'runs-as').flatMap((relation) => context.target(relation)?.name ?? [])[0];
    const [way] = context.outgoing(agent, 'egresses-to').flatMap(({ evidence }) => evidence.slice(0, 1));
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: 'destructive',
          reach: strangersCanTrigger(agent) ? 'anyone' : role === undefined ? 'insider' : 'content',
          gate: 'none',
        }),
        confidence: agent.confidence,
        message: `${agent.name}: ${because}${role === undefined ? '' : `, with the cloud role ${role}`}.`,
        evidence: way === undefined ? evidenceInOwnFile(agent, null) : [way],
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
