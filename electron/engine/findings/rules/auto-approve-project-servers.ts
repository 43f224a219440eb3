import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const autoApproveProjectServers: Rule = {
  id: 'auto-approve-project-servers',
  title: 'Every server of a repository starts without review',
  version: 1,
  why: 'Whoever can change a file of the repository can have a program started on the machines of all who work with it.',
  fix: 'Approve servers by name (`enabledMcpjsonServers`), so that a new one is seen once by a person.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-MCP-2025:MCP09:2025', 'OWASP-AISVS:10.1.2'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'mcpApprovals' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'mcpApprovals')
      .filter((one) => textOf(one['list']) === 'enableAllProjectMcpServers')
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${agent.name}: enableAllProjectMcpServers approves every server of .mcp.json, also those that are added later.`,
          evidence: evidenceOf(agent, one),
          detail: textOf(one['scope']),
        }),
      );
  },
};
