import { evidenceInOwnFile, hostOf, isInUse, named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Hosts that were seen, or are documented, to run hooks of a folder that nobody trusted. Reference of hosts, 2026-11-20. */
const hosts: ReadonlyMap<string, string> = new Map([
  ['claude-code', 'a headless session runs them in a folder that nobody trusted'],
  ['cursor', 'all levels run, without a question for the folder'],
]);

export const repositoryHooksHeadless: Rule = {
  id: 'repository-hooks-headless',
  title: 'Hooks of a repository run where nobody trusted it',
  version: 1,
  why: 'A pipeline or a script that opens the folder runs commands that anybody with a merged change can choose.',
  fix: 'Allow hooks of managed settings only (`allowManagedHooksOnly`), or open foreign folders in a container.',
  references: references('OWASP-ASI-2026:ASI05', 'OWASP-ASI-2026:ASI04', 'CWE:CWE-94'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && hosts.has(hostOf(agent))),
  judge(agent, context): readonly Judgement[] {
    const hooks = context
      .outgoing(agent, 'uses')
      .filter(({ to }) => to.kind === 'hook')
      .flatMap((relation) => context.target(relation) ?? [])
      .filter(({ properties }) => properties['scope'] === 'project' && textOf(properties['command']) !== '');
    const [first] = hooks;
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: hostOf(agent) === 'claude-code' ? 'high' : 'low',
        message: `${agent.name}: ${hooks.length} hook(s) of the repository (${named(hooks.map(({ name }) => name))}); ${hosts.get(hostOf(agent)) ?? ''}.`,
        evidence: evidenceInOwnFile(first, null),
        detail: '',
      },
    ];
  },
};
