import { evidenceInOwnFile, isInUse, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const words: ReadonlyMap<string, string> = new Map([
  ['sends', 'tells it to send something'],
  ['hides', 'tells it to keep quiet'],
  ['overrides', 'sets its instructions aside'],
]);

export const hiddenInstruction: Rule = {
  id: 'hidden-instruction',
  title: 'Words to the model in a comment that nobody sees',
  version: 1,
  why: 'People review the page as it is shown; the model reads the source, and obeys.',
  fix: 'Remove the comment, and find out who brought it in; strip comments when pages are imported.',
  references: references(
    'OWASP-ASI-2026:ASI01',
    'OWASP-LLM-2025:LLM01:2025',
    'MITRE-ATLAS:AML.T0068',
    'OWASP-AISVS:8.2.4',
  ),
  kinds: ['prompt', 'skill'],
  subjects: (context) => [...context.all('prompt'), ...context.all('skill')].filter(isInUse),
  judge(subject): readonly Judgement[] {
    return recordsOf(subject.properties['hiddenInstructions']).map((one): Judgement => {
      const what = textOf(one['what']);
      const order = words.get(what);
      // A note of a maintainer to agents is no attack; it is out of sight all the same.
      const isDocument = textOf(subject.properties['role']) === 'document';
      return {
        outcome: 'found',
        severity:
          order === undefined
            ? isDocument
              ? 'medium'
              : 'info'
            : severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: order === undefined ? 'low' : 'medium',
        message: `${subject.name}: a comment speaks to the model${order === undefined ? '' : ` and ${order}`}: "${textOf(one['text'])}"`,
        evidence: evidenceInOwnFile(subject, one['line']),
        detail: `${what}:${textOf(one['text'])}`,
      };
    });
  },
};
