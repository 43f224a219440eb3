import { evidenceOf } from '../context.ts';
import { isInUse, textOf } from '../fact-access.ts';
import { allowRules, wholeServer } from '../permission-rules.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const wholeServerAllow: Rule = {
  id: 'whole-server-allow',
  title: 'Every tool of a server is allowed in advance',
  version: 1,
  why: 'The server decides which tools that are: the destructive ones of today and whatever its next version adds.',
  fix: 'Allow the tools that are needed by name, and let the host ask for the others.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-LLM-2025:LLM06:2025', 'OWASP-MCP-2025:MCP02:2025'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && allowRules(agent).length > 0),
  judge(agent, context): readonly Judgement[] {
    return allowRules(agent).flatMap((rule): readonly Judgement[] => {
      const server = wholeServer(rule);
      if (server === null) return [];
      const answer = context.verdict(agent, `mcp: ${server}/delete_everything`);
      if (answer !== null && ['deny', 'ask', 'hidden'].includes(answer.verdict)) return [];
      return [
        {
          outcome: 'found',
          // Whoever maintains the server has to offer the harmful tool: reach is that of an insider.
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: answer === null ? 'medium' : 'high',
          message: `${agent.name}: ${textOf(rule['rule'])} allows every tool of ${server} in advance.`,
          evidence: evidenceOf(agent, rule),
          detail: `${textOf(rule['rule'])}@${textOf(rule['scope'])}`,
        },
      ];
    });
  },
};
