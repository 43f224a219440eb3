import { ciAgents } from '../ci-agents.ts';
import { evidenceInOwnFile, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciActionUnpinned: Rule = {
  id: 'ci-action-unpinned',
  title: 'The action of an agent is not fixed to a commit',
  version: 1,
  why: 'A tag can be moved: what runs with the token and the key of the model is then another program.',
  fix: 'Write the commit (`uses: owner/action@<sha> # v1.2.3`) and let a bot propose updates.',
  references: references('OWASP-ASI-2026:ASI04', 'CWE:CWE-494', 'OWASP-AISVS:10.1.1'),
  kinds: ['agent'],
  subjects: (context) => ciAgents(context).filter((agent) => typeof agent.properties['pinnedToSha'] === 'boolean'),
  judge(agent): readonly Judgement[] {
    if (agent.properties['pinnedToSha'] === true) return [];
    return [
      {
        outcome: 'found',
        // Its publisher would have to do it, or lose the account.
        severity: severityOf({ impact: 'informational', reach: 'insider', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name} uses ${textOf(agent.properties['action'])}@${textOf(agent.properties['reference']) || '(nothing)'}.`,
        evidence: evidenceInOwnFile(agent, null),
        detail: textOf(agent.properties['action']),
      },
    ];
  },
};
