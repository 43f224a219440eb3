import { linksIn, knownText, type Spot, type Value } from '../infrastructure/expression.ts';
import { joined } from '../infrastructure/resolve.ts';
import { valueOfNode } from '../infrastructure/node-value.ts';
import { parseJson } from '../parse/json-document.ts';
import { parseYaml } from '../parse/yaml-document.ts';

/** Functions of the language that pass values on or put them together; none reads a file or computes. */
export function callFunction(name: string, args: readonly Value[], spot: Spot): Value | null {
  const [first, second] = args;
  switch (name) {
    case 'jsonencode':
    case 'yamlencode':
    case 'tostring':
    case 'tolist':
    case 'toset':
    case 'tomap':
    case 'sensitive':
    case 'nonsensitive':
    case 'trimspace':
    case 'chomp':
    case 'try':
    case 'one':
    case 'distinct':
    case 'abspath':
    case 'base64encode':
      return first ?? null;
    case 'jsondecode':
    case 'yamldecode': {
      const text = knownText(first);
      if (text === undefined || first === undefined) return null;
      const { root } = name === 'jsondecode' ? parseJson(text) : parseYaml(text);
      return root === null ? null : valueOfNode(root, first);
    }
    case 'file':
    case 'templatefile':
    case 'filebase64': {
      const path =
        first === undefined ? undefined : (knownText(first) ?? (first.kind === 'text' ? first.text : undefined));
      if (path === undefined || first === undefined) return null;
      return {
        ...spot,
        kind: 'map',
        entries: new Map([['%file', { ...spot, kind: 'text', text: path, dynamic: false, links: [] }]]),
      };
    }
    case 'coalesce':
    case 'coalescelist':
      return args.find((one) => one.kind !== 'nothing' && knownText(one) !== '') ?? null;
    case 'lower':
    case 'upper': {
      const text = knownText(first);
      return text === undefined
        ? (first ?? null)
        : {
            ...spot,
            kind: 'text',
            text: name === 'lower' ? text.toLowerCase() : text.toUpperCase(),
            dynamic: false,
            links: [],
          };
    }
    case 'join': {
      const separator = knownText(first) ?? '';
      const items = second?.kind === 'list' ? second.items : [];
      const parts = items.flatMap((item, index): Value[] =>
        index === 0 ? [item] : [{ ...spot, kind: 'text', text: separator, dynamic: false, links: [] }, item],
      );
      return parts.length === 0 ? null : joined(spot, parts);
    }
    case 'format':
      return format(args, spot);
    case 'concat':
    case 'flatten':
    case 'setunion':
      return { ...spot, kind: 'list', items: flat(args, 0).slice(0, 2000) };
    case 'merge': {
      const entries = new Map<string, Value>();
      for (const one of args) {
        if (one.kind === 'map') for (const [key, value] of one.entries) entries.set(key, value);
        else if (one.kind === 'unknown' || one.kind === 'resource' || one.kind === 'choice')
          entries.set(`%${entries.size}`, { ...spot, kind: 'unknown', text: 'merged', links: linksIn(one) });
      }
      return { ...spot, kind: 'map', entries };
    }
    case 'lookup': {
      const key = knownText(second);
      const found = first?.kind === 'map' && key !== undefined ? first.entries.get(key) : undefined;
      return found ?? args[2] ?? null;
    }
    case 'element':
      return first?.kind === 'list' ? (first.items[Number(knownText(second) ?? 0)] ?? first.items[0] ?? null) : null;
    case 'values':
      return first?.kind === 'map' ? { ...spot, kind: 'list', items: [...first.entries.values()] } : null;
    case 'keys':
      return first?.kind === 'map'
        ? {
            ...spot,
            kind: 'list',
            items: [...first.entries.keys()].map(
              (key): Value => ({ ...spot, kind: 'text', text: key, dynamic: false, links: [] }),
            ),
          }
        : null;
    case 'replace': {
      const [text, from, to] = args.map((one) => knownText(one));
      if (text === undefined || from === undefined || to === undefined || from.startsWith('/')) return null;
      return { ...spot, kind: 'text', text: text.replaceAll(from, to), dynamic: false, links: [] };
    }
    default:
      return null;
  }
}

const flat = (values: readonly Value[], depth: number): readonly Value[] =>
  values
    .flatMap((value) => (value.kind === 'list' && depth < 4 ? flat(value.items.slice(0, 500), depth + 1) : [value]))
    .slice(0, 2000);

function format(args: readonly Value[], spot: Spot): Value | null {
  const [shape, ...rest] = args;
  const text = knownText(shape);
  if (text === undefined) return null;
  const parts: Value[] = [];
  let from = 0;
  let next = 0;
  const literal = (piece: string): Value => ({
    ...spot,
    kind: 'text',
    text: piece.replaceAll('%%', '%'),
    dynamic: false,
    links: [],
  });
  for (const match of text.matchAll(/%(?:\[\d+\])?[sdvqt]/g)) {
    if (match.index > from) parts.push(literal(text.slice(from, match.index)));
    const value = rest[next++];
    if (value !== undefined) parts.push(value);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(literal(text.slice(from)));
  return parts.length === 0 ? literal('') : joined(spot, parts);
}
