import type { CallExpression, Expression, Parameter } from './expressions.ts';
import { type ModuleIndex, moduleIndex } from './modules.ts';
import {
  type Binding,
  type CallSite,
  callSites,
  dottedName,
  type LoadedModule,
  namesOf,
  type Scope,
} from './scopes.ts';
import type { ClassSummary, FunctionSummary, ImportedName } from './summary.ts';
import {
  type CallValue,
  choiceOf,
  type ClassValue,
  type DynamicValue,
  type FunctionValue,
  identityOf,
  type InstanceValue,
  type ListItem,
  optionsOf,
  type Spot,
  type Value,
} from './values.ts';

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
  /** Every call of the project, once. */
  calls(): readonly CallSite[];
  /** Assignments to an attribute of a library: `stripe.api_key = ...`. */
  libraryAssignments(): ReadonlyMap<string, readonly Value[]>;
};

const maxDepth = 12;
const maxSteps = 3_000_000;
/** Calls of a function that are looked at for what a parameter may be. */
const maxSites = 24;
const maxEvaluationDepth = 150;

export function createProject(modules: readonly LoadedModule[], rootLabel: string): Project {
  const index = moduleIndex(modules, rootLabel);
  const scopes = new WeakMap<object, Scope>();
  const memo = new WeakMap<Scope, Map<Binding, Value>>();
  const active = new Map<Binding, Set<Scope>>();
  let cycles = 0;
  let steps = 0;
  let nesting = 0;
  let allCalls: CallSite[] | null = null;
  let callsByName: Map<string, CallSite[]> | null = null;
  const siteCache = new Map<string, Value>();
  const sitesByDefinition = new Map<string, Map<FunctionSummary | ClassSummary, CallSite[]>>();
  const callResults = new WeakMap<Scope, Map<CallExpression, { before: number | undefined; value: Value }>>();
  const callScopes = new WeakMap<
    Scope,
    Map<
      CallExpression,
      { function: FunctionSummary; parent: Scope; partly: ReadonlyMap<string, Value> | undefined; scope: Scope }[]
    >
  >();

  const spotOf = (scope: Scope, line: number, endLine?: number): Spot => ({
    place: scope.module.place,
    line,
    ...(endLine !== undefined && endLine > line ? { endLine } : {}),
  });
  const dynamic = (reason: string, scope: Scope, line: number): DynamicValue => ({
    kind: 'dynamic',
    reason,
    spot: spotOf(scope, line),
  });

  function moduleScope(module: LoadedModule): Scope {
    let scope = scopes.get(module);
    if (scope === undefined) {
      scope = { kind: 'module', module, parent: null, body: module.content.body, depth: 0 };
      scopes.set(module, scope);
    }
    return scope;
  }

  /** Scope of a definition that nobody in particular calls. */
  function openScope(definition: FunctionSummary | ClassSummary, parent: Scope): Scope {
    let scope = scopes.get(definition);
    if (scope === undefined) {
      const common = { module: parent.module, parent, body: definition.body, depth: 0 };
      if ('parameters' in definition) {
        const method = parent.class !== undefined && parent.parent !== null;
        const self: InstanceValue | undefined = method
          ? { kind: 'instance', of: classValue(parent.class as ClassSummary, parent.parent as Scope), made: null }
          : undefined;
        scope = { kind: 'function', function: definition, ...common, ...(self === undefined ? {} : { self }) };
      } else scope = { kind: 'class', class: definition, ...common };
      scopes.set(definition, scope);
    }
    return scope;
  }

  const classValue = (definition: ClassSummary, scope: Scope): ClassValue => ({
    kind: 'class',
    class: definition,
    scope,
    spot: spotOf(scope, definition.line, definition.endLine),
  });
  const functionValue = (definition: FunctionSummary, scope: Scope): FunctionValue => ({
    kind: 'function',
    function: definition,
    scope,
    spot: spotOf(scope, definition.line, definition.endLine),
  });

  function evaluate(expression: Expression, scope: Scope, before?: number): Value {
    steps += 1;
    if (steps > maxSteps) return dynamic('the project is too large to follow further', scope, 1);
    if (nesting > maxEvaluationDepth) {
      cycles += 1;
      return dynamic('nested too deep', scope, 1);
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
          spot: spotOf(scope, expression.line, expression.endLine),
          ...(expression.whole === undefined ? {} : { whole: expression.whole }),
          ...(expression.secret === undefined ? {} : { secret: expression.secret }),
        };
      case 'constant':
        return expression;
      case 'format':
        return template(
          expression.parts.map((part) => evaluate(part, scope, before)),
          spotOf(scope, expression.line),
        );
      case 'name':
        return lookup(expression.id, scope, before) ?? { kind: 'symbol', path: `builtins.${expression.id}` };
      case 'attribute': {
        const dotted = dottedName(expression);
        if (dotted !== null) {
          const own = assignedAttribute(dotted, scope, before);
          if (own !== null) return own;
        }
        return member(evaluate(expression.of, scope, before), expression.name);
      }
      case 'call':
        return callValue(expression, scope, before);
      case 'list': {
        const items: ListItem[] = [];
        for (const item of expression.items) {
          if (item.kind === 'spread') items.push(...itemsOf(evaluate(item.value, scope, before)));
          else items.push({ value: evaluate(item, scope, before) });
          if (items.length > 2000) break;
        }
        return { kind: 'list', items, spot: spotOf(scope, expression.line) };
      }
      case 'dict': {
        const entries: { key: Value | null; value: Value }[] = [];
        for (const entry of expression.entries) {
          const value = evaluate(entry.value, scope, before);
          if (entry.key !== null) entries.push({ key: evaluate(entry.key, scope, before), value });
          else if (value.kind === 'dict') entries.push(...value.entries);
          else entries.push({ key: null, value });
        }
        return { kind: 'dict', entries, spot: spotOf(scope, expression.line) };
      }
      case 'spread':
        return evaluate(expression.value, scope, before);
      case 'join':
        return joined(
          expression.operator,
          expression.parts.map((part) => evaluate(part, scope, before)),
          spotOf(scope, expression.line),
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
          spot: spotOf(scope, expression.line),
        };
      case 'subscript':
        return subscript(
          evaluate(expression.of, scope, before),
          evaluate(expression.index, scope, before),
          scope,
          expression.line,
        );
      case 'comprehension':
        return comprehension(expression, scope, before);
      case 'other': {
        // A starred or bracketed single part is that part; anything else is a computation.
        const [only] = expression.parts;
        if (expression.parts.length === 1 && only !== undefined && only.kind === 'spread')
          return evaluate(only, scope, before);
        return dynamic('computed', scope, expression.line);
      }
    }
  }

  function template(parts: readonly Value[], spot: Spot): Value {
    if (parts.every((part) => part.kind === 'text')) {
      const texts = parts.filter((part) => part.kind === 'text');
      if (texts.every((part) => part.whole === undefined)) {
        return {
          kind: 'text',
          text: texts.map((part) => part.text).join(''),
          spot,
          ...(texts.some((part) => part.secret) ? { secret: true as const } : {}),
        };
      }
    }
    return { kind: 'template', parts, spot };
  }

  function joined(operator: '+' | '|' | '/' | 'or', parts: readonly Value[], spot: Spot, scope: Scope): Value {
    if (operator === 'or') {
      const [first, ...rest] = parts;
      // `os.getenv("MODEL") or "x"`: the second is the fallback of the first.
      if (first?.kind === 'environment' && rest.length > 0) return { ...first, fallback: choiceOf(rest) };
      return choiceOf(parts.filter((part) => !(part.kind === 'constant' && part.value === null)));
    }
    if (operator === '|') {
      if (parts.every((part) => part.kind === 'dict'))
        return { kind: 'dict', entries: parts.flatMap((part) => part.entries), spot };
      return { kind: 'pipe', parts };
    }
    if (operator === '/') return { kind: 'path', parts };
    if (
      parts.some((part) => part.kind === 'list') &&
      !parts.some((part) => part.kind === 'text' || part.kind === 'template')
    ) {
      return { kind: 'list', items: parts.flatMap(itemsOf), spot };
    }
    if (parts.some((part) => part.kind === 'text' || part.kind === 'template')) return template(parts, spot);
    if (parts.some((part) => part.kind === 'call' || part.kind === 'choice' || part.kind === 'member')) {
      return { kind: 'list', items: parts.flatMap(itemsOf), spot };
    }
    return dynamic('computed', scope, spot.line);
  }

  function comprehension(
    expression: Expression & { kind: 'comprehension' },
    scope: Scope,
    before: number | undefined,
  ): Value {
    const given = new Map<string, Value>();
    const inner: Scope = { kind: 'function', module: scope.module, parent: scope, body: [], given, depth: scope.depth };
    const [source] = expression.sources;
    const conditional = expression.element.kind === 'either';
    const element = expression.element.kind === 'either' ? expression.element.then : expression.element;
    const spot = spotOf(scope, expression.line);
    if (source === undefined) return dynamic('computed', scope, expression.line);
    const over = evaluate(source.over, scope, before);
    if (expression.sources.length > 1 || over.kind !== 'list' || over.items.length > 500) {
      for (const one of expression.sources)
        given.set(one.target, subscript(over, dynamic('loop', scope, expression.line), scope, expression.line));
      return { kind: 'list', items: [{ value: evaluate(element, inner), when: 'for each' }], spot };
    }
    const items: ListItem[] = [];
    for (const item of over.items) {
      given.clear();
      given.set(source.target, item.value);
      const value = evaluate(element, { ...inner, given: new Map(given) });
      const when = item.when ?? (conditional ? 'filtered' : undefined);
      items.push(when === undefined ? { value } : { value, when });
    }
    return { kind: 'list', items, spot };
  }

  function itemsOf(value: Value): readonly ListItem[] {
    if (value.kind === 'list') return value.items;
    if (value.kind === 'choice') {
      return value.options.flatMap((option) =>
        itemsOf(option).map((item) => ({ value: item.value, when: item.when ?? 'one of several' })),
      );
    }
    if (value.kind === 'constant') return [];
    if (value.kind === 'dict')
      return value.entries.flatMap((entry) => (entry.key === null ? [] : [{ value: entry.key }]));
    return [{ value }];
  }

  function subscript(of: Value, at: Value, scope: Scope, line: number): Value {
    if (of.kind === 'symbol' && /^os\.environ$|^streamlit\.secrets$/.test(of.path))
      return environment(at, null, scope, line);
    if (of.kind === 'symbol') return of;
    if (of.kind === 'choice') return choiceOf(of.options.map((option) => subscript(option, at, scope, line)));
    if (of.kind === 'list') {
      if (at.kind === 'constant' && typeof at.value === 'number') {
        const item = of.items.at(at.value);
        if (item !== undefined && of.items.every((one) => one.when === undefined)) return item.value;
      }
      const options = of.items.map((item) => item.value);
      return options.length === 0
        ? dynamic('element of an empty list', scope, line)
        : options.length > 100
          ? dynamic('element of a long list', scope, line)
          : choiceOf(options);
    }
    if (of.kind === 'dict') {
      const known = of.entries.filter((entry) => entry.key?.kind === 'text');
      if (at.kind === 'text') {
        const entry = known.findLast((one) => one.key?.kind === 'text' && one.key.text === at.text);
        if (entry !== undefined) return entry.value;
      } else if (of.entries.length > 0 && of.entries.length <= 100)
        return choiceOf(of.entries.map((entry) => entry.value));
    }
    if (of.kind === 'function' || of.kind === 'class') return of;
    return dynamic('element of something unknown', scope, line);
  }

  function environment(name: Value, fallback: Value | null, scope: Scope, line: number): Value {
    if (name.kind !== 'text') return dynamic('environment variable with a computed name', scope, line);
    return { kind: 'environment', name: name.text.slice(0, 200), fallback, spot: spotOf(scope, line) };
  }

  function lookup(name: string, scope: Scope, before?: number): Value | null {
    let limit = before;
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      // A class body is no enclosing scope of its methods.
      if (at.kind === 'class' && at !== scope) continue;
      const found = lookupIn(name, at, limit);
      if (found !== null) return found;
      limit = undefined;
    }
    return null;
  }

  function lookupIn(name: string, scope: Scope, before: number | undefined): Value | null {
    const names = namesOf(scope.body);
    const all = names.bindings.get(name);
    let usable = all;
    if (all !== undefined && before !== undefined) usable = all.filter((binding) => binding.at < before);
    const parameter = scope.kind === 'function' ? parameterOf(name, scope) : null;
    if (usable === undefined || usable.length === 0) {
      if (parameter !== null) return parameter;
      // Named above its assignment: a loop, a function, or notebook cells run in another order.
      if (all !== undefined && all.length > 0) return fold(name, all, scope, null);
      for (const star of names.stars) {
        const module = index.find(scope.module.place, star);
        if (module === null || module === scope.module) continue;
        const value = exported(module, name);
        if (value !== null) return value;
      }
      const known = names.stars.filter((star) => star.level === 0 && index.find(scope.module.place, star) === null);
      // A name that nothing defines may come from a library's star import; more than one cannot be told apart.
      const [only] = known;
      if (known.length === 1 && only !== undefined && !isBuiltin(name))
        return { kind: 'symbol', path: `${only.module}.${name}` };
      return null;
    }
    return fold(name, usable, scope, parameter);
  }

  const starActive = new Set<string>();
  function exported(module: LoadedModule, name: string): Value | null {
    const key = `${module.place}#${name}`;
    if (starActive.has(key)) return null;
    starActive.add(key);
    try {
      return lookupIn(name, moduleScope(module), undefined);
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
    for (const binding of bindings.slice(base)) {
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
        entries.push({ key: evaluate(binding.key, scope, binding.at), value: bindingValue(name, binding, scope) });
      } else options.push(bindingValue(name, binding, scope));
      if (options.length > 24 || additions.length > 2000 || entries.length > 2000) break;
    }
    const value = options.length === 0 ? null : choiceOf(options);
    if (!mutated) return value ?? dynamic(`${name} is not set`, scope, 1);
    const spot = (value === null ? null : spotIn(value)) ?? spotOf(scope, bindings[0]?.line ?? 1);
    if (value?.kind === 'dict') return { ...value, entries: [...value.entries, ...entries] };
    if (value?.kind === 'text' || value?.kind === 'template')
      return { kind: 'template', parts: [value, ...additions.map((item) => item.value)], spot };
    if (value?.kind === 'list' || value?.kind === 'choice' || value === null) {
      if (additions.length > 0)
        return { kind: 'list', items: [...(value === null ? [] : itemsOf(value)), ...additions], spot };
      if (value === null || entries.length === 0) return value ?? dynamic(`${name} is not set`, scope, 1);
    }
    return value;
  }

  function bindingValue(name: string, binding: Binding, scope: Scope): Value {
    const cached = memo.get(scope)?.get(binding);
    if (cached !== undefined) return cached;
    const running = active.get(binding);
    if (running?.has(scope) || (running !== undefined && running.size > 4)) {
      cycles += 1;
      return dynamic('defined in a circle', scope, binding.line);
    }
    const set = running ?? new Set<Scope>();
    set.add(scope);
    active.set(binding, set);
    const before = cycles;
    try {
      const value = named(name, bindingNow(binding, scope));
      if (cycles === before) {
        let values = memo.get(scope);
        if (values === undefined) {
          values = new Map();
          memo.set(scope, values);
        }
        values.set(binding, value);
      }
      return value;
    } finally {
      set.delete(scope);
      if (set.size === 0) active.delete(binding);
    }
  }

  const named = (name: string, value: Value): Value =>
    (value.kind === 'text' || value.kind === 'template') && value.name === undefined ? { ...value, name } : value;

  function bindingNow(binding: Binding, scope: Scope): Value {
    switch (binding.kind) {
      case 'function':
        return functionValue(binding.function, scope);
      case 'class':
        return classValue(binding.class, scope);
      case 'import':
        return imported(binding.imported, scope, binding.line);
      case 'added':
      case 'entry':
        return evaluate(binding.value, scope, binding.at);
      case 'value': {
        const value = evaluate(binding.value, scope, binding.at);
        if (binding.part === undefined) return value;
        return subscript(value, { kind: 'constant', value: binding.part }, scope, binding.line);
      }
    }
  }

  function imported(name: ImportedName, scope: Scope, line: number): Value {
    const from = scope.module.place;
    const module = index.find(from, name);
    if (name.name === null)
      return module === null ? { kind: 'symbol', path: name.module } : { kind: 'module', place: module.place };
    if (module !== null && module !== scope.module) {
      const value = exported(module, name.name);
      if (value !== null) return value;
    } else if (module === scope.module && name.module === '') {
      // `from . import x` inside the package's own `__init__.py`.
      const own = index.submodule(name, from, name.name);
      if (own !== null) return { kind: 'module', place: own.place };
    }
    const below = index.submodule(name, from, name.name);
    if (below !== null) return { kind: 'module', place: below.place };
    if (name.level > 0) return dynamic(`${'.'.repeat(name.level)}${name.module} could not be read`, scope, line);
    return { kind: 'symbol', path: `${name.module}.${name.name}` };
  }

  function parameterOf(name: string, scope: Scope): Value | null {
    const given = scope.given?.get(name);
    if (given !== undefined) return given;
    const definition = scope.function;
    if (definition === undefined) return null;
    const position = definition.parameters.findIndex((one) => one.name === name);
    const parameter = definition.parameters[position];
    if (parameter === undefined) return null;
    if (position === 0 && scope.self !== undefined) return scope.self;
    const fallback =
      parameter.fallback === undefined || scope.parent === null ? null : evaluate(parameter.fallback, scope.parent);
    // A scope of one call has all its arguments in `given`: what is missing has its default.
    if (scope.given !== undefined) return fallback ?? dynamic(`parameter ${name}`, scope, definition.line);
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
    const unknown = dynamic(`parameter ${parameter.name}`, scope, definition.line);
    const key = `${scope.module.place}:${definition.line}:${parameter.name}`;
    const known = siteCache.get(key);
    if (known !== undefined) return known;
    siteCache.set(key, fallback ?? unknown);
    const method = scope.self !== undefined;
    const options: Value[] = [];
    const sites = sitesCalling(definition, scope.parent?.class);
    for (const site of sites.slice(0, maxSites)) {
      const keyword = site.call.keywords.find((one) => one.name === parameter.name);
      const argument =
        keyword?.value ?? (parameter.rest === undefined ? site.call.args[position - (method ? 1 : 0)] : undefined);
      if (argument !== undefined && argument.kind !== 'spread')
        options.push(evaluate(argument, site.scope, site.statement.at));
      else if (fallback !== null) options.push(fallback);
    }
    if (sites.length > maxSites) options.push(dynamic(`parameter ${parameter.name}: ${sites.length - maxSites} further calls`, scope, definition.line));
    const value = options.length === 0 ? (fallback ?? unknown) : choiceOf(options);
    siteCache.set(key, value);
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
        for (const option of optionsOf(evaluate(site.call.callee, site.scope, site.statement.at))) {
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

  function assignedAttribute(dotted: string, scope: Scope, before: number | undefined): Value | null {
    const bindings = namesOf(scope.body).bindings.get(dotted);
    if (bindings === undefined) return null;
    const usable = before === undefined ? bindings : bindings.filter((binding) => binding.at < before);
    if (usable.every((binding) => binding.kind === 'added' || binding.kind === 'entry')) return null;
    return fold(dotted, usable, scope, null);
  }

  function member(value: Value, name: string): Value {
    switch (value.kind) {
      case 'symbol':
        return { kind: 'symbol', path: `${value.path}.${name}` };
      case 'module': {
        const module = index.at(value.place);
        const found = module === null ? null : exported(module, name);
        if (found !== null) return found;
        const below = module === null ? null : index.submodule({ level: 1, module: '' }, value.place, name);
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
    const scope = openScope(value.class, value.scope);
    const own = namesOf(scope.body).bindings.get(name);
    if (own !== undefined) return fold(name, own, scope, null);
    if (depth > 8) return null;
    for (const base of value.class.bases) {
      const parent = evaluate(base, value.scope);
      if (parent.kind === 'class') {
        const found = classMember(parent, name, depth + 1);
        if (found !== null) return found;
      }
    }
    return null;
  }

  function instanceMember(value: InstanceValue, name: string, depth: number): Value | null {
    const definition = value.of;
    const scope = openScope(definition.class, definition.scope);
    const own = namesOf(scope.body).bindings.get(name);
    if (own?.some((binding) => binding.kind === 'function')) {
      const found = fold(name, own, scope, null);
      if (found.kind !== 'function') return found;
      const property = found.function.decorators.some(
        (one) => one.kind === 'name' && (one.id === 'property' || one.id === 'cached_property'),
      );
      const bound: FunctionValue = { ...found, self: value };
      return property ? results(bound, null, scope) : bound;
    }
    const options: Value[] = [];
    for (const statement of scope.body) {
      if (statement.kind !== 'function') continue;
      const method = statement.function;
      const self = method.parameters[0]?.name;
      if (self === undefined || namesOf(method.body).bindings.get(`${self}.${name}`) === undefined) continue;
      const unbound = { ...functionValue(method, scope), self: value };
      const inner = functionScope(
        unbound,
        method.name === '__init__' ? (value.made?.call ?? null) : null,
        value.made?.scope ?? scope,
      );
      const found = assignedAttribute(`${self}.${name}`, inner, undefined);
      if (found !== null) options.push(found);
    }
    const certain = options.filter((option) => !(option.kind === 'constant' && option.value === null));
    if (certain.length > 0) return choiceOf(certain);
    if (own !== undefined) {
      const keyword = value.made?.call.keywords.find((one) => one.name === name);
      if (keyword !== undefined && value.made !== null) return evaluate(keyword.value, value.made.scope);
    }
    if (isSettings(definition)) {
      const fallback = own === undefined ? null : fold(name, own, scope, null);
      return { kind: 'environment', name: name.toUpperCase(), fallback, spot: definition.spot };
    }
    if (own !== undefined) return fold(name, own, scope, null);
    const keyword = value.made?.call.keywords.find((one) => one.name === name);
    if (keyword !== undefined && value.made !== null) return evaluate(keyword.value, value.made.scope);
    if (options[0] !== undefined) return options[0];
    if (depth > 8) return null;
    for (const base of definition.class.bases) {
      const parent = evaluate(base, definition.scope);
      if (parent.kind !== 'class') continue;
      const found = instanceMember({ ...value, of: parent }, name, depth + 1);
      if (found !== null) return found.kind === 'function' ? { ...found, self: value } : found;
    }
    return null;
  }

  /** Settings of pydantic take their fields from environment variables of the same name. */
  function isSettings(value: ClassValue): boolean {
    return value.class.bases.some((base) => {
      const parent = evaluate(base, value.scope);
      return parent.kind === 'symbol' && /^pydantic(?:_settings)?\..*\bBaseSettings$/.test(parent.path);
    });
  }

  function callValue(call: CallExpression, scope: Scope, before: number | undefined): Value {
    let values = callResults.get(scope);
    const known = values?.get(call);
    if (known !== undefined && known.before === before) return known.value;
    const started = cycles;
    const value = calledNow(call, scope, before);
    if (cycles === started) {
      if (values === undefined) {
        values = new Map();
        callResults.set(scope, values);
      }
      values.set(call, { before, value });
    }
    return value;
  }

  function calledNow(call: CallExpression, scope: Scope, before: number | undefined): Value {
    const callee = evaluate(call.callee, scope, before);
    const options = optionsOf(callee);
    const values = options.map((option) => callOf(option, call, scope, before));
    return values.length === 1 && values[0] !== undefined ? values[0] : choiceOf(values);
  }

  function callOf(callee: Value, call: CallExpression, scope: Scope, before: number | undefined): Value {
    const argument = (position: number, name?: string): Value | null => {
      const keyword = name === undefined ? undefined : call.keywords.find((one) => one.name === name)?.value;
      const expression = keyword ?? call.args[position];
      return expression === undefined ? null : evaluate(expression, scope, before);
    };
    const result: CallValue = { kind: 'call', callee, call, scope, spot: spotOf(scope, call.line, call.endLine) };
    switch (callee.kind) {
      case 'symbol':
        return symbolCall(callee.path, result, argument);
      case 'function': {
        const inner = results(callee, call, scope);
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
        if (scope.depth >= maxDepth) return dynamic('nested too deep', scope, call.line);
        return evaluate(callee.body, {
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
            : [{ key: { kind: 'text', text: keyword.name, spot } as const, value: evaluate(keyword.value, scope) }],
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
          if (parameter !== undefined) given.set(parameter.name, evaluate(one, scope));
        });
        for (const keyword of result.call.keywords)
          if (keyword.name !== null) given.set(keyword.name, evaluate(keyword.value, scope));
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
              items: [{ value: entry.key ?? dynamic('key', scope, spot.line) }, { value: entry.value }],
              spot,
            },
          })),
        };
      }
      if (name === 'get') {
        const found = subscript(of, argument(0) ?? dynamic('key', scope, spot.line), scope, spot.line);
        const fallback = argument(1);
        return found.kind === 'dynamic' && fallback !== null ? fallback : found;
      }
      if (name === 'copy') return of;
    }
    if (of.kind === 'list' && name === 'copy') return of;
    if (of.kind === 'text' || of.kind === 'template') {
      if (/^(?:strip|lstrip|rstrip|lower|upper|title)$/.test(name)) return of;
      if (/^(?:format|format_map|replace|join)$/.test(name))
        return { kind: 'template', parts: [of, dynamic('filled in', scope, spot.line)], spot };
    }
    if (of.kind === 'environment' && name === 'get_secret_value') return of;
    return result;
  }

  function functionScope(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Scope {
    const definition = value.function;
    if (call === null && value.given === undefined && (value.self === undefined || value.self.made === null)) {
      const canonical = openScope(definition, value.scope);
      if (value.self === undefined || canonical.self?.of.class === value.self.of.class) return canonical;
    }
    const known = call === null ? undefined : callScopes.get(callerScope)?.get(call);
    const same = known?.find(
      (one) =>
        one.function === definition &&
        one.parent === value.scope &&
        one.partly === value.given &&
        sameSelf(one.scope.self, value.self),
    );
    if (same !== undefined) return same.scope;
    const before = cycles;
    const given = new Map(value.given);
    const parameters =
      value.self === undefined || isStatic(definition) ? definition.parameters : definition.parameters.slice(1);
    if (call !== null) {
      call.args.forEach((expression, position) => {
        const parameter = parameters[position];
        if (parameter === undefined || expression.kind === 'spread') return;
        if (parameter.rest === undefined) given.set(parameter.name, evaluate(expression, callerScope));
      });
      for (const keyword of call.keywords) {
        if (keyword.name !== null && parameters.some((one) => one.name === keyword.name))
          given.set(keyword.name, evaluate(keyword.value, callerScope));
      }
      const spread = call.args.some((one) => one.kind === 'spread') || call.keywords.some((one) => one.name === null);
      if (spread)
        for (const parameter of parameters)
          if (!given.has(parameter.name))
            given.set(parameter.name, dynamic(`parameter ${parameter.name}`, callerScope, call.line));
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
    if (call !== null && cycles === before) {
      let calls = callScopes.get(callerScope);
      if (calls === undefined) {
        calls = new Map();
        callScopes.set(callerScope, calls);
      }
      const list = calls.get(call) ?? [];
      list.push({ function: definition, parent: value.scope, partly: value.given, scope });
      calls.set(call, list);
    }
    return scope;
  }

  const sameSelf = (one: InstanceValue | undefined, other: InstanceValue | undefined): boolean =>
    one === other ||
    (one !== undefined &&
      other !== undefined &&
      one.of.class === other.of.class &&
      one.of.scope === other.of.scope &&
      one.made?.call === other.made?.call &&
      one.made?.scope === other.made?.scope);

  const isStatic = (definition: FunctionSummary): boolean =>
    definition.decorators.some((one) => one.kind === 'name' && one.id === 'staticmethod');

  function results(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Value {
    if (callerScope.depth >= maxDepth) {
      cycles += 1;
      return dynamic('calls nested too deep', callerScope, call?.line ?? value.spot.line);
    }
    const scope = functionScope(value, call, callerScope);
    const options: Value[] = [];
    for (const statement of value.function.body) {
      if (statement.kind === 'return') options.push(evaluate(statement.value, scope, statement.at));
      else if (
        statement.kind === 'expression' &&
        statement.value.kind === 'other' &&
        statement.value.parts.length === 1
      ) {
        // `yield x` of a fixture or context manager gives x to its user.
        const [part] = statement.value.parts;
        if (part !== undefined && (part.kind === 'name' || part.kind === 'call') && generates(value.function))
          options.push(evaluate(part, scope, statement.at));
      }
      if (options.length > 24) break;
    }
    return options.length === 0 ? dynamic('returns nothing', callerScope, value.spot.line) : choiceOf(options);
  }

  const generates = (definition: FunctionSummary): boolean =>
    definition.decorators.some((one) => {
      const name = dottedName(one.kind === 'call' ? one.callee : one) ?? '';
      return /contextmanager|fixture|lifespan/.test(name);
    });

  function calls(): readonly CallSite[] {
    if (allCalls === null) {
      allCalls = [];
      for (const module of modules) for (const site of callSites(moduleScope(module), openScope)) allCalls.push(site);
    }
    return allCalls;
  }

  function sitesOf(name: string): readonly CallSite[] {
    if (callsByName === null) {
      callsByName = new Map();
      for (const site of calls()) {
        const callee = site.call.callee;
        const last = callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : '';
        const list = callsByName.get(last);
        if (list === undefined) callsByName.set(last, [site]);
        else list.push(site);
      }
    }
    return callsByName.get(name) ?? [];
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
        const of = lookup(name.slice(0, dot).split('.')[0] ?? '', scope);
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
    lookup: (name, scope, before) => lookup(name, scope, before),
    results,
    functionScope,
    member,
    calls,
    libraryAssignments,
  };
}

/** Where a value stands, for those that stand somewhere. */
export function spotIn(value: Value): Spot | null {
  switch (value.kind) {
    case 'constant':
    case 'symbol':
    case 'module':
      return null;
    case 'member':
      return spotIn(value.of);
    case 'instance':
      return value.made === null ? value.of.spot : { place: value.made.scope.module.place, line: value.made.call.line };
    case 'choice':
      return value.options.map(spotIn).find((spot) => spot !== null) ?? null;
    case 'pipe':
    case 'path':
      return value.parts.map(spotIn).find((spot) => spot !== null) ?? null;
    default:
      return value.spot;
  }
}

const builtinNames = new Set(
  'abs all any ascii bin bool breakpoint bytes callable chr compile dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max min next object open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ Exception ValueError KeyError TypeError RuntimeError __name__ __file__'.split(
    ' ',
  ),
);
const isBuiltin = (name: string): boolean => builtinNames.has(name);

/** Constructs of different evaluations are the same when they stand at the same place. */
export const sameConstruct = (a: Value, b: Value): boolean => identityOf(a) === identityOf(b);
