import { unescape } from '../ecmascript/literals.ts';
import type { DictEntry, Expression, Parameter } from '../python/expressions.ts';
import type { Statement } from '../python/summary.ts';
import { withOptions } from '../typed-languages/chains.ts';
import { itemName } from '../typed-languages/dialect.ts';
import { type Keyword, tells, type TreeReader } from '../typed-languages/tree-reader.ts';

export type Surroundings = {
  parameters(list: number): readonly Parameter[];
  fillBody(body: number, into: Statement[]): void;
};

export type ExpressionForms = {
  read(node: number, hint: string): Expression;
  /** A type as an expression; null for one of the language. */
  type(node: number): Expression | null;
};

const maxChain = 400;
const maxParts = 2000;
const plainTypes =
  /^(?:string|bool|byte|rune|error|any|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|complex(?:64|128))$/;

export function expressionForms(reader: TreeReader, around: Surroundings): ExpressionForms {
  const { nodes } = reader;

  function type(node: number): Expression | null {
    if (node < 0) return null;
    switch (nodes.typeOf(node)) {
      case 'type_identifier':
      case 'identifier': {
        const name = nodes.textOf(node);
        return plainTypes.test(name) ? null : reader.name(name);
      }
      case 'qualified_type': {
        const name = nodes.child(node, 'name');
        return reader.attribute(reader.name(nodes.textOf(nodes.child(node, 'package'))), nodes.textOf(name), name);
      }
      case 'pointer_type':
      case 'parenthesized_type':
        return type(nodes.first(node));
      case 'generic_type':
        return type(nodes.child(node, 'type'));
      default:
        return null;
    }
  }

  function read(node: number, hint: string): Expression {
    const line = nodes.lineOf(node);
    switch (nodes.typeOf(node)) {
      case 'identifier':
      case 'type_identifier':
      case 'package_identifier':
        return reader.name(nodes.textOf(node));
      case 'qualified_type':
      case 'pointer_type':
        return type(node) ?? { kind: 'other', parts: [], line };
      case 'interpreted_string_literal':
        return reader.text(unescape(nodes.textOf(node).slice(1, -1)), node);
      case 'raw_string_literal':
        return reader.text(nodes.textOf(node).slice(1, -1), node);
      case 'rune_literal':
        return { kind: 'constant', value: null };
      case 'int_literal':
      case 'float_literal': {
        const value = Number(nodes.textOf(node).replaceAll('_', ''));
        return { kind: 'constant', value: Number.isFinite(value) ? value : null };
      }
      case 'true':
        return { kind: 'constant', value: true };
      case 'false':
        return { kind: 'constant', value: false };
      case 'nil':
      case 'iota':
        return { kind: 'constant', value: null };
      case 'parenthesized_expression':
      case 'literal_element':
      case 'expression_list':
        return reader.read(nodes.first(node), hint);
      case 'unary_expression':
        return reader.read(nodes.child(node, 'operand'), hint);
      case 'type_conversion_expression':
        return reader.read(nodes.child(node, 'operand'), hint);
      case 'variadic_argument':
        return { kind: 'spread', value: reader.read(nodes.first(node)) };
      case 'selector_expression':
      case 'call_expression':
      case 'index_expression':
      case 'type_assertion_expression':
      case 'slice_expression':
        return chain(node);
      case 'composite_literal':
        return composite(node);
      case 'literal_value':
        return literalValue(node);
      case 'func_literal':
        return reader.lambda(
          {
            node,
            parameters: around.parameters(nodes.child(node, 'parameters')),
            fill: (into) => around.fillBody(nodes.child(node, 'body'), into),
          },
          hint,
        );
      case 'binary_expression':
        return binary(node, hint);
      default:
        return reader.other(node);
    }
  }

  /** Members and calls hang to the left: walked with a loop, not by recursion. */
  function chain(node: number): Expression {
    const spine: number[] = [];
    let at = node;
    while (at >= 0 && spine.length <= maxChain) {
      const kind = nodes.typeOf(at);
      if (kind === 'call_expression') {
        spine.push(at);
        at = nodes.child(at, 'function');
      } else if (/^(?:selector|index|type_assertion|slice)_expression$/.test(kind)) {
        spine.push(at);
        at = nodes.child(at, 'operand');
      } else if (spine.length > 0 && kind === 'parenthesized_expression') at = nodes.first(at);
      else break;
    }
    let built: Expression =
      spine.length > maxChain ? { kind: 'other', parts: [], line: nodes.lineOf(node) } : reader.read(at);
    for (const link of spine.reverse()) {
      switch (nodes.typeOf(link)) {
        case 'selector_expression': {
          const field = nodes.child(link, 'field');
          built = reader.attribute(built, nodes.textOf(field), field);
          break;
        }
        case 'index_expression': {
          const index = nodes.child(link, 'index');
          // `Create[T]` without a call is a function, `m["k"]` an element.
          const read = reader.read(index);
          built =
            read.kind === 'text'
              ? reader.call(link, reader.attribute(built, itemName, link), [read], [], nodes.startOf(index))
              : read.kind === 'name' || read.kind === 'attribute'
                ? {
                    kind: 'subscript',
                    of: built,
                    index: { kind: 'other', parts: [], line: nodes.lineOf(link) },
                    line: nodes.lineOf(link),
                  }
                : { kind: 'subscript', of: built, index: read, line: nodes.lineOf(link) };
          break;
        }
        case 'type_assertion_expression':
        case 'slice_expression':
          break;
        default: {
          const list = nodes.child(link, 'arguments');
          const args = nodes.children(list).map((child) => reader.read(child));
          const called = reader.call(link, built, args, [], nodes.startOf(list));
          built = withOptions(called);
        }
      }
    }
    return built;
  }

  /** `&pkg.Config{Name: "x"}` is a call with keywords; a slice is a list, a map a dictionary. */
  function composite(node: number): Expression {
    const of = nodes.child(node, 'type');
    const body = nodes.child(node, 'body');
    const kind = nodes.typeOf(of);
    if (/^(?:slice|array|implicit_length_array)_type$/.test(kind)) {
      const element = type(nodes.child(of, 'element'));
      return {
        kind: 'list',
        form: 'list',
        items: nodes.children(body).map((child) => {
          const inner = nodes.typeOf(child) === 'keyed_element' ? nodes.child(child, 'value') : child;
          const value = nodes.typeOf(inner) === 'literal_element' ? nodes.first(inner) : inner;
          return nodes.typeOf(value) === 'literal_value' && element !== null
            ? made(value, element, value)
            : reader.read(value);
        }),
        line: nodes.lineOf(node),
      };
    }
    if (kind === 'map_type') return literalValue(body);
    const named = type(of);
    return named === null ? literalValue(body) : made(node, named, body);
  }

  function made(node: number, of: Expression, body: number): Expression {
    const keywords: Keyword[] = [];
    const args: Expression[] = [];
    for (const child of nodes.children(body)) {
      if (nodes.typeOf(child) !== 'keyed_element') {
        args.push(reader.read(child));
        continue;
      }
      const name = nodes.textOf(nodes.child(child, 'key'));
      keywords.push({ name: name.slice(0, 200), value: reader.read(nodes.child(child, 'value'), name) });
    }
    return reader.call(node, of, args, keywords, nodes.startOf(body));
  }

  function literalValue(node: number): Expression {
    const entries: DictEntry[] = [];
    const items: Expression[] = [];
    for (const child of nodes.children(node)) {
      if (nodes.typeOf(child) !== 'keyed_element') {
        items.push(reader.read(child));
        continue;
      }
      const key = nodes.child(child, 'key');
      const inner = nodes.typeOf(key) === 'literal_element' ? nodes.first(key) : key;
      const read = reader.read(inner);
      const named: Expression = read.kind === 'name' ? reader.text(read.id, inner) : read;
      const name = named.kind === 'text' ? named.value : '';
      entries.push({ key: named, value: reader.read(nodes.child(child, 'value'), name) });
    }
    const line = nodes.lineOf(node);
    return entries.length > 0 ? { kind: 'dict', entries, line } : { kind: 'list', form: 'list', items, line };
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

  return { read, type };
}
