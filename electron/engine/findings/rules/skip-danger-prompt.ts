import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

/** Settings that silence the last warning. Claude Code documentation 2026-08-22; Codex configuration 0.169. */
const silencing = /(?:^|\.)(?:skipDangerousModePermissionPrompt|skipAutoPermissionPrompt|hide_full_access_warning)$/;

export const skipDangerPrompt: Rule = {
  id: 'skip-danger-prompt',
  title: 'The warning before a dangerous mode is switched off',
  version: 1,
  why: 'The one moment in which a person sees that nothing will be asked any more is gone.',
  fix: 'Remove the setting; a warning that is seen once a session costs nothing.',
  references: references('OWASP-ASI-2026:ASI09', 'OWASP-AISVS:9.2.1'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'settings' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'settings')
      .filter((one) => silencing.test(textOf(one['key'])) && one['value'] === true)
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: 'medium',
          confidence: 'high',
          message: `${agent.name}: ${textOf(one['key'])} suppresses the warning before the dangerous mode.`,
          evidence: evidenceOf(agent, one),
          detail: `${textOf(one['key'])}@${textOf(one['scope'])}`,
          group: `prompts-off:${agent.id}`,
        }),
      );
  },
};
