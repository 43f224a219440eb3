import { environment, itemsOf, subscript } from '../python/collections.ts';
import type { Dialect } from '../python/dialect.ts';
import type { ModuleIndex } from '../python/modules.ts';
import type { Resolver } from '../python/resolver.ts';
import type { LoadedModule } from '../python/scopes.ts';
import { dynamicAt } from '../python/spots.ts';
import type { ImportedName } from '../python/summary.ts';
import { type CallValue, choiceOf, optionsOf, type Value } from '../python/values.ts';
import { visiblePackages } from './names.ts';
import { declaredName } from './tree-reader.ts';

/** What one of these languages adds to how values are evaluated. */
export type TypedRules = {
  index(modules: readonly LoadedModule[], rootLabel: string): ModuleIndex;
  /** Packages in which a type of a library may stand, by its name. */
  readonly types: ReadonlyMap<string, readonly string[]>;
  /** Packages that are visible without an import. */
  readonly implicit: readonly string[];
  /** Path of a name that is imported by its package. */
  pathOf?(name: ImportedName): string;
  /** Functions that read a variable of the environment or a configuration key, named by the first argument. */
  readonly environment: RegExp;
  /** Functions that hand on what they are given first. */
  readonly handsOn: RegExp;
  /** Methods that hand on what they are called on. */
  readonly same: ReadonlySet<string>;
  /** Lists of what they are given. */
  readonly lists: RegExp;
  /** Methods that libraries add to values of any type: name to the path that stands for its origin. */
  readonly added?: ReadonlyMap<string, string>;
  member?(value: Value, name: string, resolver: Resolver): Value | null;
  /** What a call of a library gives, by its path. */
  called?(path: string, argument: (position: number) => Value | null, resolver: Resolver): Value | null;
};

/** Calls of an element of something: `configuration["OpenAI:ApiKey"]`. */
export const itemName = '@item';
/** Mark of an interface among the decorators of a class. */
export const interfaceMark = 'interface@';

const maxMethods = 8;

