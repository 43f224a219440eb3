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
 * which is not YAML although every host reads it: such a header is read line by line, and a problem says so.
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
  const header = readLines(lines.slice(1, end));
  return {
    ...rest,
    header,
    problems: [
      {
        kind: 'lenient',
        line: first?.line ?? 2,
        message: `front matter is not valid YAML, read line by line${first === undefined ? '' : ` (${first.message})`}`,
      },
    ],
  };
}

/** `key: value` at the left margin; indented lines belong to the key above. `- x` members below an empty key make a list. */
function readLines(lines: readonly string[]): MapNode {
  const entries = new Map<string, Entry>();
  let open: { key: string; line: number; first: string; more: { text: string; line: number }[] } | null = null;
  const finish = (): void => {
    if (open === null) return;
    const last = open.more.at(-1)?.line ?? open.line;
    entries.set(open.key, { key: open.key, line: open.line, endLine: last, node: valueOf(open, last) });
    open = null;
  };
  for (const [index, raw] of lines.entries()) {
    const line = index + 2;
    const text = raw.trimEnd();
    const colon = text.indexOf(':');
    const key = text.slice(0, Math.max(0, colon));
    if (colon > 0 && /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(key)) {
      finish();
      open = { key, line, first: text.slice(colon + 1).trim(), more: [] };
    } else if (open !== null && text.trim() !== '') {
      open.more.push({ text: text.trim(), line });
    }
  }
  finish();
  return { kind: 'map', line: 1, endLine: lines.length + 2, entries };
}

function valueOf(
  open: {
    readonly line: number;
    readonly first: string;
    readonly more: readonly { readonly text: string; readonly line: number }[];
  },
  endLine: number,
): Node {
  const members = open.more.filter((item) => item.text.startsWith('- '));
  if (open.first === '' && members.length > 0) {
    return {
      kind: 'list',
      line: members[0]?.line ?? open.line,
      endLine,
      items: members.map((item) => ({
        kind: 'scalar',
        line: item.line,
        endLine: item.line,
        value: unquote(item.text.slice(2).trim()),
      })),
    };
  }
  const flow = /^\[(.*)\]$/.exec(open.first);
  if (flow !== null) {
    const items = (flow[1] ?? '').split(',').flatMap((part): Node[] => {
      const text = unquote(part.trim());
      return text === '' ? [] : [{ kind: 'scalar', line: open.line, endLine: open.line, value: text }];
    });
    return { kind: 'list', line: open.line, endLine, items };
  }
  const text = [unquote(open.first), ...open.more.map((item) => item.text)].join('\n').trim();
  const value = text === 'true' ? true : text === 'false' ? false : text;
  return { kind: 'scalar', line: open.line, endLine, value };
}

const unquote = (text: string): string => {
  const quote = text[0];
  return (quote === '"' || quote === "'") && text.length >= 2 && text.endsWith(quote) ? text.slice(1, -1) : text;
};
