import { unescape } from '../ecmascript/literals.ts';
import type { DictEntry, Expression, Parameter } from '../python/expressions.ts';
import type { Statement } from '../python/summary.ts';
import { foldBuilder } from '../typed-languages/chains.ts';
import { itemName } from '../typed-languages/dialect.ts';
import { type Keyword, tells, type TreeReader } from '../typed-languages/tree-reader.ts';

export type Surroundings = {
  parameters(list: number): readonly Parameter[];
  /** The last expression of a block is what it gives. */
  fillBody(body: number, into: Statement[]): void;
  /** The first step of a path: a crate unless the file says otherwise. */
  crate(id: string): Expression;
  /** What `Self` stands for; empty outside of an `impl` block. */
  ownType(): string;
  /** Names that a pattern binds. */
  names(pattern: number): readonly string[];
};

export type ExpressionForms = {
  read(node: number, hint: string): Expression;
  /** A type as an expression; null for one of the language. */
  type(node: number): Expression | null;
  /** Arguments of an attribute or macro, from its tokens. */
  tokens(list: number): { readonly args: readonly Expression[]; readonly keywords: readonly Keyword[] };
  textOf(node: number): string;
};

const builders = {
  finish: new Set(['build', 'build_async']),
  start: /^(?:agent|extractor|embeddings|pipeline|builder|new|default|completion_model|with_model)$/,
};
const maxChain = 400;
const maxParts = 2000;
const formatting =
  /^(?:format|println|eprintln|print|write|writeln|panic|anyhow|bail|info|warn|error|debug|trace|concat)$/;

