/**
 * What infrastructure languages have in common: a tree of literals, references and calls, as JSON, so that summaries of
 * files can be kept. Terraform, CloudFormation and Bicep are read to this form; `resolve.ts` gives it values.
 */
export type Expression = { readonly line: number; readonly endLine: number } & (
  | { readonly k: 'text'; readonly v: string }
  | { readonly k: 'number'; readonly v: number }
  | { readonly k: 'boolean'; readonly v: boolean }
  | { readonly k: 'nothing' }
  | { readonly k: 'list'; readonly items: readonly Expression[] }
  /** Pairs, not an object: keys come from outside. Blocks that repeat stand as a list under one key. */
  | { readonly k: 'map'; readonly entries: readonly (readonly [string, Expression])[] }
  /** Text with values in it. */
  | { readonly k: 'template'; readonly parts: readonly Expression[] }
  /** `var.x`, `aws_iam_role.a.arn`, `Logical.Arn`; an index is a segment in brackets: `[0]`. */
  | { readonly k: 'reference'; readonly path: readonly string[] }
  | { readonly k: 'call'; readonly name: string; readonly args: readonly Expression[] }
  /** Which of them counts is known at run time only. */
  | { readonly k: 'choice'; readonly options: readonly Expression[] }
  /** Not evaluated; what it names is kept. */
  | { readonly k: 'other'; readonly text: string; readonly parts: readonly Expression[] }
);

/** A value or a resource as written in one file. */
export type Spot = { readonly place: string; readonly line: number; readonly endLine: number };

export type Link = { readonly id: string; readonly attribute: string };

/** What an expression means, as far as the files say. Every value knows where it is written. */
export type Value = Spot &
  (
    | { readonly kind: 'text'; readonly text: string; readonly dynamic: boolean; readonly links: readonly Link[] }
    | { readonly kind: 'number'; readonly number: number }
    | { readonly kind: 'boolean'; readonly boolean: boolean }
    | { readonly kind: 'nothing' }
    | { readonly kind: 'list'; readonly items: readonly Value[] }
    | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> }
    /** An attribute of a resource; `text` is the expression, for people. */
    | { readonly kind: 'resource'; readonly link: Link; readonly text: string }
    | { readonly kind: 'choice'; readonly options: readonly Value[] }
    | { readonly kind: 'unknown'; readonly text: string; readonly links: readonly Link[] }
  );

export type MapValue = Extract<Value, { kind: 'map' }>;

/** `agent_resource_role_arn`, `AgentResourceRoleArn` and `agentResourceRoleArn` are one name. */
export const plainKey = (key: string): string => key.replace(/[_-]/g, '').toLowerCase();

/**
 * The value below a chain of keys. A list of one is stepped into, as blocks are lists; of several possible values the
 * first that has the key counts.
 */
export function at(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let current: Value | undefined = value;
  for (const key of keys) {
    current = member(current, key);
    if (current === undefined) return undefined;
  }
  return current;
}

function member(value: Value | undefined, key: string): Value | undefined {
  switch (value?.kind) {
    case 'map': {
      const direct = value.entries.get(key);
      if (direct !== undefined) return direct;
      const plain = plainKey(key);
      for (const [name, found] of value.entries) if (plainKey(name) === plain) return found;
      return undefined;
    }
    case 'list':
      return value.items.length === 1 ? member(value.items[0], key) : undefined;
    case 'choice':
      for (const option of value.options) {
        const found = member(option, key);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** Members of a list; a lone value is a list of one, a choice all of its members. */
export function each(value: Value | undefined): readonly Value[] {
  if (value === undefined || value.kind === 'nothing') return [];
  if (value.kind === 'list') return value.items.flatMap((item) => (item.kind === 'choice' ? each(item) : [item]));
  return value.kind === 'choice' ? value.options.flatMap((option) => each(option)) : [value];
}

export const pairs = (value: Value | undefined): readonly (readonly [string, Value])[] => {
  if (value?.kind === 'map') return [...value.entries];
  if (value?.kind === 'choice') return value.options.flatMap((option) => pairs(option));
  return value?.kind === 'list' && value.items.length === 1 ? pairs(value.items[0]) : [];
};

/** Text of a value that is known to the last letter; undefined where something stays open. */
export function knownText(value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case 'text':
      return value.dynamic ? undefined : value.text;
    case 'number':
      return String(value.number);
    case 'boolean':
      return String(value.boolean);
    case 'choice': {
      const found = new Set(value.options.map(knownText));
      return found.size === 1 ? [...found][0] : undefined;
    }
    default:
      return undefined;
  }
}

/** Text for people: what is open is shown as the expression that would give it. */
export function shownText(value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case 'text':
    case 'resource':
    case 'unknown':
      return value.text;
    case 'number':
      return String(value.number);
    case 'boolean':
      return String(value.boolean);
    case 'choice': {
      const shown = [...new Set(value.options.flatMap((option) => shownText(option) ?? []))];
      return shown.length === 0 ? undefined : shown.join(' | ');
    }
    default:
      return undefined;
  }
}

export const isDynamic = (value: Value | undefined): boolean =>
  value !== undefined && knownText(value) === undefined && value.kind !== 'list' && value.kind !== 'map';

export const truthOf = (value: Value | undefined): boolean | undefined => {
  const text = knownText(value);
  return text === 'true' ? true : text === 'false' ? false : undefined;
};

/** Values that are looked at for links; shared ones, doubled on every level, would never end. */
const mostVisits = 20_000;

/** Resources that a value names, itself and inside, each attribute once. */
export function linksIn(value: Value | undefined): readonly Link[] {
  const found = new Map<string, Link>();
  const waiting: Value[] = value === undefined ? [] : [value];
  for (let visits = 0; visits < mostVisits; visits++) {
    const next = waiting.pop();
    if (next === undefined) break;
    if (next.kind === 'resource') found.set(`${next.link.id}\0${next.link.attribute}`, next.link);
    else if (next.kind === 'text' || next.kind === 'unknown')
      for (const link of next.links) found.set(`${link.id}\0${link.attribute}`, link);
    else if (next.kind === 'list') waiting.push(...next.items.slice(0, mostVisits).toReversed());
    else if (next.kind === 'choice') waiting.push(...next.options.toReversed());
    else if (next.kind === 'map') waiting.push(...[...next.entries.values()].slice(0, mostVisits).toReversed());
  }
  return [...found.values()];
}

export const spotOf = (value: Spot): Spot => ({ place: value.place, line: value.line, endLine: value.endLine });
