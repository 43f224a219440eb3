import type { Expression } from '../python/expressions.ts';
import type { Common, Statement } from '../python/summary.ts';
import type { ExpressionReader } from './expression-reader.ts';
import type { Nodes } from './nodes.ts';

const maxNested = 30;

/**
 * Assignments of what is taken apart: `const { a, b: c = 1, ...rest } = value`. What is not a plain name gets one first,
 * so that the value is there once.
 */
export function patternReader(nodes: Nodes, reader: ExpressionReader) {
  function bind(pattern: number, value: Expression, common: Common, output: Statement[], depth = 0): void {
    if (pattern < 0) return;
    if (depth > maxNested) {
      reader.tooDeep.add(nodes.lineOf(pattern));
      return;
    }
    switch (nodes.typeOf(pattern)) {
      case 'object_pattern': {
        const of = named(pattern, value, common, output);
        for (const child of nodes.children(pattern)) member(child, of, common, output, depth + 1);
        return;
      }
      case 'array_pattern': {
        const of = named(pattern, value, common, output);
        let position = -1;
        let before = nodes.startOf(pattern);
        for (const child of nodes.children(pattern)) {
          // A place may be left out: `[, second]`.
          position +=
            1 + Math.max(0, nodes.between(before, nodes.startOf(child)).split(',').length - (position < 0 ? 1 : 2));
          before = nodes.endOf(child);
          if (nodes.typeOf(child) === 'rest_pattern') {
            bind(nodes.first(child), of, common, output, depth + 1);
            continue;
          }
          const index: Expression = { kind: 'constant', value: position };
          bind(child, { kind: 'subscript', of, index, line: common.line }, common, output, depth + 1);
        }
        return;
      }
      case 'assignment_pattern':
      case 'object_assignment_pattern':
        return bind(nodes.child(pattern, 'left'), orElse(pattern, value), common, output, depth + 1);
      case 'rest_pattern':
        return bind(nodes.first(pattern), value, common, output, depth + 1);
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
      case 'undefined':
        output.push({ kind: 'assign', targets: [{ kind: 'name', id: nodes.textOf(pattern) }], value, ...common });
        return;
      default: {
        const target = reader.read(pattern);
        output.push({ kind: 'assign', targets: targetsOf(target), value, ...common });
      }
    }
  }

  function member(child: number, of: Expression, common: Common, output: Statement[], depth: number): void {
    const taken = (name: string): Expression => ({ kind: 'attribute', of, name, line: nodes.lineOf(child) });
    switch (nodes.typeOf(child)) {
      case 'shorthand_property_identifier_pattern':
        return bind(child, taken(nodes.textOf(child)), common, output, depth);
      case 'object_assignment_pattern': {
        const left = nodes.child(child, 'left');
        return bind(left, orElse(child, taken(nodes.textOf(left))), common, output, depth);
      }
      case 'pair_pattern': {
        const key = nodes.textOf(nodes.child(child, 'key')).replace(/^["']|["']$/g, '');
        return bind(nodes.child(child, 'value'), taken(key), common, output, depth);
      }
      case 'rest_pattern':
        return bind(nodes.first(child), of, common, output, depth);
      default:
        return;
    }
  }

  const orElse = (pattern: number, value: Expression): Expression => ({
    kind: 'join',
    operator: 'or',
    parts: [value, reader.read(nodes.child(pattern, 'right'))],
    line: nodes.lineOf(pattern),
  });

  /** The value itself where naming it again costs nothing. */
  function named(pattern: number, value: Expression, common: Common, output: Statement[]): Expression {
    if (value.kind === 'name' || value.kind === 'attribute') return value;
    const name: Expression = { kind: 'name', id: `taken@${nodes.startOf(pattern)}` };
    output.push({ kind: 'assign', targets: [name], value, ...common });
    return name;
  }

  return { bind };
}

/** `tools.search = x` sets an attribute of an object or a key of a literal: which one, the value of `tools` tells. */
export function targetsOf(target: Expression): readonly Expression[] {
  if (target.kind !== 'attribute' || (target.of.kind === 'name' && notObjects.has(target.of.id))) return [target];
  const key: Expression = { kind: 'text', value: target.name, line: target.line };
  return [target, { kind: 'subscript', of: target.of, index: key, line: target.line }];
}

const notObjects = new Set(['this', 'module', 'exports']);
