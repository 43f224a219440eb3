import { configurationsInUse, configuredServers } from '../configurations.ts';
import { textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const trustedServer: Rule = {
  id: 'trusted-server',
  title: 'All tools of a server run without confirmation',
  version: 1,
  why: 'The host asks nobody, whatever the tool does and whatever the server adds to its list.',
  fix: 'Remove the trust, and approve the few tools that only read by name.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-MCP-2025:MCP02:2025', 'OWASP-AISVS:9.2.1'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server)
      .filter((one) => one.facts['trust'] === true || textsOf(one.facts['autoApprovedTools']).includes('*'))
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} is trusted by ${one.host}: all of its tools run without confirmation.`,
          evidence: one.at('trust', 'alwaysAllow', 'autoApprove'),
          detail: `${one.facts.place}#${one.name}`,
        }),
      );
  },
};
