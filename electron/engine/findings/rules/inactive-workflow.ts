import { evidenceInOwnFile, textOf } from '../fact-access.ts';
import { ciAgents } from '../ci-agents.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const inactiveWorkflow: Rule = {
  id: 'inactive-workflow',
  title: 'The text of a workflow that does not run',
  version: 1,
  why: 'It looks like an agent in use and is none, until somebody compiles it without a review.',
  fix: 'Compile it (`gh aw compile`) and review the lock file, or remove it.',
  references: references('NIST-SP-800-53:CM-8'),
  kinds: ['agent'],
  subjects: (context) => ciAgents(context).filter((agent) => agent.properties['host'] === 'gh-aw'),
  judge(agent): readonly Judgement[] {
    if (!textOf(agent.properties['state']).startsWith('inactive')) return [];
    return [
      {
        outcome: 'found',
        severity: 'info',
        confidence: agent.confidence,
        message: `${agent.name}: ${textOf(agent.properties['state'])}.`,
        evidence: evidenceInOwnFile(agent, null),
        detail: '',
      },
    ];
  },
};
