import { isInUse } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const gatewaySharesAgentRole: Rule = {
  id: 'gateway-shares-agent-role',
  title: 'A tool server runs as the agent that calls it',
  version: 1,
  why: 'What the agent may do and what the tools may do is one set of rights, and logs cannot tell them apart.',
  fix: 'Give the server a role of its own with what its tools need.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI9:2025', 'NIST-SP-800-53:AC-5'),
  kinds: ['mcp-server'],
  subjects: (context) =>
    context.all('mcp-server').filter((server) => isInUse(server) && context.outgoing(server, 'runs-as').length > 0),
  judge: (server, context): readonly Judgement[] =>
    context.outgoing(server, 'runs-as').flatMap((relation): readonly Judgement[] => {
      const identity = context.target(relation);
      if (identity === undefined) return [];
      const agent = context
        .incoming(identity, 'runs-as')
        .flatMap((other) => context.source(other) ?? [])
        .find(({ kind }) => kind === 'agent');
      if (agent === undefined) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: relation.confidence,
          message: `${server.name} runs as ${identity.name}, and so does ${agent.name}.`,
          evidence: relation.evidence.slice(0, 1),
          detail: identity.key,
        },
      ];
    }),
};
