import type { CallExpression, Expression } from './expressions.ts';
import { mayMention } from './packed.ts';
import type { ClassSummary, FunctionSummary, ImportedName, PythonModule, Statement } from './summary.ts';
import type { InstanceValue, Value } from './values.ts';

export type LoadedModule = { readonly place: string; readonly content: PythonModule };

/** A body of statements with its names. Function scopes know the arguments of one call, or none ("called by anybody"). */
export type Scope = {
  readonly kind: 'module' | 'function' | 'class';
  readonly module: LoadedModule;
  readonly parent: Scope | null;
  readonly body: readonly Statement[];
  readonly function?: FunctionSummary;
  readonly class?: ClassSummary;
  readonly self?: InstanceValue;
  readonly given?: ReadonlyMap<string, Value>;
  /** Calls that led here, to stop runaway recursion. */
  readonly depth: number;
};

export type Binding = { readonly at: number; readonly when?: string; readonly line: number } & (
  | {
      readonly kind: 'value';
      readonly value: Expression /** Position in a tuple that is taken apart. */;
      readonly part?: number;
    }
  | { readonly kind: 'added'; readonly value: Expression; readonly single: boolean }
  | { readonly kind: 'entry'; readonly key: Expression; readonly value: Expression }
  | { readonly kind: 'function'; readonly function: FunctionSummary }
  | { readonly kind: 'class'; readonly class: ClassSummary }
  | { readonly kind: 'import'; readonly imported: ImportedName }
);

export type Names = {
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  readonly stars: readonly (ImportedName & { readonly at: number })[];
};

const cache = new WeakMap<readonly Statement[], Names>();

/** Names of a body, in order of the text. Attributes count under their dotted text: `self.tools`, `stripe.api_key`. */
export function namesOf(body: readonly Statement[]): Names {
  const known = cache.get(body);
  if (known !== undefined) return known;
  const bindings = new Map<string, Binding[]>();
  const stars: (ImportedName & { at: number })[] = [];
  const add = (name: string, binding: Binding): void => {
    const list = bindings.get(name);
    if (list === undefined) bindings.set(name, [binding]);
    else list.push(binding);
  };
  for (const statement of body) {
    const common = {
      at: statement.at,
      line: statement.line,
      ...(statement.when === undefined ? {} : { when: statement.when }),
    };
    switch (statement.kind) {
      case 'import':
        for (const imported of statement.names) {
          if (imported.name === '*') stars.push({ ...imported, at: statement.at });
          else add(imported.binds, { ...common, kind: 'import', imported });
        }
        break;
      case 'function':
        add(statement.function.name, { ...common, kind: 'function', function: statement.function });
        break;
      case 'class':
        add(statement.class.name, { ...common, kind: 'class', class: statement.class });
        break;
      case 'assign':
        for (const target of statement.targets)
          bindTarget(target, statement.value, statement.added === true, common, add);
        break;
      case 'expression':
        bindMutation(statement.value, common, add);
        break;
      case 'return':
        break;
    }
  }
  const names = { bindings, stars };
  cache.set(body, names);
  return names;
}

type Common = { readonly at: number; readonly line: number; readonly when?: string };

function bindTarget(
  target: Expression,
  value: Expression,
  added: boolean,
  common: Common,
  add: (name: string, binding: Binding) => void,
): void {
  const dotted = dottedName(target);
  if (dotted !== null) {
    add(dotted, added ? { ...common, kind: 'added', value, single: false } : { ...common, kind: 'value', value });
    return;
  }
  if (target.kind === 'subscript') {
    const of = dottedName(target.of);
    if (of !== null) add(of, { ...common, kind: 'entry', key: target.index, value });
    return;
  }
  if (target.kind === 'list' || target.kind === 'other') {
    const items = target.kind === 'list' ? target.items : target.parts;
    items.forEach((item, part) => {
      const name = dottedName(item);
      if (name === null) return;
      const exact =
        value.kind === 'list' && value.items.every((one) => one.kind !== 'spread') ? value.items[part] : undefined;
      add(
        name,
        exact === undefined ? { ...common, kind: 'value', value, part } : { ...common, kind: 'value', value: exact },
      );
    });
  }
}

