import type { Project } from '../../python/resolve.ts';
import { type CallValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import type { ArgumentAt } from '../framework.ts';

/** Reading of values that needs no framework: origins, arguments, texts. */

/** Origin of a value as a path, `()` where something was called on the way; null for what is of the project. */
export function originPath(value: Value, depth = 0): string | null {
  if (depth > 30) return null;
  switch (value.kind) {
    case 'symbol':
      return value.path;
    case 'call': {
      const path = originPath(value.callee, depth + 1);
      return path === null ? null : `${path}()`;
    }
    case 'member': {
      const path = originPath(value.of, depth + 1);
      return path === null ? null : `${path}.${value.name}`;
    }
    case 'path':
      return value.parts[0] === undefined ? null : originPath(value.parts[0], depth + 1);
    case 'choice':
      return value.options.map((option) => originPath(option, depth + 1)).find((path) => path !== null) ?? null;
    default:
      return null;
  }
}

/** Path that a call calls; empty for what is of the project. */
export const pathOf = (call: CallValue): string => originPath(call.callee) ?? '';

/** An argument by keyword (any of the names) or position; null when it is not given. */
export function argumentOf(
  project: Project,
  value: CallValue,
  position: number | null,
  ...names: readonly string[]
): Value | null {
  for (const keyword of value.call.keywords) {
    if (keyword.name !== null && names.includes(keyword.name))
      return project.evaluate(keyword.value, value.scope, value.call.at);
  }
  for (const keyword of value.call.keywords) {
    if (keyword.name !== null) continue;
    const spread = project.evaluate(keyword.value, value.scope, value.call.at);
    const entry = entryNamed(spread, names);
    if (entry !== null) return entry;
  }
  const python = (value.scope.module.content.language as string) === 'python';
  if (value.call.keywords.length === 0 && names.length > 0) {
    // `new Agent({name, tools})`: the entries are the arguments.
    for (const expression of value.call.args) {
      if (expression.kind !== 'dict' && (python || expression.kind !== 'name')) continue;
      const given = project.evaluate(expression, value.scope, value.call.at);
      const entry = entryNamed(given, names);
      if (entry !== null) return entry;
    }
  }
  const expression = position === null ? undefined : value.call.args[position];
  if (expression === undefined || expression.kind === 'spread') return null;
  if (!python && expression.kind === 'dict' && names.length > 0) return null;
  return project.evaluate(expression, value.scope, value.call.at);
}

function entryNamed(value: Value, names: readonly string[]): Value | null {
  for (const option of optionsOf(value)) {
    if (option.kind !== 'dict') continue;
    const entry = option.entries.findLast((one) => one.key?.kind === 'text' && names.includes(one.key.text));
    if (entry !== undefined) return entry.value;
  }
  return null;
}

/** An argument as a table describes its place. Dotted names look into what was given: a dictionary, a call. */
export function given(project: Project, call: CallValue, at: ArgumentAt | undefined): Value | null {
  if (at === undefined) return null;
  const position = at.find((one) => typeof one === 'number') ?? null;
  const names = at.filter((one) => typeof one === 'string');
  const plain = names.filter((name) => !name.includes('.'));
  for (const name of names) {
    if (!name.includes('.')) continue;
    const [first = '', ...rest] = name.split('.');
    let found: Value | null = /^\d+$/.test(first)
      ? argumentOf(project, call, Number(first))
      : argumentOf(project, call, null, first);
    for (const step of rest) found = found === null ? null : fieldOf(project, found, step);
    if (found !== null) return found;
  }
  return argumentOf(project, call, position, ...plain);
}

/** A field of a dictionary, an argument of a call, an attribute of an object. */
export function fieldOf(project: Project, value: Value, name: string): Value | null {
  for (const option of optionsOf(value)) {
    if (option.kind === 'dict') {
      const entry = entryNamed(option, [name]);
      if (entry !== null) return entry;
    } else if (option.kind === 'call') {
      const found = argumentOf(project, option, null, name);
      if (found !== null) return found;
    } else if (option.kind === 'instance') {
      const found = project.member(option, name);
      if (found.kind !== 'member' && found.kind !== 'dynamic') return found;
    }
  }
  return null;
}

/** Texts that a value may be; what depends on the run gives none. */
export function textsOf(value: Value | null): readonly string[] {
  if (value === null) return [];
  return optionsOf(value).flatMap((option) => {
    if (option.kind === 'text' && option.secret === undefined) return [option.text];
    if (option.kind === 'environment' && option.fallback !== null) return textsOf(option.fallback);
    // A member of an enumeration of the project: `Tools.SEARCH.value`.
    if (option.kind === 'member' && option.name === 'value') return textsOf(option.of);
    return [];
  });
}

/**
 * A secret written in the code. A long text in which something was masked (instructions that show an example) is none by
 * itself.
 */
export const isWrittenSecret = (value: Value): value is Extract<Value, { kind: 'text' }> =>
  value.kind === 'text' &&
  value.secret === true &&
  value.text.length < 400 &&
  value.text.trim().split(/\s+/).length <= 8;

/** Members of a list, values of a dictionary; anything else stands for itself. Conditions are kept. */
export function itemsIn(value: Value | null): readonly { readonly value: Value; readonly when?: string }[] {
  if (value === null) return [];
  return optionsOf(value).flatMap((option) => {
    if (option.kind === 'list') return option.items;
    if (option.kind === 'dict') return option.entries.map((entry) => ({ value: entry.value }));
    return option.kind === 'constant' ? [] : [{ value: option }];
  });
}

/** A value as its text: `true`, `false`, a number, a text; null for anything else. */
export function constantText(value: Value): string | null {
  if (value.kind === 'constant') return value.value === null ? 'none' : String(value.value);
  if (value.kind === 'text') return value.secret === true ? null : value.text;
  // Members of enumerations: `Process.hierarchical`.
  if (value.kind === 'symbol') return value.path.slice(value.path.lastIndexOf('.') + 1);
  return null;
}

/** Walks a value and what it is made of, up to a limit. */
export function* valuesIn(project: Project, value: Value): Generator<Value> {
  const stack: Value[] = [value];
  const seen = new Set<string>();
  while (stack.length > 0 && seen.size < 200) {
    const at = stack.pop();
    if (at === undefined) return;
    const identity = identityOf(at);
    if (seen.has(identity)) continue;
    seen.add(identity);
    yield at;
    switch (at.kind) {
      case 'template':
      case 'pipe':
      case 'path':
        stack.push(...at.parts);
        break;
      case 'choice':
        stack.push(...at.options);
        break;
      case 'list':
        stack.push(...at.items.map((item) => item.value));
        break;
      case 'dict':
        stack.push(...at.entries.map((entry) => entry.value));
        break;
      case 'environment':
        if (at.fallback !== null) stack.push(at.fallback);
        break;
      case 'member':
        stack.push(at.of);
        break;
      case 'lambda':
        stack.push(project.evaluate(at.body, at.scope));
        break;
      case 'call':
        stack.push(at.callee);
        for (const argument of at.call.args.slice(0, 20)) stack.push(project.evaluate(argument, at.scope, at.call.at));
        for (const keyword of at.call.keywords.slice(0, 40))
          stack.push(project.evaluate(keyword.value, at.scope, at.call.at));
        break;
      default:
        break;
    }
  }
}
