import type { Project } from '../../python/resolve.ts';
import type { CallValue, ClassValue, Value } from '../../python/values.ts';
import type { AgentRule, GraphRule, ModelRule, StoreKind } from '../framework.ts';
import { argumentOf, originPath } from './arguments.ts';
import { agentRule, graphRule, modelRule, type Ruled, storeKind } from './vocabulary.ts';

/** Tells values of agent frameworks apart: models, agents, graph builders, stores. */

/** Methods that hand the same runnable, agent or model on, changed a little. */
export const wrappers: ReadonlySet<string> = new Set([
  'bind',
  'bind_tools',
  'bindTools',
  'bind_functions',
  'with_structured_output',
  'withStructuredOutput',
  'with_config',
  'withConfig',
  'with_retry',
  'withRetry',
  'with_fallbacks',
  'with_types',
  'with_listeners',
  'configurable_fields',
  'configurable_alternatives',
  'assign',
  'pick',
  'pipe',
  'map',
  'clone',
  'copy',
  'model_copy',
  '__enter__',
  '__aenter__',
]);

/** Rule for an agent constructor call; null for any other call. */
export function constructorOf(value: Value): Ruled<AgentRule> | null {
  if (value.kind !== 'call') return null;
  const path =
    value.callee.kind === 'symbol' || value.callee.kind === 'member' || value.callee.kind === 'call'
      ? originPath(value.callee)
      : null;
  return path === null ? null : agentRule(path);
}

/** Rule of the framework's class that a class of the project comes from. */
export function baseRule(project: Project, value: ClassValue, depth = 0): Ruled<AgentRule> | null {
  if (depth > 6) return null;
  for (const base of value.class.bases) {
    const parent = project.evaluate(base, value.scope);
    if (parent.kind === 'symbol') {
      const found = agentRule(parent.path);
      if (found?.rule.subclasses === true) return found;
    } else if (parent.kind === 'class' && parent.class !== value.class) {
      const found = baseRule(project, parent, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

export const classId = (value: ClassValue): string => `agent-class:${value.spot.place}:${value.spot.line}`;

/** Graph builders behind a value: `StateGraph(...)` itself or what its chained methods return. */
export function buildersIn(value: Value, depth = 0): readonly CallValue[] {
  if (depth > 400) return [];
  if (value.kind === 'choice') return value.options.flatMap((option) => buildersIn(option, depth + 1));
  if (value.kind !== 'call') return [];
  if (builderOf(value) !== null) return [value];
  if (value.callee.kind !== 'member') return [];
  const method = value.callee.name;
  return buildersIn(value.callee.of, depth + 1).filter(
    (builder) => builderOf(builder)?.rule.finish.includes(method) === false,
  );
}

export function builderOf(value: CallValue): Ruled<GraphRule> | null {
  if (value.callee.kind !== 'symbol') return null;
  return graphRule(value.callee.path);
}

/** Agent constructs behind a value: compiled graphs, prebuilt agents, executors; through configuration wrappers. */
export function agentsIn(project: Project, value: Value, depth = 0): readonly CallValue[] {
  if (depth > 60) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => agentsIn(project, option, depth + 1));
    case 'pipe':
      return value.parts.flatMap((part) => agentsIn(project, part, depth + 1));
    case 'instance': {
      if (value.made === null || baseRule(project, value.of) === null) return [];
      const { call, scope } = value.made;
      return [{ kind: 'call', callee: value.of, call, scope, spot: { place: scope.module.place, line: call.line } }];
    }
    case 'call': {
      if (constructorOf(value) !== null) return [value];
      if (builderOf(value)?.rule.unfinished === true) return [value];
      if (value.callee.kind !== 'member') return [];
      const { name, of } = value.callee;
      const builders = buildersIn(of, depth + 1);
      const finished = builders.filter((builder) => builderOf(builder)?.rule.finish.includes(name) === true);
      if (finished.length > 0) return finished;
      const unfinished = builders.filter((builder) => builderOf(builder)?.rule.unfinished === true);
      if (unfinished.length > 0) return unfinished;
      if (name === 'compile') return agentsIn(project, of, depth + 1);
      return wrappers.has(name) ? agentsIn(project, of, depth + 1) : [];
    }
    default:
      return [];
  }
}

export function modelOf(value: CallValue): ModelRule | null {
  const path =
    value.callee.kind === 'symbol' || value.callee.kind === 'call' || value.callee.kind === 'member'
      ? originPath(value.callee)
      : null;
  return path === null ? null : modelRule(path);
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
      if (modelOf(value) !== null) return [value];
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
      if (!/^bind_?(?:tools|functions)$/i.test(value.callee.name)) return inner;
      const argument = argumentOf(project, value, 0, 'tools', 'functions');
      return argument === null ? inner : [...inner, argument];
    }
    default:
      return [];
  }
}

/** Class or function that a call makes a data store with, and its kind. */
export function storeOf(
  value: Value,
): { readonly call: CallValue; readonly symbol: string; readonly kind: StoreKind } | null {
  if (value.kind !== 'call') return null;
  const path = originPath(value.callee);
  if (path === null) return null;
  // `Chroma.from_documents`, `PostgresSaver.from_conn_string`: the class is one step up.
  const above = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  for (const one of value.callee.kind === 'symbol' ? [path, above] : [path]) {
    const kind = storeKind(one);
    if (kind !== null) return { call: value, symbol: one.slice(one.lastIndexOf('.') + 1), kind };
  }
  return null;
}
