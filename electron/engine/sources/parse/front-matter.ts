import type { Entry, MapNode, Node, Problem } from './node.ts';
import { parseYaml } from './yaml-document.ts';
import { parseTolerantYaml } from './yaml-tolerant.ts';

export type FrontMatter = {
  /** Null where the file has no front matter at all. */
  readonly header: MapNode | null;
  readonly headerLines: { readonly line: number; readonly endLine: number } | null;
  readonly body: string;
  /** Line on which the body starts. */
  readonly bodyLine: number;
  readonly problems: readonly Problem[];
};

/**
 * Markdown with YAML between two `---` lines at the top. Headers in the wild hold `description: Use when: <example>`,
 * which is not YAML although every host reads it: such a header is read key by key, and a problem says so: `lenient`
 * where nothing was lost, `syntax` where what stands below a key could not be read.
 */
export function parseFrontMatter(text: string): FrontMatter {
  const lines = text.split('\n');
  if ((lines[0] ?? '').trimEnd() !== '---') {
    return { header: null, headerLines: null, body: text, bodyLine: 1, problems: [] };
  }
  let end = -1;
  for (let index = 1; index < lines.length; index++) {
    const line = (lines[index] ?? '').trimEnd();
    if (line === '---' || line === '...') {
      end = index;
      break;
    }
  }
  if (end === -1) {
    return {
      header: null,
      headerLines: null,
      body: text,
      bodyLine: 1,
      problems: [{ kind: 'syntax', line: 1, message: 'front matter is opened and never closed' }],
    };
  }
  const headerText = lines.slice(1, end).join('\n');
  const rest = { body: lines.slice(end + 1).join('\n'), bodyLine: end + 2, headerLines: { line: 1, endLine: end + 1 } };
  const parsed = parseYaml(headerText, 2);
  const broken = parsed.problems.some((problem) => problem.kind === 'syntax');
  if (parsed.root?.kind === 'map' && !broken) return { ...rest, header: parsed.root, problems: parsed.problems };
  if (parsed.root === null && parsed.problems.length === 0) {
    return { ...rest, header: { kind: 'map', line: 1, endLine: end + 1, entries: new Map() }, problems: [] };
  }
  if (parsed.problems.some((problem) => problem.kind === 'limit'))
    return { ...rest, header: null, problems: parsed.problems };
  const first = parsed.problems[0];
  const tolerant = parseTolerantYaml(headerText, 2);
  if (tolerant !== null) {
    const message = `front matter is not strict YAML, read all the same${first === undefined ? '' : ` (${first.message})`}`;
    return { ...rest, header: tolerant, problems: [{ kind: 'lenient', line: first?.line ?? 2, message }] };
  }
  const { header, lost } = readKeys(lines.slice(1, end));
  const why = first === undefined ? '' : ` (${first.message})`;
  return {
    ...rest,
    header,
    problems:
      lost === null
        ? [
            {
              kind: 'lenient',
              line: first?.line ?? 2,
              message: `front matter is not valid YAML, read key by key${why}`,
            },
          ]
        : [
            {
              kind: 'syntax',
              line: lost,
              message: `front matter is not valid YAML, what stands here is not read${why}`,
            },
          ],
  };
}

/** A header with more keys than this is no header that anybody wrote: its values are taken as plain text. */
const maxOwnKeys = 500;

type OpenKey = { readonly key: string; readonly line: number; readonly texts: string[] };

/**
 * `key: value` at the left margin, with the indented lines below it. Each key is read as YAML of its own, so that one
 * value that is none does not take the others along. `lost`: the first line of a value that has a form and cannot be read.
 */
function readKeys(lines: readonly string[]): { readonly header: MapNode; readonly lost: number | null } {
  const entries = new Map<string, Entry>();
  let open: OpenKey | null = null;
  let lost: number | null = null;
  const finish = (): void => {
    if (open === null) return;
    while (open.texts.length > 1 && open.texts.at(-1)?.trim() === '') open.texts.pop();
    const { key, line, texts } = open;
    const endLine = line + texts.length - 1;
    const own = entries.size < maxOwnKeys ? ownYaml(key, texts, line) : null;
    const node = own ?? plainValue(texts, line);
    if (node === null) lost ??= line;
    entries.set(key, { key, line, endLine, node: node ?? { kind: 'scalar', line, endLine, value: null } });
    open = null;
  };
  for (const [index, raw] of lines.entries()) {
    const line = index + 2;
    const text = raw.trimEnd();
    const key = text.slice(0, Math.max(0, text.indexOf(':')));
    if (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(key)) {
      finish();
      open = { key, line, texts: [text] };
    } else if (open !== null) open.texts.push(text);
    else if (text.trim() !== '' && !text.trimStart().startsWith('#')) lost ??= line;
  }
  finish();
  return { header: { kind: 'map', line: 1, endLine: lines.length + 2, entries }, lost };
}

function ownYaml(key: string, texts: readonly string[], line: number): Node | null {
  const parsed = parseYaml(texts.join('\n'), line);
  if (parsed.root?.kind !== 'map' || parsed.problems.length > 0 || parsed.root.entries.size !== 1) return null;
  return parsed.root.entries.get(key)?.node ?? null;
}

/** A text, a list in brackets or one of `- x` members, of words that YAML takes for something else; null for a map. */
function plainValue(texts: readonly string[], line: number): Node | null {
  const endLine = line + texts.length - 1;
  const first = (texts[0] ?? '').slice((texts[0] ?? '').indexOf(':') + 1).trim();
  const more = texts.slice(1).flatMap((text, index) => {
    const trimmed = text.trim();
    return trimmed === '' || trimmed.startsWith('#') ? [] : [{ text: trimmed, line: line + index + 1 }];
  });
  if (first === '' && more.length > 0) {
    if (!more.every((item) => /^- (?!["']?[\w-]+["']?:(?:\s|$))/.test(item.text))) return null;
    const items = more.map((item): Node => scalar(unquote(item.text.slice(2).trim()), item.line, item.line));
    return { kind: 'list', line: more[0]?.line ?? line, endLine, items };
  }
  const flow = /^\[(.*)\]$/.exec(first);
  if (flow !== null) {
    const items = (flow[1] ?? '').split(',').flatMap((part): Node[] => {
      const text = unquote(part.trim());
      return text === '' ? [] : [scalar(text, line, line)];
    });
    return { kind: 'list', line, endLine, items };
  }
  const head = /^[|>][+-]?$/.test(first) ? [] : [unquote(first)];
  return scalar([...head, ...more.map((item) => item.text)].join('\n').trim(), line, endLine);
}

const scalar = (value: string, line: number, endLine: number): Node => ({ kind: 'scalar', line, endLine, value });

const unquote = (text: string): string => {
  const quote = text[0];
  return (quote === '"' || quote === "'") && text.length >= 2 && text.endsWith(quote) ? text.slice(1, -1) : text;
};
