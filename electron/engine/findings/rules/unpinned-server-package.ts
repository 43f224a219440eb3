import { configurationsInUse, configuredServers } from '../configurations.ts';
import { recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const unpinnedServerPackage: Rule = {
  id: 'unpinned-server-package',
  title: 'A server package without a fixed version',
  version: 1,
  why: 'Whoever can publish the package decides what runs at the next start, with the rights and secrets of the person.',
  fix: 'Write the version that was reviewed behind the name, and raise it on purpose.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-MCP-2025:MCP04:2025', 'OWASP-AISVS:10.1.1', 'CWE:CWE-494'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const chain = recordOf(one.facts['supplyChain']);
      const source = textOf(chain['source']);
      if (one.facts['pinned'] !== false || source === 'oci') return [];
      const version = textOf(one.facts['version']);
      return [
        {
          outcome: 'found',
          // Whoever maintains the package: an insider of somebody else.
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} starts ${textOf(chain['name']) || server.name} ${
            version === '' ? 'without a version' : `at "${version}", which moves`
          }: what is newest at that moment.`,
          evidence: one.at('package', 'args', 'command'),
          detail: `${one.facts.place}#${one.name}`,
          group: `unpinned:${server.id}`,
        },
      ];
    });
  },
};
