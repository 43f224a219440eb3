import { ciAgents, strangersCanTrigger } from '../ci-agents.ts';
import { evidenceInOwnFile } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const ciNoTurnLimit: Rule = {
  id: 'ci-no-turn-limit',
  title: 'Strangers can have a pipeline agent work without a limit of turns',
  version: 1,
  why: 'Each run costs money and minutes, and nothing in the step ends one that goes in circles.',
  fix: 'Set a limit of turns (`--max-turns`) and a short `timeout-minutes`.',
  references: references('OWASP-LLM-2025:LLM10:2025', 'OWASP-AGENTIC-TM:T4', 'OWASP-AISVS:9.1.2'),
  kinds: ['agent'],
  subjects: (context) =>
    ciAgents(context).filter(
      (agent) => agent.properties['host'] === 'claude-code-action' && strangersCanTrigger(agent),
    ),
  judge(agent): readonly Judgement[] {
    if (agent.properties['maxTurns'] !== undefined || agent.properties['timeout-minutes'] !== undefined) return [];
    return [
      {
        outcome: 'found',
        severity: 'low',
        confidence: 'medium',
        message: `${agent.name}: anybody can make it run, and no limit of turns is set.`,
        evidence: evidenceInOwnFile(agent, null),
        detail: '',
      },
    ];
  },
};
