import { toolNameImpact } from '../../permissions/impact/tool-names.ts';
import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { type Configuration, configurationsInUse, configuredServers } from '../configurations.ts';
import type { FindingContext } from '../context.ts';
import { named, recordOf, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

function destructiveTools(server: StoredAsset, one: Configuration, context: FindingContext): readonly string[] {
  const hints = new Map(
    context.outgoing(server, 'exposes').flatMap((relation) => {
      const tool = context.target(relation);
      return tool?.kind === 'tool'
        ? [
            [
              tool.name,
              recordOf(tool.properties['annotations'])['destructiveHint'] ?? tool.properties['destructiveHint'],
            ] as const,
          ]
        : [];
    }),
  );
  const byName = recordOf(one.facts['toolApproval']);
  const names = [
    ...textsOf(one.facts['autoApprovedTools']),
    ...Object.keys(byName).filter((name) => /^(?:auto|allow|always|approve)$/.test(textOf(byName[name]))),
  ];
  return names.filter((name) => {
    if (name === '*') return false;
    if (hints.get(name) === true) return true;
    const { impact } = toolNameImpact({ type: 'mcp', server: one.name, name });
    return impact === 'destructive';
  });
}

export const autoApprovedDestructiveTool: Rule = {
  id: 'auto-approved-destructive-tool',
  title: 'A destructive tool of a server is approved in advance',
  version: 1,
  why: 'What it takes away is gone when somebody sees it; the only question stood before the call.',
  fix: 'Take the tool out of the list, so that its host asks for every call.',
  references: references(
    'OWASP-ASI-2026:ASI02',
    'OWASP-LLM-2025:LLM06:2025',
    'OWASP-AISVS:9.2.1',
    'OWASP-MCP-2025:MCP02:2025',
  ),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server, context): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const tools = destructiveTools(server, one, context);
      if (tools.length === 0) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          // Told by their names: what a tool does is decided by its server.
          confidence: 'medium',
          message: `${one.host} runs ${named(tools)} of ${one.name} without confirmation.`,
          evidence: one.at('alwaysAllow', 'autoApprove'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
