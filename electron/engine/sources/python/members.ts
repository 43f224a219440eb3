import type { Resolver } from './resolver.ts';
import { namesOf } from './scopes.ts';
import { functionAt } from './spots.ts';
import { choiceOf, type ClassValue, type FunctionValue, type InstanceValue, type Value } from './values.ts';

/** Attributes of modules, classes and objects. */
export function memberLookup(resolver: Resolver): Pick<Resolver, 'member'> {
  function member(value: Value, name: string): Value {
    const other = resolver.dialect.member(value, name, resolver);
    if (other !== null) return other;
    switch (value.kind) {
      case 'symbol':
        return { kind: 'symbol', path: `${value.path}.${name}` };
      case 'module': {
        const module = resolver.index.at(value.place);
        const found = module === null ? null : resolver.exported(module, name);
        if (found !== null) return found;
        const below = module === null ? null : resolver.index.submodule({ level: 1, module: '' }, value.place, name);
        return below === null
          ? { kind: 'dynamic', reason: `${name} is not defined there`, spot: { place: value.place, line: 1 } }
          : { kind: 'module', place: below.place };
      }
      case 'instance':
        return instanceMember(value, name, 0) ?? { kind: 'member', of: value, name };
      case 'class':
        return classMember(value, name, 0) ?? { kind: 'member', of: value, name };
      case 'choice':
        return choiceOf(value.options.map((option) => member(option, name)));
      default:
        return { kind: 'member', of: value, name };
    }
  }

  function classMember(value: ClassValue, name: string, depth: number): Value | null {
    const scope = resolver.openScope(value.class, value.scope);
    const own = namesOf(scope.body).bindings.get(name);
    if (own !== undefined) return resolver.fold(name, own, scope, null);
    if (depth > 8) return null;
    for (const base of value.class.bases) {
      const parent = resolver.evaluate(base, value.scope);
      if (parent.kind === 'class') {
        const found = classMember(parent, name, depth + 1);
        if (found !== null) return found;
      }
    }
    return null;
  }

  function instanceMember(value: InstanceValue, name: string, depth: number): Value | null {
    const definition = value.of;
    const scope = resolver.openScope(definition.class, definition.scope);
    const own = namesOf(scope.body).bindings.get(name);
    if (own?.some((binding) => binding.kind === 'function')) {
      const found = resolver.fold(name, own, scope, null);
      if (found.kind !== 'function') return found;
      const property = found.function.decorators.some(
        (one) => one.kind === 'name' && (one.id === 'property' || one.id === 'cached_property'),
      );
      const bound: FunctionValue = { ...found, self: value };
      return property ? resolver.results(bound, null, scope) : bound;
    }
    const options: Value[] = [];
    for (const statement of scope.body) {
      if (statement.kind !== 'function') continue;
      const method = statement.function;
      const self = method.parameters[0]?.name;
      if (self === undefined || namesOf(method.body).bindings.get(`${self}.${name}`) === undefined) continue;
      const unbound = { ...functionAt(method, scope), self: value };
      const inner = resolver.functionScope(
        unbound,
        method.name === '__init__' ? (value.made?.call ?? null) : null,
        value.made?.scope ?? scope,
      );
      const found = resolver.assignedAttribute(`${self}.${name}`, inner, undefined);
      if (found !== null) options.push(found);
    }
    const certain = options.filter((option) => !(option.kind === 'constant' && option.value === null));
    if (certain.length > 0) return choiceOf(certain);
    if (own !== undefined) {
      const keyword = value.made?.call.keywords.find((one) => one.name === name);
      if (keyword !== undefined && value.made !== null) return resolver.evaluate(keyword.value, value.made.scope);
    }
    if (isSettings(definition)) {
      const fallback = own === undefined ? null : resolver.fold(name, own, scope, null);
      return { kind: 'environment', name: name.toUpperCase(), fallback, spot: definition.spot };
    }
    if (own !== undefined) return resolver.fold(name, own, scope, null);
    const keyword = value.made?.call.keywords.find((one) => one.name === name);
    if (keyword !== undefined && value.made !== null) return resolver.evaluate(keyword.value, value.made.scope);
    if (options[0] !== undefined) return options[0];
    if (depth > 8) return null;
    for (const base of definition.class.bases) {
      const parent = resolver.evaluate(base, definition.scope);
      if (parent.kind !== 'class') continue;
      const found = instanceMember({ ...value, of: parent }, name, depth + 1);
      if (found !== null) return found.kind === 'function' ? { ...found, self: value } : found;
    }
    return null;
  }

  /** Settings of pydantic take their fields from environment variables of the same name. */
  function isSettings(value: ClassValue): boolean {
    return value.class.bases.some((base) => {
      const parent = resolver.evaluate(base, value.scope);
      return parent.kind === 'symbol' && /^pydantic(?:_settings)?\..*\bBaseSettings$/.test(parent.path);
    });
  }

  return { member };
}
