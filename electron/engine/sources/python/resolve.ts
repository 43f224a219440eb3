import { callEvaluation } from './calls.ts';
import { comprehension, itemsOf, joined, subscript, template } from './collections.ts';
import { type Dialect, pythonDialect } from './dialect.ts';
import type { CallExpression, Expression } from './expressions.ts';
import { createFrames } from './frames.ts';
import { functionEvaluation } from './functions.ts';
import { nameLookup } from './lookup.ts';
import { memberLookup } from './members.ts';
import type { ModuleIndex, ReadContent } from './modules.ts';
import { parameterLookup } from './parameters.ts';
import type { Resolver } from './resolver.ts';
import { type CallSite, dottedName, type LoadedModule, namesOf, type Scope } from './scopes.ts';
import { classAt, dynamicAt, spotAt } from './spots.ts';
import type { ClassSummary, FunctionSummary } from './summary.ts';
import { choiceOf, type FunctionValue, type InstanceValue, type ListItem, type Value } from './values.ts';

/**
 * Evaluates Python expressions across the files of one scan root, without running anything: constants, lists, spreads,
 * aliases, re-exports, helper functions, attributes of objects. Cycles end in `dynamic`; so does everything unknown.
 */
export type Project = {
  readonly modules: readonly LoadedModule[];
  readonly index: ModuleIndex;
  moduleScope(module: LoadedModule): Scope;
  /** `before` hides assignments of the same scope that stand later in the text. */
  evaluate(expression: Expression, scope: Scope, before?: number): Value;
  lookup(name: string, scope: Scope, before?: number): Value | null;
  /** All returned values of a function of the project, with the arguments of one call. */
  results(value: FunctionValue, call: CallExpression | null, scope: Scope): Value;
  /** Scope of a function's body; without a call its parameters are what the project's calls pass. */
  functionScope(value: FunctionValue, call: CallExpression | null, scope: Scope): Scope;
  member(value: Value, name: string): Value;
  /** Scope of a definition that nobody in particular calls. */
  openScope(definition: FunctionSummary | ClassSummary, parent: Scope): Scope;
  /** Every call of the project whose name, or whose end of a dotted name, is one of these; each once. */
  calls(names: ReadonlySet<string>): readonly CallSite[];
  /** Assignments to an attribute of a library: `stripe.api_key = ...`. */
  libraryAssignments(): ReadonlyMap<string, readonly Value[]>;
};

const maxSteps = 3_000_000;
const maxEvaluationDepth = 150;
const maxItems = 2000;

