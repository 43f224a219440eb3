import { itemsOf, subscript } from './collections.ts';
import type { Holds } from './frames.ts';
import type { Resolver } from './resolver.ts';
import { type Binding, type LoadedModule, namesOf, type Scope } from './scopes.ts';
import { classAt, dynamicAt, functionAt, spotAt, spotIn } from './spots.ts';
import type { ImportedName } from './summary.ts';
import { choiceOf, type ListItem, type Value } from './values.ts';

const maxAssignments = 100;
const maxEntries = 2000;

/** Names: their scopes, their assignments, and what modules export. */
export function nameLookup(resolver: Resolver): Pick<Resolver, 'lookup' | 'exported' | 'fold' | 'assignedAttribute'> {
  const memo = new WeakMap<Scope, Map<Binding, { readonly value: Value; readonly holds: Holds }>>();
  /** Assignments that are being worked out, in which scopes, and at which level each. */
  const active = new Map<Binding, Map<Scope, number>>();
  const { frames } = resolver;
  const starActive = new Set<string>();

  function lookup(name: string, scope: Scope, before?: number): Value | null {
    let limit = before;
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      // A class body is no enclosing scope of its methods.
      if (at.kind === 'class' && at !== scope) continue;
      const found = lookupIn(name, at, limit, resolver.dialect.starsBind);
      if (found !== null) return found;
      limit = undefined;
    }
    return null;
  }

  function lookupIn(name: string, scope: Scope, before: number | undefined, withStars: boolean): Value | null {
    const names = namesOf(scope.body);
    const all = names.bindings.get(name);
    let usable = all;
    // Mostly everything stands before the place of use; then nothing needs to be copied.
    if (all !== undefined && before !== undefined && !all.every((binding) => binding.at < before))
      usable = all.filter((binding) => binding.at < before);
    const parameter = scope.kind === 'function' ? resolver.parameterOf(name, scope) : null;
    if (usable === undefined || usable.length === 0) {
      if (parameter !== null) return parameter;
      // Named above its assignment: a loop, a function, or notebook cells run in another order.
      if (all !== undefined && all.length > 0) return fold(name, all, scope, outerValue(name, all, scope));
      if (!withStars) return null;
      for (const star of names.stars) {
        const module = resolver.index.find(scope.module.place, star);
        if (module === null || module === scope.module) continue;
        const value = exported(module, name);
        if (value !== null) return value;
      }
      const known = names.stars.filter(
        (star) => star.level === 0 && resolver.index.find(scope.module.place, star) === null,
      );
      // A name that nothing defines may come from a library's star import; more than one cannot be told apart.
      const [only] = known;
      if (known.length === 1 && only !== undefined && !isBuiltin(name))
        return { kind: 'symbol', path: resolver.dialect.pathOf({ ...only, name }) };
      return null;
    }
    return fold(name, usable, scope, parameter ?? outerValue(name, usable, scope));
  }

  /** Of a name that a function only adds to: what it is around the function. */
  function outerValue(name: string, bindings: readonly Binding[], scope: Scope): Value | null {
    if (scope.kind !== 'function' || bindings.some((one) => one.kind !== 'added' && one.kind !== 'entry')) return null;
    let outer = scope.parent;
    while (outer !== null && outer.kind === 'class') outer = outer.parent;
    return outer === null ? null : lookup(name, outer);
  }

  function exported(module: LoadedModule, name: string): Value | null {
    const key = `${module.place}#${name}`;
    if (starActive.has(key)) return null;
    starActive.add(key);
    try {
      return lookupIn(name, resolver.moduleScope(module), undefined, true);
    } finally {
      starActive.delete(key);
    }
  }

  /** Joins the assignments of a name: the last certain one, the conditional ones after it, and what was added since. */
  function fold(name: string, bindings: readonly Binding[], scope: Scope, parameter: Value | null): Value {
    let base = bindings.findLastIndex(
      (binding) => binding.kind !== 'added' && binding.kind !== 'entry' && binding.when === undefined,
    );
    const options: Value[] = [];
    if (base < 0) {
      if (parameter !== null) options.push(parameter);
      base = 0;
    }
    const additions: ListItem[] = [];
    const entries: { key: Value | null; value: Value }[] = [];
    let mutated = false;
    for (let index = base; index < bindings.length; index += 1) {
      const binding = bindings[index];
      if (binding === undefined) break;
      if (binding.kind === 'added') {
        mutated = true;
        const value = bindingValue(name, binding, scope);
        const items = binding.single ? [{ value }] : itemsOf(value);
        if (value.kind === 'dict') entries.push(...value.entries);
        else
          for (const item of items)
            additions.push(binding.when === undefined ? item : { value: item.value, when: binding.when });
      } else if (binding.kind === 'entry') {
        mutated = true;
        entries.push({
          key: resolver.evaluate(binding.key, scope, binding.at),
          value: bindingValue(name, binding, scope),
        });
      } else options.push(bindingValue(name, binding, scope));
      if (options.length > maxAssignments || additions.length > maxEntries || entries.length > maxEntries) {
        const rest = dynamicAt(`${name} is set or added to in more places than are followed`, scope, binding.line);
        if (binding.kind === 'added') additions.push({ value: rest });
        else if (binding.kind === 'entry') entries.push({ key: null, value: rest });
        else options.push(rest);
        break;
      }
    }
    const value = options.length === 0 ? null : choiceOf(options);
    if (!mutated) return value ?? dynamicAt(`${name} is not set`, scope, 1);
    const spot = (value === null ? null : spotIn(value)) ?? spotAt(scope, bindings[0]?.line ?? 1);
    if (value?.kind === 'dict') return { ...value, entries: [...value.entries, ...entries] };
    if (value?.kind === 'text' || value?.kind === 'template')
      return { kind: 'template', parts: [value, ...additions.map((item) => item.value)], spot };
    if (value?.kind === 'list' || value?.kind === 'choice' || value === null) {
      if (additions.length > 0)
        return { kind: 'list', items: [...(value === null ? [] : itemsOf(value)), ...additions], spot };
      if (value === null || entries.length === 0) return value ?? dynamicAt(`${name} is not set`, scope, 1);
    }
    return value;
  }

  function bindingValue(name: string, binding: Binding, scope: Scope): Value {
    let values = memo.get(scope);
    const cached = values?.get(binding);
    if (cached !== undefined && frames.still(cached.holds)) {
      frames.use(cached.holds);
      return cached.value;
    }
    const running = active.get(binding) ?? new Map<Scope, number>();
    const own = running.get(scope);
    if (own !== undefined || running.size > 4) {
      frames.cut(own ?? Math.min(...running.values()));
      return dynamicAt('defined in a circle', scope, binding.line);
    }
    const outer = frames.enter();
    running.set(scope, frames.level);
    active.set(binding, running);
    let value: Value | null = null;
    try {
      value = named(name, bindingNow(binding, scope));
      return value;
    } finally {
      running.delete(scope);
      if (running.size === 0) active.delete(binding);
      const holds = frames.leave(outer);
      if (value !== null) {
        if (values === undefined) {
          values = new Map();
          memo.set(scope, values);
        }
        values.set(binding, { value, holds });
      }
    }
  }

  function bindingNow(binding: Binding, scope: Scope): Value {
    switch (binding.kind) {
      case 'function':
        return functionAt(binding.function, scope);
      case 'class':
        return classAt(binding.class, scope);
      case 'import':
        return imported(binding.imported, scope, binding.line);
      case 'added':
      case 'entry':
        return resolver.evaluate(binding.value, scope, binding.at);
      case 'value': {
        const value = resolver.evaluate(binding.value, scope, binding.at);
        if (binding.part === undefined) return value;
        return subscript(value, { kind: 'constant', value: binding.part }, scope, binding.line);
      }
    }
  }

  function imported(name: ImportedName, scope: Scope, line: number): Value {
    const from = scope.module.place;
    const module = resolver.index.find(from, name);
    if (name.name === null)
      return module === null
        ? { kind: 'symbol', path: resolver.dialect.pathOf(name) }
        : { kind: 'module', place: module.place };
    if (module !== null && module !== scope.module) {
      const value = exported(module, name.name);
      if (value !== null) return value;
    } else if (module === scope.module && name.module === '') {
      // `from . import x` inside the package's own `__init__.py`.
      const own = resolver.index.submodule(name, from, name.name);
      if (own !== null) return { kind: 'module', place: own.place };
    }
    const below = resolver.index.submodule(name, from, name.name);
    if (below !== null) return { kind: 'module', place: below.place };
    if (name.level > 0) return dynamicAt(`${'.'.repeat(name.level)}${name.module} could not be read`, scope, line);
    return { kind: 'symbol', path: resolver.dialect.pathOf(name) };
  }

  function assignedAttribute(dotted: string, scope: Scope, before: number | undefined): Value | null {
    const bindings = namesOf(scope.body).bindings.get(dotted);
    if (bindings === undefined) return null;
    const usable = before === undefined ? bindings : bindings.filter((binding) => binding.at < before);
    if (usable.every((binding) => binding.kind === 'added' || binding.kind === 'entry')) return null;
    return fold(dotted, usable, scope, null);
  }

  return { lookup, exported, fold, assignedAttribute };
}

const named = (name: string, value: Value): Value =>
  (value.kind === 'text' || value.kind === 'template') && value.name === undefined ? { ...value, name } : value;

const builtinNames = new Set(
  'abs all any ascii bin bool breakpoint bytes callable chr compile dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max min next object open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ Exception ValueError KeyError TypeError RuntimeError __name__ __file__'.split(
    ' ',
  ),
);
export const isBuiltin = (name: string): boolean => builtinNames.has(name);