function bindMutation(value: Expression, common: Common, add: (name: string, binding: Binding) => void): void {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return;
  const of = dottedName(value.callee.of);
  if (of === null) return;
  const argument = value.args.at(value.callee.name === 'insert' ? 1 : 0);
  if (argument === undefined) return;
  const method = value.callee.name;
  // Arrays of ECMAScript take several values at once, and maps keys.
  if (method === 'push' || method === 'unshift') {
    for (const one of value.args)
      if (one.kind === 'spread') add(of, { ...common, kind: 'added', value: one.value, single: false });
      else add(of, { ...common, kind: 'added', value: one, single: true });
  }
  const [, second] = value.args;
  if (method === 'set' && second !== undefined && value.args.length === 2)
    add(of, { ...common, kind: 'entry', key: argument, value: second });
  if (method === 'append' || method === 'add' || method === 'insert')
    add(of, { ...common, kind: 'added', value: argument, single: true });
  if (method === 'extend' || method === 'update') add(of, { ...common, kind: 'added', value: argument, single: false });
}

/** `a.b.c` as text; null for anything that is not a chain of names. */
export function dottedName(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.id;
  if (expression.kind !== 'attribute') return null;
  const of = dottedName(expression.of);
  return of === null ? null : `${of}.${expression.name}`;
}

/** One call somewhere in a file, with the statement around it. */
export type CallSite = {
  readonly call: CallExpression;
  readonly scope: Scope;
  readonly statement: Statement;
  /** The call is the whole right-hand side. */
  readonly whole: boolean;
};

/**
 * All calls of a body and, for each function and class in it, of theirs. `open` gives the scope of a nested body; functions
 * in which nothing is called one of `names` are passed over, other calls than those may be among what is found.
 */
export function callSites(
  scope: Scope,
  names: ReadonlySet<string>,
  open: (definition: FunctionSummary | ClassSummary, scope: Scope) => Scope,
  found: CallSite[] = [],
): CallSite[] {
  for (const statement of scope.body) {
    if (statement.kind === 'function' || statement.kind === 'class') {
      const definition = statement.kind === 'function' ? statement.function : statement.class;
      for (const decorator of definition.decorators) callsIn(decorator, scope, statement, found);
      if (statement.kind === 'class' || mayMention(statement.function, names))
        callSites(open(definition, scope), names, open, found);
    } else if (statement.kind !== 'import') callsIn(statement.value, scope, statement, found);
  }
  return found;
}

function callsIn(expression: Expression, scope: Scope, statement: Statement, found: CallSite[]): void {
  for (const part of expressionsIn(expression)) {
    if (part.kind === 'call') found.push({ call: part, scope, statement, whole: part === expression });
  }
}

/** An expression and everything below it, outside in. Iterative: expressions may be nested deep. */
export function* expressionsIn(expression: Expression): Generator<Expression> {
  const stack: Expression[] = [expression];
  for (;;) {
    const at = stack.pop();
    if (at === undefined) return;
    yield at;
    const inner = partsOf(at);
    for (let index = inner.length - 1; index >= 0; index -= 1) {
      const part = inner[index];
      if (part !== undefined) stack.push(part);
    }
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'text':
    case 'constant':
    case 'name':
      return [];
    case 'format':
    case 'join':
    case 'other':
      return expression.parts;
    case 'attribute':
      return [expression.of];
    case 'call':
      return [expression.callee, ...expression.args, ...expression.keywords.map((keyword) => keyword.value)];
    case 'list':
      return expression.items;
    case 'dict':
      return expression.entries.flatMap((entry) => (entry.key === null ? [entry.value] : [entry.key, entry.value]));
    case 'spread':
      return [expression.value];
    case 'either':
      return [expression.test, expression.then, expression.otherwise];
    case 'lambda':
      return [expression.body];
    case 'subscript':
      return [expression.of, expression.index];
    case 'comprehension':
      return [expression.element, ...expression.sources.map((source) => source.over)];
  }
}