export function expressionForms(reader: TreeReader, around: Surroundings): ExpressionForms {
  const { nodes } = reader;

  function type(node: number): Expression | null {
    if (node < 0) return null;
    switch (nodes.typeOf(node)) {
      case 'type_identifier':
      case 'identifier': {
        const name = nodes.textOf(node);
        if (name === 'Self' && around.ownType() !== '') return { kind: 'name', id: around.ownType() };
        return /^(?:String|_)$/.test(name) ? null : reader.name(name);
      }
      case 'scoped_type_identifier':
      case 'scoped_identifier':
        return path(node);
      case 'generic_type': {
        const of = nodes.child(node, 'type');
        const name = nodes.textOf(of).split('::').at(-1) ?? '';
        // Pointers and locks around what is meant.
        if (
          /^(?:Arc|Rc|Box|Option|Mutex|RwLock|RefCell|Cell|LazyLock|OnceCell|State|Extension|Data|Result)$/.test(name)
        ) {
          const inner = nodes.children(nodes.child(node, 'type_arguments'));
          return inner[0] === undefined ? null : type(inner[0]);
        }
        return type(of);
      }
      case 'reference_type':
      case 'pointer_type':
        return type(nodes.child(node, 'type'));
      case 'dynamic_type':
      case 'abstract_type':
        return type(nodes.child(node, 'trait'));
      default:
        return null;
    }
  }

  /** `rig::providers::openai` */
  function path(node: number): Expression {
    const kind = nodes.typeOf(node);
    if (kind === 'scoped_identifier' || kind === 'scoped_type_identifier') {
      const of = nodes.child(node, 'path');
      const name = nodes.child(node, 'name');
      if (of < 0) return around.crate(nodes.textOf(name));
      return reader.attribute(path(of), nodes.textOf(name), name);
    }
    if (kind === 'generic_type' || kind === 'bracketed_type')
      return type(node) ?? { kind: 'other', parts: [], line: nodes.lineOf(node) };
    const id = nodes.textOf(node);
    if (id === 'Self' && around.ownType() !== '') return { kind: 'name', id: around.ownType() };
    return /^[a-z]/.test(id) ? around.crate(id) : reader.name(id);
  }

  function textOf(node: number): string {
    const source = nodes.textOf(node);
    const raw = /^b?r(#*)"/.exec(source);
    if (raw !== null) return source.slice(raw[0].length, source.length - 1 - (raw[1]?.length ?? 0));
    return unescape(
      source
        .replace(/^[bc]?"/, '')
        .replace(/"$/, '')
        .replace(/\\\r?\n\s*/g, ''),
    );
  }

  function read(node: number, hint: string): Expression {
    const line = nodes.lineOf(node);
    switch (nodes.typeOf(node)) {
      case 'identifier':
      case 'type_identifier':
      case 'shorthand_field_identifier':
        return reader.name(nodes.textOf(node));
      case 'self':
        return { kind: 'name', id: 'self' };
      case 'string_literal':
      case 'raw_string_literal':
        return reader.text(textOf(node), node);
      case 'integer_literal':
      case 'float_literal': {
        const value = Number(
          nodes
            .textOf(node)
            .replaceAll('_', '')
            .replace(/(?:[iu](?:8|16|32|64|128|size)|f(?:32|64))$/, ''),
        );
        return { kind: 'constant', value: Number.isFinite(value) ? value : null };
      }
      case 'boolean_literal':
        return { kind: 'constant', value: nodes.textOf(node) === 'true' };
      case 'unit_expression':
        return { kind: 'constant', value: null };
      case 'parenthesized_expression':
      case 'await_expression':
      case 'try_expression':
      case 'unary_expression':
      case 'try_block':
      case 'const_block':
        return reader.read(nodes.first(node), hint);
      case 'reference_expression':
        return reader.read(nodes.child(node, 'value'), hint);
      case 'type_cast_expression':
        return reader.read(nodes.child(node, 'value'), hint);
      case 'scoped_identifier':
      case 'call_expression':
      case 'field_expression':
      case 'index_expression':
      case 'generic_function':
        return chain(node);
      case 'struct_expression':
        return structure(node);
      case 'array_expression':
        return { kind: 'list', form: 'list', items: nodes.children(node).map((child) => reader.read(child)), line };
      case 'tuple_expression':
        return { kind: 'list', form: 'tuple', items: nodes.children(node).map((child) => reader.read(child)), line };
      case 'closure_expression':
      case 'async_block':
      case 'block':
      case 'unsafe_block':
        return block(node, hint);
      case 'macro_invocation':
        return macro(node);
      case 'binary_expression':
        return binary(node, hint);
      case 'if_expression':
      case 'match_expression': {
        const value = block(node, hint);
        return reader.call(node, value, [], [], nodes.endOf(node));
      }
      case 'let_condition': {
        const value = nodes.child(node, 'value');
        const line = nodes.lineOf(node);
        const of = reader.read(value);
        for (const name of around.names(nodes.child(node, 'pattern'))) {
          reader.declare(name);
          reader.before({ kind: 'assign', targets: [{ kind: 'name', id: name }], value: of, ...reader.common(node) });
        }
        return { kind: 'other', parts: [of].filter(tells), line };
      }
      default:
        return reader.other(node);
    }
  }

  /** A block that gives a value is a function that is called at once. */
  function block(node: number, hint: string): Expression {
    const kind = nodes.typeOf(node);
    const closure = kind === 'closure_expression';
    const body = closure ? nodes.child(node, 'body') : node;
    const made = reader.lambda(
      {
        node,
        parameters: closure ? around.parameters(nodes.child(node, 'parameters')) : [],
        fill: (into) => around.fillBody(body, into),
      },
      hint,
    );
    return closure || kind === 'if_expression' || kind === 'match_expression'
      ? made
      : reader.call(node, made, [], [], nodes.endOf(node));
  }

  /** Members and calls hang to the left: walked with a loop, not by recursion. */
  function chain(node: number): Expression {
    const spine: number[] = [];
    let at = node;
    while (at >= 0 && spine.length <= maxChain) {
      const kind = nodes.typeOf(at);
      if (kind === 'call_expression' || kind === 'generic_function') {
        spine.push(at);
        at = nodes.child(at, 'function');
      } else if (kind === 'field_expression') {
        spine.push(at);
        at = nodes.child(at, 'value');
      } else if (kind === 'index_expression') {
        spine.push(at);
        at = nodes.first(at);
      } else if (spine.length > 0 && /^(?:parenthesized|await|try)_expression$/.test(kind)) at = nodes.first(at);
      else break;
    }
    let built: Expression =
      spine.length > maxChain
        ? { kind: 'other', parts: [], line: nodes.lineOf(node) }
        : nodes.typeOf(at) === 'scoped_identifier'
          ? path(at)
          : reader.read(at);
    let types: readonly Keyword[] = [];
    for (const link of spine.reverse()) {
      switch (nodes.typeOf(link)) {
        case 'field_expression': {
          const field = nodes.child(link, 'field');
          built = reader.attribute(built, nodes.textOf(field), field);
          break;
        }
        case 'generic_function':
          types = nodes
            .children(nodes.child(link, 'type_arguments'))
            .flatMap((one) => type(one) ?? [])
            .slice(0, 1)
            .map((value) => ({ name: '@types', value }));
          break;
        case 'index_expression': {
          const index = reader.read(nodes.children(link)[1] ?? -1);
          built =
            index.kind === 'text'
              ? reader.call(link, reader.attribute(built, itemName, link), [index], [], nodes.endOf(link))
              : { kind: 'subscript', of: built, index, line: nodes.lineOf(link) };
          break;
        }
        default: {
          const list = nodes.child(link, 'arguments');
          const args = nodes.children(list).map((child) => reader.read(child));
          built = foldBuilder(reader.call(link, built, args, types, nodes.startOf(list)), builders);
          types = [];
        }
      }
    }
    return built;
  }

  function structure(node: number): Expression {
    const of = type(nodes.child(node, 'name'));
    const keywords: Keyword[] = [];
    for (const child of nodes.children(nodes.child(node, 'body'))) {
      const kind = nodes.typeOf(child);
      if (kind === 'field_initializer') {
        const name = nodes.textOf(nodes.child(child, 'field'));
        keywords.push({ name, value: reader.read(nodes.child(child, 'value'), name) });
      } else if (kind === 'shorthand_field_initializer') {
        const name = nodes.textOf(nodes.first(child));
        keywords.push({ name, value: reader.name(name) });
      } else if (kind === 'base_field_initializer')
        keywords.push({ name: null, value: reader.read(nodes.first(child)) });
    }
    if (of === null)
      return { kind: 'other', parts: keywords.map((one) => one.value).filter(tells), line: nodes.lineOf(node) };
    return reader.call(node, of, [], keywords, nodes.startOf(node));
  }

  function macro(node: number): Expression {
    const name = nodes.textOf(nodes.child(node, 'macro')).split('::').at(-1) ?? '';
    const list = nodes.children(node).find((child) => nodes.typeOf(child) === 'token_tree') ?? -1;
    const line = nodes.lineOf(node);
    if (name === 'json') return json(list);
    const { args, keywords } = tokens(list);
    if (formatting.test(name)) {
      const first = args.findIndex((one) => one.kind === 'text');
      const text = args[first];
      if (text?.kind !== 'text') return { kind: 'other', parts: args.filter(tells), line };
      if (args.length === 1 && !/\{[^{}]*\}/.test(text.value)) return text;
      const inline = [...text.value.matchAll(/\{([a-z_]\w*)[^{}]*\}/g)]
        .slice(0, 50)
        .map((one) => reader.name(one[1] ?? ''));
      const [head = ''] = text.value.split(/\{[^{}]*\}/, 1);
      return { kind: 'format', parts: [reader.text(head, node), ...args.slice(first + 1), ...inline], line };
    }
    if (name === 'vec' || name === 'tools' || name === 'array')
      return { kind: 'list', form: 'list', items: args, line };
    if (name === 'include_str' || name === 'env' || name === 'option_env')
      return reader.call(
        node,
        { kind: 'attribute', of: around.crate('std'), name: `${name}!`, line },
        args,
        [],
        nodes.endOf(node),
      );
    if (name === 'matches' || name === 'assert' || name === 'assert_eq')
      return { kind: 'other', parts: args.filter(tells), line };
    const callee: Expression = { kind: 'name', id: `${name}!` };
    reader.free.add(`${name}!`);
    return reader.call(node, callee, args, keywords, nodes.endOf(node));
  }

  /** Tokens between brackets, split at commas: names, texts, calls; `key = value` is a keyword. */
  function tokens(list: number): { args: readonly Expression[]; keywords: readonly Keyword[] } {
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    const parts = nodes.children(list);
    let at = 0;
    while (at < parts.length && at < maxParts) {
      let end = at + 1;
      while (
        end < parts.length &&
        !nodes.between(nodes.endOf(parts[end - 1] ?? -1), nodes.startOf(parts[end] ?? -1)).includes(',')
      )
        end += 1;
      const group = parts.slice(at, end);
      const [first = -1, second = -1] = group;
      const between = second < 0 ? '' : nodes.between(nodes.endOf(first), nodes.startOf(second)).trim();
      if (between === '=' || between === ':') {
        const name = nodes.typeOf(first) === 'string_literal' ? textOf(first) : nodes.textOf(first);
        keywords.push({ name, value: joinedTokens(group.slice(1)) });
      } else if (
        nodes.typeOf(first) === 'identifier' &&
        nodes.typeOf(second) === 'token_tree' &&
        group.length === 2 &&
        between === ''
      )
        nested(first, second, args, keywords);
      else args.push(joinedTokens(group));
      at = end;
    }
    return { args, keywords };
  }

  /** `annotations(read_only_hint = true)` holds keywords; `f(x)` is a call. */
  function nested(name: number, list: number, args: Expression[], keywords: Keyword[]): void {
    const inside = tokens(list);
    for (const one of inside.keywords) keywords.push(one);
    if (inside.keywords.length === 0) args.push(joinedTokens([name, list]));
  }

  function joinedTokens(group: readonly number[]): Expression {
    const [first = -1, ...rest] = group;
    const line = nodes.lineOf(first);
    let built: Expression;
    switch (nodes.typeOf(first)) {
      case 'identifier':
        built =
          /^\s*::/.test(nodes.between(nodes.endOf(first), nodes.endOf(first) + 3)) && /^[a-z]/.test(nodes.textOf(first))
            ? around.crate(nodes.textOf(first))
            : reader.name(nodes.textOf(first));
        break;
      case 'token_tree': {
        const { args } = tokens(first);
        built = { kind: 'list', form: 'list', items: args, line };
        break;
      }
      default:
        built = reader.read(first);
    }
    let before = first;
    for (const one of rest) {
      const between = nodes.between(nodes.endOf(before), nodes.startOf(one)).trim();
      const kind = nodes.typeOf(one);
      if ((between === '::' || between === '.') && kind === 'identifier')
        built = reader.attribute(built, nodes.textOf(one), one);
      else if (kind === 'token_tree' && between === '' && nodes.textOf(one).startsWith('(')) {
        const { args } = tokens(one);
        built = foldBuilder(reader.call(one, built, args, [], nodes.startOf(one)), builders);
      }
      before = one;
    }
    return built;
  }

  /** `json!({"role": "tool"})` */
  function json(list: number): Expression {
    const parts = nodes.children(list);
    const [only = -1] = parts;
    if (parts.length === 1 && nodes.typeOf(only) === 'token_tree') return json(only);
    const entries: DictEntry[] = [];
    const line = list < 0 ? 1 : nodes.lineOf(list);
    for (let at = 0; at < parts.length && at < maxParts; at += 1) {
      const [key = -1, value = -1] = [parts[at], parts[at + 1]];
      if (value < 0 || nodes.between(nodes.endOf(key), nodes.startOf(value)).trim() !== ':') continue;
      const read = nodes.typeOf(value) === 'token_tree' ? json(value) : joinedTokens([value]);
      entries.push({ key: reader.text(textOf(key), key), value: read });
      at += 1;
    }
    if (entries.length > 0) return { kind: 'dict', entries, line };
    return { kind: 'list', form: 'list', items: tokens(list).args, line };
  }

  const operatorOf = (node: number): string => {
    const [left, right] = [nodes.child(node, 'left'), nodes.child(node, 'right')];
    return left < 0 || right < 0 ? '' : nodes.between(nodes.endOf(left), nodes.startOf(right)).trim();
  };

  function binary(node: number, hint: string): Expression {
    const operator = operatorOf(node);
    const line = nodes.lineOf(node);
    if (operator !== '+') {
      const parts = [reader.read(nodes.child(node, 'left')), reader.read(nodes.child(node, 'right'))];
      return /^[=!]=$/.test(operator)
        ? { kind: 'other', parts, line, compares: true }
        : { kind: 'other', parts: parts.filter((part) => part.kind !== 'text' && tells(part)), line };
    }
    const parts: Expression[] = [];
    let at = node;
    for (;;) {
      parts.push(reader.read(nodes.child(at, 'right'), hint));
      const left = nodes.child(at, 'left');
      if (nodes.typeOf(left) === 'binary_expression' && operatorOf(left) === '+' && parts.length < maxParts) {
        at = left;
        continue;
      }
      parts.push(reader.read(left, hint));
      break;
    }
    return { kind: 'join', operator: '+', parts: parts.reverse(), line };
  }

  return { read, type, tokens, textOf };
}
