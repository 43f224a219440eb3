import type { Expression } from './expressions.ts';
import type { Resolver } from './resolver.ts';
import type { Scope } from './scopes.ts';
import { dynamicAt, spotAt } from './spots.ts';
import { choiceOf, type ListItem, type Spot, type Value } from './values.ts';

/** Values that are made of other values: joined texts and lists, elements, comprehensions. */

export function template(parts: readonly Value[], spot: Spot): Value {
  if (parts.every((part) => part.kind === 'text')) {
    const texts = parts.filter((part) => part.kind === 'text');
    if (texts.every((part) => part.whole === undefined)) {
      return {
        kind: 'text',
        text: texts.map((part) => part.text).join(''),
        spot,
        ...(texts.some((part) => part.secret) ? { secret: true as const } : {}),
      };
    }
  }
  return { kind: 'template', parts, spot };
}

export function joined(operator: '+' | '|' | '/' | 'or', parts: readonly Value[], spot: Spot, scope: Scope): Value {
  if (operator === 'or') {
    const [first, ...rest] = parts;
    // `os.getenv("MODEL") or "x"`: the second is the fallback of the first.
    if (first?.kind === 'environment' && rest.length > 0) return { ...first, fallback: choiceOf(rest) };
    return choiceOf(parts.filter((part) => !(part.kind === 'constant' && part.value === null)));
  }
  if (operator === '|') {
    if (parts.every((part) => part.kind === 'dict'))
      return { kind: 'dict', entries: parts.flatMap((part) => part.entries), spot };
    return { kind: 'pipe', parts };
  }
  if (operator === '/') return { kind: 'path', parts };
  if (
    parts.some((part) => part.kind === 'list') &&
    !parts.some((part) => part.kind === 'text' || part.kind === 'template')
  ) {
    return { kind: 'list', items: parts.flatMap(itemsOf), spot };
  }
  if (parts.some((part) => part.kind === 'text' || part.kind === 'template')) return template(parts, spot);
  if (parts.some((part) => part.kind === 'call' || part.kind === 'choice' || part.kind === 'member')) {
    return { kind: 'list', items: parts.flatMap(itemsOf), spot };
  }
  return dynamicAt('computed', scope, spot.line);
}

export function itemsOf(value: Value): readonly ListItem[] {
  if (value.kind === 'list') return value.items;
  if (value.kind === 'choice') {
    return value.options.flatMap((option) =>
      itemsOf(option).map((item) => ({ value: item.value, when: item.when ?? 'one of several' })),
    );
  }
  if (value.kind === 'constant') return [];
  if (value.kind === 'dict')
    return value.entries.flatMap((entry) => (entry.key === null ? [] : [{ value: entry.key }]));
  return [{ value }];
}

export function subscript(of: Value, at: Value, scope: Scope, line: number): Value {
  if (of.kind === 'symbol' && /^os\.environ$|^streamlit\.secrets$|^builtins\.process\.env$/.test(of.path))
    return environment(at, null, scope, line);
  if (of.kind === 'symbol') return of;
  if (of.kind === 'choice') return choiceOf(of.options.map((option) => subscript(option, at, scope, line)));
  if (of.kind === 'list') {
    if (at.kind === 'constant' && typeof at.value === 'number') {
      const item = of.items.at(at.value);
      if (item !== undefined && of.items.every((one) => one.when === undefined)) return item.value;
    }
    const options = of.items.map((item) => item.value);
    return options.length === 0
      ? dynamicAt('element of an empty list', scope, line)
      : options.length > 100
        ? dynamicAt('element of a long list', scope, line)
        : choiceOf(options);
  }
  if (of.kind === 'dict') {
    const known = of.entries.filter((entry) => entry.key?.kind === 'text');
    if (at.kind === 'text') {
      const entry = known.findLast((one) => one.key?.kind === 'text' && one.key.text === at.text);
      if (entry !== undefined) return entry.value;
    } else if (of.entries.length > 0 && of.entries.length <= 100)
      return choiceOf(of.entries.map((entry) => entry.value));
  }
  if (of.kind === 'function' || of.kind === 'class') return of;
  return dynamicAt('element of something unknown', scope, line);
}

export function environment(name: Value, fallback: Value | null, scope: Scope, line: number): Value {
  if (name.kind !== 'text') return dynamicAt('environment variable with a computed name', scope, line);
  return { kind: 'environment', name: name.text.slice(0, 200), fallback, spot: spotAt(scope, line) };
}

export function comprehension(
  resolver: Resolver,
  expression: Expression & { kind: 'comprehension' },
  scope: Scope,
  before: number | undefined,
): Value {
  const given = new Map<string, Value>();
  const inner: Scope = { kind: 'function', module: scope.module, parent: scope, body: [], given, depth: scope.depth };
  const [source] = expression.sources;
  const conditional = expression.element.kind === 'either';
  const element = expression.element.kind === 'either' ? expression.element.then : expression.element;
  const spot = spotAt(scope, expression.line);
  if (source === undefined) return dynamicAt('computed', scope, expression.line);
  const over = resolver.evaluate(source.over, scope, before);
  if (expression.sources.length > 1 || over.kind !== 'list' || over.items.length > 500) {
    for (const one of expression.sources)
      given.set(one.target, subscript(over, dynamicAt('loop', scope, expression.line), scope, expression.line));
    return { kind: 'list', items: [{ value: resolver.evaluate(element, inner), when: 'for each' }], spot };
  }
  const items: ListItem[] = [];
  for (const item of over.items) {
    given.clear();
    given.set(source.target, item.value);
    const value = resolver.evaluate(element, { ...inner, given: new Map(given) });
    const when = item.when ?? (conditional ? 'filtered' : undefined);
    items.push(when === undefined ? { value } : { value, when });
  }
  return { kind: 'list', items, spot };
}
