import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { type Entry, lineIndex, maxDepth, maxNodes, type Node, type ParsedDocument, type Problem } from './node.ts';

/**
 * The first document of a YAML text, core schema. Built from js-yaml's events, which carry offsets: lines cost nothing
 * extra, and an alias is one shared node. Values are counted through aliases, so that an alias bomb is refused before
 * anything walks it. Merge keys (`<<`) stay keys, as in the core schema.
 */
export function parseYaml(text: string, firstLine = 1, keyOfTag: KeyOfTag | null = null): ParsedDocument {
  const indexed = lineIndex(text);
  const lineAt = (offset: number): number => indexed(offset) + firstLine - 1;
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth });
  } catch (error) {
    return { root: null, problems: [problemOf(error, firstLine)] };
  }
  if (events.length > maxNodes * 3) return { root: null, problems: [tooMany] };
  return build(text, events, lineAt, keyOfTag);
}

/** Key under which a tagged value is put (`!Sub x` as `{Fn::Sub: x}`); null leaves the value as it is. */
export type KeyOfTag = (tag: string) => string | null;

const tooMany: Problem = {
  kind: 'limit',
  line: null,
  message: `more than ${maxNodes.toLocaleString('en')} values, aliases counted`,
};

function problemOf(error: unknown, firstLine: number): Problem {
  if (error instanceof YAMLException) {
    const reason = error.reason ?? 'broken YAML';
    return {
      kind: reason.includes('nesting') ? 'limit' : 'syntax',
      line: error.mark === undefined ? null : error.mark.line + firstLine,
      message: `broken YAML: ${reason}`,
    };
  }
  return { kind: 'syntax', line: null, message: 'broken YAML' };
}

type OpenMap = {
  kind: 'map';
  line: number;
  entries: Map<string, Entry>;
  pendingKey: { text: string; line: number } | null;
  weight: number;
  anchor: string | null;
  tag: string | null;
};
type OpenList = {
  kind: 'list';
  line: number;
  items: Node[];
  weight: number;
  anchor: string | null;
  tag: string | null;
};
type Weighed = { readonly node: Node; readonly weight: number };

