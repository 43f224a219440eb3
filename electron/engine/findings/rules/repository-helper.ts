import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const repositoryHelper: Rule = {
  id: 'repository-helper',
  title: 'A repository names programs that the host starts by itself',
  version: 1,
  why: 'A helper for keys or a status line runs without a prompt, with the rights of whoever opens the folder.',
  fix: 'Keep helpers in user or managed settings; review a file that names one as if it were a script.',
  references: references('OWASP-ASI-2026:ASI05', 'OWASP-ASI-2026:ASI04', 'CWE:CWE-94'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'helpers' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'helpers')
      .filter(({ scope }) => scope === 'project')
      .map(
        (one): Judgement => ({
          outcome: 'found',
          // The folder has to be trusted first, or be opened without a person.
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${agent.name}: ${textOf(one['key'])} starts a program that the repository names.`,
          evidence: evidenceOf(agent, one),
          detail: textOf(one['key']),
        }),
      );
  },
};
