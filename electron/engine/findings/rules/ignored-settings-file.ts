import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const ignoredSettingsFile: Rule = {
  id: 'ignored-settings-file',
  title: 'A settings file that the host ignores as a whole',
  version: 1,
  why: 'A file that protects on paper and is not in force leaves the agent with the defaults of its host.',
  fix: 'Repair the file as the host reads it (strict JSON, the right folder, the right name), then look at the verdicts again.',
  references: references('OWASP-ASI-2026:ASI02', 'NIST-SP-800-53:CM-6'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'ignoredFiles' in agent.properties),
  judge(agent): readonly Judgement[] {
    const rules = placedOf(agent, 'ignoredPermissions');
    return placedOf(agent, 'ignoredFiles').map((file): Judgement => {
      const within = rules.filter(({ place }) => place === file.place);
      const guards = within.some((rule) => /^(?:deny|ask)/.test(textOf(rule['list'])));
      return {
        outcome: 'found',
        severity: guards ? 'high' : 'medium',
        confidence: 'high',
        message: `${agent.name}: nothing of ${file.place} is in force (${textOf(file['why'])})${
          guards ? '; deny and ask rules stand in it' : ''
        }.`,
        evidence: evidenceOf(agent, file),
        detail: file.place,
        group: `ignored-file:${file.place}`,
      };
    });
  },
};
