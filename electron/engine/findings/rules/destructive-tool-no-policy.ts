import { hasClass } from '../code-agents.ts';
import { isInUse, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const destructiveToolNoPolicy: Rule = {
  id: 'destructive-tool-no-policy',
  title: 'A gateway offers a tool that deletes, and no policy decides who may',
  version: 1,
  why: 'Every caller that the gateway lets in can delete.',
  fix: 'Attach a policy engine that names principals and conditions, or take the tool out of the gateway.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-MCP-2025:MCP02:2025', 'CWE:CWE-862', 'NIST-SP-800-53:AC-3'),
  kinds: ['mcp-server'],
  subjects: (context) =>
    context
      .all('mcp-server')
      .filter(
        (server) =>
          isInUse(server) &&
          recordsOf(server.properties['configurations']).some((one) => textOf(one['policyEngine']) !== ''),
      ),
  judge(server, context): readonly Judgement[] {
    const engines = recordsOf(server.properties['configurations']).map((one) => textOf(one['policyEngine']));
    if (!engines.includes('none')) return [];
    return context.outgoing(server, 'exposes').flatMap((relation): readonly Judgement[] => {
      const tool = context.target(relation);
      if (tool === undefined || tool.kind !== 'tool' || !hasClass(tool, 'deletes')) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
          confidence: 'medium',
          message: `${server.name} offers ${tool.name} without a policy engine.`,
          evidence: relation.evidence.slice(0, 1),
          detail: tool.key,
        },
      ];
    });
  },
};
