import type { Grammar, SyntaxTree } from '../ecmascript/parser.ts';
import type { Expression, Parameter } from '../python/expressions.ts';
import type { FunctionSummary, Statement } from '../python/summary.ts';
import { interfaceMark } from '../typed-languages/dialect.ts';
import { freeNames, globalsName, packageName, visibleModule, wholePackages } from '../typed-languages/names.ts';
import { noteStatement } from '../typed-languages/summary.ts';
import { classWith, type OpenClass, treeReader } from '../typed-languages/tree-reader.ts';
import { expressionForms } from './expressions.ts';

/** Statements of a C# file; top-level statements are the module's own, classes inside classes stand beside them. */
export function moduleBody(
  tree: SyntaxTree,
  grammar: Grammar,
): { readonly body: readonly Statement[]; readonly tooDeep: readonly number[] } {
  const usings: string[] = [];
  const globals: string[] = [];
  let space = '';
  const reader = treeReader(tree, grammar, (own) => {
    const expressions = expressionForms(own, { parameters, fillLambda });
    const { nodes } = own;

    function statement(node: number, into: Statement[], when: string | undefined): void {
      switch (nodes.typeOf(node)) {
        case 'using_directive':
          return using(node, into);
        case 'file_scoped_namespace_declaration':
          space = nodes.textOf(nodes.child(node, 'name'));
          return;
        case 'namespace_declaration':
          space = nodes.textOf(nodes.child(node, 'name'));
          return own.children(nodes.child(node, 'body'), into, when);
        case 'class_declaration':
        case 'record_declaration':
        case 'struct_declaration':
        case 'interface_declaration':
          return typeDeclaration(node, into, when);
        case 'enum_declaration':
          return enumDeclaration(node, into, when);
        case 'local_declaration_statement':
        case 'using_statement':
        case 'fixed_statement': {
          for (const child of nodes.children(node))
            if (nodes.typeOf(child) === 'variable_declaration') variables(child, into, when);
            else if (nodes.typeOf(child) !== 'modifier') own.branch(child, into, when);
          return;
        }
        case 'variable_declaration':
          return variables(node, into, when);
        case 'local_function_statement': {
          const name = nodes.textOf(nodes.child(node, 'name'));
          own.declare(name);
          into.push({ kind: 'function', function: method(node, name, false, []), ...own.common(node, when) });
          return;
        }
        case 'expression_statement':
        case 'global_statement':
          for (const child of nodes.children(node)) expression(child, into, when);
          return;
        case 'arrow_expression_clause':
          into.push({ kind: 'return', value: own.read(nodes.first(node)), ...own.common(node, when) });
          return;
        case 'return_statement':
        case 'yield_statement': {
          const value = nodes.first(node);
          if (value >= 0) into.push({ kind: 'return', value: own.read(value), ...own.common(node, when) });
          return;
        }
        case 'if_statement': {
          const test = nodes.child(node, 'condition');
          const inner = own.condition(test);
          own.effect(own.read(test), test, into, when);
          own.branch(nodes.child(node, 'consequence'), into, inner);
          own.branch(nodes.child(node, 'alternative'), into, `not (${inner})`);
          return;
        }
        case 'foreach_statement': {
          const left = nodes.child(node, 'left');
          const right = nodes.child(node, 'right');
          const line = nodes.lineOf(right);
          const element: Expression = {
            kind: 'subscript',
            of: own.read(right),
            index: { kind: 'other', parts: [], line },
            line,
          };
          if (nodes.typeOf(left) === 'identifier') {
            own.declare(nodes.textOf(left));
            own.assign({ kind: 'name', id: nodes.textOf(left) }, element, node, into, when);
          } else own.effect(element, node, into, when);
          return own.branch(nodes.child(node, 'body'), into, when);
        }
        case 'for_statement':
          for (const field of ['initializer', 'condition', 'update']) own.branch(nodes.child(node, field), into, when);
          return own.branch(nodes.child(node, 'body'), into, 'while for');
        case 'while_statement':
        case 'do_statement': {
          const test = nodes.child(node, 'condition');
          own.effect(own.read(test), test, into, when);
          return own.branch(nodes.child(node, 'body'), into, `while ${own.condition(test)}`);
        }
        case 'try_statement':
          own.branch(nodes.child(node, 'body'), into, when);
          for (const child of nodes.children(node))
            if (nodes.typeOf(child) === 'catch_clause') own.branch(nodes.child(child, 'body'), into, 'catch');
            else if (nodes.typeOf(child) === 'finally_clause') own.children(child, into, when);
          return;
        case 'switch_statement': {
          const value = nodes.child(node, 'value');
          own.effect(own.read(value), value, into, when);
          for (const section of nodes.children(nodes.child(node, 'body'))) {
            const [label = -1] = nodes.children(section);
            const tested = nodes.typeOf(label) === 'constant_pattern' ? nodes.first(label) : -1;
            if (tested >= 0) compare(own.read(tested), section, into, when);
            const text = tested < 0 ? 'default' : `case ${nodes.sourceText(tested, 60)}`;
            for (const inner of nodes.children(section))
              if (!/pattern|when_clause/.test(nodes.typeOf(inner))) own.branch(inner, into, text);
          }
          return;
        }
        case 'block':
        case 'declaration_list':
        case 'lock_statement':
        case 'checked_statement':
        case 'labeled_statement':
        case 'unsafe_statement':
        case 'ERROR':
          return own.children(node, into, when);
        case 'extern_alias_directive':
        case 'attribute_list':
        case 'modifier':
        case 'identifier':
          return;
        default:
          if (/^preproc_/.test(nodes.typeOf(node))) return own.children(node, into, when);
          if (/(?:_expression|_literal|element_access)$/.test(nodes.typeOf(node))) return expression(node, into, when);
          if (/statement$|clause$/.test(nodes.typeOf(node))) return own.children(node, into, when);
          return own.effect(own.read(node), node, into, when);
      }
    }

    const compare = (value: Expression, node: number, into: Statement[], when: string | undefined): void => {
      into.push({
        kind: 'expression',
        value: { kind: 'other', parts: [value], line: nodes.lineOf(node), compares: true },
        ...own.common(node, when),
      });
    };

    function using(node: number, into: Statement[]): void {
      const source = nodes.textOf(node);
      const alias = nodes.child(node, 'name');
      const path = nodes.textOf(
        nodes.children(node).find((child) => child !== alias && nodes.typeOf(child) !== 'modifier') ?? -1,
      );
      if (path === '' || !/^[\w.]+$/.test(path)) return;
      const dot = path.lastIndexOf('.');
      if (alias >= 0) {
        into.push({
          kind: 'import',
          names: [
            {
              binds: nodes.textOf(alias),
              level: 0,
              module: path.slice(0, Math.max(0, dot)),
              name: path.slice(dot + 1),
            },
          ],
          ...own.common(node),
        });
      } else if (!/^\s*(?:global\s+)?using\s+static\b/.test(source)) {
        usings.push(path);
        if (/^\s*global\b/.test(source)) globals.push(path);
      }
    }

    /** Assignments and everything that is called; a call of `Add` on a property is kept as an addition to it. */
    function expression(node: number, into: Statement[], when: string | undefined): void {
      const inner = nodes.typeOf(node) === 'expression_statement' ? nodes.first(node) : node;
      if (nodes.typeOf(inner) !== 'assignment_expression') {
        const value = own.read(inner);
        // Collections of C# are added to by `Add` and `AddRange`.
        if (value.kind === 'call' && value.callee.kind === 'attribute' && /^Add(?:Range)?$/.test(value.callee.name)) {
          const [only] = value.args;
          if (value.args.length === 1 && only !== undefined) {
            const list: Expression =
              value.callee.name === 'AddRange' ? only : { kind: 'list', form: 'list', items: [only], line: value.line };
            own.assign(value.callee.of, list, inner, into, when, true);
          }
        }
        return own.effect(value, inner, into, when);
      }
      const left = nodes.child(inner, 'left');
      const right = nodes.child(inner, 'right');
      const target = own.read(left);
      const name = target.kind === 'name' ? target.id : target.kind === 'attribute' ? target.name : '';
      const operator = nodes.between(nodes.endOf(left), nodes.startOf(right)).trim();
      const unset = operator === '??=';
      own.assign(target, own.read(right, name), inner, into, unset ? `${name} is not set` : when, operator === '+=');
    }

    function variables(node: number, into: Statement[], when: string | undefined): void {
      const type = nodes.child(node, 'type');
      for (const child of nodes.children(node)) {
        if (nodes.typeOf(child) !== 'variable_declarator') continue;
        const target = nodes.child(child, 'name');
        const [, value = -1] =
          nodes.typeOf(nodes.first(child)) === 'identifier'
            ? nodes.children(child)
            : [-1, nodes.children(child).at(-1) ?? -1];
        if (target < 0) {
          const pattern = nodes.children(child).find((one) => nodes.typeOf(one) === 'tuple_pattern') ?? -1;
          const names = nodes.children(pattern).map((one) => nodes.textOf(one));
          const read = own.read(value);
          for (const name of names) own.declare(name);
          own.assign(
            {
              kind: 'list',
              form: 'tuple',
              items: names.map((id) => ({ kind: 'name', id })),
              line: nodes.lineOf(child),
            },
            read,
            child,
            into,
            when,
          );
          continue;
        }
        const name = nodes.textOf(target);
        const read = value < 0 ? own.declared(expressions.type(type), child) : expressions.typed(value, type, name);
        own.declare(name);
        own.assign({ kind: 'name', id: name }, read, child, into, when);
      }
    }

    function parameters(list: number): readonly Parameter[] {
      const found: Parameter[] = [];
      for (const child of nodes.children(list)) {
        if (nodes.typeOf(child) === 'identifier') found.push({ name: nodes.textOf(child) });
        if (nodes.typeOf(child) !== 'parameter') continue;
        const name = nodes.child(child, 'name');
        const type = nodes.child(child, 'type');
        if (name < 0) continue;
        const given = nodes.children(child).find((one) => nodes.startOf(one) > nodes.startOf(name));
        const of = expressions.type(type);
        const fallback = given !== undefined ? own.read(given) : of === null ? undefined : own.declared(of, child);
        found.push({
          name: nodes.textOf(name),
          ...(fallback === undefined ? {} : { fallback }),
          ...(/\bparams\b/.test(nodes.between(nodes.startOf(child), nodes.startOf(name)))
            ? { rest: 'list' as const }
            : {}),
        });
      }
      return found;
    }

    function fillLambda(body: number, into: Statement[]): void {
      if (body < 0) return;
      if (nodes.typeOf(body) === 'block' || nodes.typeOf(body) === 'arrow_expression_clause')
        own.branch(body, into, undefined);
      else into.push({ kind: 'return', value: own.read(body), ...own.common(body) });
    }

    function method(node: number, name: string, self: boolean, decorators: readonly Expression[]): FunctionSummary {
      const list = nodes.child(node, 'parameters');
      return own.makeFunction({
        node,
        name,
        parameters: [...(self ? [{ name: 'this' }] : []), ...parameters(list)],
        decorators,
        documentation: descriptionOf(decorators),
        fill(into) {
          const maker = nodes.children(node).find((one) => nodes.typeOf(one) === 'constructor_initializer');
          if (maker !== undefined) base(maker, into);
          fillLambda(nodes.child(node, 'body'), into);
        },
      });
    }

    /** `: base(...)` hands arguments to the class above. */
    function base(node: number, into: Statement[]): void {
      const list = nodes.typeOf(node) === 'argument_list' ? node : nodes.first(node);
      const { args, keywords } = expressions.argumentsOf(list);
      const callee: Expression = {
        kind: 'attribute',
        of: { kind: 'name', id: 'super' },
        name: '__init__',
        line: nodes.lineOf(node),
      };
      own.effect(own.call(node, callee, args, keywords), node, into, undefined);
    }

    function typeDeclaration(node: number, into: Statement[], when: string | undefined): void {
      const name = nodes.textOf(nodes.child(node, 'name'));
      const outer = own.around?.name;
      const members = new Map<string, 'static' | 'instance'>();
      const list = nodes.children(node).find((child) => nodes.typeOf(child) === 'parameter_list');
      const primary = list === undefined ? [] : parameters(list);
      for (const one of primary) members.set(one.name, 'instance');
      const body = nodes.child(node, 'body');
      const inside = membersIn(body);
      for (const member of inside) {
        const still = /\b(?:static|const)\b/.test(modifiersOf(member)) ? 'static' : 'instance';
        for (const one of namesOf(member)) members.set(one, still);
      }
      const open: OpenClass = { name, members };
      const decorators: Expression[] = [...expressions.attributes(node)];
      if (nodes.typeOf(node) === 'interface_declaration') decorators.push({ kind: 'name', id: interfaceMark });
      const bases: Expression[] = [];
      let given = -1;
      for (const child of nodes.children(nodes.children(node).find((one) => nodes.typeOf(one) === 'base_list') ?? -1)) {
        const inner = nodes.typeOf(child) === 'primary_constructor_base_type' ? nodes.first(child) : child;
        if (nodes.typeOf(inner) === 'argument_list') given = inner;
        else {
          const type = expressions.type(inner);
          if (type !== null) bases.push(type);
          const last = nodes.children(child).at(-1) ?? -1;
          if (inner !== child && nodes.typeOf(last) === 'argument_list') given = last;
        }
      }
      const statements: Statement[] = [];
      const fields: Statement[] = [];
      const makers: { function: FunctionSummary; at: number }[] = [];
      own.inClass(open, () => {
        if (primary.length > 0 || given >= 0) {
          const made = own.makeFunction({
            node,
            name: '__init__',
            parameters: [{ name: 'this' }, ...primary],
            fill(body) {
              if (given >= 0) base(given, body);
              for (const one of primary)
                own.assign(
                  { kind: 'attribute', of: { kind: 'name', id: 'this' }, name: one.name, line: nodes.lineOf(node) },
                  { kind: 'name', id: one.name },
                  node,
                  body,
                );
            },
          });
          makers.push({ function: { ...made, endLine: made.line }, at: nodes.startOf(node) });
        }
        for (const member of inside) classMember(member, statements, fields, makers, into, when);
      });
      into.push({
        kind: 'class',
        class: classWith({
          name,
          line: nodes.lineOf(node),
          endLine: nodes.endLineOf(node),
          at: nodes.startOf(node),
          bases,
          decorators,
          documentation: descriptionOf(decorators),
          body: statements,
          fields,
          makers,
        }),
        ...own.common(node, outer === undefined ? when : undefined),
      });
    }

    const membersIn = (body: number): readonly number[] =>
      nodes
        .children(body)
        .flatMap((child) => (/^preproc_|^ERROR$/.test(nodes.typeOf(child)) ? membersIn(child) : [child]));

    const modifiersOf = (node: number): string =>
      nodes
        .children(node)
        .filter((child) => nodes.typeOf(child) === 'modifier')
        .map((child) => nodes.textOf(child))
        .join(' ');

    function namesOf(member: number): readonly string[] {
      if (nodes.typeOf(member) === 'field_declaration' || nodes.typeOf(member) === 'event_field_declaration')
        return nodes
          .children(nodes.children(member).find((one) => nodes.typeOf(one) === 'variable_declaration') ?? -1)
          .filter((one) => nodes.typeOf(one) === 'variable_declarator')
          .map((one) => nodes.textOf(nodes.child(one, 'name')));
      if (/^(?:method|property)_declaration$/.test(nodes.typeOf(member)))
        return [nodes.textOf(nodes.child(member, 'name'))];
      return [];
    }

    function classMember(
      member: number,
      statements: Statement[],
      fields: Statement[],
      makers: { function: FunctionSummary; at: number }[],
      outside: Statement[],
      when: string | undefined,
    ): void {
      const still = /\b(?:static|const)\b/.test(modifiersOf(member));
      const marks: Expression[] = [...expressions.attributes(member)];
      if (still) marks.push({ kind: 'name', id: 'staticmethod' });
      switch (nodes.typeOf(member)) {
        case 'method_declaration': {
          const name = nodes.textOf(nodes.child(member, 'name'));
          statements.push({ kind: 'function', function: method(member, name, !still, marks), ...own.common(member) });
          return;
        }
        case 'constructor_declaration':
          if (!still) makers.push({ function: method(member, '__init__', true, marks), at: nodes.startOf(member) });
          return;
        case 'property_declaration':
          return property(member, still, marks, statements, fields);
        case 'field_declaration': {
          const declaration = nodes.children(member).find((one) => nodes.typeOf(one) === 'variable_declaration') ?? -1;
          const type = nodes.child(declaration, 'type');
          for (const one of nodes.children(declaration)) {
            if (nodes.typeOf(one) !== 'variable_declarator') continue;
            const name = nodes.textOf(nodes.child(one, 'name'));
            field(name, nodes.children(one)[1] ?? -1, type, one, still, statements, fields);
          }
          return;
        }
        case 'class_declaration':
        case 'record_declaration':
        case 'struct_declaration':
        case 'interface_declaration': {
          const name = nodes.textOf(nodes.child(member, 'name'));
          own.branch(member, outside, when);
          own.assign({ kind: 'name', id: name }, { kind: 'name', id: name }, member, statements);
          return;
        }
        case 'enum_declaration':
          return enumDeclaration(member, statements, undefined);
        default:
          return;
      }
    }

    function property(
      member: number,
      still: boolean,
      marks: readonly Expression[],
      statements: Statement[],
      fields: Statement[],
    ): void {
      const name = nodes.textOf(nodes.child(member, 'name'));
      const value = nodes.child(member, 'value');
      const getter = nodes
        .children(nodes.child(member, 'accessors'))
        .find((one) => nodes.child(one, 'body') >= 0 && /^\s*(?:\[[^\]]*\]\s*)?get\b/.test(nodes.textOf(one)));
      const body =
        value >= 0 && nodes.typeOf(value) === 'arrow_expression_clause'
          ? value
          : getter === undefined
            ? -1
            : nodes.child(getter, 'body');
      if (body < 0) return field(name, value, nodes.child(member, 'type'), member, still, statements, fields);
      const made = own.makeFunction({
        node: member,
        name,
        parameters: still ? [] : [{ name: 'this' }],
        decorators: [...marks, { kind: 'name', id: 'property' }],
        fill: (into) => fillLambda(body, into),
      });
      statements.push({ kind: 'function', function: made, ...own.common(member) });
    }

    function field(
      name: string,
      value: number,
      type: number,
      node: number,
      still: boolean,
      statements: Statement[],
      fields: Statement[],
    ): void {
      const plain = value >= 0 && /literal$/.test(nodes.typeOf(value));
      if (value < 0) {
        const of = expressions.type(type);
        if (of !== null) own.assign({ kind: 'name', id: name }, own.declared(of, node), node, statements);
        return;
      }
      const inClass = still || plain;
      // As the body of a function: what the value holds of functions stands beside it.
      const read = own.makeFunction({
        node,
        name,
        parameters: [],
        fill(into) {
          const target: Expression = inClass
            ? { kind: 'name', id: name }
            : { kind: 'attribute', of: { kind: 'name', id: 'this' }, name, line: nodes.lineOf(node) };
          own.assign(target, expressions.typed(value, type, name), node, into);
        },
      });
      (inClass ? statements : fields).push(...read.body);
    }

    function enumDeclaration(node: number, into: Statement[], when: string | undefined): void {
      const name = nodes.textOf(nodes.child(node, 'name'));
      const body: Statement[] = [];
      for (const one of nodes.children(nodes.child(node, 'body'))) {
        const member = nodes.textOf(nodes.child(one, 'name'));
        if (member !== '') own.assign({ kind: 'name', id: member }, own.text(member, one), one, body);
      }
      const { line, at } = own.common(node);
      const made = { name, line, endLine: nodes.endLineOf(node), at, bases: [], decorators: [], documentation: '' };
      into.push({
        kind: 'class',
        class: classWith({ ...made, body, fields: [], makers: [] }),
        ...own.common(node, when),
      });
    }

    return { statement, expression: expressions.read };
  });

  if (tree.count > 0) reader.children(0, reader.output, undefined);
  const above = space.split('.').map((_step, index, steps) => steps.slice(0, steps.length - index).join('.'));
  const visible = visibleModule([...(space === '' ? [''] : above), ...usings]);
  const notes: Statement[] = [noteStatement(packageName, { kind: 'text', value: space, line: 1 })];
  if (globals.length > 0) notes.push(noteStatement(globalsName, { kind: 'text', value: globals.join(';'), line: 1 }));
  return {
    body: [...notes, ...wholePackages(usings), ...freeNames(reader.free, reader.output, visible), ...reader.output],
    tooDeep: reader.tooDeep(),
  };
}

/** Text of `[Description("...")]`. */
export function descriptionOf(decorators: readonly Expression[]): string {
  for (const one of decorators) {
    if (one.kind !== 'call') continue;
    const name = one.callee.kind === 'name' ? one.callee.id : one.callee.kind === 'attribute' ? one.callee.name : '';
    const [first] = one.args;
    if (/^Description(?:Attribute)?$/.test(name) && first?.kind === 'text') return first.value;
  }
  return '';
}
