import { configurationsInUse, configuredServers } from '../configurations.ts';
import { recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const unpinnedImage: Rule = {
  id: 'unpinned-image',
  title: 'A server image with a tag that moves',
  version: 1,
  why: 'Whoever can push the tag decides what runs at the next start.',
  fix: 'Name the digest (`@sha256:...`), or at least a version tag that the registry does not let anybody move.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-MCP-2025:MCP04:2025', 'OWASP-AISVS:10.1.1', 'CWE:CWE-494'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const chain = recordOf(one.facts['supplyChain']);
      if (one.facts['pinned'] !== false || textOf(chain['source']) !== 'oci') return [];
      const version = textOf(one.facts['version']);
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} runs ${textOf(chain['name']) || server.name}${version === '' ? ' without a tag' : `:${version}`}, which moves.`,
          evidence: one.at('package', 'args', 'command'),
          detail: `${one.facts.place}#${one.name}`,
          group: `unpinned:${server.id}`,
        },
      ];
    });
  },
};
