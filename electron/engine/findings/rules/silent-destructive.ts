import { askedHosts, evidenceOfVerdict, isHeldByNetwork } from '../context.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Calls that nobody would want to happen unasked; one finding per agent, with all that run. */
const calls: readonly (readonly [call: string, words: string])[] = [
  ['run: rm -rf build', 'delete folders'],
  // From here on each needs the network.
  ['run: git push --force origin main', 'overwrite published history'],
  ['run: terraform destroy -auto-approve', 'destroy infrastructure'],
  ['run: kubectl delete namespace production', 'delete from a cluster'],
  ['run: aws rds delete-db-instance --db-instance-identifier main', 'delete cloud resources'],
  ['run: psql -c "drop table orders"', 'drop database tables'],
];

export const silentDestructive: Rule = {
  id: 'silent-destructive',
  title: 'Destructive commands run without a person',
  version: 2,
  why: 'What cannot be undone happens because a model decided it, or because a text that it read told it to.',
  fix: 'Add ask or deny rules for these commands, leave the mode that drops prompts, or run the agent in a sandbox.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-LLM-2025:LLM06:2025', 'OWASP-AISVS:9.2.1'),
  kinds: ['agent'],
  subjects: (context) => askedHosts(context, 'run: ls'),
  judge(agent, context): readonly Judgement[] {
    const answers = calls.flatMap(([call, words]) => {
      const answer = context.verdict(agent, call);
      return answer === null ? [] : [{ words, answer }];
    });
    const silent = answers.filter(
      ({ answer, words }) =>
        answer.verdict === 'allow' && (words === 'delete folders' || !isHeldByNetwork(agent, answer)),
    );
    const [first] = silent;
    if (first === undefined) {
      const unclear = answers.filter(({ answer }) => ['unknown', 'conditional'].includes(answer.verdict)).length;
      return unclear === 0
        ? []
        : [{ outcome: 'could-not-tell', why: `${unclear} of ${calls.length} calls depend on what no file says` }];
    }
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name} can ${silent.map((one) => one.words).join(', ')} without asking; decided by ${first.answer.decidedBy}.`,
        evidence: evidenceOfVerdict(agent, first.answer),
        detail: '',
        group: `prompts-off:${agent.id}`,
      },
    ];
  },
};
