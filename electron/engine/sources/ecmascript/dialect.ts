import { lastName } from '../python/packed.ts';
import { environment, itemsOf, subscript } from '../python/collections.ts';
import type { Dialect } from '../python/dialect.ts';
import type { Resolver } from '../python/resolver.ts';
import type { ImportedName } from '../python/summary.ts';
import {
  type CallValue,
  choiceOf,
  type FunctionValue,
  type ListItem,
  optionsOf,
  type Spot,
  type Value,
} from '../python/values.ts';
import { ecmascriptIndex, type ProjectFileAt } from './modules.ts';

/**
 * How ECMAScript differs from Python where values are evaluated. `files` say which file an import means; what `isOutside`
 * knows is never a file of the project, not even in the repository that it comes from.
 */
export function ecmascriptDialect(
  files: readonly ProjectFileAt[],
  isOutside?: (specifier: string) => boolean,
  registries: readonly Registry[] = [],
): Dialect {
  const registered = new Map<string, Value | null>();

  return {
    index: (modules, rootLabel, read) => ecmascriptIndex(modules, rootLabel, files, isOutside, read),
    pathOf,
    starsBind: false,
    mostSteps: 8000,
    few,
    member,
    called: (result, argument, resolver) =>
      called(result, argument, resolver) ?? inRegistry(registries, registered, result, argument, resolver),
  };
}

/** `openai.OpenAI`; what a package exports by default, or is as a whole, goes by the package's name: `openai`. */
function pathOf({ module, name }: ImportedName): string {
  const path = module.replace(/\.[cm]?[jt]s$/, '').replaceAll('.', '_');
  return name === null || name === 'default' || name === 'module.exports' ? path : `${path}.${name}`;
}

/** An object that hands out by name what it was made with: `mastra.getAgent('writer')`. */
export type Registry = {
  readonly symbol: string;
  readonly from: RegExp;
  readonly field: string;
  readonly method: string;
};

