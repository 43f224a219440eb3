import { configurationsInUse, configuredServers } from '../configurations.ts';
import { named, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const fileServers = /filesystem|file-system|desktop-commander|files?-mcp|mcp-files?/i;
const wide =
  /^(?:\/|~\/?|\$\{?HOME\}?\/?|\/home(?:\/[^/]+)?\/?|\/Users(?:\/[^/]+)?\/?|[A-Za-z]:[\\/]?(?:Users[\\/]?[^\\/]*)?|%USERPROFILE%)$/;

export const serverWideFolder: Rule = {
  id: 'server-wide-folder',
  title: 'A file server is given a whole home or disk',
  version: 1,
  why: 'Keys, mail and other projects are one call away, and rules of the host about files do not apply to a server.',
  fix: 'Give it the folder of the project.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-MCP-2025:MCP02:2025', 'NIST-SP-800-53:AC-6'),
  kinds: ['mcp-server'],
  subjects: (context) =>
    configuredServers(context).filter((server) =>
      configurationsInUse(server).some(({ facts, args }) =>
        fileServers.test(
          `${textOf(recordOf(facts['supplyChain'])['name'])} ${args.join(' ')} ${textOf(facts['command'])}`,
        ),
      ),
    ),
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const folders = one.args.filter((word) => wide.test(word));
      if (folders.length === 0) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} is given ${named(folders)}.`,
          evidence: one.at('args'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
