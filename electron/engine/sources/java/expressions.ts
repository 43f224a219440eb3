import { dedented } from '../typed-languages/raw-texts.ts';
import { unescape } from '../ecmascript/literals.ts';
import type { Expression, Parameter } from '../python/expressions.ts';
import type { Statement } from '../python/summary.ts';
import { foldBuilder } from '../typed-languages/chains.ts';
import { type Keyword, tells, type TreeReader } from '../typed-languages/tree-reader.ts';

export type Surroundings = {
  parameters(list: number): readonly Parameter[];
  fillBody(body: number, into: Statement[]): void;
  /** A class without a name; gives the name to make it by. */
  anonymous(node: number, body: number, base: Expression | null): Expression;
};

export type ExpressionForms = {
  read(node: number, hint: string): Expression;
  /** A type as an expression; null for one of the language and for `var`. */
  type(node: number): Expression | null;
  annotations(node: number): readonly Expression[];
};

const builders = {
  finish: new Set(['build', 'buildAsync', 'create']),
  start: /^(?:builder|\w+Builder|toBuilder|mutate|sync|async|prompt|from|of|newInstance)$/,
};
/** Ends of a chain that begins with a prompt: the answer is asked for. */
const answers = { finish: new Set(['call', 'stream']), start: /^prompt$/ };
const maxChain = 400;
const maxParts = 2000;