export function createProject(
  given: readonly LoadedModule[],
  rootLabel: string,
  dialect: Dialect = pythonDialect,
  read?: ReadContent,
): Project {
  const modules = [...given];
  const index = dialect.index(modules, rootLabel, read);
  const scopes = new WeakMap<object, Scope>();
  let steps = 0;
  let nesting = 0;
  let stopAt = 0;
  const own = { modules, index, dialect, frames: createFrames(), evaluate, moduleScope, openScope };
  const resolver = own as typeof own & Resolver;
  Object.assign(
    resolver,
    nameLookup(resolver),
    parameterLookup(resolver),
    memberLookup(resolver),
    callEvaluation(resolver),
    functionEvaluation(resolver),
  );

  function moduleScope(module: LoadedModule): Scope {
    let scope = scopes.get(module);
    if (scope === undefined) {
      scope = { kind: 'module', module, parent: null, body: module.content.body, depth: 0 };
      scopes.set(module, scope);
    }
    return scope;
  }

  /** The scope around a definition as the text has it, when it was come upon in one call of what is around it. */
  function asWritten(scope: Scope): Scope {
    const definition = scope.function ?? scope.class;
    return definition === undefined || scope.parent === null ? scope : openScope(definition, scope.parent);
  }

  /** Scope of a definition that nobody in particular calls. */
  function openScope(definition: FunctionSummary | ClassSummary, around: Scope): Scope {
    let scope = scopes.get(definition);
    if (scope === undefined) {
      const parent = asWritten(around);
      const common = { module: parent.module, parent, body: definition.body, depth: 0 };
      if ('parameters' in definition) {
        const method = parent.class !== undefined && parent.parent !== null;
        const self: InstanceValue | undefined = method
          ? { kind: 'instance', of: classAt(parent.class as ClassSummary, parent.parent as Scope), made: null }
          : undefined;
        scope = { kind: 'function', function: definition, ...common, ...(self === undefined ? {} : { self }) };
      } else scope = { kind: 'class', class: definition, ...common };
      scopes.set(definition, scope);
    }
    return scope;
  }

  function evaluate(expression: Expression, scope: Scope, before?: number): Value {
    steps += 1;
    if (nesting === 0) stopAt = steps + dialect.mostSteps;
    if (steps > stopAt) return dynamicAt('too much to follow', scope, 1);
    if (steps > maxSteps) return dynamicAt('the project is too large to follow further', scope, 1);
    if (nesting > maxEvaluationDepth) {
      resolver.frames.cut(1);
      return dynamicAt('nested too deep', scope, 1);
    }
    nesting += 1;
    try {
      return evaluateHere(expression, scope, before);
    } finally {
      nesting -= 1;
    }
  }

  function evaluateHere(expression: Expression, scope: Scope, before: number | undefined): Value {
    switch (expression.kind) {
      case 'text':
        return {
          kind: 'text',
          text: expression.value,
          spot: spotAt(scope, expression.line, expression.endLine),
          ...(expression.whole === undefined ? {} : { whole: expression.whole }),
          ...(expression.secret === undefined ? {} : { secret: expression.secret }),
        };
      case 'constant':
        return expression;
      case 'format':
        return template(
          expression.parts.map((part) => evaluate(part, scope, before)),
          spotAt(scope, expression.line),
        );
      case 'name':
        return resolver.lookup(expression.id, scope, before) ?? { kind: 'symbol', path: `builtins.${expression.id}` };
      case 'attribute': {
        const dotted = dottedName(expression);
        if (dotted !== null) {
          const own = resolver.assignedAttribute(dotted, scope, before);
          if (own !== null) return own;
        }
        const found = resolver.member(evaluate(expression.of, scope, before), expression.name);
        return found.kind === 'environment' && found.spot.place === ''
          ? { ...found, spot: spotAt(scope, expression.line) }
          : found;
      }
      case 'call':
        return resolver.callValue(expression, scope, before);
      case 'list': {
        const items: ListItem[] = [];
        for (const item of expression.items) {
          if (item.kind === 'spread') items.push(...itemsOf(evaluate(item.value, scope, before)));
          else items.push({ value: evaluate(item, scope, before) });
          if (items.length > maxItems) {
            items.push({ value: dynamicAt(`more than ${maxItems} entries`, scope, expression.line) });
            break;
          }
        }
        return { kind: 'list', items, spot: spotAt(scope, expression.line) };
      }
      case 'dict': {
        const entries: { key: Value | null; value: Value; when?: string }[] = [];
        for (const entry of expression.entries) {
          const value = evaluate(entry.value, scope, before);
          if (entry.key !== null) entries.push({ key: evaluate(entry.key, scope, before), value });
          else if (value.kind === 'dict') entries.push(...value.entries);
          else if (value.kind === 'choice' && value.options.some((option) => option.kind === 'dict')) {
            // `{...(admin ? adminTools : {})}`: what may be there counts as there.
            for (const option of value.options)
              if (option.kind === 'dict')
                entries.push(...option.entries.map((one) => ({ ...one, when: one.when ?? 'one of several' })));
              else if (option.kind !== 'constant') entries.push({ key: null, value: option });
          } else entries.push({ key: null, value });
        }
        return { kind: 'dict', entries, spot: spotAt(scope, expression.line) };
      }
      case 'spread':
        return evaluate(expression.value, scope, before);
      case 'join':
        return joined(
          expression.operator,
          expression.parts.map((part) => evaluate(part, scope, before)),
          spotAt(scope, expression.line),
          scope,
        );
      case 'either': {
        const otherwise = evaluate(expression.otherwise, scope, before);
        const then = evaluate(expression.then, scope, before);
        return choiceOf([then, otherwise]);
      }
      case 'lambda':
        return {
          kind: 'lambda',
          parameters: expression.parameters,
          body: expression.body,
          scope,
          spot: spotAt(scope, expression.line),
        };
      case 'subscript':
        return subscript(
          evaluate(expression.of, scope, before),
          evaluate(expression.index, scope, before),
          scope,
          expression.line,
        );
      case 'comprehension':
        return comprehension(resolver, expression, scope, before);
      case 'other': {
        // A starred or bracketed single part is that part; anything else is a computation.
        const [only] = expression.parts;
        if (expression.parts.length === 1 && only !== undefined && only.kind === 'spread')
          return evaluate(only, scope, before);
        return dynamicAt('computed', scope, expression.line);
      }
    }
  }

  let assignments: Map<string, Value[]> | null = null;
  function libraryAssignments(): ReadonlyMap<string, readonly Value[]> {
    if (assignments !== null) return assignments;
    const found = new Map<string, Value[]>();
    assignments = found;
    for (const module of modules) {
      const scope = moduleScope(module);
      for (const [name, bindings] of namesOf(module.content.body).bindings) {
        const dot = name.lastIndexOf('.');
        if (dot < 0) continue;
        const of = resolver.lookup(name.slice(0, dot).split('.')[0] ?? '', scope);
        if (of?.kind !== 'symbol') continue;
        const path = `${of.path}.${name.slice(name.indexOf('.') + 1)}`;
        const list = found.get(path) ?? [];
        for (const binding of bindings)
          if (binding.kind === 'value') list.push(evaluate(binding.value, scope, binding.at));
        found.set(path, list);
      }
    }
    return found;
  }

  return {
    modules,
    index,
    moduleScope,
    evaluate,
    lookup: resolver.lookup,
    results: resolver.results,
    functionScope: resolver.functionScope,
    member: resolver.member,
    openScope,
    calls: resolver.calls,
    libraryAssignments,
  };
}
