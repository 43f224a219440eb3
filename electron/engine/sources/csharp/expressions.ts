import { unescape } from '../ecmascript/literals.ts';
import type { CallExpression, DictEntry, Expression, Parameter } from '../python/expressions.ts';
import type { Statement } from '../python/summary.ts';
import { foldBuilder } from '../typed-languages/chains.ts';
import { itemName } from '../typed-languages/dialect.ts';
import { type Keyword, tells, type TreeReader } from '../typed-languages/tree-reader.ts';
import { dedented } from '../typed-languages/raw-texts.ts';

export type Surroundings = {
  parameters(list: number): readonly Parameter[];
  fillLambda(body: number, into: Statement[]): void;
};

export type ExpressionForms = {
  read(node: number, hint: string): Expression;
  /** A type as an expression; null for one of the language (`string`, `int`) and for `var`. */
  type(node: number): Expression | null;
  /** A value whose type is declared: `List<AITool> tools = new();`. */
  typed(value: number, type: number, hint: string): Expression;
  attributes(node: number): readonly Expression[];
  argumentsOf(list: number): { readonly args: readonly Expression[]; readonly keywords: readonly Keyword[] };
};

const builders = { finish: new Set(['Build', 'BuildAsync']), start: /^(?:Create\w*|New\w*|Start\w*|For\w*)$/ };
const maxChain = 400;
const maxParts = 2000;
/** Keyword for the types between angle brackets of a call: `AddFromType<T>()`. */
export const typesName = '@types';

