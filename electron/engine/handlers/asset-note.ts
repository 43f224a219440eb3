import type { AssetKind } from '../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../shared/model/facts.ts';

/** One fact worth a second line under the name, the most telling that is known. '' where there is none. */
export function noteOf(kind: AssetKind, properties: Properties): string {
  switch (kind) {
    case 'mcp-server': {
      const launch = record(properties['package']);
      const name = text(launch?.['name']);
      const version = launch?.['version'];
      if (name !== '')
        return `${name}${typeof version === 'string' ? `@${version}` : launch?.['pinned'] === true ? '' : ', floating'}`;
      return text(properties['url']) || text(properties['command']) || text(properties['transport']);
    }
    case 'model':
      return [text(properties['provider']), text(properties['channel'])].filter(Boolean).join(', ');
    case 'tool':
      return classNames(properties['capabilities']).join(', ');
    case 'agent':
      return [text(properties['framework']) || text(properties['host']), modeOf(properties)].filter(Boolean).join(', ');
    case 'hook':
      return [text(properties['event']), text(properties['matcher'])].filter(Boolean).join(' ');
    case 'credential':
      if (properties['literal'] === true) return `${text(properties['secretKind']) || 'value'} in a file`;
      return formsOf(properties['forms']);
    case 'data-store':
      return text(properties['type']) || text(properties['engine']);
    default:
      return text(properties['description']).slice(0, 120);
  }
}

/** The mode that an agent's files ask for: which one counts is a question of the verdict, not of this line. */
function modeOf(properties: Properties): string {
  const start = text(record(properties['startMode'])?.['value']);
  if (start !== '') return start;
  const modes = properties['modes'];
  return Array.isArray(modes) ? text(record(modes[0] as JsonValue)?.['value']) : '';
}

const formWords = new Map([
  ['literal', 'value in a file'],
  ['reference', 'named'],
  ['example', 'named in an example'],
]);

/** How a credential is mentioned, the most telling way first. */
function formsOf(value: JsonValue | undefined): string {
  if (!Array.isArray(value)) return '';
  const forms = new Set(value.map((item) => text(record(item as JsonValue)?.['form'])));
  for (const [form, words] of formWords) if (forms.has(form)) return words;
  return '';
}

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const record = (value: JsonValue | undefined): Properties | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : undefined;

function classNames(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  const names = value.map((item) => (typeof item === 'string' ? item : text(record(item as JsonValue)?.['class'])));
  return [...new Set(names.filter(Boolean))];
}