export function typedDialect(rules: TypedRules): Dialect {
  const roots = new Set(['java', 'javax', 'jakarta', 'com', 'org', 'io', 'dev']);
  for (const all of rules.types.values()) for (const one of all) roots.add(one.split('.')[0] ?? one);
  let implementors: Map<string, { readonly module: LoadedModule; readonly name: string }[]> | null = null;

  /** Classes of the project that say that they implement an interface. */
  function implementing(name: string, resolver: Resolver): readonly Value[] {
    if (implementors === null) {
      implementors = new Map();
      for (const module of resolver.modules)
        for (const statement of module.content.body) {
          if (statement.kind !== 'class') continue;
          for (const base of statement.class.bases) {
            const last = base.kind === 'name' ? base.id : base.kind === 'attribute' ? base.name : '';
            const list = implementors.get(last) ?? [];
            list.push({ module, name: statement.class.name });
            implementors.set(last, list);
          }
        }
    }
    return (implementors.get(name) ?? []).slice(0, 4).flatMap(({ module, name: of }) => {
      const found = resolver.exported(module, of);
      return found?.kind === 'class' ? [found] : [];
    });
  }

  function declared(of: Value, result: CallValue, resolver: Resolver): Value {
    switch (of.kind) {
      case 'class': {
        const isInterface = of.class.decorators.some((one) => one.kind === 'name' && one.id === interfaceMark);
        const classes = isInterface ? implementing(of.class.name, resolver) : [];
        const all = classes.length > 0 ? classes : [of];
        return choiceOf(
          all.flatMap((one) => (one.kind === 'class' ? [{ kind: 'instance', of: one, made: null }] : [])),
        );
      }
      case 'symbol':
        return of.path.startsWith('builtins.')
          ? dynamicAt(`a value of the type ${of.path.slice('builtins.'.length)}`, result.scope, result.spot.line)
          : { ...result, callee: of };
      default:
        return dynamicAt('a value that only its type tells about', result.scope, result.spot.line);
    }
  }

  function called(result: CallValue, argument: (position: number) => Value | null, resolver: Resolver): Value | null {
    const { callee, scope, spot } = result;
    if (callee.kind === 'member' && callee.name === declaredName) return declared(callee.of, result, resolver);
    if (callee.kind === 'symbol' && callee.path.endsWith(`.${declaredName}`))
      return declared({ kind: 'symbol', path: callee.path.slice(0, -declaredName.length - 1) }, result, resolver);
    const path = writtenPath(callee);
    if (path !== null && rules.environment.test(path)) {
      const name = argument(0);
      if (name?.kind === 'text') {
        // Spring: `${key:default}`; .NET: `GetConnectionString("X")` reads `ConnectionStrings:X`.
        const key = name.text.replace(/^[$#]\{([^:}]+).*\}$/s, '$1');
        const text = path.endsWith('.GetConnectionString') ? `ConnectionStrings:${key}` : key;
        return environment({ ...name, text }, argument(1), scope, spot.line);
      }
    }
    if (path !== null && rules.handsOn.test(path)) return argument(0);
    const known = path === null ? null : (rules.called?.(path, argument, resolver) ?? null);
    if (known !== null) return known;
    if (path !== null && rules.lists.test(path)) {
      const given = result.call.args.flatMap((_one, position) => argument(position) ?? []);
      const [first] = given;
      const items = given.length === 1 && first !== undefined ? itemsOf(first) : given.map((value) => ({ value }));
      return { kind: 'list', items, spot };
    }
    if (callee.kind === 'symbol' && callee.path.endsWith(`.${itemName}`)) return null;
    if (callee.kind !== 'member') return null;
    if (callee.name === itemName) {
      const key = argument(0) ?? dynamicAt('key', scope, spot.line);
      return callee.of.kind === 'dict' || callee.of.kind === 'list'
        ? subscript(callee.of, key, scope, spot.line)
        : null;
    }
    if (rules.same.has(callee.name) && result.call.args.length <= 1) {
      const { of } = callee;
      // A text that is cut or filled in is no longer known, but what it is made of is.
      if (of.kind !== 'dynamic') return of;
    }
    return null;
  }

  return {
    index: (modules, rootLabel) => rules.index(modules, rootLabel),
    pathOf(name) {
      const visible = visiblePackages(name.module);
      if (visible === null) return rules.pathOf?.(name) ?? plainPath(name);
      const wanted = name.name ?? name.binds;
      const known = rules.types.get(wanted);
      const at = known?.find((one) => visible.includes(one) || rules.implicit.includes(one));
      if (at !== undefined) return `${at}.${wanted}`;
      // `new java.io.File(...)`, `System.Text.Json.JsonSerializer`: the name begins a path.
      return roots.has(wanted) ? wanted : `builtins.${wanted}`;
    },
    starsBind: false,
    mostSteps: 8000,
    few(options) {
      if (options.length <= maxMethods) return options;
      let plain = 0;
      return options.filter((option) => {
        if (option.kind !== 'member' || /^(?:call|instance|function|class|list|dict)$/.test(option.of.kind))
          return true;
        plain += 1;
        return plain <= maxMethods;
      });
    },
    member(value, name, resolver) {
      const own = rules.member?.(value, name, resolver) ?? null;
      if (own !== null) return own;
      if (value.kind === 'dict')
        return value.entries.findLast((entry) => entry.key?.kind === 'text' && entry.key.text === name)?.value ?? null;
      const origin = rules.added?.get(name);
      if (origin === undefined) return null;
      return optionsOf(value).some((one) => writtenPath(one) !== null)
        ? null
        : { kind: 'symbol', path: `${origin}.${name}` };
    },
    called,
  };
}

export const plainPath = ({ module, name }: Pick<ImportedName, 'module' | 'name'>): string =>
  name === null ? module : `${module}.${name}`;

/** Origin of a value as a path, like `originPath` of the frameworks; null for what is of the project. */
export function writtenPath(value: Value, depth = 0): string | null {
  if (depth > 30) return null;
  switch (value.kind) {
    case 'symbol':
      return value.path;
    case 'call': {
      const path = writtenPath(value.callee, depth + 1);
      return path === null ? null : `${path}()`;
    }
    case 'member': {
      const path = writtenPath(value.of, depth + 1);
      return path === null ? null : `${path}.${value.name}`;
    }
    default:
      return null;
  }
}

/** Top-level names of the project's files, and where they stand. */
export function definedNames(
  modules: readonly LoadedModule[],
  packageOf: (module: LoadedModule) => string,
): ReadonlyMap<
  string,
  readonly { readonly module: LoadedModule; readonly package: string; readonly partial: boolean }[]
> {
  const found = new Map<string, { module: LoadedModule; package: string; partial: boolean }[]>();
  for (const module of modules) {
    const own = packageOf(module);
    const add = (name: string, partial: boolean): void => {
      if (name.includes('@')) return;
      const list = found.get(name) ?? [];
      if (!list.some((one) => one.module === module)) list.push({ module, package: own, partial });
      found.set(name, list);
    };
    for (const statement of module.content.body) {
      if (statement.kind === 'class')
        add(
          statement.class.name,
          statement.class.decorators.some((one) => one.kind === 'name' && one.id === 'partial@'),
        );
      else if (statement.kind === 'function') add(statement.function.name, false);
      else if (statement.kind === 'assign')
        for (const target of statement.targets) if (target.kind === 'name') add(target.id, false);
    }
  }
  return found;
}

/** A text that a module notes about itself. */
export function noted(module: LoadedModule, name: string): string {
  for (const statement of module.content.body) {
    if (statement.kind !== 'assign') break;
    const [target] = statement.targets;
    if (target?.kind === 'name' && target.id === name && statement.value.kind === 'text') return statement.value.value;
  }
  return '';
}
