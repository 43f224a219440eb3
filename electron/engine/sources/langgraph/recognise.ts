import type { Project } from '../python/resolve.ts';
import { type CallValue, identityOf, optionsOf, type Value } from '../python/values.ts';
import {
  agentConstructors,
  type Constructor,
  graphBuilders,
  modelProvider,
  originOf,
  storeKind,
  wrappers,
} from './known.ts';

/** Tells values of the LangChain family apart: models, agents, graph builders, stores. */

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

/** Rule for an agent constructor call; null for any other call. */
export function constructorOf(value: Value): Constructor | null {
  if (value.kind !== 'call') return null;
  const path =
    value.callee.kind === 'symbol'
      ? value.callee.path
      : value.callee.kind === 'member'
        ? originPath(value.callee)
        : null;
  const origin = path === null ? null : originOf(path);
  if (origin === null || path === null) return null;
  if (path.includes('()')) return null;
  if (origin.symbol === 'create_react_agent' && origin.root === 'langchain' && /\bprebuilt\b/.test(path)) return null;
  return agentConstructors.get(origin.symbol)?.find((one) => one.roots.test(origin.root)) ?? null;
}

const builderMethods = new Set([
  'add_node',
  'add_edge',
  'add_conditional_edges',
  'add_sequence',
  'set_entry_point',
  'set_finish_point',
  'set_conditional_entry_point',
  'validate',
]);

/** Graph builders behind a value: `StateGraph(...)` itself or what its chained methods return. */
export function buildersIn(value: Value, depth = 0): readonly CallValue[] {
  if (depth > 400) return [];
  if (value.kind === 'choice') return value.options.flatMap((option) => buildersIn(option, depth + 1));
  if (value.kind !== 'call') return [];
  if (value.callee.kind === 'symbol') {
    const origin = originOf(value.callee.path);
    return origin !== null && origin.root === 'langgraph' && graphBuilders.has(origin.symbol) ? [value] : [];
  }
  if (value.callee.kind === 'member' && builderMethods.has(value.callee.name))
    return buildersIn(value.callee.of, depth + 1);
  return [];
}

/** Agent constructs behind a value: compiled graphs, prebuilt agents, executors; through configuration wrappers. */
export function agentsIn(value: Value, depth = 0): readonly CallValue[] {
  if (depth > 60) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => agentsIn(option, depth + 1));
    case 'pipe':
      return value.parts.flatMap((part) => agentsIn(part, depth + 1));
    case 'call': {
      if (constructorOf(value) !== null) return [value];
      if (value.callee.kind !== 'member') return [];
      if (value.callee.name === 'compile') {
        const builders = buildersIn(value.callee.of, depth + 1);
        return builders.length > 0 ? builders : agentsIn(value.callee.of, depth + 1);
      }
      return wrappers.has(value.callee.name) ? agentsIn(value.callee.of, depth + 1) : [];
    }
    default:
      return [];
  }
}

/** Chat models, LLMs and embeddings behind a value, through `bind_tools`, pipes and the like. */
export function modelsIn(value: Value, depth = 0): readonly CallValue[] {
  if (depth > 60) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => modelsIn(option, depth + 1));
    case 'pipe':
      return value.parts.flatMap((part) => modelsIn(part, depth + 1));
    case 'call': {
      if (value.callee.kind === 'symbol') {
        const origin = originOf(value.callee.path);
        return origin !== null && modelProvider(origin) !== null ? [value] : [];
      }
      return value.callee.kind === 'member' && wrappers.has(value.callee.name)
        ? modelsIn(value.callee.of, depth + 1)
        : [];
    }
    default:
      return [];
  }
}

/** Tool lists that `bind_tools` has given to a model. */
export function boundTools(project: Project, value: Value, depth = 0): readonly Value[] {
  if (depth > 60) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => boundTools(project, option, depth + 1));
    case 'pipe':
      return value.parts.flatMap((part) => boundTools(project, part, depth + 1));
    case 'call': {
      if (value.callee.kind !== 'member' || !wrappers.has(value.callee.name)) return [];
      const inner = boundTools(project, value.callee.of, depth + 1);
      if (value.callee.name !== 'bind_tools' && value.callee.name !== 'bind_functions') return inner;
      const argument = argumentOf(project, value, 0, 'tools', 'functions');
      return argument === null ? inner : [...inner, argument];
    }
    default:
      return [];
  }
}

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
    if (spread.kind !== 'dict') continue;
    const entry = spread.entries.find((one) => one.key?.kind === 'text' && names.includes(one.key.text));
    if (entry !== undefined) return entry.value;
  }
  const expression = position === null ? undefined : value.call.args[position];
  return expression === undefined || expression.kind === 'spread'
    ? null
    : project.evaluate(expression, value.scope, value.call.at);
}

/** Texts that a value may be, with `null` for a part that depends on the run. */
export function textsOf(value: Value | null): readonly string[] {
  if (value === null) return [];
  return optionsOf(value).flatMap((option) => {
    if (option.kind === 'text' && option.secret === undefined) return [option.text];
    if (option.kind === 'environment' && option.fallback !== null) return textsOf(option.fallback);
    return [];
  });
}

/** Class or function of the family that a call makes a data store with, and its kind. */
export function storeOf(value: Value): {
  readonly call: CallValue;
  readonly symbol: string;
  readonly kind: NonNullable<ReturnType<typeof storeKind>>;
} | null {
  if (value.kind !== 'call') return null;
  const callee = value.callee;
  if (callee.kind !== 'symbol') return null;
  const parts = callee.path.split('.');
  // `Chroma.from_documents`, `PostgresSaver.from_conn_string`: the class is one step up.
  for (const path of [callee.path, parts.slice(0, -1).join('.')]) {
    const origin = originOf(path);
    const kind = origin === null ? null : storeKind(origin);
    if (origin !== null && kind !== null) return { call: value, symbol: origin.symbol, kind };
  }
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
