import type { DictEntry, Expression, Parameter, TextExpression } from './expressions.ts';
import { documentationIn, sourceText, textLiteral, unescape, withoutSecret } from './literals.ts';
import type { Grammar, SyntaxTree } from './parser.ts';

const maxDepth = 120;
const stringStart = /^([A-Za-z]{0,3})("""|'''|"|')/;

export type ExpressionReader = {
  read(node: number): Expression;
  /** Lines where something was left out because it is nested too deep. */
  readonly tooDeep: Set<number>;
  parameters(node: number): readonly Parameter[];
  /** What a string says at its beginning, masked. */
  documentation(node: number): string;
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
  const kinds = {
    argumentList: type('argument_list'),
    attribute: type('attribute'),
    call: type('call'),
    comparisonOperator: type('comparison_operator'),
    dictionarySplat: type('dictionary_splat'),
    dictionarySplatPattern: type('dictionary_splat_pattern'),
    forInClause: type('for_in_clause'),
    interpolation: type('interpolation'),
    keywordArgument: type('keyword_argument'),
    list: type('list'),
    listSplatPattern: type('list_splat_pattern'),
    pair: type('pair'),
    parenthesizedExpression: type('parenthesized_expression'),
    set: type('set'),
    stringContent: type('string_content'),
    subscript: type('subscript'),
    typedParameter: type('typed_parameter'),
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
    return typeOf(node) === kinds.comparisonOperator
      ? { kind: 'other', parts, line: lineOf(node), compares: true }
      : { kind: 'other', parts, line: lineOf(node) };
  };

  let nesting = 0;
  const tooDeep = new Set<number>();
  const cut = (node: number): Expression => {
    const line = lineOf(node);
    tooDeep.add(line);
    return { kind: 'other', parts: [], line };
  };
  function read(node: number): Expression {
    if (node < 0) return { kind: 'other', parts: [], line: 1 };
    if (nesting >= maxDepth) return cut(node);
    nesting += 1;
    const reader = readers.get(typeOf(node));
    const expression = reader === undefined ? other(node) : reader(node);
    nesting -= 1;
    return expression;
  }

  const stringText = (node: number): { value: string; parts: Expression[] | null } => {
    const source = textOf(node);
    const match = stringStart.exec(source);
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
      if (typeOf(child) === kinds.interpolation) {
        const inner = read(childIn(child, fieldIds.expression));
        parts.push(inner);
        value += '{}';
      } else if (typeOf(child) === kinds.stringContent) {
        const piece = contentWithout(textOf(child), raw);
        parts.push(literal(piece, child));
        value += piece;
      }
    }
    return { value, parts };
  };
  const contentWithout = (piece: string, raw: boolean): string =>
    (raw ? piece : unescape(piece)).replaceAll('{{', '{').replaceAll('}}', '}');

  const literal = (value: string, node: number): TextExpression => textLiteral(value, lineOf(node), endLineOf(node));
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
    form: typeOf(node) === kinds.list ? 'list' : typeOf(node) === kinds.set ? 'set' : 'tuple',
    items: children(node).map((child) => read(child)),
    line: lineOf(node),
  }));
  on(['list_splat'], (node) => ({ kind: 'spread', value: read(lastChild(node)) }));
  on(['dictionary_splat'], (node) => ({ kind: 'spread', value: read(lastChild(node)) }));
  on(['dictionary'], (node) => ({
    kind: 'dict',
    line: lineOf(node),
    entries: children(node).map((child): DictEntry => {
      if (typeOf(child) !== kinds.pair) return { key: null, value: unspread(read(child)) };
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
      if (typeOf(child) === kinds.forInClause) {
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
      parts.push(parts.length < 2000 ? read(left) : cut(node));
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
      if (kind === kinds.attribute) {
        spine.push(at);
        at = childIn(at, fieldIds.object);
      } else if (kind === kinds.call) {
        spine.push(at);
        at = childIn(at, fieldIds.function);
      } else if (kind === kinds.subscript) {
        spine.push(at);
        at = childIn(at, fieldIds.value);
      } else if (kind === kinds.parenthesizedExpression && spine.length > 0) {
        at = first(at);
      } else break;
      if (at < 0 || spine.length > 400) break;
    }
    let built: Expression = at < 0 || spine.length > 400 ? cut(node) : read(at);
    for (const link of spine.reverse()) {
      const kind = typeOf(link);
      if (kind === kinds.attribute) {
        const name = childIn(link, fieldIds.attribute);
        built = {
          kind: 'attribute',
          of: built,
          name: name < 0 ? '' : textOf(name),
          line: lineOf(name < 0 ? link : name),
        };
      } else if (kind === kinds.subscript) {
        built = { kind: 'subscript', of: built, index: read(childIn(link, fieldIds.subscript)), line: lineOf(link) };
      } else built = call(link, built);
    }
    return built;
  }

  function call(node: number, callee: Expression): Expression {
    const args: Expression[] = [];
    const keywords: { name: string | null; value: Expression }[] = [];
    const list = childIn(node, fieldIds.arguments);
    if (list >= 0 && typeOf(list) !== kinds.argumentList) args.push(read(list));
    else {
      for (const child of list < 0 ? [] : children(list)) {
        if (typeOf(child) === kinds.keywordArgument) {
          const name = textOf(childIn(child, fieldIds.name));
          keywords.push({ name, value: withoutSecret(name, read(childIn(child, fieldIds.value))) });
        } else if (typeOf(child) === kinds.dictionarySplat)
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
      const inner = name >= 0 ? name : typeOf(child) === kinds.typedParameter ? first(child) : child;
      const restType = typeOf(inner);
      const rest =
        restType === kinds.listSplatPattern ? 'list' : restType === kinds.dictionarySplatPattern ? 'dict' : null;
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
    documentation: (node) => documentationIn(text, starts[node] ?? 0, ends[node] ?? 0),
    tooDeep,
    sourceText: (node, length) => sourceText(text, starts[node] ?? 0, ends[node] ?? 0, length),
  };
}

const unspread = (expression: Expression): Expression => (expression.kind === 'spread' ? expression.value : expression);