export function expressionForms(reader: TreeReader, around: Surroundings): ExpressionForms {
  const { nodes } = reader;
  /** What `?.` stands behind. */
  const bound: Expression[] = [];

  function type(node: number): Expression | null {
    if (node < 0) return null;
    switch (nodes.typeOf(node)) {
      case 'identifier':
        return nodes.textOf(node) === 'var' ? null : reader.name(nodes.textOf(node));
      case 'generic_name': {
        const name = nodes.textOf(nodes.first(node));
        // What a task or an optional value gives is what is waited for.
        if (/^(?:Task|ValueTask|Nullable|Lazy|IOptions|IOptionsMonitor|IOptionsSnapshot)$/.test(name)) {
          const inner = nodes.children(nodes.children(node)[1] ?? -1);
          return inner.length === 1 && inner[0] !== undefined ? type(inner[0]) : null;
        }
        return reader.name(name);
      }
      case 'qualified_name': {
        const of = type(nodes.child(node, 'qualifier'));
        const name = nodes.child(node, 'name');
        return of === null
          ? null
          : reader.attribute(of, nodes.textOf(nodes.typeOf(name) === 'generic_name' ? nodes.first(name) : name), node);
      }
      case 'alias_qualified_name':
        return type(nodes.children(node).at(-1) ?? -1);
      case 'nullable_type':
        return type(nodes.first(node));
      default:
        return null;
    }
  }

  const typeArguments = (node: number): readonly Keyword[] => {
    if (nodes.typeOf(node) !== 'generic_name') return [];
    const types = nodes.children(nodes.children(node)[1] ?? -1).flatMap((one) => type(one) ?? []);
    const [only] = types;
    if (types.length === 0 || only === undefined) return [];
    return [
      {
        name: typesName,
        value: types.length === 1 ? only : { kind: 'list', form: 'list', items: types, line: nodes.lineOf(node) },
      },
    ];
  };

  const identifierOf = (node: number): string =>
    nodes.textOf(nodes.typeOf(node) === 'generic_name' ? nodes.first(node) : node);

  function argumentsOf(list: number): { args: Expression[]; keywords: Keyword[] } {
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    for (const child of nodes.children(list)) {
      const name = nodes.child(child, 'name');
      const parts = nodes.children(child);
      const value =
        nodes.typeOf(child) === 'argument' || nodes.typeOf(child) === 'attribute_argument'
          ? (parts.at(-1) ?? -1)
          : child;
      if (name >= 0 && value !== name)
        keywords.push({ name: nodes.textOf(name), value: reader.read(value, nodes.textOf(name)) });
      else if (nodes.typeOf(child) === 'attribute_argument' && nodes.typeOf(value) === 'assignment_expression') {
        const key = nodes.textOf(nodes.child(value, 'left'));
        keywords.push({ name: key, value: reader.read(nodes.child(value, 'right'), key) });
      } else args.push(reader.read(value));
    }
    return { args, keywords };
  }

  function attributes(node: number): readonly Expression[] {
    return nodes
      .children(node)
      .filter((child) => nodes.typeOf(child) === 'attribute_list')
      .flatMap((list) => nodes.children(list))
      .filter((child) => nodes.typeOf(child) === 'attribute')
      .map((one) => {
        const name = nodes.child(one, 'name');
        const callee = type(name) ?? { kind: 'name', id: nodes.textOf(name) };
        const list = nodes.children(one).find((child) => nodes.typeOf(child) === 'attribute_argument_list') ?? -1;
        const { args, keywords } = argumentsOf(list);
        return reader.call(one, callee, args, [...keywords, ...typeArguments(name)]);
      });
  }

  const finish = (call: CallExpression): CallExpression => foldBuilder(call, builders);

  function read(node: number, hint: string): Expression {
    const line = nodes.lineOf(node);
    switch (nodes.typeOf(node)) {
      case 'identifier':
        return reader.name(nodes.textOf(node));
      case 'generic_name':
        return reader.name(identifierOf(node));
      case 'qualified_name':
      case 'alias_qualified_name':
      case 'nullable_type':
        return type(node) ?? { kind: 'other', parts: [], line };
      case 'this':
      case 'this_expression':
        return { kind: 'name', id: 'this' };
      case 'base':
      case 'base_expression':
        return { kind: 'name', id: 'super' };
      case 'string_literal':
        return reader.text(unescape(nodes.textOf(node).slice(1, -1)), node);
      case 'verbatim_string_literal':
        return reader.text(nodes.textOf(node).slice(2, -1).replaceAll('""', '"'), node);
      case 'raw_string_literal':
        return reader.text(dedented(nodes.textOf(node)), node);
      case 'interpolated_string_expression':
        return interpolated(node);
      case 'integer_literal':
      case 'real_literal': {
        const value = Number(
          nodes
            .textOf(node)
            .replaceAll('_', '')
            .replace(/[uUlLfFdDmM]+$/, ''),
        );
        return { kind: 'constant', value: Number.isFinite(value) ? value : null };
      }
      case 'boolean_literal':
        return { kind: 'constant', value: nodes.textOf(node) === 'true' };
      case 'null_literal':
      case 'default_expression':
        return { kind: 'constant', value: null };
      case 'parenthesized_expression':
      case 'await_expression':
      case 'checked_expression':
      case 'ref_expression':
      case 'expression_element':
      case 'argument':
        return reader.read(nodes.children(node).at(-1) ?? -1, hint);
      case 'postfix_unary_expression':
      case 'with_expression':
        return reader.read(nodes.first(node), hint);
      case 'cast_expression':
        return reader.read(nodes.child(node, 'value'), hint);
      case 'as_expression':
        return reader.read(nodes.child(node, 'left'), hint);
      case 'typeof_expression':
        return type(nodes.child(node, 'type')) ?? { kind: 'other', parts: [], line };
      case 'declaration_expression': {
        const name = nodes.textOf(nodes.child(node, 'name'));
        if (name !== '') reader.declare(name);
        return { kind: 'other', parts: [], line };
      }
      case 'member_access_expression':
      case 'invocation_expression':
      case 'element_access_expression':
      case 'conditional_access_expression':
        return chain(node);
      case 'member_binding_expression':
        return reader.attribute(
          bound.at(-1) ?? { kind: 'other', parts: [], line },
          identifierOf(nodes.child(node, 'name')),
          node,
        );
      case 'element_binding_expression':
        return item(bound.at(-1) ?? { kind: 'other', parts: [], line }, node, node);
      case 'object_creation_expression':
      case 'implicit_object_creation_expression':
        return creation(node, type(nodes.child(node, 'type')), hint);
      case 'anonymous_object_creation_expression':
        return anonymous(node);
      case 'initializer_expression':
        return initializer(node);
      case 'collection_expression':
        return {
          kind: 'list',
          form: 'list',
          line,
          items: nodes.children(node).map((child) => {
            const inner = nodes.typeOf(child) === 'collection_element' ? nodes.first(child) : child;
            return nodes.typeOf(inner) === 'spread_element'
              ? { kind: 'spread', value: reader.read(nodes.first(inner)) }
              : reader.read(inner, hint);
          }),
        };
      case 'array_creation_expression':
      case 'implicit_array_creation_expression': {
        const inner = nodes.children(node).find((child) => nodes.typeOf(child) === 'initializer_expression');
        return inner === undefined ? { kind: 'list', form: 'list', items: [], line } : initializer(inner);
      }
      case 'tuple_expression':
        return { kind: 'list', form: 'tuple', items: nodes.children(node).map((child) => reader.read(child)), line };
      case 'lambda_expression':
      case 'anonymous_method_expression': {
        const list = nodes.child(node, 'parameters');
        const single = nodes.typeOf(list) !== 'parameter_list' && list >= 0 ? [{ name: nodes.textOf(list) }] : null;
        const body = nodes.child(node, 'body');
        return reader.lambda(
          {
            node,
            parameters: single ?? around.parameters(list),
            decorators: attributes(node),
            fill: (into) => around.fillLambda(body >= 0 ? body : (nodes.children(node).at(-1) ?? -1), into),
          },
          hint,
        );
      }
      case 'binary_expression':
        return binary(node, hint);
      case 'conditional_expression':
        return {
          kind: 'either',
          test: reader.read(nodes.child(node, 'condition')),
          then: reader.read(nodes.child(node, 'consequence'), hint),
          otherwise: reader.read(nodes.child(node, 'alternative'), hint),
        };
      case 'assignment_expression':
        return reader.read(nodes.child(node, 'right'), hint);
      case 'switch_expression': {
        const [value = -1, ...arms] = nodes.children(node);
        const parts = arms.filter((arm) => nodes.typeOf(arm) === 'switch_expression_arm');
        for (const arm of parts) {
          const tested = nodes.first(nodes.first(arm));
          if (tested >= 0 && /literal$/.test(nodes.typeOf(tested)))
            reader.before({
              kind: 'expression',
              value: { kind: 'other', parts: [reader.read(tested)], line: nodes.lineOf(arm), compares: true },
              ...reader.common(arm),
            });
        }
        const results = parts.map((arm) => reader.read(nodes.children(arm).at(-1) ?? -1, hint));
        return eitherOf(reader.read(value), results, line);
      }
      case 'is_pattern_expression': {
        const pattern = nodes.child(node, 'pattern');
        return {
          kind: 'other',
          parts: [reader.read(nodes.child(node, 'expression')), reader.read(pattern)],
          line,
          compares: true,
        };
      }
      case 'declaration_pattern':
      case 'var_pattern': {
        const name = nodes.textOf(nodes.child(node, 'name'));
        if (name !== '') reader.declare(name);
        return { kind: 'other', parts: [], line };
      }
      default:
        return reader.other(node);
    }
  }

  function eitherOf(test: Expression, results: readonly Expression[], line: number): Expression {
    let at: Expression = results.at(-1) ?? { kind: 'other', parts: [], line };
    for (const result of results.slice(0, -1).slice(-60).reverse())
      at = { kind: 'either', test, then: result, otherwise: at };
    return results.length > 1 ? at : { kind: 'other', parts: [test, at], line };
  }

  /** Members, calls and elements hang to the left: walked with a loop, not by recursion. */
  function chain(node: number): Expression {
    const spine: number[] = [];
    let at = node;
    while (at >= 0 && spine.length <= maxChain) {
      const kind = nodes.typeOf(at);
      if (kind === 'member_access_expression' || kind === 'element_access_expression') {
        spine.push(at);
        at = nodes.child(at, 'expression');
      } else if (kind === 'invocation_expression') {
        spine.push(at);
        at = nodes.child(at, 'function');
      } else if (kind === 'conditional_access_expression') {
        spine.push(at);
        at = nodes.child(at, 'condition');
      } else if (spine.length > 0 && /^(?:parenthesized|await|postfix_unary)_expression$/.test(kind))
        at = nodes.first(at);
      else break;
    }
    let built: Expression =
      spine.length > maxChain ? { kind: 'other', parts: [], line: nodes.lineOf(node) } : reader.read(at);
    let types: readonly Keyword[] = spine.length > 0 ? typeArguments(at) : [];
    for (const link of spine.reverse()) {
      switch (nodes.typeOf(link)) {
        case 'member_access_expression': {
          const name = nodes.child(link, 'name');
          built = reader.attribute(built, identifierOf(name), name);
          types = typeArguments(name);
          break;
        }
        case 'conditional_access_expression': {
          bound.push(built);
          const inner = nodes.children(link)[1] ?? -1;
          built = reader.read(inner);
          types = typeArguments(nodes.child(inner, 'name'));
          bound.pop();
          break;
        }
        case 'element_access_expression':
          built = item(built, nodes.child(link, 'subscript'), link);
          break;
        default: {
          const list = nodes.child(link, 'arguments');
          const { args, keywords } = argumentsOf(list);
          // `nameof(X)` is the text "X".
          if (built.kind === 'name' && built.id === 'nameof' && args.length === 1)
            built = reader.text(nodes.textOf(nodes.first(list)).split('.').at(-1) ?? '', link);
          else built = finish(reader.call(link, built, args, [...keywords, ...types], nodes.startOf(list)));
          types = [];
        }
      }
    }
    return built;
  }

  /** `x["key"]` is a call that hands out an element, `x[0]` an element. */
  function item(of: Expression, list: number, node: number): Expression {
    const index = reader.read(nodes.first(list));
    const line = nodes.lineOf(node);
    if (index.kind === 'constant' || index.kind === 'other') return { kind: 'subscript', of, index, line };
    return reader.call(node, reader.attribute(of, itemName, node), [index], [], nodes.startOf(list));
  }

  function creation(node: number, of: Expression | null, _hint: string): Expression {
    const list = nodes.children(node).find((child) => nodes.typeOf(child) === 'argument_list') ?? -1;
    const { args, keywords } = argumentsOf(list);
    const given = nodes.children(node).find((child) => nodes.typeOf(child) === 'initializer_expression');
    const inside: Expression | null = given === undefined ? null : initializer(given);
    const named = of !== null && of.kind === 'name' ? of.id : '';
    const collection = /^(?:List|HashSet|Collection|ObservableCollection|Queue|Stack|ImmutableArray)$/.test(named);
    const line = nodes.lineOf(node);
    if (of === null || collection || /^(?:Concurrent)?Dictionary$/.test(named)) {
      if (inside !== null) return inside;
      if (collection) {
        const [first] = args;
        return args.length === 1 && first !== undefined && first.kind !== 'constant'
          ? { kind: 'list', form: 'list', items: [{ kind: 'spread', value: first }], line }
          : { kind: 'list', form: 'list', items: [], line };
      }
      if (of === null && args.length > 0)
        return { kind: 'other', parts: [...args, ...keywords.map((one) => one.value)].filter(tells), line };
      return {
        kind: 'dict',
        entries: keywords.map((one) => ({ key: reader.text(one.name ?? '', node), value: one.value })),
        line,
      };
    }
    const fields: Keyword[] = [];
    if (inside?.kind === 'dict')
      for (const entry of inside.entries)
        if (entry.key?.kind === 'text') fields.push({ name: entry.key.value, value: entry.value });
        else fields.push({ name: null, value: entry.value });
    else if (inside !== null) args.push(inside);
    return reader.call(node, of, args, [...keywords, ...fields], nodes.startOf(node));
  }

  function typed(value: number, declaredType: number, hint: string): Expression {
    if (nodes.typeOf(value) === 'implicit_object_creation_expression') {
      const of =
        nodes.typeOf(declaredType) === 'generic_name' ? reader.name(identifierOf(declaredType)) : type(declaredType);
      if (of !== null) return creation(value, of, hint);
    }
    return reader.read(value, hint);
  }

  /** `{ Name = "x" }`, `{ ["k"] = v }`, `{ { "k", v } }` or `{ a, b }`. */
  function initializer(node: number): Expression {
    const entries: DictEntry[] = [];
    const items: Expression[] = [];
    for (const child of nodes.children(node)) {
      if (nodes.typeOf(child) === 'assignment_expression') {
        const left = nodes.child(child, 'left');
        const key =
          nodes.typeOf(left) === 'element_binding_expression'
            ? reader.read(nodes.first(left))
            : reader.text(nodes.textOf(left).slice(0, 200), left);
        const name = key.kind === 'text' ? key.value : '';
        entries.push({ key, value: reader.read(nodes.child(child, 'right'), name) });
      } else if (nodes.typeOf(child) === 'initializer_expression' && nodes.children(child).length === 2) {
        const [key = -1, value = -1] = nodes.children(child);
        entries.push({ key: reader.read(key), value: reader.read(value) });
      } else items.push(reader.read(child));
    }
    const line = nodes.lineOf(node);
    return entries.length > 0 && items.length === 0
      ? { kind: 'dict', entries, line }
      : { kind: 'list', form: 'list', items: [...items, ...entries.map((one) => one.value)], line };
  }

  function anonymous(node: number): Expression {
    const entries: DictEntry[] = [];
    const parts = nodes.children(node);
    for (let index = 0; index < parts.length; index += 1) {
      const [at = -1, next = -1] = [parts[index], parts[index + 1]];
      const equals = next >= 0 && /^\s*=\s*$/.test(nodes.between(nodes.endOf(at), nodes.startOf(next)));
      const name = nodes.textOf(at).split('.').at(-1) ?? '';
      if (equals && nodes.typeOf(at) === 'identifier') {
        entries.push({ key: reader.text(name, at), value: reader.read(next, name) });
        index += 1;
      } else entries.push({ key: reader.text(name.slice(0, 200), at), value: reader.read(at) });
    }
    return { kind: 'dict', entries, line: nodes.lineOf(node) };
  }

  function interpolated(node: number): Expression {
    const parts = nodes
      .children(node)
      .map((child) =>
        nodes.typeOf(child) === 'interpolation'
          ? reader.read(nodes.first(child))
          : reader.text(unescape(nodes.textOf(child)), child),
      );
    if (parts.every((part) => part.kind === 'text'))
      return reader.text(parts.map((part) => (part.kind === 'text' ? part.value : '')).join(''), node);
    return { kind: 'format', parts, line: nodes.lineOf(node) };
  }

  const operatorOf = (node: number): string => {
    const [left, right] = [nodes.child(node, 'left'), nodes.child(node, 'right')];
    return left < 0 || right < 0 ? '' : nodes.between(nodes.endOf(left), nodes.startOf(right)).trim();
  };

  function binary(node: number, hint: string): Expression {
    const operator = operatorOf(node);
    const line = nodes.lineOf(node);
    if (operator === 'as') return reader.read(nodes.child(node, 'left'), hint);
    if (operator !== '+' && operator !== '??') {
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
      if (nodes.typeOf(left) === 'binary_expression' && operatorOf(left) === operator && parts.length < maxParts) {
        at = left;
        continue;
      }
      // `?? throw new ...` gives nothing.
      parts.push(reader.read(left, hint));
      break;
    }
    const kept = parts.reverse().filter((part) => operator === '+' || part.kind !== 'other' || part.parts.length === 0);
    return { kind: 'join', operator: operator === '+' ? '+' : 'or', parts: kept.length > 0 ? kept : parts, line };
  }

  return { read, type, typed, attributes, argumentsOf };
}
