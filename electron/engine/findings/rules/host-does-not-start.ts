import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const hostDoesNotStart: Rule = {
  id: 'host-does-not-start',
  title: 'Settings that a version of the host refuses to start with',
  version: 1,
  why: 'People get around a refusal by removing the file, and with it whatever it protected.',
  fix: 'Correct the setting that the message names.',
  references: references('NIST-SP-800-53:CM-6'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter((agent) => isInUse(agent) && ('startProblems' in agent.properties || 'rejected' in agent.properties)),
  judge(agent): readonly Judgement[] {
    const problems = [
      ...placedOf(agent, 'startProblems'),
      ...placedOf(agent, 'rejected').filter((one) => one['whole'] === true),
    ];
    return problems.map((one): Judgement => {
      const since = textOf(one['sinceVersion']);
      return {
        outcome: 'found',
        severity: 'low',
        confidence: 'high',
        message: `${agent.name} does not start${since === '' ? '' : ` from version ${since} on`}: ${textOf(one['why'])}.`,
        evidence: evidenceOf(agent, one),
        detail: textOf(one['why']),
      };
    });
  },
};