export function expressionForms(reader: TreeReader, around: Surroundings): ExpressionForms {
  const { nodes } = reader;

  function type(node: number): Expression | null {
    if (node < 0) return null;
    switch (nodes.typeOf(node)) {
      case 'type_identifier':
      case 'identifier': {
        const name = nodes.textOf(node);
        return /^(?:var|String|Integer|Long|Boolean|Double|Object|Void)$/.test(name) ? null : reader.name(name);
      }
      case 'scoped_type_identifier':
      case 'scoped_identifier': {
        const parts = nodes.children(node);
        const of = type(parts[0] ?? -1);
        const last = parts.at(-1) ?? -1;
        return of === null ? null : reader.attribute(of, nodes.textOf(last), last);
      }
      case 'generic_type': {
        const [name = -1, list = -1] = nodes.children(node);
        // What is waited for, or may be there.
        if (/^(?:Mono|CompletableFuture|Optional|ObjectProvider|Supplier)$/.test(nodes.textOf(name))) {
          const inner = nodes.children(list);
          return inner.length === 1 && inner[0] !== undefined ? type(inner[0]) : null;
        }
        return type(name);
      }
      case 'annotated_type':
        return type(nodes.children(node).at(-1) ?? -1);
      default:
        return null;
    }
  }

  function annotations(node: number): readonly Expression[] {
    const modifiers = nodes.children(node).filter((child) => nodes.typeOf(child) === 'modifiers');
    return modifiers
      .flatMap((one) => nodes.children(one))
      .filter((one) => /annotation$/.test(nodes.typeOf(one)))
      .map((one) => {
        const name = nodes.child(one, 'name');
        const callee = type(name) ?? { kind: 'name', id: nodes.textOf(name) };
        const args: Expression[] = [];
        const keywords: Keyword[] = [];
        for (const part of nodes.children(nodes.child(one, 'arguments')))
          if (nodes.typeOf(part) === 'element_value_pair') {
            const key = nodes.textOf(nodes.child(part, 'key'));
            const value = reader.read(nodes.child(part, 'value'), key);
            // `value` is what stands alone otherwise.
            if (key === 'value') args.push(value);
            else keywords.push({ name: key, value });
          } else args.push(reader.read(part));
        return reader.call(one, callee, args, keywords);
      });
  }

  function read(node: number, hint: string): Expression {
    const line = nodes.lineOf(node);
    switch (nodes.typeOf(node)) {
      case 'identifier':
      case 'type_identifier':
        return reader.name(nodes.textOf(node));
      case 'this':
        return { kind: 'name', id: 'this' };
      case 'super':
        return { kind: 'name', id: 'super' };
      case 'string_literal': {
        const source = nodes.textOf(node);
        return reader.text(unescape(source.startsWith('"""') ? dedented(source) : source.slice(1, -1)), node);
      }
      case 'character_literal':
        return reader.text(unescape(nodes.textOf(node).slice(1, -1)), node);
      case 'decimal_integer_literal':
      case 'decimal_floating_point_literal':
      case 'hex_integer_literal': {
        const value = Number(
          nodes
            .textOf(node)
            .replaceAll('_', '')
            .replace(/[lLfFdD]$/, ''),
        );
        return { kind: 'constant', value: Number.isFinite(value) ? value : null };
      }
      case 'true':
        return { kind: 'constant', value: true };
      case 'false':
        return { kind: 'constant', value: false };
      case 'null_literal':
        return { kind: 'constant', value: null };
      case 'parenthesized_expression':
      case 'expression_statement':
      case 'yield_statement':
        return reader.read(nodes.first(node), hint);
      case 'cast_expression':
        return reader.read(nodes.child(node, 'value'), hint);
      case 'class_literal':
        return type(nodes.first(node)) ?? { kind: 'other', parts: [], line };
      case 'scoped_type_identifier':
      case 'generic_type':
        return type(node) ?? { kind: 'other', parts: [], line };
      case 'scoped_identifier':
        return chain(node, hint);
      case 'field_access':
      case 'method_invocation':
      case 'array_access':
        return chain(node, hint);
      case 'method_reference': {
        const [of = -1, name = -1] = nodes.children(node);
        if (name < 0) return reader.read(of);
        return reader.attribute(reader.read(of), nodes.textOf(name), node);
      }
      case 'object_creation_expression':
        return creation(node);
      case 'array_creation_expression':
        return reader.read(nodes.child(node, 'value'), hint);
      case 'array_initializer':
      case 'element_value_array_initializer':
        return { kind: 'list', form: 'list', items: nodes.children(node).map((child) => reader.read(child)), line };
      case 'annotation':
      case 'marker_annotation':
        return { kind: 'other', parts: [], line };
      case 'lambda_expression': {
        const list = nodes.child(node, 'parameters');
        const single = nodes.typeOf(list) === 'identifier' ? [{ name: nodes.textOf(list) }] : null;
        return reader.lambda(
          {
            node,
            parameters: single ?? around.parameters(list),
            fill: (into) => around.fillBody(nodes.child(node, 'body'), into),
          },
          hint,
        );
      }
      case 'binary_expression':
        return binary(node, hint);
      case 'ternary_expression':
        return {
          kind: 'either',
          test: reader.read(nodes.child(node, 'condition')),
          then: reader.read(nodes.child(node, 'consequence'), hint),
          otherwise: reader.read(nodes.child(node, 'alternative'), hint),
        };
      case 'assignment_expression':
        return reader.read(nodes.child(node, 'right'), hint);
      case 'switch_expression': {
        const parts: Expression[] = [reader.read(nodes.child(node, 'condition'))];
        for (const rule of nodes.children(nodes.child(node, 'body'))) {
          const [label = -1, ...rest] = nodes.children(rule);
          for (const tested of nodes.children(label))
            if (/literal$/.test(nodes.typeOf(tested)))
              reader.before({
                kind: 'expression',
                value: { kind: 'other', parts: [reader.read(tested)], line: nodes.lineOf(tested), compares: true },
                ...reader.common(tested),
              });
          for (const one of rest)
            if (nodes.typeOf(one) === 'block') parts.push(reader.other(one));
            else parts.push(reader.read(one, hint));
        }
        return { kind: 'other', parts: parts.filter(tells), line };
      }
      case 'instanceof_expression': {
        const name = nodes.textOf(nodes.child(node, 'name'));
        if (name !== '') reader.declare(name);
        return { kind: 'other', parts: [reader.read(nodes.child(node, 'left'))].filter(tells), line };
      }
      default:
        return reader.other(node);
    }
  }

  const argumentsOf = (list: number): readonly Expression[] => nodes.children(list).map((child) => reader.read(child));

  /** Members and calls hang to the left: walked with a loop, not by recursion. */
  function chain(node: number, _hint: string): Expression {
    const spine: number[] = [];
    let at = node;
    while (at >= 0 && spine.length <= maxChain) {
      const kind = nodes.typeOf(at);
      if (kind === 'method_invocation') {
        spine.push(at);
        at = nodes.child(at, 'object');
      } else if (kind === 'field_access') {
        spine.push(at);
        at = nodes.child(at, 'object');
      } else if (kind === 'scoped_identifier') {
        spine.push(at);
        at = nodes.child(at, 'scope');
      } else if (kind === 'array_access') {
        spine.push(at);
        at = nodes.child(at, 'array');
      } else if (spine.length > 0 && kind === 'parenthesized_expression') at = nodes.first(at);
      else break;
    }
    let built: Expression | null =
      spine.length > maxChain
        ? { kind: 'other', parts: [], line: nodes.lineOf(node) }
        : at < 0
          ? null
          : reader.read(at);
    for (const link of spine.reverse()) {
      switch (nodes.typeOf(link)) {
        case 'field_access': {
          const field = nodes.child(link, 'field');
          built = reader.attribute(built ?? { kind: 'name', id: 'this' }, nodes.textOf(field), field);
          break;
        }
        case 'scoped_identifier': {
          const name = nodes.child(link, 'name');
          built = built === null ? reader.name(nodes.textOf(name)) : reader.attribute(built, nodes.textOf(name), name);
          break;
        }
        case 'array_access':
          built = {
            kind: 'subscript',
            of: built ?? { kind: 'other', parts: [], line: nodes.lineOf(link) },
            index: reader.read(nodes.child(link, 'index')),
            line: nodes.lineOf(link),
          };
          break;
        default: {
          const name = nodes.child(link, 'name');
          const callee: Expression =
            built === null ? reader.name(nodes.textOf(name)) : reader.attribute(built, nodes.textOf(name), name);
          const list = nodes.child(link, 'arguments');
          const call = reader.call(link, callee, argumentsOf(list), [], nodes.startOf(list));
          built = foldBuilder(foldBuilder(call, builders), answers);
        }
      }
    }
    return built ?? { kind: 'other', parts: [], line: nodes.lineOf(node) };
  }

  function creation(node: number): Expression {
    const of = type(nodes.child(node, 'type'));
    const list = nodes.child(node, 'arguments');
    const args = argumentsOf(list);
    const body = nodes.children(node).find((child) => nodes.typeOf(child) === 'class_body') ?? -1;
    const callee = body < 0 ? of : around.anonymous(node, body, of);
    if (callee === null) return { kind: 'other', parts: args.filter(tells), line: nodes.lineOf(node) };
    if (callee.kind === 'name' && /^(?:ArrayList|LinkedList|HashSet|LinkedHashSet)$/.test(callee.id)) {
      const items: readonly Expression[] = args
        .filter((one) => one.kind !== 'constant')
        .map((value) => ({ kind: 'spread', value }));
      return { kind: 'list', form: 'list', items, line: nodes.lineOf(node) };
    }
    return reader.call(node, callee, args, [], nodes.startOf(list < 0 ? node : list));
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

  return { read, type, annotations };
}
