import { evidenceInOwnFile, isInRepository, isInUse, named, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const instructionImportOutside: Rule = {
  id: 'instruction-import-outside',
  title: 'Instructions of a repository import a file from elsewhere',
  version: 1,
  why: 'What the agent is told differs from machine to machine, and a file of the home enters the context of a project.',
  fix: 'Keep what the project needs in the project; personal instructions belong to the settings of the person.',
  references: references('OWASP-ASI-2026:ASI06', 'OWASP-ASI-2026:ASI04'),
  kinds: ['prompt'],
  subjects: (context) => context.all('prompt').filter((prompt) => isInUse(prompt) && 'imports' in prompt.properties),
  judge(prompt): readonly Judgement[] {
    const [first] = prompt.evidence;
    const outside = textsOf(prompt.properties['imports']).filter((path) => /^(?:~\/|\/|(?:\.\.\/){2,})/.test(path));
    if (first === undefined || outside.length === 0 || !isInRepository(first.place)) return [];
    return [
      {
        outcome: 'found',
        severity: 'low',
        confidence: 'medium',
        message: `${prompt.name} imports ${named(outside)}.`,
        evidence: evidenceInOwnFile(prompt, null),
        detail: '',
      },
    ];
  },
};
