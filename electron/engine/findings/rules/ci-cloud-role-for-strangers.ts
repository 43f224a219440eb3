import { ciAgents, readsStrangers, strangersCanTrigger } from '../ci-agents.ts';
import { evidenceInOwnFile, named, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciCloudRoleForStrangers: Rule = {
  id: 'ci-cloud-role-for-strangers',
  title: 'A pipeline agent that reads strangers signs in at a cloud',
  version: 1,
  why: 'A comment reaches an account: what the role may do is what the stranger may have done.',
  fix: 'Sign in in a job that starts after an approval and reads nothing of strangers.',
  references: references(
    'OWASP-ASI-2026:ASI03',
    'OWASP-NHI-2025:NHI5:2025',
    'OWASP-ASI-2026:ASI01',
    'NIST-SP-800-53:AC-6',
  ),
  kinds: ['agent'],
  subjects: (context) => ciAgents(context).filter((agent) => context.outgoing(agent, 'runs-as').length > 0),
  judge(agent, context): readonly Judgement[] {
    if (!readsStrangers(agent)) return [];
    const roles = context.outgoing(agent, 'runs-as');
    const names = roles.flatMap((relation) => context.target(relation)?.name ?? []);
    const where = roles
      .flatMap((relation) => textOf(recordOf(context.target(relation)?.properties['deployedTo'])['name']))
      .filter((name) => name !== '');
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: 'destructive',
          reach: 'content',
          gate: strangersCanTrigger(agent) ? 'none' : 'model',
        }),
        confidence: agent.confidence,
        message: `${agent.name} runs as ${named(names)}${where.length === 0 ? '' : ` (${named(where)})`} and reads what strangers write.`,
        evidence: roles
          .flatMap(({ evidence }) => evidence.slice(0, 1))
          .concat(roles.length === 0 ? evidenceInOwnFile(agent, null) : []),
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
