import { configurationsInUse, configuredServers } from '../configurations.ts';
import { textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const legacySse: Rule = {
  id: 'legacy-sse',
  title: 'A server on the transport that was replaced',
  version: 1,
  why: 'HTTP+SSE has no resumption, no agreed way to authenticate and is being dropped by clients; a server that only has it is seldom maintained.',
  fix: 'Move to streamable HTTP (MCP 2025-03-26 or newer).',
  references: references('OWASP-MCP-2025:MCP07:2025'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server)
      .filter((one) => textOf(one.facts['legacyTransport']) !== '')
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: 'low',
          // Where no file names the transport, a client may still agree on the newer one.
          confidence: one.facts['transportDeclared'] === false ? 'medium' : 'high',
          message: `${one.name} uses ${textOf(one.facts['legacyTransport'])}.`,
          evidence: one.at('url', 'serverUrl', 'args'),
          detail: `${one.facts.place}#${one.name}`,
        }),
      );
  },
};
