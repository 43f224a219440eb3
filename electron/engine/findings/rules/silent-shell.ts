import { evidenceOf } from '../context.ts';
import { hostOf, isInUse, textOf } from '../fact-access.ts';
import { allowRules, shellRule } from '../permission-rules.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const silentShell: Rule = {
  id: 'silent-shell',
  title: 'A rule lets every shell command run unasked',
  version: 1,
  why: 'Whatever the agent is talked into runs on the machine, with the rights of the person at it.',
  fix: 'Replace the rule by the commands that the work needs, each with its subcommand.',
  references: references(
    'OWASP-ASI-2026:ASI02',
    'OWASP-ASI-2026:ASI05',
    'OWASP-LLM-2025:LLM06:2025',
    'MITRE-ATLAS:AML.T0050',
  ),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && allowRules(agent).length > 0),
  judge(agent, context): readonly Judgement[] {
    return allowRules(agent)
      .filter((rule) => shellRule(rule, hostOf(agent))?.type === 'all')
      .flatMap((rule): readonly Judgement[] => {
        const answer = context.verdict(agent, 'run: make all');
        if (answer !== null && ['deny', 'hidden', 'ask'].includes(answer.verdict)) return [];
        const judged = answer === null || answer.verdict === 'allow';
        return [
          {
            outcome: 'found',
            severity: severityOf({ impact: 'destructive', reach: 'content', gate: judged ? 'none' : 'model' }),
            confidence: answer === null ? 'medium' : 'high',
            message: `${agent.name}: ${textOf(rule['rule'])} lets every command run unasked.`,
            evidence: evidenceOf(agent, rule),
            detail: `${textOf(rule['rule'])}@${textOf(rule['scope'])}`,
          },
        ];
      });
  },
};
