import { evidenceOfVerdict } from '../context.ts';
import { isInUse, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const transcriptsReadable: Rule = {
  id: 'transcripts-readable',
  title: 'An agent can read what was said in other sessions',
  version: 1,
  why: 'Transcripts hold what people pasted and what tools returned, from every project; one session can carry that into another.',
  fix: "Deny reading the host's folder of sessions, or shorten how long it keeps them.",
  references: references('OWASP-ASI-2026:ASI06', 'OWASP-LLM-2025:LLM02:2025', 'OWASP-AISVS:12.1.3'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) =>
          isInUse(agent) && 'transcripts' in agent.properties && context.verdict(agent, 'read: README.md') !== null,
      ),
  judge(agent, context): readonly Judgement[] {
    const places = recordsOf(agent.properties['transcripts'])
      .map(({ place }) => textOf(place))
      .filter((place) => place.startsWith('~/') && !place.includes('/Library/') && !place.includes('/AppData/'));
    for (const place of places) {
      const path = place.replace(/\*\*/g, 'one').replace(/\*/g, 'one');
      const answer = context.verdict(agent, `read: ${path}`);
      if (answer?.verdict !== 'allow') continue;
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'informational', reach: 'insider', gate: 'none' }),
          confidence: 'medium',
          message: `${agent.name} can read ${place} unasked; decided by ${answer.decidedBy}.`,
          evidence: evidenceOfVerdict(agent, answer),
          detail: '',
        },
      ];
    }
    return [];
  },
};
