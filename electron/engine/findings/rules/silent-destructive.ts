import { evidenceOf } from '../context.ts';
import { type Judgement, type Rule, severityOf } from '../rule.ts';

/** Calls that nobody would want to happen unasked; one finding per agent, with all that run. */
const calls: readonly (readonly [call: string, words: string])[] = [
  ['run: rm -rf build', 'delete folders'],
  ['run: git push --force origin main', 'overwrite published history'],
  ['run: terraform destroy -auto-approve', 'destroy infrastructure'],
  ['run: kubectl delete namespace production', 'delete from a cluster'],
  ['run: aws rds delete-db-instance --db-instance-identifier main', 'delete cloud resources'],
  ['run: psql -c "drop table orders"', 'drop database tables'],
];

export const silentDestructive: Rule = {
  id: 'silent-destructive',
  title: 'Destructive commands run without a person',
  version: 1,
  why: 'What cannot be undone happens because a model decided it, or because a text that it read told it to.',
  fix: 'Add ask or deny rules for these commands, leave the mode that drops prompts, or run the agent in a sandbox.',
  references: [
    { framework: 'OWASP-ASI-2026', id: 'ASI02' },
    { framework: 'OWASP-LLM-2025', id: 'LLM06:2025' },
  ],
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => context.verdict(agent, 'run: ls') !== null),
  judge(agent, context): readonly Judgement[] {
    const silent: { readonly words: string; readonly decidedBy: string }[] = [];
    let unknown = 0;
    for (const [call, words] of calls) {
      const answer = context.verdict(agent, call, agent.properties['location'] === 'ci' ? 'ci' : 'interactive');
      if (answer?.verdict === 'allow') silent.push({ words, decidedBy: answer.decidedBy });
      if (answer?.verdict === 'unknown' || answer?.verdict === 'conditional') unknown += 1;
    }
    const [first] = silent;
    if (first === undefined)
      return unknown === 0
        ? []
        : [{ outcome: 'could-not-tell', why: `${unknown} of ${calls.length} calls depend on what no file says` }];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name} can ${silent.map((one) => one.words).join(', ')} without asking; decided by ${first.decidedBy}.`,
        evidence: evidenceOf(agent),
        detail: '',
      },
    ];
  },
};
