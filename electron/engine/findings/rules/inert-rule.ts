import { locatedOf } from '../../permissions/host-facts.ts';
import { evidenceOf } from '../context.ts';
import type { Judgement, Rule } from '../rule.ts';

export const inertRule: Rule = {
  id: 'inert-rule',
  title: 'A permission rule that is never applied',
  version: 1,
  why: 'Somebody wrote the rule to be protected, or to be spared a question, and neither happens.',
  fix: 'Write the rule in a form that the host applies, or remove it.',
  references: [{ framework: 'OWASP-ASI-2026', id: 'ASI02' }],
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter((agent) => ['permissions', 'ignoredPermissions', 'inertRules'].some((list) => list in agent.properties)),
  judge(agent): readonly Judgement[] {
    const members = [...locatedOf(agent, 'inertRules'), ...locatedOf(agent, 'ignoredPermissions')];
    return members.map((one) => {
      const text = `${String(one['list'] ?? '')} ${String(one['rule'] ?? '')}`.trim();
      const denies = /^(?:deny|ask|forbidden|prompt|exclude|always_deny|always_confirm)\b/.test(text);
      return {
        outcome: 'found',
        severity: denies ? 'high' : 'low',
        confidence: 'high',
        message: `${text} is never applied: ${String(one['why'] ?? 'the host does not read it')}.`,
        evidence: evidenceOf(agent, one),
        detail: text,
      };
    });
  },
};
