import { configurationsInUse, configuredServers } from '../configurations.ts';
import { named, recordsOf, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const many = 4;
/** Names of accounts and places, not of anything that opens them. */
const isSecret = (name: string): boolean =>
  !/(?:^|_)(?:USER(?:NAME)?|EMAIL|HOST|URL|ACCOUNT|TENANT_ID|CLIENT_ID|REGION)$/i.test(name);

export const serverManySecrets: Rule = {
  id: 'server-many-secrets',
  title: 'One server gets many secrets',
  version: 1,
  why: 'A server that is taken over, or a tool of it that is misled, holds the keys of several systems at once.',
  fix: 'Split it by system, and give each part the one credential that it needs.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-MCP-2025:MCP01:2025', 'NIST-SP-800-53:AC-6'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const names = [
        ...new Set([
          ...textsOf(one.facts['secretRefs']).map((text) => text.replace(/^[a-z]+:/, '')),
          ...recordsOf(one.facts['literalSecrets']).map(({ where }) => textOf(where).split('.').at(-1) ?? ''),
        ]),
      ].filter((name) => name !== '' && isSecret(name));
      if (names.length < many) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} gets ${names.length} secrets: ${named(names, 6)}.`,
          evidence: one.at('env', 'environment', 'headers'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
