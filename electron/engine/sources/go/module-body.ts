import type { Grammar, SyntaxTree } from '../ecmascript/parser.ts';
import type { Expression, Parameter } from '../python/expressions.ts';
import type { ClassSummary, FunctionSummary, ImportedName, Statement } from '../python/summary.ts';
import { freeNames, packageName, visibleModule } from '../typed-languages/names.ts';
import { noteStatement } from '../typed-languages/summary.ts';
import { classWith, treeReader } from '../typed-languages/tree-reader.ts';
import { expressionForms } from './expressions.ts';

type Method = { readonly function: FunctionSummary; readonly node: number };

/**
 * Statements of a Go file: a struct is a class, its methods are those whose receiver it is, and what a function returns is
 * its first value (the rest are errors and flags).
 */
export function moduleBody(
  tree: SyntaxTree,
  grammar: Grammar,
  place: string,
): { readonly body: readonly Statement[]; readonly tooDeep: readonly number[] } {
  const methods = new Map<string, Method[]>();
  const types = new Map<string, { node: number; name: string; fields: Statement[]; bases: Expression[] }>();
  const reader = treeReader(tree, grammar, (own) => {
    const expressions = expressionForms(own, { parameters, fillBody });
    const { nodes } = own;

    function statement(node: number, into: Statement[], when: string | undefined): void {
      switch (nodes.typeOf(node)) {
        case 'package_clause':
          return;
        case 'import_declaration': {
          const names = importsIn(node);
          if (names.length > 0) into.push({ kind: 'import', names, ...own.common(node, when) });
          return;
        }
        case 'const_declaration':
        case 'var_declaration':
        case 'var_spec_list':
          return own.children(node, into, when);
        case 'const_spec':
        case 'var_spec':
          return specification(node, into, when);
        case 'short_var_declaration':
        case 'assignment_statement':
          return assignment(node, into, when);
        case 'type_declaration':
          for (const child of nodes.children(node)) typeSpecification(child);
          return;
        case 'function_declaration': {
          const name = nodes.textOf(nodes.child(node, 'name'));
          const made = functionOf(node, name, []);
          into.push({ kind: 'function', function: made, ...own.common(node, when) });
          return;
        }
        case 'method_declaration':
          return methodDeclaration(node);
        case 'expression_statement':
        case 'go_statement':
        case 'defer_statement':
        case 'send_statement':
          for (const child of nodes.children(node)) own.effect(own.read(child), child, into, when);
          return;
        case 'return_statement': {
          const values =
            nodes.typeOf(nodes.first(node)) === 'expression_list'
              ? nodes.children(nodes.first(node))
              : nodes.children(node);
          const [first = -1, ...rest] = values;
          for (const one of rest) own.effect(own.read(one), one, into, when);
          if (first >= 0) into.push({ kind: 'return', value: own.read(first), ...own.common(node, when) });
          return;
        }
        case 'if_statement': {
          own.branch(nodes.child(node, 'initializer'), into, when);
          const test = nodes.child(node, 'condition');
          const inner = own.condition(test);
          own.effect(own.read(test), test, into, when);
          own.branch(nodes.child(node, 'consequence'), into, inner);
          own.branch(nodes.child(node, 'alternative'), into, `not (${inner})`);
          return;
        }
        case 'for_statement': {
          const [head = -1] = nodes.children(node);
          const body = nodes.child(node, 'body');
          const kind = nodes.typeOf(head);
          if (kind === 'range_clause') {
            range(head, into, when);
            return own.branch(body, into, when);
          }
          if (kind === 'for_clause')
            for (const field of ['initializer', 'condition', 'update'])
              own.branch(nodes.child(head, field), into, when);
          else if (head >= 0 && head !== body) own.effect(own.read(head), head, into, when);
          return own.branch(body, into, head === body || head < 0 ? 'while true' : `while ${own.condition(head)}`);
        }
        case 'expression_switch_statement':
        case 'type_switch_statement':
        case 'select_statement': {
          own.branch(nodes.child(node, 'initializer'), into, when);
          const value = nodes.child(node, 'value');
          if (value >= 0) own.effect(own.read(value), value, into, when);
          const alias = nodes.child(node, 'alias');
          if (alias >= 0 && value >= 0) {
            const name = nodes.textOf(alias);
            own.declare(name);
            own.assign({ kind: 'name', id: name }, own.read(value), alias, into, when);
          }
          for (const part of nodes.children(node)) if (/_case$/.test(nodes.typeOf(part))) switchCase(part, into, when);
          return;
        }
        case 'receive_statement':
          return own.effect(own.read(nodes.child(node, 'right')), node, into, when);
        case 'inc_statement':
        case 'dec_statement':
        case 'identifier':
          return;
        case 'block':
        case 'statement_list':
        case 'labeled_statement':
        case 'ERROR':
          return own.children(node, into, when);
        default:
          return own.effect(own.read(node), node, into, when);
      }
    }

    function switchCase(node: number, into: Statement[], when: string | undefined): void {
      const tested = nodes.child(node, 'value');
      for (const one of nodes.typeOf(tested) === 'expression_list' ? nodes.children(tested) : [])
        into.push({
          kind: 'expression',
          value: { kind: 'other', parts: [own.read(one)], line: nodes.lineOf(one), compares: true },
          ...own.common(one, when),
        });
      const label = tested < 0 ? 'default' : `case ${nodes.sourceText(tested, 60)}`;
      own.branch(nodes.child(node, 'communication'), into, label);
      for (const child of nodes.children(node))
        if (nodes.typeOf(child) === 'statement_list') own.branch(child, into, label);
    }

    function importsIn(node: number): readonly ImportedName[] {
      const found: ImportedName[] = [];
      const visit = (at: number): void => {
        if (nodes.typeOf(at) !== 'import_spec') {
          for (const child of nodes.children(at)) visit(child);
          return;
        }
        const path = nodes.textOf(nodes.child(at, 'path')).slice(1, -1);
        const name = nodes.textOf(nodes.child(at, 'name'));
        if (path === '' || path.length > 300 || name === '_') return;
        // Dots are kept for members: `github_com/openai/openai-go.NewClient`.
        const module = path.replaceAll('.', '_');
        for (const binds of name !== '' && name !== '.' ? [name] : packageNames(path))
          found.push({ binds, level: 0, module, name: null });
      };
      visit(node);
      return found;
    }

    function specification(node: number, into: Statement[], when: string | undefined): void {
      const names = nodes.children(node).filter((one) => nodes.typeOf(one) === 'identifier');
      const list = nodes.child(node, 'value');
      const values = list < 0 ? [] : nodes.children(list);
      const type = expressions.type(nodes.child(node, 'type'));
      names.forEach((one, index) => {
        const name = nodes.textOf(one);
        const value = values[index] ?? (index === 0 ? values[0] : undefined);
        own.declare(name);
        if (value !== undefined) own.assign({ kind: 'name', id: name }, own.read(value, name), one, into, when);
        else if (type !== null) own.assign({ kind: 'name', id: name }, own.declared(type, one), one, into, when);
      });
    }

    function assignment(node: number, into: Statement[], when: string | undefined): void {
      const left = nodes.children(nodes.child(node, 'left'));
      const right = nodes.children(nodes.child(node, 'right'));
      const operator = nodes
        .between(nodes.endOf(nodes.child(node, 'left')), nodes.startOf(nodes.child(node, 'right')))
        .trim();
      const short = nodes.typeOf(node) === 'short_var_declaration';
      // Of several values of one call the first is what the call is for.
      const single = right.length === 1 && left.length > 1;
      left.forEach((one, index) => {
        const name = nodes.textOf(one);
        const value = single && index > 0 ? undefined : right[index];
        const target = short ? ({ kind: 'name', id: name } as const) : own.read(one);
        const read = value === undefined ? null : own.read(value, nodes.typeOf(one) === 'identifier' ? name : '');
        if (short) own.declare(name);
        if (read === null) return;
        if (name === '_' || target.kind === 'call' || target.kind === 'other') own.effect(read, node, into, when);
        else own.assign(target, appended(target, read), node, into, when, operator === '+=');
      });
    }

    /** `tools = append(tools, a, b)` is the list and what is added. */
    function appended(target: Expression, value: Expression): Expression {
      if (value.kind !== 'call' || value.callee.kind !== 'name' || value.callee.id !== 'append') return value;
      const [first, ...rest] = value.args;
      if (first === undefined || target.kind === 'other') return value;
      const list: Expression = { kind: 'list', form: 'list', items: rest, line: value.line };
      return { kind: 'join', operator: '+', parts: [first, list], line: value.line };
    }

    function range(node: number, into: Statement[], when: string | undefined): void {
      const names = nodes.children(nodes.child(node, 'left')).map((one) => nodes.textOf(one));
      const right = nodes.child(node, 'right');
      const line = nodes.lineOf(right);
      const over = own.read(right);
      for (const name of names) own.declare(name);
      const last = names.at(-1);
      const element: Expression = { kind: 'subscript', of: over, index: { kind: 'other', parts: [], line }, line };
      if (last !== undefined && names.length === 2 && last !== '_')
        own.assign({ kind: 'name', id: last }, element, node, into, when);
      else own.effect(element, node, into, when);
    }

    function typeSpecification(node: number): void {
      const name = nodes.textOf(nodes.child(node, 'name'));
      const body = nodes.child(node, 'type');
      if (name === '') return;
      const fields: Statement[] = [];
      const bases: Expression[] = [];
      if (nodes.typeOf(body) === 'struct_type')
        for (const field of nodes.children(nodes.first(body))) {
          const of = expressions.type(nodes.child(field, 'type'));
          const names = nodes.children(field).filter((one) => nodes.typeOf(one) === 'field_identifier');
          if (of === null) continue;
          if (names.length === 0) bases.push(of);
          for (const one of names)
            own.assign({ kind: 'name', id: nodes.textOf(one) }, own.declared(of, one), one, fields);
        }
      types.set(name, { node, name, fields, bases });
    }

    function methodDeclaration(node: number): void {
      const receiver = nodes.first(nodes.child(node, 'receiver'));
      const of = expressions.type(nodes.child(receiver, 'type'));
      const owner = of?.kind === 'name' ? of.id : '';
      const name = nodes.textOf(nodes.child(node, 'name'));
      const self = nodes.textOf(nodes.child(receiver, 'name'));
      const made = functionOf(node, name, [{ name: self === '' ? 'this' : self }]);
      const list = methods.get(owner) ?? [];
      list.push({ function: made, node });
      methods.set(owner, list);
    }

    function parameters(list: number): readonly Parameter[] {
      const found: Parameter[] = [];
      for (const child of nodes.children(list)) {
        const of = expressions.type(nodes.child(child, 'type'));
        const names = nodes.children(child).filter((one) => nodes.typeOf(one) === 'identifier');
        const rest = nodes.typeOf(child) === 'variadic_parameter_declaration';
        for (const one of names)
          found.push({
            name: nodes.textOf(one),
            ...(of === null || rest ? {} : { fallback: own.declared(of, one) }),
            ...(rest ? { rest: 'list' as const } : {}),
          });
        if (names.length === 0) found.push({ name: `unnamed@${nodes.startOf(child)}` });
      }
      return found;
    }

    function functionOf(node: number, name: string, self: readonly Parameter[]): FunctionSummary {
      return own.makeFunction({
        node,
        name,
        parameters: [...self, ...parameters(nodes.child(node, 'parameters'))],
        fill: (into) => fillBody(nodes.child(node, 'body'), into),
      });
    }

    function fillBody(body: number, into: Statement[]): void {
      if (body >= 0) own.branch(body, into, undefined);
    }

    return { statement, expression: expressions.read };
  });

  if (tree.count > 0) reader.children(0, reader.output, undefined);
  const { nodes, output } = reader;
  const classes: { summary: ClassSummary; node: number }[] = [];
  for (const name of new Set([...types.keys(), ...methods.keys()])) {
    const type = types.get(name);
    const own = methods.get(name) ?? [];
    const at = type?.node ?? own[0]?.node ?? 0;
    if (type === undefined && name === '') continue;
    classes.push({
      node: at,
      summary: classWith({
        name,
        line: nodes.lineOf(at),
        endLine: nodes.endLineOf(at),
        at: nodes.startOf(at),
        bases: type?.bases ?? [],
        decorators: type === undefined ? [{ kind: 'name', id: 'partial@' }] : [],
        documentation: '',
        body: [
          ...(type?.fields ?? []),
          ...own.map((one): Statement => ({ kind: 'function', function: one.function, ...reader.common(one.node) })),
        ],
        fields: [],
        makers: [],
      }),
    });
  }
  for (const { summary, node } of classes) output.push({ kind: 'class', class: summary, ...reader.common(node) });
  const folder = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  const note = noteStatement(packageName, { kind: 'text', value: folder, line: 1 });
  return {
    body: [note, ...freeNames(reader.free, output, visibleModule([folder])), ...output],
    tooDeep: reader.tooDeep(),
  };
}

/** Names that a package may go by: the last step of its path without versions and the words around Go. */
export function packageNames(path: string): readonly string[] {
  const steps = path.split('/').filter((step) => !/^v\d+$/.test(step));
  const last = (steps.at(-1) ?? '').replace(/\.v\d+$/, '');
  const plain = last.replace(/^go-|-(?:sdk-)?go$|-go-sdk$|^go\./g, '').replace(/^(?:go-)?/, '');
  const names = [last, plain, plain.split('-').at(-1) ?? '', last.replaceAll('-', '_'), plain.replaceAll('-', '')];
  return [...new Set(names)].filter((name) => /^[A-Za-z_]\w*$/.test(name));
}
