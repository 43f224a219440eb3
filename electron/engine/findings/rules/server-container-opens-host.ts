import { configurationsInUse, configuredServers } from '../configurations.ts';
import { named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** What of the host a container is given. */
function openings(args: readonly string[]): readonly string[] {
  return args.flatMap((word, index): readonly string[] => {
    const value = /^(-v|--volume|--mount|--network|--net|--pid|--cap-add)(?:=(.+))?$/.exec(word);
    const given = value === null ? '' : (value[2] ?? args[index + 1] ?? '');
    if (word === '--privileged' || word === '--privileged=true') return ['--privileged'];
    if (value === null) return [];
    if (/^--(?:network|net|pid)$/.test(value[1] ?? '') && given === 'host') return [`${value[1]} host`];
    if (value[1] === '--cap-add' && /^(?:ALL|SYS_ADMIN)$/i.test(given)) return [`--cap-add ${given}`];
    const source = /(?:^|,)(?:src|source)=([^,]+)/.exec(given)?.[1] ?? given.split(':')[0] ?? '';
    if (/docker\.sock$/.test(source)) return ['the socket of Docker'];
    return /^(?:\/|~|\$HOME|\$\{HOME\}|\/home\/[^/]+|\/Users\/[^/]+|\/etc|\/root)\/?$/.test(source) ? [source] : [];
  });
}

export const serverContainerOpensHost: Rule = {
  id: 'server-container-opens-host',
  title: 'A server in a container is given the machine',
  version: 1,
  why: 'The container looks like a boundary and is none: what runs in it reaches the host.',
  fix: 'Mount the one folder that is needed, read-only where it can be, and leave privileges and the host network away.',
  references: references('CWE:CWE-250', 'OWASP-ASI-2026:ASI05', 'NIST-SP-800-53:SC-39'),
  kinds: ['mcp-server'],
  subjects: (context) =>
    configuredServers(context).filter((server) =>
      configurationsInUse(server).some(({ facts }) =>
        /(?:^|[\\/])(?:docker|podman|nerdctl)$/.test(textOf(facts['command'])),
      ),
    ),
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const found = openings(one.args);
      if (found.length === 0) return [];
      const breaksOut = found.some((word) => /privileged|socket|^\/$|cap-add/.test(word));
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: breaksOut ? 'content' : 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} runs in a container that is given ${named(found)}.`,
          evidence: one.at('args', 'command'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
