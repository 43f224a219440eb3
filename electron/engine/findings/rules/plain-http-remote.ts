import { configurationsInUse, configuredServers } from '../configurations.ts';
import { recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const plainHttpRemote: Rule = {
  id: 'plain-http-remote',
  title: 'A remote server without TLS',
  version: 1,
  why: 'Anybody on the way reads what the agent sends and writes what it gets back, descriptions of tools included.',
  fix: 'Use https, and do not send a credential until it is.',
  references: references('CWE:CWE-319', 'NIST-SP-800-53:SC-8', 'OWASP-ASI-2026:ASI07', 'OWASP-MCP-2025:MCP07:2025'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const way = recordOf(one.facts['transportSecurity']);
      if (way['plainHttp'] !== true) return [];
      const without = textOf(recordOf(one.facts['auth'])['type']) === 'none';
      return [
        {
          outcome: 'found',
          severity: severityOf({
            impact: 'operational',
            reach: way['privateNetwork'] === true ? 'insider' : 'content',
            gate: 'none',
          }),
          confidence: 'high',
          message: `${one.name} is reached over plain HTTP${without ? ', without authentication' : ', its credential included'}.`,
          evidence: one.at('url', 'serverUrl', 'httpUrl', 'args'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
