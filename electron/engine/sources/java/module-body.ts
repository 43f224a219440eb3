import type { Grammar, SyntaxTree } from '../ecmascript/parser.ts';
import type { Expression, Parameter } from '../python/expressions.ts';
import type { FunctionSummary, ImportedName, Statement } from '../python/summary.ts';
import { interfaceMark } from '../typed-languages/dialect.ts';
import { freeNames, packageName, visibleModule, wholePackages } from '../typed-languages/names.ts';
import { noteStatement } from '../typed-languages/summary.ts';
import { classWith, type OpenClass, treeReader } from '../typed-languages/tree-reader.ts';
import { expressionForms } from './expressions.ts';

const typeDeclarations = /^(?:class|interface|record|enum)_declaration$/;

/** Statements of a Java file; classes inside classes stand beside them. */
export function moduleBody(
  tree: SyntaxTree,
  grammar: Grammar,
): { readonly body: readonly Statement[]; readonly tooDeep: readonly number[] } {
  const stars: string[] = [];
  let space = '';
  const reader = treeReader(tree, grammar, (own) => {
    const expressions = expressionForms(own, { parameters, fillBody, anonymous });
    const { nodes } = own;

    function statement(node: number, into: Statement[], when: string | undefined): void {
      const kind = nodes.typeOf(node);
      if (typeDeclarations.test(kind))
        return typeDeclaration(node, nodes.textOf(nodes.child(node, 'name')), [], into, when);
      switch (kind) {
        case 'package_declaration':
          space = nodes.textOf(nodes.first(node));
          return;
        case 'import_declaration':
          return importDeclaration(node, into);
        case 'local_variable_declaration':
        case 'field_declaration':
          return variables(node, into, when);
        case 'resource':
          return variable(node, nodes.child(node, 'type'), into, when);
        case 'expression_statement':
          for (const child of nodes.children(node)) expression(child, into, when);
          return;
        case 'yield_statement':
        case 'return_statement': {
          const value = nodes.first(node);
          if (value >= 0) into.push({ kind: 'return', value: own.read(value), ...own.common(node, when) });
          return;
        }
        case 'explicit_constructor_invocation': {
          const list = nodes.child(node, 'arguments');
          const callee: Expression = {
            kind: 'attribute',
            of: { kind: 'name', id: 'super' },
            name: '__init__',
            line: nodes.lineOf(node),
          };
          const args = nodes.children(list).map((one) => own.read(one));
          return own.effect(own.call(node, callee, args, [], nodes.startOf(list)), node, into, when);
        }
        case 'if_statement': {
          const test = nodes.child(node, 'condition');
          const inner = own.condition(test);
          own.effect(own.read(test), test, into, when);
          own.branch(nodes.child(node, 'consequence'), into, inner);
          own.branch(nodes.child(node, 'alternative'), into, `not (${inner})`);
          return;
        }
        case 'enhanced_for_statement': {
          const right = nodes.child(node, 'value');
          const name = nodes.textOf(nodes.child(node, 'name'));
          const line = nodes.lineOf(right);
          const element: Expression = {
            kind: 'subscript',
            of: own.read(right),
            index: { kind: 'other', parts: [], line },
            line,
          };
          own.declare(name);
          own.assign({ kind: 'name', id: name }, element, node, into, when);
          return own.branch(nodes.child(node, 'body'), into, when);
        }
        case 'for_statement':
          for (const field of ['init', 'condition', 'update']) own.branch(nodes.child(node, field), into, when);
          return own.branch(nodes.child(node, 'body'), into, 'while for');
        case 'while_statement':
        case 'do_statement': {
          const test = nodes.child(node, 'condition');
          own.effect(own.read(test), test, into, when);
          return own.branch(nodes.child(node, 'body'), into, `while ${own.condition(test)}`);
        }
        case 'try_statement':
        case 'try_with_resources_statement':
          own.branch(nodes.child(node, 'resources'), into, when);
          own.branch(nodes.child(node, 'body'), into, when);
          for (const child of nodes.children(node))
            if (nodes.typeOf(child) === 'catch_clause') own.branch(nodes.child(child, 'body'), into, 'catch');
            else if (nodes.typeOf(child) === 'finally_clause') own.children(child, into, when);
          return;
        case 'switch_expression':
          return switchStatement(node, into, when);
        case 'block':
        case 'constructor_body':
        case 'resource_specification':
        case 'synchronized_statement':
        case 'labeled_statement':
        case 'ERROR':
          return own.children(node, into, when);
        case 'modifiers':
        case 'identifier':
          return;
        default:
          if (/_expression$|_invocation$/.test(kind)) return expression(node, into, when);
          return own.effect(own.read(node), node, into, when);
      }
    }

    function switchStatement(node: number, into: Statement[], when: string | undefined): void {
      const value = nodes.child(node, 'condition');
      own.effect(own.read(value), value, into, when);
      for (const group of nodes.children(nodes.child(node, 'body'))) {
        const labels = nodes.children(group).filter((one) => nodes.typeOf(one) === 'switch_label');
        for (const label of labels)
          for (const tested of nodes.children(label))
            into.push({
              kind: 'expression',
              value: { kind: 'other', parts: [own.read(tested)], line: nodes.lineOf(tested), compares: true },
              ...own.common(tested, when),
            });
        const text = labels.length === 0 ? 'default' : nodes.sourceText(labels[0] ?? -1, 60);
        for (const one of nodes.children(group)) if (!labels.includes(one)) own.branch(one, into, text);
      }
    }

    function importDeclaration(node: number, into: Statement[]): void {
      const path = nodes.textOf(nodes.first(node));
      if (!/^[\w.$]+$/.test(path)) return;
      if (nodes.children(node).some((one) => nodes.typeOf(one) === 'asterisk')) {
        stars.push(path);
        return;
      }
      const dot = path.lastIndexOf('.');
      const name: ImportedName = {
        binds: path.slice(dot + 1),
        level: 0,
        module: path.slice(0, Math.max(0, dot)),
        name: path.slice(dot + 1),
      };
      into.push({ kind: 'import', names: [name], ...own.common(node) });
    }

    function expression(node: number, into: Statement[], when: string | undefined): void {
      if (nodes.typeOf(node) !== 'assignment_expression') return own.effect(own.read(node), node, into, when);
      const left = nodes.child(node, 'left');
      const right = nodes.child(node, 'right');
      const target = own.read(left);
      const name = target.kind === 'name' ? target.id : target.kind === 'attribute' ? target.name : '';
      const added = nodes.between(nodes.endOf(left), nodes.startOf(right)).trim() === '+=';
      own.assign(target, own.read(right, name), node, into, when, added);
    }

    function variables(node: number, into: Statement[], when: string | undefined): void {
      for (const child of nodes.children(node))
        if (nodes.typeOf(child) === 'variable_declarator') variable(child, nodes.child(node, 'type'), into, when);
    }

    function variable(node: number, type: number, into: Statement[], when: string | undefined): void {
      const name = nodes.textOf(nodes.child(node, 'name'));
      const value = nodes.child(node, 'value');
      if (name === '') return own.effect(own.read(nodes.first(node)), node, into, when);
      const read = value < 0 ? own.declared(expressions.type(type), node) : own.read(value, name);
      own.declare(name);
      if (value >= 0 || expressions.type(type) !== null) own.assign({ kind: 'name', id: name }, read, node, into, when);
    }

    function parameters(list: number): readonly Parameter[] {
      const found: Parameter[] = [];
      for (const child of nodes.children(list)) {
        const kind = nodes.typeOf(child);
        if (kind === 'identifier') found.push({ name: nodes.textOf(child) });
        else if (kind === 'spread_parameter') {
          const declarator = nodes.children(child).find((one) => nodes.typeOf(one) === 'variable_declarator') ?? -1;
          found.push({ name: nodes.textOf(nodes.child(declarator, 'name')), rest: 'list' });
        } else if (kind === 'formal_parameter') {
          const of = expressions.type(nodes.child(child, 'type'));
          const configured = valueMark(expressions.annotations(child));
          const fallback = configured ?? (of === null ? undefined : own.declared(of, child));
          const name = nodes.textOf(nodes.child(child, 'name'));
          found.push({ name, ...(fallback === undefined ? {} : { fallback }) });
        }
      }
      return found;
    }

    function fillBody(body: number, into: Statement[]): void {
      if (body < 0) return;
      if (nodes.typeOf(body) === 'block' || nodes.typeOf(body) === 'constructor_body')
        own.branch(body, into, undefined);
      else into.push({ kind: 'return', value: own.read(body), ...own.common(body) });
    }

    function anonymous(node: number, body: number, base: Expression | null): Expression {
      const name = `anonymous@${nodes.startOf(node)}`;
      const into: Statement[] = [];
      typeDeclaration(node, name, base === null ? [] : [base], into, undefined, body);
      for (const one of into) own.before(one);
      return { kind: 'name', id: name };
    }

    function method(node: number, name: string, self: boolean, decorators: readonly Expression[]): FunctionSummary {
      return own.makeFunction({
        node,
        name,
        parameters: [...(self ? [{ name: 'this' }] : []), ...parameters(nodes.child(node, 'parameters'))],
        decorators,
        fill: (into) => fillBody(nodes.child(node, 'body'), into),
      });
    }

    const modifiersOf = (node: number): string =>
      nodes.textOf(nodes.children(node).find((one) => nodes.typeOf(one) === 'modifiers') ?? -1).replace(/"[^"]*"/g, '');

    function membersIn(body: number): readonly number[] {
      return nodes
        .children(body)
        .flatMap((child) =>
          /^(?:enum_body_declarations|ERROR)$/.test(nodes.typeOf(child)) ? membersIn(child) : [child],
        );
    }

    function typeDeclaration(
      node: number,
      name: string,
      above: readonly Expression[],
      into: Statement[],
      when: string | undefined,
      given = -1,
    ): void {
      const kind = nodes.typeOf(node);
      const inside = membersIn(given >= 0 ? given : nodes.child(node, 'body'));
      const members = new Map<string, 'static' | 'instance'>();
      const primary = kind === 'record_declaration' ? parameters(nodes.child(node, 'parameters')) : [];
      for (const one of primary) members.set(one.name, 'instance');
      for (const member of inside) {
        const still =
          /\bstatic\b/.test(modifiersOf(member)) || kind === 'interface_declaration' ? 'static' : 'instance';
        if (nodes.typeOf(member) === 'method_declaration')
          members.set(
            nodes.textOf(nodes.child(member, 'name')),
            /\bstatic\b/.test(modifiersOf(member)) ? 'static' : 'instance',
          );
        else if (/^(?:field|constant)_declaration$/.test(nodes.typeOf(member)))
          for (const one of nodes.children(member))
            if (nodes.typeOf(one) === 'variable_declarator') members.set(nodes.textOf(nodes.child(one, 'name')), still);
      }
      const decorators: Expression[] = given >= 0 ? [] : [...expressions.annotations(node)];
      if (kind === 'interface_declaration') decorators.push({ kind: 'name', id: interfaceMark });
      const bases: Expression[] = [...above];
      for (const child of given >= 0 ? [] : nodes.children(node))
        if (/^(?:superclass|super_interfaces|extends_interfaces)$/.test(nodes.typeOf(child)))
          for (const one of nodes.children(child))
            for (const base of nodes.typeOf(one) === 'type_list' ? nodes.children(one) : [one]) {
              const type = expressions.type(base);
              if (type !== null) bases.push(type);
            }
      const open: OpenClass = { name, members };
      const statements: Statement[] = [];
      const fields: Statement[] = [];
      const makers: { function: FunctionSummary; at: number }[] = [];
      own.inClass(open, () => {
        if (primary.length > 0) {
          const made = own.makeFunction({
            node,
            name: '__init__',
            parameters: [{ name: 'this' }, ...primary],
            fill(body) {
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
        for (const member of inside) {
          const kindOf = nodes.typeOf(member);
          const still = /\bstatic\b/.test(modifiersOf(member));
          const marks: Expression[] = [...expressions.annotations(member)];
          if (still) marks.push({ kind: 'name', id: 'staticmethod' });
          if (kindOf === 'method_declaration') {
            const called = nodes.textOf(nodes.child(member, 'name'));
            statements.push({
              kind: 'function',
              function: method(member, called, !still, marks),
              ...own.common(member),
            });
          } else if (kindOf === 'constructor_declaration' || kindOf === 'compact_constructor_declaration')
            makers.push({ function: method(member, '__init__', true, marks), at: nodes.startOf(member) });
          else if (kindOf === 'field_declaration' || kindOf === 'constant_declaration')
            field(member, still || kindOf === 'constant_declaration', marks, statements, fields);
          else if (kindOf === 'enum_constant') {
            const constant = nodes.textOf(nodes.child(member, 'name'));
            own.assign({ kind: 'name', id: constant }, own.text(constant, member), member, statements);
          } else if (typeDeclarations.test(kindOf)) {
            const inner = nodes.textOf(nodes.child(member, 'name'));
            own.branch(member, into, when);
            own.assign({ kind: 'name', id: inner }, { kind: 'name', id: inner }, member, statements);
          } else if (kindOf === 'static_initializer' || kindOf === 'block') own.children(member, statements, undefined);
        }
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
          documentation: '',
          body: statements,
          fields,
          makers,
        }),
        ...own.common(node, when),
      });
    }

    function field(
      node: number,
      still: boolean,
      marks: readonly Expression[],
      statements: Statement[],
      fields: Statement[],
    ): void {
      const type = expressions.type(nodes.child(node, 'type'));
      const configured = valueMark(marks);
      for (const one of nodes.children(node)) {
        if (nodes.typeOf(one) !== 'variable_declarator') continue;
        const name = nodes.textOf(nodes.child(one, 'name'));
        const value = nodes.child(one, 'value');
        if (value < 0) {
          const known = configured ?? (type === null ? null : own.declared(type, one));
          if (known !== null) own.assign({ kind: 'name', id: name }, known, one, statements);
          continue;
        }
        const inClass = still || /literal$|^(?:true|false)$/.test(nodes.typeOf(value));
        const read = own.makeFunction({
          node: one,
          name,
          parameters: [],
          fill(into) {
            const target: Expression = inClass
              ? { kind: 'name', id: name }
              : { kind: 'attribute', of: { kind: 'name', id: 'this' }, name, line: nodes.lineOf(one) };
            own.assign(target, own.read(value, name), one, into);
          },
        });
        (inClass ? statements : fields).push(...read.body);
      }
    }

    return { statement, expression: expressions.read };
  });

  if (tree.count > 0) reader.children(0, reader.output, undefined);
  const visible = visibleModule([space, ...stars]);
  const note = noteStatement(packageName, { kind: 'text', value: space, line: 1 });
  return {
    body: [note, ...wholePackages(stars), ...freeNames(reader.free, reader.output, visible), ...reader.output],
    tooDeep: reader.tooDeep(),
  };
}

/** Spring's `@Value("${key}")`, Quarkus' `@ConfigProperty(name = "key")`: a call that reads the key. */
function valueMark(marks: readonly Expression[]): Expression | undefined {
  for (const one of marks) {
    if (one.kind !== 'call' || one.callee.kind !== 'name') continue;
    if (one.callee.id === 'Value' && one.args.length === 1) return one;
    const key = one.keywords.find((keyword) => keyword.name === 'name')?.value;
    if (one.callee.id === 'ConfigProperty' && key !== undefined) return { ...one, args: [key], keywords: [] };
  }
  return undefined;
}
