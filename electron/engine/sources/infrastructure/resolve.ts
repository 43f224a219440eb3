import { type Expression, type Link, linksIn, type Spot, type Value } from './expression.ts';

/** What the names in a file mean; the languages differ here and nowhere else. */
export type Scope = {
  readonly place: string;
  /** Value of a reference; null where nothing is known about it. */
  lookup(path: readonly string[], at: Spot, depth: number): Value | null;
  /** Value of a call that the language knows; null leaves it unknown. */
  call?(name: string, args: readonly Value[], at: Spot): Value | null;
};

/** Levels of nesting and of substitution together: names that mean one another end here, and say so. */
const maxDepth = 160;
const substitution = 8;

export function resolve(expression: Expression, scope: Scope, depth = 0): Value {
  const spot: Spot = { place: scope.place, line: expression.line, endLine: expression.endLine };
  if (depth > maxDepth) return { ...spot, kind: 'unknown', text: 'goes round in a circle', links: [] };
  switch (expression.k) {
    case 'text':
      return { ...spot, kind: 'text', text: expression.v, dynamic: false, links: [] };
    case 'number':
      return { ...spot, kind: 'number', number: expression.v };
    case 'boolean':
      return { ...spot, kind: 'boolean', boolean: expression.v };
    case 'nothing':
      return { ...spot, kind: 'nothing' };
    case 'list':
      return { ...spot, kind: 'list', items: expression.items.map((item) => resolve(item, scope, depth + 1)) };
    case 'map': {
      const entries = new Map<string, Value>();
      for (const [key, item] of expression.entries) entries.set(key, resolve(item, scope, depth + 1));
      return { ...spot, kind: 'map', entries };
    }
    case 'template':
      return joined(
        spot,
        expression.parts.map((part) => resolve(part, scope, depth + 1)),
      );
    case 'reference': {
      const found = scope.lookup(expression.path, spot, depth + substitution);
      return found ?? { ...spot, kind: 'unknown', text: pathText(expression.path), links: [] };
    }
    case 'call': {
      const args = expression.args.map((argument) => resolve(argument, scope, depth + 1));
      const known = scope.call?.(expression.name, args, spot);
      return (
        known ?? {
          ...spot,
          kind: 'unknown',
          text: `${expression.name}(...)`,
          links: args.flatMap((one) => linksIn(one)),
        }
      );
    }
    case 'choice':
      return {
        ...spot,
        kind: 'choice',
        options: expression.options.map((option) => resolve(option, scope, depth + 1)),
      };
    case 'other':
      return {
        ...spot,
        kind: 'unknown',
        text: expression.text,
        links: expression.parts.flatMap((part) => linksIn(resolve(part, scope, depth + 1))),
      };
  }
}

/** `${...}` around what stays open. A template that is one value is that value. */
export function joined(spot: Spot, parts: readonly Value[]): Value {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only.kind !== 'choice') return only;
  let text = '';
  let dynamic = false;
  const links: Link[] = [];
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.text;
      dynamic ||= part.dynamic;
      links.push(...part.links);
    } else if (part.kind === 'number') text += String(part.number);
    else if (part.kind === 'boolean') text += String(part.boolean);
    else {
      text += `\${${part.kind === 'resource' || part.kind === 'unknown' ? part.text : part.kind}}`;
      dynamic = true;
      links.push(...linksIn(part));
    }
  }
  return { ...spot, kind: 'text', text: text.slice(0, 20_000), dynamic, links };
}

export const pathText = (path: readonly string[]): string =>
  path.map((part, index) => (index === 0 || part.startsWith('[') ? part : `.${part}`)).join('');

/** Follows further segments into a value: `var.config.model`, `local.names[0]`. */
export function descend(value: Value, path: readonly string[], spot: Spot): Value {
  let current = value;
  for (const [index, segment] of path.entries()) {
    const rest = path.slice(index);
    if (current.kind === 'resource') {
      const attribute = [current.link.attribute, ...rest.filter((part) => !part.startsWith('['))]
        .filter(Boolean)
        .join('.');
      return { ...current, link: { id: current.link.id, attribute }, text: pathText([current.text, ...rest]) };
    }
    const next = step(current, segment);
    if (next === undefined) return { ...spot, kind: 'unknown', text: pathText(path), links: linksIn(current) };
    current = next;
  }
  return current;
}

function step(value: Value, segment: string): Value | undefined {
  const key = segment.startsWith('[') ? segment.slice(1, -1) : segment;
  if (value.kind === 'list') {
    if (key === '*') return value;
    return (
      value.items[Number(key)] ??
      (Number.isNaN(Number(key)) ? value.items[0] && step(value.items[0], segment) : undefined)
    );
  }
  if (value.kind === 'map') return value.entries.get(key);
  if (value.kind === 'choice') {
    const options = value.options.flatMap((option) => step(option, segment) ?? []);
    return options.length === 0 ? undefined : options.length === 1 ? options[0] : { ...value, options };
  }
  return undefined;
}
