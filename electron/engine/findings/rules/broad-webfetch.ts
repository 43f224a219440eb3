import { evidenceOf } from '../context.ts';
import { isInUse, textOf } from '../fact-access.ts';
import { allowRules, opensWholeWeb } from '../permission-rules.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const broadWebfetch: Rule = {
  id: 'broad-webfetch',
  title: 'Any web address may be fetched unasked',
  version: 1,
  why: 'Pages of strangers enter the context, and addresses that the model makes up carry data out.',
  fix: 'Name the sites (`WebFetch(domain:docs.example.com)`), or let the host ask for each new one.',
  references: references('OWASP-ASI-2026:ASI01', 'OWASP-ASI-2026:ASI02', 'MITRE-ATLAS:AML.T0086', 'OWASP-AISVS:9.5.1'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && allowRules(agent).length > 0),
  judge(agent, context): readonly Judgement[] {
    return allowRules(agent)
      .filter(opensWholeWeb)
      .flatMap((rule): readonly Judgement[] => {
        const answer = context.verdict(agent, 'fetch: https://unlisted.example/');
        if (answer !== null && answer.verdict !== 'allow') return [];
        return [
          {
            outcome: 'found',
            severity: severityOf({ impact: 'informational', reach: 'content', gate: 'none' }),
            confidence: answer === null ? 'medium' : 'high',
            message: `${agent.name}: ${textOf(rule['rule'])} names no site.`,
            evidence: evidenceOf(agent, rule),
            detail: `${textOf(rule['rule'])}@${textOf(rule['scope'])}`,
          },
        ];
      });
  },
};