function inRegistry(
  registries: readonly Registry[],
  known: Map<string, Value | null>,
  { callee, call }: CallValue,
  argument: Argument,
  resolver: Resolver,
): Value | null {
  const method = call.callee.kind === 'attribute' ? call.callee.name : '';
  const registry = registries.find((one) => one.method === method);
  const name = registry === undefined || callee.kind === 'function' ? null : argument(0);
  if (registry === undefined || name?.kind !== 'text') return null;
  const key = `${method}:${name.text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, null);
  let found: Value | null = null;
  for (const site of resolver.calls(new Set([registry.symbol]))) {
    const made = resolver.evaluate(site.call.callee, site.scope, site.statement.at);
    const [first] = site.call.args;
    if (made.kind !== 'symbol' || !registry.from.test(made.path) || first === undefined) continue;
    const given = resolver.evaluate(first, site.scope, site.statement.at);
    const field = given.kind === 'dict' ? member(given, registry.field, resolver) : null;
    const entry = field?.kind === 'dict' ? member(field, name.text, resolver) : null;
    if (entry !== null) found = entry;
  }
  known.set(key, found);
  return found;
}

const maxMethods = 8;

/** Methods of texts and of what is not known are called in every line: of many, a few tell as much. */
function few(options: readonly Value[]): readonly Value[] {
  if (options.length <= maxMethods) return options;
  let plain = 0;
  return options.filter((option) => {
    if (option.kind !== 'member' || /^(?:call|instance|function|class|list|dict)$/.test(option.of.kind)) return true;
    plain += 1;
    return plain <= maxMethods;
  });
}

const environments =
  /^(?:builtins\.)?(?:process\.env|import\.meta\.env|Bun\.env)$|^\$env\/(?:static|dynamic)\/(?:private|public)(?:\.env)?$/;
const environmentName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

function member(value: Value, name: string, resolver: Resolver): Value | null {
  switch (value.kind) {
    case 'symbol':
      if (environments.test(value.path))
        return { kind: 'environment', name: name.slice(0, 200), fallback: null, spot: unknownSpot };
      return name === 'default' ? value : null;
    case 'text':
    case 'template':
    case 'environment':
      return name === 'href' ? value : null;
    case 'dict':
      return value.entries.findLast((entry) => entry.key?.kind === 'text' && entry.key.text === name)?.value ?? null;
    case 'call':
      // `z.object({...}).parse(process.env).OPENAI_API_KEY`, `createEnv({...}).OPENAI_API_KEY`
      return environmentName.test(name) && readsEnvironment(value, resolver)
        ? { kind: 'environment', name, fallback: null, spot: value.spot }
        : null;
    default:
      return null;
  }
}

const unknownSpot: Spot = { place: '', line: 1 };

function readsEnvironment(value: CallValue, resolver: Resolver): boolean {
  const callee = value.callee;
  if (callee.kind === 'symbol' && /\.(?:createEnv|cleanEnv|parseEnv|env)$|^(?:znv|envalid)\b/.test(callee.path))
    return true;
  if (callee.kind !== 'member' || !/^(?:parse|safeParse|parseAsync|validate|validateSync|decode)$/.test(callee.name))
    return false;
  const [first] = value.call.args;
  if (first === undefined) return false;
  const given = resolver.evaluate(first, value.scope, value.call.at);
  return given.kind === 'symbol' && environments.test(given.path);
}

type Argument = (position: number) => Value | null;

function called(result: CallValue, argument: Argument, resolver: Resolver): Value | null {
  const { callee } = result;
  const setting = configured(result, argument);
  if (setting !== null) return setting;
  if (callee.kind === 'symbol') return calledSymbol(callee.path, result, argument);
  if (callee.kind !== 'member') return null;
  return calledMember(callee.of, callee.name, result, argument, resolver);
}

/** `configService.get('OPENAI_API_KEY')` */
function configured({ call, spot }: CallValue, argument: Argument): Value | null {
  const { callee } = call;
  if (callee.kind !== 'attribute' || !/^get(?:OrThrow)?$/.test(callee.name)) return null;
  if (!/config|environment|^env$|settings|secrets/i.test(lastName(callee.of))) return null;
  const key = argument(0);
  return key?.kind === 'text' && key.text.includes('_') && environmentName.test(key.text)
    ? { kind: 'environment', name: key.text, fallback: argument(1), spot }
    : null;
}

function calledSymbol(path: string, result: CallValue, argument: Argument): Value | null {
  const { scope, spot } = result;
  const first = argument(0);
  switch (path) {
    case 'builtins.String':
    case 'builtins.Number':
    case 'builtins.Boolean':
    case 'builtins.Object.freeze':
    case 'builtins.Object.seal':
    case 'builtins.structuredClone':
    case 'builtins.URL':
    case 'builtins.Promise.all':
    case 'builtins.Promise.allSettled':
    case 'builtins.Promise.resolve':
    case 'builtins.Array.from':
    case 'dedent':
    case 'dedent.dedent':
    case 'outdent.outdent':
    case 'ts-dedent.dedent':
    case 'common-tags.stripIndents':
    case 'common-tags.stripIndent':
    case 'common-tags.oneLine':
      return first;
    case 'builtins.Array':
    case 'builtins.Set':
      return first === null ? { kind: 'list', items: [], spot } : { kind: 'list', items: itemsOf(first), spot };
    case 'builtins.Map':
    case 'builtins.Object.fromEntries': {
      const entries = (first === null ? [] : itemsOf(first)).flatMap<{ key: Value | null; value: Value }>(
        ({ value }) => {
          if (value.kind !== 'list' || value.items.length !== 2) return [{ key: null, value }];
          const [key, of] = value.items;
          return key === undefined || of === undefined ? [] : [{ key: key.value, value: of.value }];
        },
      );
      return { kind: 'dict', entries, spot };
    }
    case 'builtins.Object.values':
      return first?.kind === 'dict' ? { kind: 'list', items: valuesOf(first), spot } : first;
    case 'builtins.Object.keys':
      return first?.kind === 'dict' ? { kind: 'list', items: itemsOf(first), spot } : null;
    case 'builtins.Object.entries':
      return first?.kind === 'dict' ? { kind: 'list', items: pairsOf(first), spot } : null;
    case 'builtins.Object.assign': {
      const given = result.call.args.map((_one, position) => argument(position));
      const entries = given.flatMap((one) => (one?.kind === 'dict' ? one.entries : []));
      return given.some((one) => one?.kind === 'dict') ? { kind: 'dict', entries, spot } : first;
    }
    case 'path.join':
    case 'path.resolve':
    case 'path.posix.join':
    case 'path.normalize': {
      const parts = result.call.args.flatMap((_one, position) => argument(position) ?? []);
      return parts.length === 0 ? null : { kind: 'path', parts };
    }
    case 'builtins.Deno.env.get':
      return first === null ? null : environment(first, null, scope, spot.line);
    default:
      return null;
  }
}

type Dict = Extract<Value, { kind: 'dict' }>;

const valuesOf = (of: Dict): readonly ListItem[] => of.entries.map((entry) => ({ value: entry.value }));
const pairsOf = (of: Dict): readonly ListItem[] =>
  of.entries.flatMap((entry) =>
    entry.key === null
      ? []
      : [{ value: { kind: 'list', items: [{ value: entry.key }, { value: entry.value }], spot: of.spot } }],
  );

function calledMember(
  of: Value,
  name: string,
  result: CallValue,
  argument: Argument,
  resolver: Resolver,
): Value | null {
  const { scope, spot } = result;
  const first = (): Value | null => argument(0);
  /** What a function given as the first argument returns for a value. */
  const applied = (given: Value): Value | null => {
    const work = first();
    const options = work === null ? [] : optionsOf(work).filter((one) => one.kind === 'function');
    if (options.length === 0) return null;
    return choiceOf(options.map((one) => resolver.results(withFirst(one, given), null, scope)));
  };
  switch (name) {
    case 'then': {
      const value = applied(of);
      return value === null || (value.kind === 'dynamic' && value.reason === 'returns nothing') ? of : value;
    }
    case 'catch':
    case 'finally':
      return of;
    case 'bind':
      return of.kind === 'function' ? of : null;
    case 'get': {
      const key = of.kind === 'dict' ? first() : null;
      return key === null ? null : subscript(of, key, scope, spot.line);
    }
    default:
      break;
  }
  switch (of.kind) {
    case 'dict':
      if (name === 'values') return { kind: 'list', items: valuesOf(of), spot };
      if (name === 'entries') return { kind: 'list', items: pairsOf(of), spot };
      return name === 'set' ? of : null;
    case 'list':
      return calledList(of.items, name, result, argument, applied);
    case 'text':
    case 'template':
    case 'environment':
      if (/^(?:trim|trimStart|trimEnd|toString|toLowerCase|toUpperCase|normalize|valueOf)$/.test(name)) return of;
      if (of.kind === 'environment') return null;
      if (!/^(?:replace|replaceAll|concat|padEnd|padStart|slice|substring|substr|charAt)$/.test(name)) return null;
      // Cut and filled in more than once, it is still no more than a text that is put together.
      if (of.kind === 'template') return of;
      return { kind: 'template', parts: [of, { kind: 'dynamic', reason: 'filled in', spot }], spot };
    case 'path':
      return /^(?:replace|replaceAll|trim|slice|substring|toString|toLowerCase|toUpperCase)$/.test(name) ? of : null;
    default:
      return null;
  }
}

function calledList(
  items: readonly ListItem[],
  name: string,
  result: CallValue,
  argument: Argument,
  applied: (given: Value) => Value | null,
): Value | null {
  const { scope, spot } = result;
  const list = (found: readonly ListItem[]): Value => ({ kind: 'list', items: found, spot });
  switch (name) {
    case 'filter':
      return list(items.map(({ value, when }) => ({ value, when: when ?? 'filtered' })));
    case 'slice':
    case 'flat':
    case 'reverse':
    case 'sort':
    case 'toSorted':
    case 'toReversed':
    case 'values':
      return list(name === 'flat' ? items.flatMap((item) => itemsOf(item.value)) : items);
    case 'concat':
      return list([
        ...items,
        ...result.call.args.flatMap((_one, position) =>
          itemsOf(argument(position) ?? { kind: 'constant', value: null }),
        ),
      ]);
    case 'map':
    case 'flatMap': {
      const found: ListItem[] = [];
      for (const { value, when } of items.slice(0, maxMapped)) {
        const mapped = applied(value);
        if (mapped === null) return null;
        for (const one of name === 'map' ? [{ value: mapped }] : itemsOf(mapped)) {
          const condition = when ?? ('when' in one ? one.when : undefined);
          found.push(condition === undefined ? { value: one.value } : { value: one.value, when: condition });
        }
      }
      return list(found);
    }
    case 'find':
    case 'at':
    case 'pop':
    case 'shift': {
      const index = name === 'at' ? (argument(0) ?? null) : null;
      const any: Value = { kind: 'dynamic', reason: 'element', spot };
      return subscript({ kind: 'list', items, spot }, index ?? any, scope, spot.line);
    }
    default:
      return null;
  }
}

const maxMapped = 200;

/** A function with its first parameter known. */
function withFirst(value: FunctionValue, given: Value): FunctionValue {
  const [first] = value.self === undefined ? value.function.parameters : value.function.parameters.slice(1);
  return first === undefined ? value : { ...value, given: new Map([...(value.given ?? []), [first.name, given]]) };
}
