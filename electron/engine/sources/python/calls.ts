import { environment, itemsOf, subscript } from './collections.ts';
import type { CallExpression } from './expressions.ts';
import type { Holds } from './frames.ts';
import { maxDepth, type Resolver } from './resolver.ts';
import type { Scope } from './scopes.ts';
import { dynamicAt, spotAt } from './spots.ts';
import { type CallValue, choiceOf, optionsOf, type Value } from './values.ts';

/** What calls give: results of functions of the project, objects, and what is known of the standard library. */
export function callEvaluation(resolver: Resolver): Pick<Resolver, 'callValue'> {
  type Result = { readonly before: number | undefined; readonly value: Value; readonly holds: Holds };
  const callResults = new WeakMap<Scope, Map<CallExpression, Result>>();
  const { frames } = resolver;

  function callValue(call: CallExpression, scope: Scope, before: number | undefined): Value {
    let values = callResults.get(scope);
    const known = values?.get(call);
    if (known !== undefined && known.before === before && frames.still(known.holds)) {
      frames.use(known.holds);
      return known.value;
    }
    const outer = frames.enter();
    let value: Value | null = null;
    try {
      value = calledNow(call, scope, before);
      return value;
    } finally {
      const holds = frames.leave(outer);
      if (value !== null) {
        if (values === undefined) {
          values = new Map();
          callResults.set(scope, values);
        }
        values.set(call, { before, value, holds });
      }
    }
  }

  function calledNow(call: CallExpression, scope: Scope, before: number | undefined): Value {
    const callee = resolver.evaluate(call.callee, scope, before);
    const options = optionsOf(callee);
    const few = resolver.dialect.few(options);
    const values = few.map((option) => callOf(option, call, scope, before));
    if (few.length < options.length) values.push(dynamicAt('one of many values', scope, call.line));
    return values.length === 1 && values[0] !== undefined ? values[0] : choiceOf(values);
  }

  function callOf(callee: Value, call: CallExpression, scope: Scope, before: number | undefined): Value {
    const argument = (position: number, name?: string): Value | null => {
      const keyword = name === undefined ? undefined : call.keywords.find((one) => one.name === name)?.value;
      const expression = keyword ?? call.args[position];
      return expression === undefined ? null : resolver.evaluate(expression, scope, before);
    };
    const result: CallValue = { kind: 'call', callee, call, scope, spot: spotAt(scope, call.line, call.endLine) };
    const other = resolver.dialect.called(result, argument, resolver);
    if (other !== null) return other;
    switch (callee.kind) {
      case 'symbol':
        return symbolCall(callee.path, result, argument);
      case 'function': {
        const inner = resolver.results(callee, call, scope);
        return inner.kind === 'dynamic' && inner.reason === 'returns nothing' ? result : inner;
      }
      case 'class':
        return { kind: 'instance', of: callee, made: { call, scope } };
      case 'lambda': {
        const given = new Map<string, Value>();
        callee.parameters.forEach((parameter, position) => {
          const value = argument(position, parameter.name);
          if (value !== null) given.set(parameter.name, value);
        });
        if (scope.depth >= maxDepth) return dynamicAt('nested too deep', scope, call.line);
        return resolver.evaluate(callee.body, {
          kind: 'function',
          module: callee.scope.module,
          parent: callee.scope,
          body: [],
          given,
          depth: scope.depth + 1,
        });
      }
      case 'member':
        return memberCall(callee.of, callee.name, result, argument);
      default:
        return result;
    }
  }

  function symbolCall(
    path: string,
    result: CallValue,
    argument: (position: number, name?: string) => Value | null,
  ): Value {
    const { scope, spot } = result;
    switch (path) {
      case 'os.getenv':
      case 'os.environ.get':
      case 'os.environ.setdefault':
      case 'os.environ.pop':
      case 'decouple.config':
      case 'google.colab.userdata.get':
      case 'streamlit.secrets.get': {
        const name = argument(0, 'key');
        return name === null ? result : environment(name, argument(1, 'default'), scope, spot.line);
      }
      case 'builtins.list':
      case 'builtins.tuple':
      case 'builtins.set':
      case 'builtins.sorted':
      case 'builtins.reversed':
      case 'builtins.frozenset': {
        const value = argument(0);
        return value === null
          ? { kind: 'list', items: [], spot }
          : value.kind === 'list'
            ? value
            : { kind: 'list', items: itemsOf(value), spot };
      }
      case 'builtins.dict': {
        const entries = result.call.keywords.flatMap((keyword) =>
          keyword.name === null
            ? []
            : [
                {
                  key: { kind: 'text', text: keyword.name, spot } as const,
                  value: resolver.evaluate(keyword.value, scope),
                },
              ],
        );
        const first = argument(0);
        return { kind: 'dict', entries: [...(first?.kind === 'dict' ? first.entries : []), ...entries], spot };
      }
      case 'builtins.str':
      case 'builtins.int':
      case 'builtins.float':
      case 'pydantic.SecretStr':
      case 'pydantic.v1.SecretStr':
      case 'langchain_core.utils.convert_to_secret_str':
      case 'textwrap.dedent':
      case 'inspect.cleandoc':
      case 'copy.copy':
      case 'copy.deepcopy':
        return argument(0) ?? result;
      case 'typing.cast':
        return argument(1) ?? result;
      case 'functools.partial':
      case 'functools.wraps': {
        const value = argument(0);
        if (value?.kind !== 'function') return result;
        const given = new Map(value.given);
        const parameters = value.function.parameters.slice(value.self === undefined ? 0 : 1);
        result.call.args.slice(1).forEach((one, position) => {
          const parameter = parameters[position];
          if (parameter !== undefined) given.set(parameter.name, resolver.evaluate(one, scope));
        });
        for (const keyword of result.call.keywords)
          if (keyword.name !== null) given.set(keyword.name, resolver.evaluate(keyword.value, scope));
        return { ...value, given };
      }
      case 'asyncio.run':
      case 'asyncio.wait_for':
      case 'asyncio.to_thread':
        return argument(0) ?? result;
      default:
        return result;
    }
  }

  function memberCall(
    of: Value,
    name: string,
    result: CallValue,
    argument: (position: number, name?: string) => Value | null,
  ): Value {
    const { scope, spot } = result;
    if (of.kind === 'dict') {
      if (name === 'values') return { kind: 'list', items: of.entries.map((entry) => ({ value: entry.value })), spot };
      if (name === 'keys')
        return {
          kind: 'list',
          items: of.entries.flatMap((entry) => (entry.key === null ? [] : [{ value: entry.key }])),
          spot,
        };
      if (name === 'items') {
        return {
          kind: 'list',
          spot,
          items: of.entries.map((entry) => ({
            value: {
              kind: 'list',
              items: [{ value: entry.key ?? dynamicAt('key', scope, spot.line) }, { value: entry.value }],
              spot,
            },
          })),
        };
      }
      if (name === 'get') {
        const found = subscript(of, argument(0) ?? dynamicAt('key', scope, spot.line), scope, spot.line);
        const fallback = argument(1);
        return found.kind === 'dynamic' && fallback !== null ? fallback : found;
      }
      if (name === 'copy') return of;
    }
    if (of.kind === 'list' && name === 'copy') return of;
    if (of.kind === 'text' || of.kind === 'template') {
      if (/^(?:strip|lstrip|rstrip|lower|upper|title)$/.test(name)) return of;
      if (/^(?:format|format_map|replace|join)$/.test(name))
        return { kind: 'template', parts: [of, dynamicAt('filled in', scope, spot.line)], spot };
    }
    if (of.kind === 'environment' && name === 'get_secret_value') return of;
    return result;
  }

  return { callValue };
}
