import { ciAgents } from '../ci-agents.ts';
import { evidenceInOwnFile, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciBotsAllowed: Rule = {
  id: 'ci-bots-allowed',
  title: 'Any bot can make a pipeline agent run',
  version: 1,
  why: 'Bots repeat what strangers tell them, and two agents can start each other without an end.',
  fix: 'Name the bots that are needed.',
  references: references('OWASP-ASI-2026:ASI08', 'OWASP-ASI-2026:ASI01', 'OWASP-AISVS:9.1.2'),
  kinds: ['agent'],
  subjects: (context) => ciAgents(context).filter((agent) => 'letsIn' in agent.properties),
  judge(agent): readonly Judgement[] {
    if (textOf(recordOf(agent.properties['letsIn'])['bots']).trim() !== '*') return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'informational', reach: 'content', gate: 'none' }),
        confidence: agent.confidence,
        message: `${agent.name}: every bot can make it run.`,
        evidence: evidenceInOwnFile(agent, null),
        detail: '',
      },
    ];
  },
};