function build(
  text: string,
  events: readonly Event[],
  lineAt: (offset: number) => number,
  keyOfTag: KeyOfTag | null,
): ParsedDocument {
  const problems: Problem[] = [];
  const anchors = new Map<string, Weighed>();
  const stack: (OpenMap | OpenList)[] = [];
  let root: Node | null = null;
  let documents = 0;
  let overweight = false;

  const place = (value: Weighed, keyText: string | null): void => {
    const top = stack.at(-1);
    if (top === undefined) {
      root = value.node;
      if (value.weight > maxNodes) overweight = true;
      return;
    }
    top.weight += value.weight;
    if (top.weight > maxNodes) overweight = true;
    if (top.kind === 'list') {
      top.items.push(value.node);
      return;
    }
    if (top.pendingKey === null) {
      if (keyText === null)
        problems.push({ kind: 'lenient', line: value.node.line, message: 'key that is not a scalar, left out' });
      top.pendingKey = { text: keyText ?? '', line: value.node.line };
      return;
    }
    const { text: key, line } = top.pendingKey;
    top.pendingKey = null;
    if (top.entries.has(key)) {
      problems.push({ kind: 'duplicate-key', line, message: 'key stands twice in one mapping, the last one counts' });
    }
    top.entries.set(key, { key, line, endLine: Math.max(line, value.node.endLine), node: value.node });
  };

  const tagged = (tag: string | null, value: Weighed): Weighed => {
    if (tag === null) return value;
    const { line, endLine } = value.node;
    const node: Node = {
      kind: 'map',
      line,
      endLine,
      entries: new Map([[tag, { key: tag, line, endLine, node: value.node }]]),
    };
    return { node, weight: value.weight + 1 };
  };
  const tagKey = (event: { readonly tagStart: number; readonly tagEnd: number }): string | null =>
    keyOfTag === null || event.tagStart === -1 ? null : keyOfTag(text.slice(event.tagStart, event.tagEnd));

  for (const event of events) {
    if (overweight) return { root: null, problems: [tooMany] };
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        documents++;
        if (documents > 1) {
          problems.push({
            kind: 'trailing-content',
            line: null,
            message: 'further YAML documents in the file are not read',
          });
          return { root, problems };
        }
        break;
      case EVENT_ID.MAPPING:
        stack.push({
          kind: 'map',
          line: lineAt(event.start),
          entries: new Map(),
          pendingKey: null,
          weight: 1,
          anchor: anchorOf(text, event),
          tag: tagKey(event),
        });
        break;
      case EVENT_ID.SEQUENCE:
        stack.push({
          kind: 'list',
          line: lineAt(event.start),
          items: [],
          weight: 1,
          anchor: anchorOf(text, event),
          tag: tagKey(event),
        });
        break;
      case EVENT_ID.SCALAR: {
        const start = Math.max(0, event.valueStart);
        const value = getScalarValue(text, event);
        const end = trimmedEnd(text, start, event.valueEnd);
        const plain = event.style === SCALAR_STYLE.PLAIN && event.tagStart === -1;
        const absent = event.valueStart === -1 || event.valueEnd <= event.valueStart;
        const line = absent ? lineOfOpen(stack.at(-1)) : lineAt(start);
        const node: Node = {
          kind: 'scalar',
          line,
          endLine: absent ? line : lineAt(Math.max(start, end - 1)),
          value: plain ? coreScalar(value) : value,
        };
        const weighed = tagged(tagKey(event), { node, weight: 1 });
        const anchor = anchorOf(text, event);
        if (anchor !== null) anchors.set(anchor, weighed);
        place(weighed, value);
        break;
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        const here = lineAt(event.anchorStart);
        if (target === undefined) {
          problems.push({ kind: 'syntax', line: here, message: 'alias without anchor' });
          place({ node: { kind: 'scalar', line: here, endLine: here, value: null }, weight: 1 }, null);
        } else {
          const keyText = target.node.kind === 'scalar' ? String(target.node.value) : null;
          place(target, keyText);
        }
        break;
      }
      case EVENT_ID.POP: {
        const open = stack.pop();
        if (open === undefined) break;
        const weighed = tagged(open.tag, close(open));
        if (open.anchor !== null) anchors.set(open.anchor, weighed);
        place(weighed, null);
        break;
      }
    }
  }
  if (overweight) return { root: null, problems: [tooMany] };
  return { root, problems };
}

/** Where a value that has no text of its own is said to stand: at its key. */
function lineOfOpen(open: OpenMap | OpenList | undefined): number {
  if (open === undefined) return 1;
  if (open.kind === 'map') return open.pendingKey?.line ?? open.line;
  return open.items.at(-1)?.endLine ?? open.line;
}

function close(open: OpenMap | OpenList): Weighed {
  if (open.kind === 'list') {
    const endLine = open.items.reduce((last, item) => Math.max(last, item.endLine), open.line);
    return { node: { kind: 'list', line: open.line, endLine, items: open.items }, weight: open.weight };
  }
  let endLine = open.line;
  for (const entry of open.entries.values()) endLine = Math.max(endLine, entry.endLine);
  return { node: { kind: 'map', line: open.line, endLine, entries: open.entries }, weight: open.weight };
}

const anchorOf = (text: string, event: { readonly anchorStart: number; readonly anchorEnd: number }): string | null =>
  event.anchorStart === -1 ? null : text.slice(event.anchorStart, event.anchorEnd);

function trimmedEnd(text: string, start: number, end: number): number {
  let at = Math.min(end, text.length);
  while (at > start + 1 && text.charCodeAt(at - 1) <= 32) at--;
  return at;
}

function coreScalar(text: string): string | number | boolean | null {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
  }
  if (text.length > 40) return text;
  if (/^[-+]?[0-9]+$/.test(text)) {
    const whole = Number(text);
    return Number.isSafeInteger(whole) ? whole : text;
  }
  if (/^0x[0-9a-fA-F]+$/.test(text) || /^0o[0-7]+$/.test(text)) return Number(text);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number(text);
  return text;
}
