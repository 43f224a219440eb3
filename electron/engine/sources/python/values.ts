import { createHash } from 'node:crypto';
import type { CallExpression, Expression, Parameter } from './expressions.ts';
import type { ClassSummary, FunctionSummary } from './summary.ts';
import type { Scope } from './scopes.ts';

/** Where a value is written. Lines are 1-based. */
export type Spot = { readonly place: string; readonly line: number; readonly endLine?: number };

/** What an expression is known to be without running anything. What cannot be known is `dynamic`, with the reason. */
export type Value =
  | TextValue
  | { readonly kind: 'template'; readonly parts: readonly Value[]; readonly spot: Spot; readonly name?: string }
  | { readonly kind: 'constant'; readonly value: number | boolean | null }
  /** Something of a library: `langgraph.prebuilt.ToolNode`; builtins are `builtins.open`. */
  | { readonly kind: 'symbol'; readonly path: string }
  | CallValue
  /** An attribute of something that is neither module nor known object: `<call>.invoke`. */
  | { readonly kind: 'member'; readonly of: Value; readonly name: string }
  | FunctionValue
  | {
      readonly kind: 'lambda';
      readonly parameters: readonly Parameter[];
      readonly body: Expression;
      readonly scope: Scope;
      readonly spot: Spot;
    }
  | ClassValue
  | InstanceValue
  | ListValue
  | {
      readonly kind: 'dict';
      readonly entries: readonly { readonly key: Value | null; readonly value: Value; readonly when?: string }[];
      readonly spot: Spot;
    }
  | EnvironmentValue
  /** One of these, depending on the run. */
  | { readonly kind: 'choice'; readonly options: readonly Value[] }
  /** `a | b | c` */
  | { readonly kind: 'pipe'; readonly parts: readonly Value[] }
  /** `Path("exports") / name` */
  | { readonly kind: 'path'; readonly parts: readonly Value[] }
  | { readonly kind: 'module'; readonly place: string }
  | DynamicValue;

export type TextValue = {
  readonly kind: 'text';
  readonly text: string;
  readonly spot: Spot;
  /** The constant that holds it, where there is one. */
  readonly name?: string;
  readonly whole?: { readonly sha256: string; readonly length: number };
  readonly secret?: true;
};

/** Result of calling something that is not in the project. `at` and `spot.place` identify the construct. */
export type CallValue = {
  readonly kind: 'call';
  readonly callee: Value;
  readonly call: CallExpression;
  readonly scope: Scope;
  readonly spot: Spot;
};

export type FunctionValue = {
  readonly kind: 'function';
  readonly function: FunctionSummary;
  /** Scope that the function was defined in. */
  readonly scope: Scope;
  readonly self?: InstanceValue;
  /** Arguments that `functools.partial` has given already. */
  readonly given?: ReadonlyMap<string, Value>;
  readonly spot: Spot;
};

export type ClassValue = {
  readonly kind: 'class';
  readonly class: ClassSummary;
  readonly scope: Scope;
  readonly spot: Spot;
};

export type InstanceValue = {
  readonly kind: 'instance';
  readonly of: ClassValue;
  /** Null where the instance is the `self` of a method and it is not known who made it. */
  readonly made: { readonly call: CallExpression; readonly scope: Scope } | null;
};

export type ListItem = { readonly value: Value; readonly when?: string };
export type ListValue = { readonly kind: 'list'; readonly items: readonly ListItem[]; readonly spot: Spot };

export type EnvironmentValue = {
  readonly kind: 'environment';
  readonly name: string;
  readonly fallback: Value | null;
  readonly spot: Spot;
};

export type DynamicValue = { readonly kind: 'dynamic'; readonly reason: string; readonly spot: Spot };

/** The options of a choice, flat; anything else stands for itself. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'choice' ? value.options : [value];
}

/**
 * Folds options into one value: nested choices become flat, the same construct counts once. Of very many options the
 * first are kept, and a dynamic one stands for the rest.
 */
export function choiceOf(options: readonly Value[]): Value {
  const [single] = options;
  if (options.length === 1 && single !== undefined) return single;
  const flat: Value[] = [];
  const objects = new Set<Value>();
  const seen = new Set<string>();
  let rest: Value | null = null;
  for (const group of options) {
    for (const option of optionsOf(group)) {
      if (objects.has(option)) continue;
      objects.add(option);
      const identity = identityOf(option);
      if (seen.has(identity)) continue;
      seen.add(identity);
      if (flat.length < maxOptions) flat.push(option);
      else rest ??= option;
    }
    if (rest !== null) break;
  }
  const [only] = flat;
  if (flat.length === 1 && only !== undefined) return only;
  if (rest !== null) flat.push(rest.kind === 'dynamic' ? rest : manyMore(rest));
  return { kind: 'choice', options: flat };
}

const maxOptions = 64;

const manyMore = (rest: Value): DynamicValue => ({
  kind: 'dynamic',
  reason: `one of more than ${maxOptions} possible values`,
  spot: 'spot' in rest ? rest.spot : { place: '', line: 1 },
});

const shallowIdentity = ({ value }: { readonly value: Value }): string =>
  value.kind === 'list' || value.kind === 'dict' || value.kind === 'choice' ? value.kind : identityOf(value);

/** Same text for the same construct, so that it can be a key of a Map. */
export function identityOf(value: Value): string {
  if (value.kind !== 'choice' && value.kind !== 'list' && value.kind !== 'dict') return identityNow(value);
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = identityNow(value);
    // Of choices inside of choices: a key need not tell what it is made of.
    if (identity.length > 400) identity = `${value.kind}:${createHash('sha1').update(identity).digest('hex')}`;
    identities.set(value, identity);
  }
  return identity;
}

const identities = new WeakMap<Value, string>();

function identityNow(value: Value): string {
  switch (value.kind) {
    case 'list':
      // Two on one line are told apart by what is in them: `on ? [a] : [b]`.
      return `list:${value.spot.place}:${value.spot.line}:${value.items.length}:${value.items.slice(0, 8).map(shallowIdentity).join()}`;
    case 'dict':
      return `dict:${value.spot.place}:${value.spot.line}:${value.entries.length}:${value.entries
        .slice(0, 8)
        .map((entry) => (entry.key?.kind === 'text' ? entry.key.text : '') + shallowIdentity(entry))
        .join()}`;
    case 'text':
    case 'template':
    case 'lambda':
    case 'environment':
    case 'dynamic':
    case 'class':
      return `${value.kind}:${value.spot.place}:${value.spot.line}:${value.kind === 'text' ? value.text : value.kind === 'environment' ? value.name : ''}`;
    case 'call':
      return `call:${value.spot.place}:${value.call.at}`;
    case 'function':
      return `function:${value.spot.place}:${value.spot.line}:${value.function.name}`;
    case 'constant':
      return `constant:${String(value.value)}`;
    case 'symbol':
      return `symbol:${value.path}`;
    case 'module':
      return `module:${value.place}`;
    case 'instance':
      return `instance:${value.of.spot.place}:${value.of.spot.line}:${value.made?.call.at ?? ''}`;
    case 'member':
      return `member:${identityOf(value.of)}.${value.name}`;
    case 'choice':
      return `choice:${value.options.map(identityOf).join()}`;
    case 'pipe':
    case 'path':
      return `${value.kind}:${value.parts.map(identityOf).join()}`;
  }
}
