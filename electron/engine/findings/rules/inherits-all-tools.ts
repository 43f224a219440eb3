import { evidenceInOwnFile, isInUse, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const inheritsAllTools: Rule = {
  id: 'inherits-all-tools',
  title: 'A sub-agent without a list of tools',
  version: 1,
  why: 'It gets every tool of its parent, servers and shell included, whatever its task is; tools that come later as well.',
  fix: 'Write a `tools` line with what the task needs.',
  references: references('OWASP-LLM-2025:LLM06:2025', 'OWASP-ASI-2026:ASI02', 'NIST-SP-800-53:AC-6'),
  kinds: ['agent'],
  subjects: (context) =>
    context.all('agent').filter((agent) => isInUse(agent) && agent.properties['subAgent'] === true),
  judge(agent): readonly Judgement[] {
    const { tools, permissions, disallowedTools } = agent.properties;
    // Rules of its own, or tools that are taken away, are a list as well.
    if (tools !== 'inherits all' || Array.isArray(permissions) || textsOf(disallowedTools).length > 0) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: agent.confidence,
        message: `${agent.name} has no list of tools and inherits all of its parent.`,
        evidence: evidenceInOwnFile(agent, null),
        detail: '',
      },
    ];
  },
};
