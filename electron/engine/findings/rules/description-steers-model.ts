import { steering } from '../../sources/mcp/tool-text.ts';
import { evidenceInOwnFile, isInUse, named, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** What no description needs. Addressing the model, and gaps, are usual enough to be no more than a note. */
const steers: ReadonlyMap<string, string> = new Map([
  ['overrides-instructions', 'sets instructions aside'],
  ['hides-from-user', 'asks for secrecy'],
  ['orders-other-tools', 'orders how other tools are used'],
  ['asks-for-files-or-secrets', 'asks for files or secrets'],
]);

export const descriptionSteersModel: Rule = {
  id: 'description-steers-model',
  title: 'The description of a tool gives orders to the model',
  version: 1,
  why: 'A model reads the descriptions of all tools before it does anything; an order in one of them works in every conversation.',
  fix: 'Describe what the tool does. A server of somebody else that does this should not be connected.',
  references: references(
    'OWASP-ASI-2026:ASI01',
    'OWASP-MCP-2025:MCP03:2025',
    'MITRE-ATLAS:AML.T0110.000',
    'OWASP-LLM-2025:LLM01:2025',
  ),
  kinds: ['tool', 'mcp-server'],
  subjects: (context) =>
    [
      ...context.all('tool'),
      ...context.all('mcp-server').filter(({ properties }) => 'steersModel' in properties),
    ].filter(
      (one) => isInUse(one) && ('steersModel' in one.properties || textOf(one.properties['description']) !== ''),
    ),
  judge(subject): readonly Judgement[] {
    const listed = recordsOf(subject.properties['steersModel']);
    const found = (
      listed.length > 0 ? listed : steering('description', textOf(subject.properties['description']))
    ).flatMap(({ what, text }) => {
      const words = steers.get(textOf(what));
      return words === undefined ? [] : [{ words, text: textOf(text) }];
    });
    const [first] = found;
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: 'medium',
        message: `${subject.name}: its text ${named(found.map(({ words }) => words))}: "${first.text}"`,
        evidence: evidenceInOwnFile(subject, null),
        detail: '',
      },
    ];
  },
};
