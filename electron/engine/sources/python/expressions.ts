import { createHash } from 'node:crypto';
import { isCredentialName } from '../parse/credential-names.ts';
import { classifyValue, mask, maskText } from '../parse/secrets.ts';
import type { Grammar, SyntaxTree } from './parser.ts';

/** Small, JSON-safe form of a Python expression. `line` is 1-based and given where somebody may want to point at it. */
export type Expression =
  | TextExpression
  /** f-string: literal pieces and the expressions between them. */
  | { readonly kind: 'format'; readonly parts: readonly Expression[]; readonly line: number }
  | { readonly kind: 'constant'; readonly value: number | boolean | null }
  | { readonly kind: 'name'; readonly id: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly line: number }
  | CallExpression
  | {
      readonly kind: 'list';
      readonly form: 'list' | 'tuple' | 'set';
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'dict'; readonly entries: readonly DictEntry[]; readonly line: number }
  /** `*x`; in a dictionary or call `**x` is an entry without key. */
  | { readonly kind: 'spread'; readonly value: Expression }
  /** `+` joins, `|` pipes, `/` joins paths, `or` falls back. Chains are flat, left to right. */
  | {
      readonly kind: 'join';
      readonly operator: '+' | '|' | '/' | 'or';
      readonly parts: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'either'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | {
      readonly kind: 'lambda';
      readonly parameters: readonly Parameter[];
      readonly body: Expression;
      readonly line: number;
    }
  | { readonly kind: 'subscript'; readonly of: Expression; readonly index: Expression; readonly line: number }
  | {
      readonly kind: 'comprehension';
      readonly element: Expression;
      /** Target name -> what it runs over, in order. */
      readonly sources: readonly { readonly target: string; readonly over: Expression }[];
      readonly line: number;
    }
  /** Anything else: its parts are kept for what they call and name. `compares` for `==`, `in` and their like. */
  | { readonly kind: 'other'; readonly parts: readonly Expression[]; readonly line: number; readonly compares?: true };

/** Long texts keep their beginning; `whole` then tells the digest and length of all of it. */
export type TextExpression = {
  readonly kind: 'text';
  readonly value: string;
  readonly line: number;
  readonly endLine?: number;
  readonly whole?: { readonly sha256: string; readonly length: number };
  /** Set where the literal is a secret or holds one; the value has been masked. */
  readonly secret?: true;
};

export type CallExpression = {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Expression[];
  /** A keyword of null is `**value`. */
  readonly keywords: readonly { readonly name: string | null; readonly value: Expression }[];
  readonly line: number;
  readonly endLine: number;
  /** Offset in the file: tells two calls apart, and which stands first. */
  readonly at: number;
};

export type DictEntry = { readonly key: Expression | null; readonly value: Expression };

export type Parameter = {
  readonly name: string;
  readonly fallback?: Expression;
  readonly rest?: 'list' | 'dict';
};

/** Texts up to this length are kept whole. */
const keptText = 4000;
const maxDepth = 120;
/** Cheap first look: everything that masking could find has one of these. */
const mightHoldSecret =
  /[A-Za-z0-9+/_=.-]{14,}|:\/\/|-----BEGIN|\b(?:bearer|basic)\s|(?:key|token|secret|pass\w*|pwd)["']?\s{0,2}[=:]/i;

export type ExpressionReader = {
  read(node: number): Expression;
  parameters(node: number): readonly Parameter[];
  /** Source text of a node, one line, masked, at most `length` characters. */
  sourceText(node: number, length: number): string;
};

export function expressionReader(
  tree: SyntaxTree,
  grammar: Grammar,
  mapLine: (line: number) => number,
): ExpressionReader {
  const type = grammar.type;
  const field = grammar.field;
  const fieldIds = {
    function: field('function'),
    arguments: field('arguments'),
    object: field('object'),
    attribute: field('attribute'),
    name: field('name'),
    value: field('value'),
    key: field('key'),
    left: field('left'),
    right: field('right'),
    operator: field('operator'),
    body: field('body'),
    parameters: field('parameters'),
    subscript: field('subscript'),
    expression: field('expression'),
  };
  const { types, fields, starts, ends, firstChild, nextSibling, text } = tree;

  const typeOf = (node: number): number => types[node] ?? 0;
  const textOf = (node: number): string => text.slice(starts[node], ends[node]);
  const lineOf = (node: number): number => mapLine(tree.lineOf(starts[node] ?? 0));
  const endLineOf = (node: number): number => mapLine(tree.lineOf(Math.max(starts[node] ?? 0, (ends[node] ?? 1) - 1)));
  const next = (node: number): number => nextSibling[node] ?? -1;
  const first = (node: number): number => firstChild[node] ?? -1;
  const childIn = (node: number, wanted: number): number => {
    for (let child = first(node); child >= 0; child = next(child)) if (fields[child] === wanted) return child;
    return -1;
  };
  const readers = new Map<number, (node: number) => Expression>();
  const on = (names: readonly string[], reader: (node: number) => Expression): void => {
    for (const name of names) readers.set(type(name), reader);
  };
  const other = (node: number): Expression => {
    const parts: Expression[] = [];
    for (let child = first(node); child >= 0; child = next(child)) {
      const part = read(child);
      if (part.kind !== 'constant' && !(part.kind === 'other' && part.parts.length === 0)) parts.push(part);
    }
    return typeOf(node) === type('comparison_operator')
      ? { kind: 'other', parts, line: lineOf(node), compares: true }
      : { kind: 'other', parts, line: lineOf(node) };
  };

  let nesting = 0;
  function read(node: number): Expression {
    if (node < 0) return { kind: 'other', parts: [], line: 1 };
    if (nesting >= maxDepth) return { kind: 'other', parts: [], line: lineOf(node) };
    nesting += 1;
    const reader = readers.get(typeOf(node));
    const expression = reader === undefined ? other(node) : reader(node);
    nesting -= 1;
    return expression;
  }

  const stringText = (node: number): { value: string; parts: Expression[] | null } => {
    const source = textOf(node);
    const match = /^([A-Za-z]{0,3})("""|'''|"|')/.exec(source);
    const prefix = (match?.[1] ?? '').toLowerCase();
    const quote = match?.[2] ?? '';
    const raw = prefix.includes('r');
    const open = prefix.length + quote.length;
    const closed = source.length >= open + quote.length && source.endsWith(quote);
    if (!prefix.includes('f') && !prefix.includes('t')) {
      const inner = source.slice(open, closed ? source.length - quote.length : source.length);
      return { value: raw ? inner : unescape(inner), parts: null };
    }
    const parts: Expression[] = [];
    let value = '';
    for (let child = first(node); child >= 0; child = next(child)) {
      if (typeOf(child) === type('interpolation')) {
        const inner = read(childIn(child, fieldIds.expression));
        parts.push(inner);
        value += '{}';
      } else if (typeOf(child) === type('string_content')) {
        const piece = contentWithout(textOf(child), raw);
        parts.push(literal(piece, child));
        value += piece;
      }
    }
    return { value, parts };
  };
  const contentWithout = (piece: string, raw: boolean): string =>
    (raw ? piece : unescape(piece)).replaceAll('{{', '{').replaceAll('}}', '}');

  const literal = (value: string, node: number): TextExpression => {
    const masked = mightHoldSecret.test(value) ? maskText(value) : value;
    const line = lineOf(node);
    const endLine = endLineOf(node);
    return {
      kind: 'text',
      value: masked.length > keptText ? masked.slice(0, keptText) : masked,
      line,
      ...(endLine > line ? { endLine } : {}),
      ...(masked.length > keptText
        ? { whole: { sha256: createHash('sha256').update(value).digest('hex'), length: value.length } }
        : {}),
      ...(masked === value ? {} : { secret: true as const }),
    };
  };
  const string = (node: number): Expression => {
    const { value, parts } = stringText(node);
    if (parts === null || parts.every((part) => part.kind === 'text')) return literal(value, node);
    return { kind: 'format', parts, line: lineOf(node) };
  };
  on(['string'], (node) => string(node));
  on(['concatenated_string'], (node) => {
    const parts: Expression[] = [];
    let value = '';
    for (let child = first(node); child >= 0; child = next(child)) {
      const part = string(child);
      if (part.kind === 'format') parts.push(...part.parts);
      else {
        parts.push(part);
        value += stringText(child).value;
      }
    }
    if (parts.every((part) => part.kind === 'text')) return literal(value, node);
    return { kind: 'format', parts, line: lineOf(node) };
  });
  on(['identifier'], (node) => ({ kind: 'name', id: textOf(node) }));
  on(['integer', 'float'], (node) => {
    const value = Number(textOf(node).replaceAll('_', ''));
    return { kind: 'constant', value: Number.isFinite(value) ? value : null };
  });
  on(['true'], () => ({ kind: 'constant', value: true }));
  on(['false'], () => ({ kind: 'constant', value: false }));
  on(['none'], () => ({ kind: 'constant', value: null }));
  on(['parenthesized_expression', 'await', 'type'], (node) => read(first(node)));
  on(['named_expression'], (node) => read(childIn(node, fieldIds.value)));
  on(['attribute'], (node) => chain(node));
  on(['call'], (node) => chain(node));
  on(['subscript'], (node) => chain(node));
  on(['list', 'tuple', 'set', 'expression_list'], (node) => ({
    kind: 'list',
    form: typeOf(node) === type('list') ? 'list' : typeOf(node) === type('set') ? 'set' : 'tuple',
    items: children(node).map((child) => read(child)),
    line: lineOf(node),
  }));
  on(['list_splat'], (node) => ({ kind: 'spread', value: read(lastChild(node)) }));
  on(['dictionary_splat'], (node) => ({ kind: 'spread', value: read(lastChild(node)) }));
  on(['dictionary'], (node) => ({
    kind: 'dict',
    line: lineOf(node),
    entries: children(node).map((child): DictEntry => {
      if (typeOf(child) !== type('pair')) return { key: null, value: unspread(read(child)) };
      const key = read(childIn(child, fieldIds.key));
      const value = read(childIn(child, fieldIds.value));
      return { key, value: key.kind === 'text' ? withoutSecret(key.value, value) : value };
    }),
  }));
  on(['binary_operator', 'boolean_operator'], (node) => binary(node));
  on(['conditional_expression'], (node) => {
    const [then, test, otherwise] = children(node);
    return {
      kind: 'either',
      then: read(then ?? -1),
      test: read(test ?? -1),
      otherwise: read(otherwise ?? -1),
    };
  });
  on(['lambda'], (node) => ({
    kind: 'lambda',
    parameters: parameters(childIn(node, fieldIds.parameters)),
    body: read(childIn(node, fieldIds.body)),
    line: lineOf(node),
  }));
  on(['list_comprehension', 'generator_expression', 'set_comprehension', 'dictionary_comprehension'], (node) => {
    const body = childIn(node, fieldIds.body);
    const sources: { target: string; over: Expression }[] = [];
    const conditions: Expression[] = [];
    for (const child of children(node)) {
      if (typeOf(child) === type('for_in_clause')) {
        sources.push({
          target: textOf(childIn(child, fieldIds.left)).slice(0, 100),
          over: read(childIn(child, fieldIds.right)),
        });
      } else if (child !== body) conditions.push(read(child));
    }
    const element = read(body);
    return {
      kind: 'comprehension',
      element:
        conditions.length === 0
          ? element
          : {
              kind: 'either',
              test: { kind: 'other', parts: conditions, line: lineOf(node) },
              then: element,
              otherwise: { kind: 'constant', value: null },
            },
      sources,
      line: lineOf(node),
    };
  });
  on(['pair'], (node) => read(childIn(node, fieldIds.value)));

  function binary(node: number): Expression {
    // Chains hang to the left and may be thousands long: walked with a loop, not by recursion.
    const operatorOf = (at: number): string => {
      const token = childIn(at, fieldIds.operator);
      return token < 0 ? '' : textOf(token);
    };
    const operator = operatorOf(node);
    if (operator !== '+' && operator !== '|' && operator !== '/' && operator !== 'or') return other(node);
    const parts: Expression[] = [];
    let at = node;
    const kind = typeOf(node);
    for (;;) {
      parts.push(read(childIn(at, fieldIds.right)));
      const left = childIn(at, fieldIds.left);
      if (left >= 0 && typeOf(left) === kind && operatorOf(left) === operator && parts.length < 2000) {
        at = left;
        continue;
      }
      parts.push(parts.length < 2000 ? read(left) : { kind: 'other', parts: [], line: lineOf(node) });
      break;
    }
    return { kind: 'join', operator, parts: parts.reverse(), line: lineOf(node) };
  }

  /** Attributes, calls and subscripts hang to the left too: `builder.add_node(...).add_edge(...)...`. */
  function chain(node: number): Expression {
    const spine: number[] = [];
    let at = node;
    for (;;) {
      const kind = typeOf(at);
      if (kind === type('attribute')) {
        spine.push(at);
        at = childIn(at, fieldIds.object);
      } else if (kind === type('call')) {
        spine.push(at);
        at = childIn(at, fieldIds.function);
      } else if (kind === type('subscript')) {
        spine.push(at);
        at = childIn(at, fieldIds.value);
      } else if (kind === type('parenthesized_expression') && spine.length > 0) {
        at = first(at);
      } else break;
      if (at < 0 || spine.length > 400) break;
    }
    let built: Expression = at < 0 || spine.length > 400 ? { kind: 'other', parts: [], line: lineOf(node) } : read(at);
    for (const link of spine.reverse()) {
      const kind = typeOf(link);
      if (kind === type('attribute')) {
        const name = childIn(link, fieldIds.attribute);
        built = {
          kind: 'attribute',
          of: built,
          name: name < 0 ? '' : textOf(name),
          line: lineOf(name < 0 ? link : name),
        };
      } else if (kind === type('subscript')) {
        built = { kind: 'subscript', of: built, index: read(childIn(link, fieldIds.subscript)), line: lineOf(link) };
      } else built = call(link, built);
    }
    return built;
  }

  function call(node: number, callee: Expression): Expression {
    const args: Expression[] = [];
    const keywords: { name: string | null; value: Expression }[] = [];
    const list = childIn(node, fieldIds.arguments);
    if (list >= 0 && typeOf(list) !== type('argument_list')) args.push(read(list));
    else {
      for (const child of list < 0 ? [] : children(list)) {
        if (typeOf(child) === type('keyword_argument')) {
          const name = textOf(childIn(child, fieldIds.name));
          keywords.push({ name, value: withoutSecret(name, read(childIn(child, fieldIds.value))) });
        } else if (typeOf(child) === type('dictionary_splat'))
          keywords.push({ name: null, value: read(lastChild(child)) });
        else args.push(read(child));
      }
    }
    // A method stands on its own line in a chain over several lines: its arguments tell which.
    const line = callee.kind === 'attribute' && list >= 0 ? callee.line : lineOf(node);
    return {
      kind: 'call',
      callee,
      args,
      keywords,
      line,
      endLine: endLineOf(node),
      at: list >= 0 ? (starts[list] ?? 0) : (starts[node] ?? 0),
    };
  }

  function children(node: number): number[] {
    const found: number[] = [];
    for (let child = first(node); child >= 0; child = next(child)) found.push(child);
    return found;
  }
  function lastChild(node: number): number {
    let last = -1;
    for (let child = first(node); child >= 0; child = next(child)) last = child;
    return last;
  }

  function parameters(node: number): readonly Parameter[] {
    if (node < 0) return [];
    const found: Parameter[] = [];
    for (const child of children(node)) {
      const name = childIn(child, fieldIds.name);
      const value = childIn(child, fieldIds.value);
      const inner = name >= 0 ? name : typeOf(child) === type('typed_parameter') ? first(child) : child;
      const restType = typeOf(inner);
      const rest =
        restType === type('list_splat_pattern')
          ? 'list'
          : restType === type('dictionary_splat_pattern')
            ? 'dict'
            : null;
      const label = textOf(rest === null ? inner : lastChild(inner));
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(label)) continue;
      found.push({
        name: label,
        ...(value >= 0 ? { fallback: withoutSecret(label, read(value)) } : {}),
        ...(rest === null ? {} : { rest }),
      });
    }
    return found;
  }

  return {
    read,
    parameters,
    sourceText: (node, length) => {
      const source = maskText(text.slice(starts[node], Math.min(ends[node] ?? 0, (starts[node] ?? 0) + 2000)))
        .replace(/\s+/g, ' ')
        .trim();
      return source.length > length ? `${source.slice(0, length - 1)}…` : source;
    },
  };
}

const unspread = (expression: Expression): Expression => (expression.kind === 'spread' ? expression.value : expression);

/**
 * A literal given to something with a secret's name is a secret. Code has many harmless keys (`reranker_key="text"`), so a
 * name that says no more than "key" counts only with a value that looks generated.
 */
export function withoutSecret(name: string, value: Expression): Expression {
  if (value.kind !== 'text' || value.secret === true || !isCredentialName(name)) return value;
  const text = value.value.trim();
  const plain = strongName.test(name)
    ? !/\s/.test(text) || /^(?:bearer|basic)\s/i.test(text)
    : text.length >= 16 && /\d/.test(text) && !/\s/.test(text);
  if (!plain || classifyValue(name, text).kind !== 'literal-secret') return value;
  return { kind: 'text', value: mask, line: value.line, secret: true };
}

const strongName =
  /(?:api|access|secret|private|signing|encryption|auth|account)[_-]?key|secret|password|passwd|passphrase|pwd|token|credential|authorization|bearer|webhook|dsn|ur[il]$|connection/i;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(\r?\n|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{1,3}|N\{[^}]{1,100}\}|.)/gs,
    (all, code: string) => {
      if (code === '\r\n') return '';
      const hex = /^[xuU]([0-9A-Fa-f]+)$/.exec(code)?.[1];
      if (hex !== undefined) {
        const point = Number.parseInt(hex, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : all;
      }
      if (/^[0-7]+$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      return escapes[code] ?? all;
    },
  );
}
