import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const inertRule: Rule = {
  id: 'inert-rule',
  title: 'A permission rule that is never applied',
  version: 2,
  why: 'Somebody wrote the rule to be protected, or to be spared a question, and neither happens.',
  fix: 'Write the rule in a form that the host applies, or remove it.',
  references: references('OWASP-ASI-2026:ASI02', 'NIST-SP-800-53:AC-3'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) =>
          isInUse(agent) &&
          ['permissions', 'ignoredPermissions', 'inertRules'].some((list) => list in agent.properties),
      ),
  judge(agent): readonly Judgement[] {
    const found = (list: string): readonly Judgement[] =>
      placedOf(agent, list).map((one) => {
        const text = `${textOf(one['list'])} ${textOf(one['rule'])}`.trim();
        const denies = /^(?:deny|ask|forbidden|prompt|exclude|always_deny|always_confirm)\b/.test(text);
        const guards = denies || one['value'] === false;
        return {
          outcome: 'found',
          severity: guards ? 'high' : 'low',
          confidence: 'high',
          message: `${agent.name}: ${text} is never applied: ${textOf(one['why']) || 'the host does not read it'}.`,
          evidence: evidenceOf(agent, one),
          detail: `${text}@${textOf(one['scope'])}`,
          // Rules of one file that the host ignores have one cause: the file.
          ...(list === 'ignoredPermissions' ? { group: `ignored-file:${one.place}` } : {}),
        };
      });
    return [...found('inertRules'), ...found('ignoredPermissions')];
  },
};
