import { configurationsInUse, configuredServers } from '../configurations.ts';
import { recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Hosts whose clients negotiate OAuth when they connect, and keep what they got outside of the file. Reference of hosts, 2026-11-20. */
const negotiate =
  /^(?:claude-code|claude-desktop|cursor|vscode-copilot|copilot-cli|codex|gemini-cli|qwen-code|opencode|zed|windsurf|devin|cline|roo|kilo|continue|amazon-q|kiro|goose|warp|factory|crush|amp|antigravity|junie|augment)$/;

export const unauthenticatedRemoteServer: Rule = {
  id: 'unauthenticated-remote-server',
  title: 'A remote server is used without credentials',
  version: 1,
  why: 'A server that asks nobody who they are serves everybody, and cannot tell whose data it hands out.',
  fix: 'Use OAuth or a header with a token of this agent; where the server has neither, put it behind something that does.',
  references: references('OWASP-MCP-2025:MCP07:2025', 'OWASP-ASI-2026:ASI07', 'CWE:CWE-306', 'NIST-SP-800-53:IA-9'),
  kinds: ['mcp-server'],
  subjects: (context) =>
    configuredServers(context).filter((server) =>
      configurationsInUse(server).some((one) => {
        const way = recordOf(one.facts['transportSecurity']);
        return ['http', 'https', 'ws', 'wss'].includes(textOf(way['scheme'])) && way['loopback'] !== true;
      }),
    ),
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const way = recordOf(one.facts['transportSecurity']);
      const isRemote = ['http', 'https', 'ws', 'wss'].includes(textOf(way['scheme'])) && way['loopback'] !== true;
      if (!isRemote || textOf(recordOf(one.facts['auth'])['type']) !== 'none') return [];
      if (negotiate.test(one.host))
        return [
          {
            outcome: 'could-not-tell',
            why: `${one.facts.place}: no credential stands there; ${one.host} may negotiate OAuth when it connects, which no file shows`,
          },
        ];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} is reached at ${textOf(one.facts['url']) || 'a remote address'} without any credential.`,
          evidence: one.at('url'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
