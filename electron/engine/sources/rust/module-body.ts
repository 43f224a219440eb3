import type { Grammar, SyntaxTree } from '../ecmascript/parser.ts';
import type { Expression, Parameter } from '../python/expressions.ts';
import type { FunctionSummary, ImportedName, Statement } from '../python/summary.ts';
import { interfaceMark } from '../typed-languages/dialect.ts';
import { freeNames, visibleModule, wholePackages } from '../typed-languages/names.ts';
import { classWith, treeReader } from '../typed-languages/tree-reader.ts';
import { expressionForms } from './expressions.ts';

type Type = {
  readonly name: string;
  readonly node: number;
  known: boolean;
  readonly bases: Expression[];
  readonly decorators: Expression[];
  readonly body: Statement[];
};

/** Statements of a Rust file: a struct or enum is a class, what its `impl` blocks hold are its members. */
export function moduleBody(
  tree: SyntaxTree,
  grammar: Grammar,
): { readonly body: readonly Statement[]; readonly tooDeep: readonly number[] } {
  const types = new Map<string, Type>();
  const stars: string[] = [];
  const crates = new Set<string>();
  let self = '';
  const reader = treeReader(tree, grammar, (own) => {
    const expressions = expressionForms(own, { parameters, fillBody, crate, names, ownType: () => self });
    const { nodes } = own;
    let waiting: Expression[] = [];

    function crate(id: string): Expression {
      if (id === 'self' || id === 'crate' || id === 'super') return { kind: 'name', id };
      const known = own.name(id);
      if (own.free.has(id)) {
        own.free.delete(id);
        crates.add(id);
      }
      return known;
    }

    function statement(node: number, into: Statement[], when: string | undefined): void {
      const kind = nodes.typeOf(node);
      if (kind === 'attribute_item') {
        waiting.push(...attributes(node));
        return;
      }
      const marks = waiting;
      waiting = [];
      switch (kind) {
        case 'inner_attribute_item':
          return;
        case 'use_declaration': {
          const found = usesIn(nodes.child(node, 'argument'), []);
          if (found.length > 0) into.push({ kind: 'import', names: found, ...own.common(node, when) });
          return;
        }
        case 'mod_item': {
          const body = nodes.child(node, 'body');
          const name = nodes.textOf(nodes.child(node, 'name'));
          if (body >= 0) {
            // Tests inside of a file are no part of the program.
            if (name === 'tests' || name === 'test') return;
            return own.children(body, into, when);
          }
          into.push({
            kind: 'import',
            names: [{ binds: name, level: 0, module: `self.${name}`, name: null }],
            ...own.common(node, when),
          });
          return;
        }
        case 'const_item':
        case 'static_item': {
          const name = nodes.textOf(nodes.child(node, 'name'));
          const value = nodes.child(node, 'value');
          own.declare(name);
          if (value >= 0) own.assign({ kind: 'name', id: name }, own.read(value, name), node, into, when);
          return;
        }
        case 'let_declaration':
          return letDeclaration(node, into, when);
        case 'struct_item':
        case 'enum_item':
        case 'union_item':
          return typeItem(node, marks);
        case 'trait_item': {
          const type = typeOf(nodes.textOf(nodes.child(node, 'name')), node);
          type.known = true;
          type.decorators.push(...marks, { kind: 'name', id: interfaceMark });
          return;
        }
        case 'impl_item':
          return implItem(node, marks);
        case 'function_item': {
          const name = nodes.textOf(nodes.child(node, 'name'));
          into.push({ kind: 'function', function: functionOf(node, name, marks), ...own.common(node, when) });
          return;
        }
        case 'expression_statement':
          for (const child of nodes.children(node)) expression(child, into, when);
          return;
        case 'declaration_list':
        case 'block':
        case 'ERROR':
        case 'foreign_mod_item':
          return own.children(node, into, when);
        case 'type_item':
        case 'macro_definition':
        case 'extern_crate_declaration':
        case 'identifier':
        case 'function_signature_item':
          return;
        default:
          return expression(node, into, when);
      }
    }

    function expression(node: number, into: Statement[], when: string | undefined, tail = false): void {
      switch (nodes.typeOf(node)) {
        case 'return_expression': {
          const value = nodes.first(node);
          if (value >= 0) into.push({ kind: 'return', value: own.read(value), ...own.common(node, when) });
          return;
        }
        case 'if_expression': {
          const test = nodes.child(node, 'condition');
          const inner = own.condition(test);
          own.effect(own.read(test), test, into, when);
          blockOf(nodes.child(node, 'consequence'), into, inner, tail);
          const alternative = nodes.first(nodes.child(node, 'alternative'));
          if (alternative < 0) return;
          if (nodes.typeOf(alternative) === 'block') blockOf(alternative, into, `not (${inner})`, tail);
          else expression(alternative, into, `not (${inner})`, tail);
          return;
        }
        case 'match_expression': {
          const value = nodes.child(node, 'value');
          own.effect(own.read(value), value, into, when);
          for (const arm of nodes.children(nodes.child(node, 'body'))) {
            const pattern = nodes.child(arm, 'pattern');
            for (const tested of textsIn(pattern))
              into.push({
                kind: 'expression',
                value: { kind: 'other', parts: [own.read(tested)], line: nodes.lineOf(tested), compares: true },
                ...own.common(tested, when),
              });
            for (const name of names(pattern)) {
              own.declare(name);
              own.assign({ kind: 'name', id: name }, own.read(value), arm, into, 'match');
            }
            const body = nodes.child(arm, 'value');
            const label = `case ${nodes.sourceText(pattern, 60)}`;
            if (nodes.typeOf(body) === 'block') blockOf(body, into, label, tail);
            else if (body >= 0) tailOf(body, into, label, tail);
          }
          return;
        }
        case 'for_expression': {
          const over = nodes.child(node, 'value');
          const line = nodes.lineOf(over);
          const of = own.read(over);
          const [name] = names(nodes.child(node, 'pattern'));
          const element: Expression = { kind: 'subscript', of, index: { kind: 'other', parts: [], line }, line };
          for (const one of names(nodes.child(node, 'pattern'))) own.declare(one);
          if (name === undefined) own.effect(element, node, into, when);
          else own.assign({ kind: 'name', id: name }, element, node, into, when);
          return blockOf(nodes.child(node, 'body'), into, when, false);
        }
        case 'while_expression':
        case 'loop_expression': {
          const test = nodes.child(node, 'condition');
          if (test >= 0) own.effect(own.read(test), test, into, when);
          return blockOf(nodes.child(node, 'body'), into, `while ${test < 0 ? 'true' : own.condition(test)}`, false);
        }
        case 'unsafe_block':
          return blockOf(nodes.first(node), into, when, tail);
        case 'block':
          return blockOf(node, into, when, tail);
        case 'assignment_expression':
        case 'compound_assignment_expr': {
          const target = own.read(nodes.child(node, 'left'));
          const name = target.kind === 'name' ? target.id : target.kind === 'attribute' ? target.name : '';
          const value = own.read(nodes.child(node, 'right'), name);
          if (target.kind === 'call' || target.kind === 'other') return own.effect(value, node, into, when);
          return own.assign(target, value, node, into, when, nodes.typeOf(node) === 'compound_assignment_expr');
        }
        default:
          return own.effect(own.read(node), node, into, when);
      }
    }

    function tailOf(node: number, into: Statement[], when: string | undefined, tail: boolean): void {
      if (
        !tail ||
        /^(?:if|match|for|while|loop|return|assignment)_expression$|^(?:unsafe_)?block$/.test(nodes.typeOf(node))
      )
        return expression(node, into, when, tail);
      into.push({ kind: 'return', value: own.read(node), ...own.common(node, when) });
    }

    let depth = 0;
    /** Statements of a block; of one that gives a value the last expression is returned. */
    function blockOf(node: number, into: Statement[], when: string | undefined, tail: boolean): void {
      if (node < 0) return;
      const children = nodes.children(node);
      const last = children.at(-1) ?? -1;
      depth += 1;
      if (depth < 60)
        for (const child of children) {
          const plain = /^(?:expression_statement|let_declaration)$|_item$|_declaration$/.test(nodes.typeOf(child));
          if (tail && child === last && !plain) tailOf(child, into, when, true);
          else own.branch(child, into, when);
        }
      depth -= 1;
    }

    function fillBody(body: number, into: Statement[]): void {
      if (body < 0) return;
      const kind = nodes.typeOf(body);
      if (kind === 'block') return blockOf(body, into, undefined, true);
      if (kind === 'async_block' || kind === 'unsafe_block') {
        const inner = nodes.children(body).find((one) => nodes.typeOf(one) === 'block') ?? -1;
        return blockOf(inner, into, undefined, true);
      }
      tailOf(body, into, undefined, true);
    }

    function letDeclaration(node: number, into: Statement[], when: string | undefined): void {
      const pattern = nodes.child(node, 'pattern');
      const value = nodes.child(node, 'value');
      const found = names(pattern);
      const [name = ''] = found;
      const of = value < 0 ? own.declared(expressions.type(nodes.child(node, 'type')), node) : own.read(value, name);
      own.branch(nodes.child(node, 'alternative'), into, 'else');
      for (const one of found) own.declare(one);
      if (found.length === 0) return own.effect(of, node, into, when);
      if (nodes.typeOf(pattern) === 'tuple_pattern')
        return own.assign(
          { kind: 'list', form: 'tuple', items: found.map((id) => ({ kind: 'name', id })), line: nodes.lineOf(node) },
          of,
          node,
          into,
          when,
        );
      for (const one of found) own.assign({ kind: 'name', id: one }, of, node, into, when);
    }

    function names(pattern: number): readonly string[] {
      if (pattern < 0) return [];
      switch (nodes.typeOf(pattern)) {
        case 'identifier':
        case 'shorthand_field_identifier': {
          const name = nodes.textOf(pattern);
          return /^[a-z_]/.test(name) && name !== '_' ? [name] : [];
        }
        case 'tuple_struct_pattern':
        case 'struct_pattern': {
          const type = nodes.child(pattern, 'type');
          return nodes.children(pattern).flatMap((one) => (one === type ? [] : names(one)));
        }
        case 'field_pattern': {
          const inner = nodes.child(pattern, 'pattern');
          return names(inner >= 0 ? inner : nodes.child(pattern, 'name'));
        }
        case 'tuple_pattern':
        case 'slice_pattern':
        case 'ref_pattern':
        case 'mut_pattern':
        case 'reference_pattern':
        case 'match_pattern':
        case 'or_pattern':
        case 'captured_pattern':
          return nodes
            .children(pattern)
            .flatMap((one) => (one === nodes.child(pattern, 'condition') ? [] : names(one)));
        default:
          return [];
      }
    }

    function textsIn(pattern: number): readonly number[] {
      if (pattern < 0) return [];
      if (/^(?:raw_)?string_literal$/.test(nodes.typeOf(pattern))) return [pattern];
      return nodes.children(pattern).slice(0, 50).flatMap(textsIn);
    }

    function parameters(list: number): readonly Parameter[] {
      const found: Parameter[] = [];
      for (const child of nodes.children(list)) {
        const kind = nodes.typeOf(child);
        if (kind === 'self_parameter') found.push({ name: 'self' });
        else if (kind === 'parameter') {
          const of = expressions.type(nodes.child(child, 'type'));
          const bound = names(nodes.child(child, 'pattern'));
          found.push({
            name: bound[0] ?? `unnamed@${nodes.startOf(child)}`,
            ...(of === null ? {} : { fallback: own.declared(of, child) }),
          });
        } else {
          const [name] = names(child);
          found.push({ name: name ?? `unnamed@${nodes.startOf(child)}` });
        }
      }
      return found;
    }

    function functionOf(node: number, name: string, marks: readonly Expression[]): FunctionSummary {
      return own.makeFunction({
        node,
        name,
        parameters: parameters(nodes.child(node, 'parameters')),
        decorators: marks,
        fill: (into) => fillBody(nodes.child(node, 'body'), into),
      });
    }

    function attributes(node: number): readonly Expression[] {
      return nodes.children(node).flatMap((one) => {
        if (nodes.typeOf(one) !== 'attribute') return [];
        const [name = -1] = nodes.children(one);
        const list = nodes.child(one, 'arguments');
        const { args, keywords } = expressions.tokens(list);
        const given = nodes.child(one, 'value');
        const id = nodes.textOf(name);
        const callee: Expression = { kind: 'name', id: `#${id.replaceAll('::', '.')}` };
        return [own.call(one, callee, given < 0 ? args : [own.read(given), ...args], keywords)];
      });
    }

    function typeOf(name: string, node: number): Type {
      let type = types.get(name);
      if (type === undefined) {
        type = { name, node, known: false, bases: [], decorators: [], body: [] };
        types.set(name, type);
      }
      return type;
    }

    function typeItem(node: number, marks: readonly Expression[]): void {
      const name = nodes.textOf(nodes.child(node, 'name'));
      types.set(name, { ...typeOf(name, node), node });
      const type = typeOf(name, node);
      type.known = true;
      type.decorators.push(...marks);
      for (const field of nodes.children(nodes.child(node, 'body'))) {
        const kind = nodes.typeOf(field);
        if (kind === 'field_declaration') {
          const of = expressions.type(nodes.child(field, 'type'));
          const id = nodes.textOf(nodes.child(field, 'name'));
          if (of !== null) own.assign({ kind: 'name', id }, own.declared(of, field), field, type.body);
        } else if (kind === 'enum_variant') {
          const id = nodes.textOf(nodes.child(field, 'name'));
          own.assign({ kind: 'name', id }, own.text(id, field), field, type.body);
        }
      }
    }

    function implItem(node: number, marks: readonly Expression[]): void {
      const of = expressions.type(nodes.child(node, 'type'));
      const name = of?.kind === 'name' ? of.id : '';
      if (name === '') return;
      const type = typeOf(name, node);
      type.decorators.push(...marks);
      const trait = expressions.type(nodes.child(node, 'trait'));
      if (trait !== null) type.bases.push(trait);
      const outer = self;
      self = name;
      let pending: Expression[] = [];
      for (const member of nodes.children(nodes.child(node, 'body'))) {
        const kind = nodes.typeOf(member);
        if (kind === 'attribute_item') {
          pending.push(...attributes(member));
          continue;
        }
        const own_marks = pending;
        pending = [];
        if (kind === 'function_item') {
          const still = !nodes
            .children(nodes.child(member, 'parameters'))
            .some((one) => nodes.typeOf(one) === 'self_parameter');
          const all: readonly Expression[] = still ? [...own_marks, { kind: 'name', id: 'staticmethod' }] : own_marks;
          const made = functionOf(member, nodes.textOf(nodes.child(member, 'name')), all);
          type.body.push({ kind: 'function', function: made, ...own.common(member) });
        } else if (kind === 'const_item') {
          const value = nodes.child(member, 'value');
          const id = nodes.textOf(nodes.child(member, 'name'));
          if (value >= 0) own.assign({ kind: 'name', id }, own.read(value, id), member, type.body);
        }
      }
      self = outer;
    }

    /** `use a::{b, c::D as E, f::*}` */
    function usesIn(node: number, before: readonly string[]): readonly ImportedName[] {
      const steps = (at: number): readonly string[] => (at < 0 ? [] : nodes.textOf(at).replace(/\s/g, '').split('::'));
      switch (nodes.typeOf(node)) {
        case 'scoped_use_list': {
          const path = [...before, ...steps(nodes.child(node, 'path'))];
          return usesIn(nodes.child(node, 'list'), path);
        }
        case 'use_list':
          return nodes.children(node).flatMap((one) => usesIn(one, before));
        case 'use_wildcard': {
          const path = [...before, ...steps(nodes.first(node))];
          if (path.length > 0) stars.push(path.join('.'));
          return [];
        }
        case 'use_as_clause': {
          const path = [...before, ...steps(nodes.child(node, 'path'))];
          const alias = nodes.textOf(nodes.child(node, 'alias'));
          return alias === '_' ? [] : [named(path, alias)];
        }
        case 'self':
          return before.length === 0 ? [] : [named(before, before.at(-1) ?? '')];
        default: {
          const path = [...before, ...steps(node)];
          return path.length === 0 ? [] : [named(path, path.at(-1) ?? '')];
        }
      }
    }

    function named(path: readonly string[], binds: string): ImportedName {
      if (path.length === 1) return { binds, level: 0, module: path[0] ?? '', name: null };
      return { binds, level: 0, module: path.slice(0, -1).join('.'), name: path.at(-1) ?? null };
    }

    return {
      statement,
      expression: (node, hint) => {
        // `Self` is the type of the block around.
        if (self !== '' && /^(?:type_)?identifier$/.test(nodes.typeOf(node)) && nodes.textOf(node) === 'Self')
          return { kind: 'name', id: self };
        return expressions.read(node, hint);
      },
    };
  });

  if (tree.count > 0) reader.children(0, reader.output, undefined);
  const { nodes, output } = reader;
  for (const type of types.values())
    output.push({
      kind: 'class',
      class: classWith({
        name: type.name,
        line: nodes.lineOf(type.node),
        endLine: nodes.endLineOf(type.node),
        at: nodes.startOf(type.node),
        bases: type.bases,
        decorators: type.known ? type.decorators : [...type.decorators, { kind: 'name', id: 'partial@' }],
        documentation: '',
        body: type.body,
        fields: [],
        makers: [],
      }),
      ...reader.common(type.node),
    });
  const bound = new Set(output.flatMap((one) => (one.kind === 'import' ? one.names.map((name) => name.binds) : [])));
  const outside: readonly ImportedName[] = [...crates]
    .filter((name) => !bound.has(name) && !types.has(name))
    .map((name) => ({ binds: name, level: 0, module: name, name: null }));
  const imports: readonly Statement[] =
    outside.length === 0 ? [] : [{ kind: 'import', names: outside, line: 1, at: 0 }];
  reader.free.delete('Self');
  return {
    body: [
      ...wholePackages(stars),
      ...imports,
      ...freeNames(reader.free, output, visibleModule(['', ...stars])),
      ...output,
    ],
    tooDeep: reader.tooDeep(),
  };
}
