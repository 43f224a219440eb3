import { evidenceInOwnFile, isInUse, named, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const invisibleCharacters: Rule = {
  id: 'invisible-characters',
  title: 'Characters that nobody sees in a text that a model reads',
  version: 1,
  why: 'They carry words past the people who review the text, or make a word look like another.',
  fix: 'Remove them, and find out where the text came from; check imported texts for them.',
  references: references('OWASP-AST:AST04', 'MITRE-ATLAS:AML.T0068', 'OWASP-LLM-2025:LLM01:2025', 'CWE:CWE-451'),
  kinds: ['prompt', 'skill', 'tool', 'mcp-server'],
  subjects: (context) => [
    ...[...context.all('prompt'), ...context.all('skill')].filter(isInUse),
    ...[...context.all('tool'), ...context.all('mcp-server')].filter(
      (one) => isInUse(one) && 'hiddenCharacters' in one.properties,
    ),
  ],
  judge(subject): readonly Judgement[] {
    const found = recordsOf(subject.properties['hiddenCharacters']).filter(
      // In lists of tools: emoji are written with selectors.
      ({ what }) => !/variation selector|control character/.test(textOf(what)),
    );
    const [first] = found;
    if (first === undefined) return [];
    const spelled = found.map(({ text }) => textOf(text)).find((text) => text !== '');
    const turns = found.some(({ what }) => /tag|direction/.test(textOf(what)));
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: turns ? 'operational' : 'informational', reach: 'content', gate: 'none' }),
        confidence: turns ? 'high' : 'medium',
        message: `${subject.name}: ${named(found.map(({ codePoint, count }) => `${textOf(codePoint)} (${typeof count === 'number' ? count : 'some'} times)`))}${
          spelled === undefined ? '' : `, which spell "${spelled}"`
        }.`,
        evidence: evidenceInOwnFile(subject, first['line']),
        detail: '',
      },
    ];
  },
};
