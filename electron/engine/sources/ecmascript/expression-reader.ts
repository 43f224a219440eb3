import type { DictEntry, Expression } from '../python/expressions.ts';
import { textLiteral, withoutSecret } from '../python/literals.ts';
import { isEmbeddedFile, unescape } from './literals.ts';
import type { Nodes } from './nodes.ts';

const maxDepth = 100;
const maxChain = 400;
const maxParts = 2000;

/** What an expression needs of the body around it: functions, classes and imports inside it become statements there. */
export type Surroundings = {
  /** `hint` is the key or variable that the function is given to. Gives the name to use it by. */
  function(node: number, hint: string): string;
  class(node: number, hint: string): string;
  /** `require("x")` and `import("x")` where no declaration takes the module. */
  module(specifier: string, node: number): string;
};

export type ExpressionReader = {
  read(node: number, hint?: string): Expression;
  /** Lines where something was left out because it is nested too deep. */
  readonly tooDeep: Set<number>;
};

export function expressionReader(nodes: Nodes, surroundings: Surroundings): ExpressionReader {
  const tooDeep = new Set<number>();
  let nesting = 0;
  const cut = (node: number): Expression => {
    const line = nodes.lineOf(node);
    tooDeep.add(line);
    return { kind: 'other', parts: [], line };
  };

  function read(node: number, hint = ''): Expression {
    if (node < 0) return { kind: 'other', parts: [], line: 1 };
    if (nesting >= maxDepth) return cut(node);
    nesting += 1;
    const expression = readHere(node, hint);
    nesting -= 1;
    return expression;
  }

  function readHere(node: number, hint: string): Expression {
    switch (nodes.typeOf(node)) {
      case 'identifier':
      case 'this':
      case 'super':
      case 'undefined':
      case 'shorthand_property_identifier':
      case 'type_identifier': {
        const id = nodes.textOf(node);
        return id === 'undefined' ? { kind: 'constant', value: null } : { kind: 'name', id };
      }
      case 'string': {
        const source = nodes.textOf(node);
        return literal(unescape(source.slice(1, source.length > 1 ? -1 : 1)), node);
      }
      case 'template_string':
        return template(node);
      case 'number': {
        const value = Number(nodes.textOf(node).replaceAll('_', '').replace(/n$/, ''));
        return { kind: 'constant', value: Number.isFinite(value) ? value : null };
      }
      case 'true':
        return { kind: 'constant', value: true };
      case 'false':
        return { kind: 'constant', value: false };
      case 'null':
        return { kind: 'constant', value: null };
      case 'parenthesized_expression':
      case 'await_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'non_null_expression':
      case 'instantiation_expression':
      case 'decorator':
      case 'template_substitution':
        return read(nodes.first(node), hint);
      case 'type_assertion':
        return read(nodes.children(node).at(-1) ?? -1, hint);
      case 'member_expression':
      case 'call_expression':
      case 'new_expression':
      case 'subscript_expression':
        return chain(node, hint);
      case 'array':
        return {
          kind: 'list',
          form: 'list',
          items: nodes.children(node).map((child) => read(child, hint)),
          line: nodes.lineOf(node),
        };
      case 'object':
        return {
          kind: 'dict',
          entries: nodes.children(node).flatMap((child) => entry(child)),
          line: nodes.lineOf(node),
        };
      case 'spread_element':
        return { kind: 'spread', value: read(nodes.first(node)) };
      case 'binary_expression':
        return binary(node, hint);
      case 'ternary_expression':
        return {
          kind: 'either',
          test: read(nodes.child(node, 'condition')),
          then: read(nodes.child(node, 'consequence'), hint),
          otherwise: read(nodes.child(node, 'alternative'), hint),
        };
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        return read(nodes.child(node, 'right'), hint);
      case 'sequence_expression':
        return read(nodes.children(node).at(-1) ?? -1, hint);
      case 'arrow_function':
      case 'function_expression':
      case 'generator_function':
        return { kind: 'name', id: surroundings.function(node, hint) };
      case 'class':
        return { kind: 'name', id: surroundings.class(node, hint) };
      case 'meta_property':
        return { kind: 'name', id: 'import.meta' };
      case 'jsx_element':
      case 'jsx_self_closing_element':
      case 'regex':
        return { kind: 'other', parts: [], line: nodes.lineOf(node) };
      default:
        return other(node);
    }
  }

  const literal = (value: string, node: number) =>
    textLiteral(isEmbeddedFile(value) ? value.slice(0, 24) : value, nodes.lineOf(node), nodes.endLineOf(node));

  function template(node: number): Expression {
    const parts: Expression[] = [];
    let at = nodes.startOf(node) + 1;
    const end = Math.max(at, nodes.endOf(node) - 1);
    const piece = (until: number): void => {
      const text = unescape(nodes.between(at, until));
      if (text !== '') parts.push(literal(text, node));
    };
    const substitutions = nodes.children(node).filter((child) => nodes.typeOf(child) === 'template_substitution');
    if (substitutions.length === 0) return literal(unescape(nodes.between(at, end)), node);
    for (const child of substitutions) {
      piece(nodes.startOf(child));
      parts.push(read(child));
      at = nodes.endOf(child);
    }
    piece(end);
    return { kind: 'format', parts, line: nodes.lineOf(node) };
  }

  function entry(node: number): DictEntry[] {
    switch (nodes.typeOf(node)) {
      case 'pair': {
        const key = keyOf(nodes.child(node, 'key'));
        const name = key.kind === 'text' ? key.value : '';
        const value = read(nodes.child(node, 'value'), name);
        return [{ key, value: name === '' ? value : withoutSecret(name, value) }];
      }
      case 'shorthand_property_identifier':
        return [{ key: literal(nodes.textOf(node), node), value: read(node) }];
      case 'spread_element':
        return [{ key: null, value: read(nodes.first(node)) }];
      case 'method_definition': {
        const key = keyOf(nodes.child(node, 'name'));
        const name = key.kind === 'text' ? key.value : '';
        return [{ key, value: { kind: 'name', id: surroundings.function(node, name) } }];
      }
      default:
        return [];
    }
  }

  function keyOf(node: number): Expression {
    switch (nodes.typeOf(node)) {
      case 'computed_property_name':
        return read(nodes.first(node));
      case 'string':
        return read(node);
      default:
        return { kind: 'text', value: nodes.textOf(node).slice(0, 200), line: nodes.lineOf(node) };
    }
  }

  function operatorOf(node: number): string {
    const left = nodes.child(node, 'left');
    const right = nodes.child(node, 'right');
    return left < 0 || right < 0 ? '' : nodes.between(nodes.endOf(left), nodes.startOf(right)).trim();
  }

  function binary(node: number, hint: string): Expression {
    const operator = operatorOf(node);
    const line = nodes.lineOf(node);
    if (operator === '&&') {
      // What `a && b` gives is b, or nothing that anybody could use.
      return {
        kind: 'either',
        test: read(nodes.child(node, 'left')),
        then: read(nodes.child(node, 'right'), hint),
        otherwise: { kind: 'constant', value: false },
      };
    }
    const joins = operator === '+' ? '+' : operator === '||' || operator === '??' ? 'or' : null;
    if (joins === null) {
      const parts = [read(nodes.child(node, 'left')), read(nodes.child(node, 'right'))].filter(tells);
      return /^(?:[=!]==?|in|instanceof)$/.test(operator)
        ? { kind: 'other', parts, line, compares: true }
        : { kind: 'other', parts: parts.filter((part) => part.kind !== 'text'), line };
    }
    // Chains hang to the left and may be thousands long: walked with a loop, not by recursion.
    const parts: Expression[] = [];
    let at = node;
    for (;;) {
      parts.push(read(nodes.child(at, 'right'), hint));
      const left = nodes.child(at, 'left');
      if (nodes.typeOf(left) === 'binary_expression' && operatorOf(left) === operator && parts.length < maxParts) {
        at = left;
        continue;
      }
      parts.push(parts.length < maxParts ? read(left, hint) : cut(node));
      break;
    }
    return { kind: 'join', operator: joins, parts: parts.reverse(), line };
  }

  /** Members, calls and subscripts hang to the left too: `builder.addNode(...).addEdge(...)...`. */
  function chain(node: number, hint: string): Expression {
    const spine: number[] = [];
    let at = node;
    while (at >= 0 && spine.length <= maxChain) {
      const type = nodes.typeOf(at);
      if (type === 'member_expression' || type === 'subscript_expression') {
        spine.push(at);
        at = nodes.child(at, 'object');
      } else if (type === 'call_expression') {
        if (isModuleCall(at)) break;
        spine.push(at);
        at = nodes.child(at, 'function');
      } else if (type === 'new_expression') {
        spine.push(at);
        at = nodes.child(at, 'constructor');
      } else if (
        spine.length > 0 &&
        (type === 'parenthesized_expression' || type === 'non_null_expression' || type === 'await_expression')
      ) {
        at = nodes.first(at);
      } else break;
    }
    let built: Expression;
    if (at < 0 || spine.length > maxChain) built = cut(node);
    else if (nodes.typeOf(at) === 'call_expression') built = moduleOf(at);
    else if (nodes.typeOf(at) === 'import') built = { kind: 'name', id: 'import' };
    else built = read(at);
    for (const link of spine.reverse()) {
      switch (nodes.typeOf(link)) {
        case 'member_expression': {
          const property = nodes.child(link, 'property');
          built = member(built, nodes.textOf(property), nodes.lineOf(property < 0 ? link : property));
          break;
        }
        case 'subscript_expression': {
          const index = read(nodes.child(link, 'index'));
          const line = nodes.lineOf(link);
          built =
            index.kind === 'text' && /^[A-Za-z_$][\w$]*$/.test(index.value)
              ? member(built, index.value, line)
              : { kind: 'subscript', of: built, index, line };
          break;
        }
        default:
          built = call(link, built, hint);
      }
    }
    return built;
  }

  const member = (of: Expression, name: string, line: number): Expression => ({ kind: 'attribute', of, name, line });

  function isModuleCall(node: number): boolean {
    const callee = nodes.child(node, 'function');
    const type = nodes.typeOf(callee);
    return (
      (type === 'import' || (type === 'identifier' && nodes.textOf(callee) === 'require')) && specifierOf(node) !== null
    );
  }

  function specifierOf(node: number): string | null {
    const first = nodes.first(nodes.child(node, 'arguments'));
    const value = nodes.typeOf(first) === 'string' ? read(first) : null;
    return value?.kind === 'text' ? value.value : null;
  }

  const moduleOf = (node: number): Expression => ({
    kind: 'name',
    id: surroundings.module(specifierOf(node) ?? '', node),
  });

  function call(node: number, callee: Expression, given: string): Expression {
    const list = nodes.child(node, 'arguments');
    const tagged = nodes.typeOf(list) === 'template_string';
    const hint =
      given !== '' ? given : callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : '';
    const args = list < 0 ? [] : tagged ? [read(list)] : nodes.children(list).map((child) => read(child, hint));
    // A method stands on its own line in a chain over several lines.
    const line = callee.kind === 'attribute' && list >= 0 ? callee.line : nodes.lineOf(node);
    return {
      kind: 'call',
      callee,
      args,
      keywords: [],
      line,
      endLine: nodes.endLineOf(node),
      at: list >= 0 ? nodes.startOf(list) : nodes.startOf(node),
    };
  }

  function other(node: number): Expression {
    const parts = nodes
      .children(node)
      .map((child) => read(child))
      .filter(tells);
    return { kind: 'other', parts, line: nodes.lineOf(node) };
  }

  return { read, tooDeep };
}

const tells = (part: Expression): boolean =>
  part.kind !== 'constant' && !(part.kind === 'other' && part.parts.length === 0);
