import type { Parameter } from './expressions.ts';
import { isStatic } from './functions.ts';
import type { Resolver } from './resolver.ts';
import { lastName, mentionedNames } from './packed.ts';
import { type CallSite, callSites, type LoadedModule, type Scope } from './scopes.ts';
import { dynamicAt } from './spots.ts';
import type { ClassSummary, FunctionSummary } from './summary.ts';
import { choiceOf, optionsOf, type Value } from './values.ts';

/** Calls of a function that are looked at for what a parameter may be; that there are more is said. */
const maxSites = 200;

const testFile = /\.(?:test|spec|e2e)\.[cm]?[jt]sx?$|\/__tests__\/.*\.[cm]?[jt]sx?$/;

/** What a parameter may be: what one call gives, or what all calls of the project give. */
export function parameterLookup(resolver: Resolver): Pick<Resolver, 'parameterOf' | 'calls'> {
  const values = new Map<string, Value>();
  const sitesByDefinition = new Map<string, Map<FunctionSummary | ClassSummary, CallSite[]>>();
  const sitesByNames = new Map<string, readonly CallSite[]>();
  const modulesByName = new Map<string, LoadedModule[]>();
  let indexed = 0;
  const unindexed = new Set<LoadedModule>();

  function parameterOf(name: string, scope: Scope): Value | null {
    const given = scope.given?.get(name);
    if (given !== undefined) return given;
    const definition = scope.function;
    if (definition === undefined) return null;
    const position = definition.parameters.findIndex((one) => one.name === name);
    const parameter = definition.parameters[position];
    if (parameter === undefined) return null;
    if (position === 0 && scope.self !== undefined && !isStatic(definition)) return scope.self;
    const fallback =
      parameter.fallback === undefined || scope.parent === null
        ? null
        : resolver.evaluate(parameter.fallback, scope.parent);
    // A scope of one call has all its arguments in `given`: what is missing has its default.
    if (scope.given !== undefined) return fallback ?? dynamicAt(`parameter ${name}`, scope, definition.line);
    return fromCallSites(definition, parameter, position, scope, fallback);
  }

  /** What the project's own calls pass for a parameter. */
  function fromCallSites(
    definition: FunctionSummary,
    parameter: Parameter,
    position: number,
    scope: Scope,
    fallback: Value | null,
  ): Value {
    const unknown = dynamicAt(`parameter ${parameter.name}`, scope, definition.line);
    const key = `${scope.module.place}:${definition.line}:${parameter.name}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    values.set(key, fallback ?? unknown);
    const method = scope.self !== undefined && !isStatic(definition);
    const options: Value[] = [];
    const all = sitesCalling(definition, scope.parent?.class);
    // What tests of ECMAScript pass are stand-ins that the program never sees.
    const tested = testFile.test(scope.module.place);
    const sites = tested ? all : all.filter((site) => !testFile.test(site.scope.module.place));
    for (const site of sites.slice(0, maxSites)) {
      const keyword = site.call.keywords.find((one) => one.name === parameter.name);
      const argument =
        keyword?.value ?? (parameter.rest === undefined ? site.call.args[position - (method ? 1 : 0)] : undefined);
      if (argument !== undefined && argument.kind !== 'spread')
        options.push(resolver.evaluate(argument, site.scope, site.statement.at));
      else if (fallback !== null) options.push(fallback);
    }
    if (sites.length > maxSites)
      options.push(
        dynamicAt(`parameter ${parameter.name}: ${sites.length - maxSites} further calls`, scope, definition.line),
      );
    const value = options.length === 0 ? (fallback ?? unknown) : choiceOf(options);
    values.set(key, value);
    return value;
  }

  /** Calls of a function or, for methods, of its class; what each call of the same name means is looked up once. */
  function sitesCalling(definition: FunctionSummary, owner: ClassSummary | undefined): readonly CallSite[] {
    const called = definition.name === '__init__' && owner !== undefined ? owner.name : definition.name;
    let meant = sitesByDefinition.get(called);
    if (meant === undefined) {
      meant = new Map();
      sitesByDefinition.set(called, meant);
      for (const site of sitesOf(called)) {
        const seen = new Set<FunctionSummary | ClassSummary>();
        for (const option of optionsOf(resolver.evaluate(site.call.callee, site.scope, site.statement.at))) {
          const target = option.kind === 'function' ? option.function : option.kind === 'class' ? option.class : null;
          if (target === null || seen.has(target)) continue;
          seen.add(target);
          const list = meant.get(target);
          if (list === undefined) meant.set(target, [site]);
          else list.push(site);
        }
      }
    }
    const direct = meant.get(definition) ?? [];
    const made = owner === undefined ? undefined : meant.get(owner);
    return made === undefined ? direct : [...direct, ...made];
  }

  function calls(names: ReadonlySet<string>): readonly CallSite[] {
    const key = [...names].sort().join();
    let found = sitesByNames.get(key);
    if (found === undefined) {
      found = sitesIn(resolver.modules, names);
      sitesByNames.set(key, found);
    }
    return found;
  }

  function sitesIn(modules: readonly LoadedModule[], names: ReadonlySet<string>): readonly CallSite[] {
    return modules
      .flatMap((module) => callSites(resolver.moduleScope(module), names, resolver.openScope))
      .filter((site) => names.has(lastName(site.call.callee)));
  }

  function sitesOf(name: string): readonly CallSite[] {
    for (; indexed < resolver.modules.length; indexed += 1) {
      const module = resolver.modules[indexed] as LoadedModule;
      const mentioned = mentionedNames(module.content);
      if (mentioned === null) unindexed.add(module);
      for (const one of mentioned ?? []) {
        const list = modulesByName.get(one);
        if (list === undefined) modulesByName.set(one, [module]);
        else list.push(module);
      }
    }
    const modules = modulesByName.get(name) ?? [];
    if (unindexed.size === 0) return sitesIn(modules, new Set([name]));
    const places = new Set([...modules, ...unindexed]);
    return sitesIn(
      resolver.modules.filter((module) => places.has(module)),
      new Set([name]),
    );
  }

  return { parameterOf, calls };
}
