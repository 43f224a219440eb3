import type { CallExpression } from './expressions.ts';
import type { Holds } from './frames.ts';
import { maxDepth, type Resolver } from './resolver.ts';
import { dottedName, type Scope } from './scopes.ts';
import { dynamicAt } from './spots.ts';
import type { FunctionSummary } from './summary.ts';
import { choiceOf, type FunctionValue, type InstanceValue, type Value } from './values.ts';

type CallScope = {
  readonly function: FunctionSummary;
  readonly parent: Scope;
  readonly partly: ReadonlyMap<string, Value> | undefined;
  readonly scope: Scope;
  readonly holds: Holds;
};

const maxReturns = 100;
/** A function inside of itself: what it returns is told by a few levels, and each one multiplies the work. */
const maxRecursion = 2;

/** Functions of the project: the scope of one call, and what it returns. */
export function functionEvaluation(resolver: Resolver): Pick<Resolver, 'functionScope' | 'results'> {
  const callScopes = new WeakMap<Scope, Map<CallExpression, CallScope[]>>();
  /** Functions whose results are being worked out, and at which levels. */
  const running = new Map<FunctionSummary, number[]>();
  const { frames } = resolver;

  function functionScope(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Scope {
    const definition = value.function;
    if (call === null && value.given === undefined && (value.self === undefined || value.self.made === null)) {
      const canonical = resolver.openScope(definition, value.scope);
      if (value.self === undefined || canonical.self?.of.class === value.self.of.class) return canonical;
    }
    const known = call === null ? undefined : callScopes.get(callerScope)?.get(call);
    const same = known?.find(
      (one) =>
        frames.still(one.holds) &&
        one.function === definition &&
        one.parent === value.scope &&
        one.partly === value.given &&
        sameSelf(one.scope.self, value.self),
    );
    if (same !== undefined) {
      frames.use(same.holds);
      return same.scope;
    }
    const outer = frames.enter();
    let given: ReadonlyMap<string, Value>;
    let holds: Holds;
    try {
      given = argumentsOf(value, call, callerScope);
    } finally {
      holds = frames.leave(outer);
    }
    const scope: Scope = {
      kind: 'function',
      module: value.scope.module,
      parent: value.scope,
      body: definition.body,
      function: definition,
      ...(value.self === undefined ? {} : { self: value.self }),
      ...(call === null && value.given === undefined ? {} : { given }),
      depth: callerScope.depth + 1,
    };
    if (call !== null) {
      let calls = callScopes.get(callerScope);
      if (calls === undefined) {
        calls = new Map();
        callScopes.set(callerScope, calls);
      }
      const list = (known ?? []).filter((one) => frames.still(one.holds));
      list.push({ function: definition, parent: value.scope, partly: value.given, scope, holds });
      calls.set(call, list);
    }
    return scope;
  }

  function argumentsOf(
    value: FunctionValue,
    call: CallExpression | null,
    callerScope: Scope,
  ): ReadonlyMap<string, Value> {
    const definition = value.function;
    const given = new Map(value.given);
    const parameters =
      value.self === undefined || isStatic(definition) ? definition.parameters : definition.parameters.slice(1);
    if (call !== null) {
      call.args.forEach((expression, position) => {
        const parameter = parameters[position];
        if (parameter === undefined || expression.kind === 'spread') return;
        if (parameter.rest === undefined) given.set(parameter.name, resolver.evaluate(expression, callerScope));
      });
      for (const keyword of call.keywords) {
        if (keyword.name !== null && parameters.some((one) => one.name === keyword.name))
          given.set(keyword.name, resolver.evaluate(keyword.value, callerScope));
      }
      const spread = call.args.some((one) => one.kind === 'spread') || call.keywords.some((one) => one.name === null);
      if (spread)
        for (const parameter of parameters)
          if (!given.has(parameter.name))
            given.set(parameter.name, dynamicAt(`parameter ${parameter.name}`, callerScope, call.line));
    }
    return given;
  }

  function results(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Value {
    const line = call?.line ?? value.spot.line;
    if (callerScope.depth >= maxDepth) return dynamicAt('calls nested too deep', callerScope, line);
    const levels = running.get(value.function) ?? [];
    const [first] = levels;
    if (first !== undefined && levels.length >= maxRecursion) {
      frames.cut(first);
      return dynamicAt('calls itself', callerScope, line);
    }
    const outer = frames.enter();
    levels.push(frames.level);
    running.set(value.function, levels);
    try {
      return returned(value, call, callerScope);
    } finally {
      levels.pop();
      frames.leave(outer);
    }
  }

  function returned(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Value {
    const scope = functionScope(value, call, callerScope);
    const options: Value[] = [];
    for (const statement of value.function.body) {
      if (statement.kind === 'return') options.push(resolver.evaluate(statement.value, scope, statement.at));
      else if (
        statement.kind === 'expression' &&
        statement.value.kind === 'other' &&
        statement.value.parts.length === 1
      ) {
        // `yield x` of a fixture or context manager gives x to its user.
        const [part] = statement.value.parts;
        if (part !== undefined && (part.kind === 'name' || part.kind === 'call') && generates(value.function))
          options.push(resolver.evaluate(part, scope, statement.at));
      }
      if (options.length > maxReturns) {
        options.push(
          dynamicAt(`${value.function.name} returns in more places than are followed`, scope, statement.line),
        );
        break;
      }
    }
    return options.length === 0 ? dynamicAt('returns nothing', callerScope, value.spot.line) : choiceOf(options);
  }

  return { functionScope, results };
}

export const isStatic = (definition: FunctionSummary): boolean =>
  definition.decorators.some((one) => one.kind === 'name' && one.id === 'staticmethod');

const generates = (definition: FunctionSummary): boolean =>
  definition.decorators.some((one) => {
    const name = dottedName(one.kind === 'call' ? one.callee : one) ?? '';
    return /contextmanager|fixture|lifespan/.test(name);
  });

const sameSelf = (one: InstanceValue | undefined, other: InstanceValue | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.of.class === other.of.class &&
    one.of.scope === other.of.scope &&
    one.made?.call === other.made?.call &&
    one.made?.scope === other.made?.scope);
