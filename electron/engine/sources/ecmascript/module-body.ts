import type { Expression, Parameter } from '../python/expressions.ts';
import { withoutSecret } from '../python/literals.ts';
import type { ClassSummary, Common, FunctionSummary, Statement } from '../python/summary.ts';
import { expressionReader } from './expression-reader.ts';
import { exportReader, importedFrom } from './imports.ts';
import { nodesOf } from './nodes.ts';
import type { Grammar, SyntaxTree } from './parser.ts';
import { patternReader, targetsOf } from './patterns.ts';

const maxBlocks = 60;
const maxIssues = 20;

/**
 * Statements of a file in the form that Python's have, so that one evaluation serves both: a constructor is `__init__`,
 * `this` is the first parameter of a method, a function inside an expression is a function statement before it under a
 * name that no program can use, and what a module exports by default is called `default`.
 */
export function moduleBody(
  tree: SyntaxTree,
  grammar: Grammar,
): { readonly body: readonly Statement[]; readonly tooDeep: readonly number[] } {
  const nodes = nodesOf(tree, grammar);
  const output: Statement[] = [];
  /** Where statements go that stand for a part of the one being read. */
  let sink = output;
  let condition: string | undefined;
  let depth = 0;

  const reader = expressionReader(nodes, {
    function(node, hint) {
      const name = `${hint}@${nodes.startOf(node)}`;
      sink.push({ kind: 'function', function: functionSummary(node, name, []), ...common(node, condition) });
      return name;
    },
    class(node, hint) {
      const own = nodes.textOf(nodes.child(node, 'name'));
      const name = `${own === '' ? hint : own}@${nodes.startOf(node)}`;
      sink.push({ kind: 'class', class: classSummary(node, name, []), ...common(node, condition) });
      return name;
    },
    module(specifier, node) {
      const name = `module@${nodes.startOf(node)}`;
      const required = nodes.typeOf(nodes.child(node, 'function')) !== 'import';
      const names = [importedFrom(specifier, name, required ? 'module.exports' : null)];
      sink.push({ kind: 'import', names, ...common(node, condition) });
      return name;
    },
  });
  const patterns = patternReader(nodes, reader);
  const exported = exportReader(nodes);

  /** Variables of the module that are declared without a value, and what functions give them. */
  const undecided = new Set<string>();
  const later: Statement[] = [];

  const common = (node: number, when: string | undefined): Common => ({
    line: nodes.lineOf(node),
    at: nodes.startOf(node),
    ...(when === undefined ? {} : { when }),
  });

  /** Runs with `into` as the place where functions inside expressions go. */
  function within<T>(into: Statement[], when: string | undefined, work: () => T): T {
    const [outerSink, outerCondition] = [sink, condition];
    [sink, condition] = [into, when];
    try {
      return work();
    } finally {
      [sink, condition] = [outerSink, outerCondition];
    }
  }

  function block(node: number, into: Statement[], when: string | undefined): void {
    if (node < 0) return;
    if (depth >= maxBlocks) {
      reader.tooDeep.add(nodes.lineOf(node));
      return;
    }
    depth += 1;
    for (const child of nodes.children(node)) within(into, when, () => statement(child, into, when));
    depth -= 1;
  }

  function statement(node: number, into: Statement[], when: string | undefined): void {
    switch (nodes.typeOf(node)) {
      case 'import_statement': {
        const names = exported.importedNames(node);
        if (names.length > 0) into.push({ kind: 'import', names, ...common(node, when) });
        return;
      }
      case 'export_statement':
        return exportStatement(node, into, when);
      case 'expression_statement':
        for (const child of nodes.children(node)) expression(child, into, when);
        return;
      case 'lexical_declaration':
      case 'variable_declaration':
        for (const child of nodes.children(node))
          if (nodes.typeOf(child) === 'variable_declarator') declarator(child, into, when);
        return;
      case 'return_statement': {
        const value = nodes.first(node);
        if (value >= 0) into.push({ kind: 'return', value: reader.read(value), ...common(node, when) });
        return;
      }
      case 'function_declaration':
      case 'generator_function_declaration':
        into.push({ kind: 'function', function: functionSummary(node, nameOf(node), []), ...common(node, when) });
        return;
      case 'class_declaration':
      case 'abstract_class_declaration':
        into.push({ kind: 'class', class: classSummary(node, nameOf(node), []), ...common(node, when) });
        return;
      case 'enum_declaration':
        into.push({
          kind: 'assign',
          targets: [{ kind: 'name', id: nameOf(node) }],
          value: enumValue(nodes.child(node, 'body')),
          ...common(node, when),
        });
        return;
      case 'if_statement': {
        const test = nodes.child(node, 'condition');
        const inner = test < 0 ? 'if' : conditionText(test);
        effect(test, into, when);
        branch(nodes.child(node, 'consequence'), into, inner);
        const alternative = nodes.child(node, 'alternative');
        if (alternative >= 0) for (const child of nodes.children(alternative)) branch(child, into, `not (${inner})`);
        return;
      }
      case 'for_in_statement': {
        const left = nodes.child(node, 'left');
        const right = nodes.child(node, 'right');
        if (left >= 0 && right >= 0) {
          const line = nodes.lineOf(right);
          const element: Expression = {
            kind: 'subscript',
            of: reader.read(right),
            index: { kind: 'other', parts: [], line },
            line,
          };
          patterns.bind(left, element, common(node, when), into);
        }
        return branch(nodes.child(node, 'body'), into, when);
      }
      case 'for_statement':
        for (const field of ['initializer', 'condition', 'increment']) {
          const part = nodes.child(node, field);
          if (part >= 0) branch(part, into, when);
        }
        return branch(nodes.child(node, 'body'), into, when);
      case 'while_statement':
      case 'do_statement': {
        const test = nodes.child(node, 'condition');
        effect(test, into, when);
        const inner = test < 0 ? 'while' : conditionText(test);
        return branch(nodes.child(node, 'body'), into, nodes.typeOf(node) === 'do_statement' ? when : inner);
      }
      case 'try_statement':
        branch(nodes.child(node, 'body'), into, when);
        branch(nodes.child(nodes.child(node, 'handler'), 'body'), into, 'catch');
        for (const child of nodes.children(nodes.child(node, 'finalizer'))) branch(child, into, when);
        return;
      case 'switch_statement': {
        const value = nodes.child(node, 'value');
        effect(value, into, when);
        for (const child of nodes.children(nodes.child(node, 'body'))) {
          const test = nodes.child(child, 'value');
          const tested = test < 0 ? null : reader.read(test);
          // `case "name":` asks the same as `=== "name"`.
          if (tested !== null)
            into.push({
              kind: 'expression',
              value: { kind: 'other', parts: [tested], line: nodes.lineOf(test), compares: true },
              ...common(child, when),
            });
          const label = test < 0 ? 'default' : `case ${nodes.sourceText(test, 60)}`;
          for (const inner of nodes.children(child)) if (inner !== test) branch(inner, into, label);
        }
        return;
      }
      case 'labeled_statement':
      case 'with_statement':
        return branch(nodes.child(node, 'body'), into, when);
      case 'statement_block':
      case 'else_clause':
      case 'ERROR':
        return block(node, into, when);
      case 'module':
      case 'internal_module':
        return block(nodes.child(node, 'body'), into, when);
      case 'statement_identifier':
        return;
      default:
        return effect(node, into, when);
    }
  }

  const conditionText = (node: number): string => nodes.sourceText(node, 100).replace(/^\((.*)\)$/s, '$1');

  /** A block, or the one statement that stands instead of it. */
  function branch(node: number, into: Statement[], when: string | undefined): void {
    if (node < 0) return;
    if (nodes.typeOf(node) === 'statement_block') return block(node, into, when);
    if (depth >= maxBlocks) {
      reader.tooDeep.add(nodes.lineOf(node));
      return;
    }
    depth += 1;
    within(into, when, () => statement(node, into, when));
    depth -= 1;
  }

  function declarator(node: number, into: Statement[], when: string | undefined): void {
    const target = nodes.child(node, 'name');
    const value = nodes.child(node, 'value');
    if (into === output && (value < 0 || nodes.typeOf(value) === 'null')) undecided.add(nodes.textOf(target));
    if (value < 0) return;
    const name = nodes.typeOf(target) === 'identifier' ? nodes.textOf(target) : '';
    const type = nodes.typeOf(value);
    if (name !== '' && (type === 'arrow_function' || type === 'function_expression')) {
      into.push({ kind: 'function', function: functionSummary(value, name, []), ...common(node, when) });
      return;
    }
    if (name !== '' && type === 'class') {
      into.push({ kind: 'class', class: classSummary(value, name, []), ...common(node, when) });
      return;
    }
    patterns.bind(target, withoutSecret(name, reader.read(value, name)), common(node, when), into);
  }

  function expression(node: number, into: Statement[], when: string | undefined): void {
    const type = nodes.typeOf(node);
    if (type === 'sequence_expression') {
      for (const child of nodes.children(node)) expression(child, into, when);
      return;
    }
    if (type !== 'assignment_expression' && type !== 'augmented_assignment_expression') return effect(node, into, when);
    const left = nodes.child(node, 'left');
    const right = nodes.child(node, 'right');
    if (left < 0 || right < 0) return;
    const pattern = nodes.typeOf(left);
    if (pattern === 'object_pattern' || pattern === 'array_pattern')
      return patterns.bind(left, reader.read(right), common(node, when), into);
    const target = reader.read(left);
    const name = target.kind === 'name' ? target.id : target.kind === 'attribute' ? target.name : '';
    const value = withoutSecret(name, reader.read(right, name));
    const added = type === 'augmented_assignment_expression';
    const unset = added && /(?:\|\||\?\?)=/.test(nodes.between(nodes.endOf(left), nodes.startOf(right)));
    into.push({
      kind: 'assign',
      targets: targetsOf(target),
      value,
      ...(added && !unset ? { added: true as const } : {}),
      ...common(node, unset ? `${name} is not set` : when),
    });
    if (target.kind === 'name' && into !== output && undecided.has(target.id))
      later.push({ kind: 'assign', targets: [target], value, ...common(node, 'set when the program runs') });
    const exportName = exported.commonJsName(target);
    if (exportName !== null && !(value.kind === 'name' && value.id === exportName))
      into.push({ kind: 'assign', targets: [{ kind: 'name', id: exportName }], value, ...common(node, when) });
  }

  /** Keeps an expression for what it calls; one that calls nothing has no effect that anybody could see. */
  function effect(node: number, into: Statement[], when: string | undefined): void {
    if (node < 0) return;
    const value = reader.read(node);
    if (tellsSomething(value)) into.push({ kind: 'expression', value, ...common(node, when) });
  }

  function exportStatement(node: number, into: Statement[], when: string | undefined): void {
    const names = exported.reexportedNames(node);
    if (names !== null) {
      if (names.length > 0) into.push({ kind: 'import', names, ...common(node, when) });
      return;
    }
    const declaration = nodes.child(node, 'declaration');
    const value = nodes.child(node, 'value');
    const isDefault = /^export\s+default\b/.test(nodes.between(nodes.startOf(node), nodes.startOf(node) + 60));
    const toDefault = (to: Expression): void => {
      into.push({ kind: 'assign', targets: [{ kind: 'name', id: 'default' }], value: to, ...common(node, when) });
    };
    if (declaration >= 0) {
      const decorators = decoratorsOf(node);
      const name = nameOf(declaration);
      const type = nodes.typeOf(declaration);
      if (type === 'class_declaration' || type === 'abstract_class_declaration') {
        const summary = classSummary(declaration, name === '' ? 'default' : name, decorators);
        into.push({ kind: 'class', class: summary, ...common(declaration, when) });
      } else if (name === '' && /function/.test(type)) {
        const summary = functionSummary(declaration, 'default', []);
        into.push({ kind: 'function', function: summary, ...common(declaration, when) });
      } else statement(declaration, into, when);
      if (isDefault && name !== '') toDefault({ kind: 'name', id: name });
      return;
    }
    if (value >= 0) {
      const type = nodes.typeOf(value);
      if (type === 'arrow_function' || type === 'function_expression')
        into.push({ kind: 'function', function: functionSummary(value, 'default', []), ...common(node, when) });
      else toDefault(reader.read(value, 'default'));
      return;
    }
    for (const { local, name } of exported.localExports(node)) {
      if (local === name) continue;
      const of: Expression = { kind: 'name', id: local };
      into.push({ kind: 'assign', targets: [{ kind: 'name', id: name }], value: of, ...common(node, when) });
    }
  }

  function enumValue(body: number): Expression {
    const entries = nodes.children(body).map((child) => {
      const assigned = nodes.typeOf(child) === 'enum_assignment';
      const key = nodes.textOf(assigned ? nodes.child(child, 'name') : child).replace(/^["']|["']$/g, '');
      const value: Expression = assigned ? reader.read(nodes.child(child, 'value')) : { kind: 'constant', value: null };
      return { key: { kind: 'text' as const, value: key, line: nodes.lineOf(child) }, value };
    });
    return { kind: 'dict', entries, line: body < 0 ? 1 : nodes.lineOf(body) };
  }

  const nameOf = (node: number): string => nodes.textOf(nodes.child(node, 'name'));

  function decoratorsOf(node: number): readonly Expression[] {
    return nodes
      .children(node)
      .filter((child) => nodes.typeOf(child) === 'decorator')
      .map((child) => reader.read(child));
  }

  function functionSummary(
    node: number,
    name: string,
    decorators: readonly Expression[],
    self = false,
  ): FunctionSummary {
    const body = nodes.child(node, 'body');
    const statements: Statement[] = [];
    const parameters: Parameter[] = self ? [{ name: 'this' }] : [];
    within(statements, undefined, () => {
      const single = nodes.child(node, 'parameter');
      if (single >= 0) parameters.push({ name: nodes.textOf(single) });
      for (const child of nodes.children(nodes.child(node, 'parameters'))) parameter(child, parameters, statements);
      if (nodes.typeOf(body) === 'statement_block') block(body, statements, undefined);
      else if (body >= 0) {
        // As a statement of its own it may be nested as deep as blocks may.
        if (depth >= maxBlocks) reader.tooDeep.add(nodes.lineOf(body));
        else {
          depth += 1;
          statements.push({ kind: 'return', value: reader.read(body), ...common(body, undefined) });
          depth -= 1;
        }
      }
    });
    return {
      name,
      line: nodes.lineOf(node),
      endLine: nodes.endLineOf(node),
      parameters,
      decorators,
      documentation: '',
      body: statements,
    };
  }

  function parameter(node: number, parameters: Parameter[], statements: Statement[]): void {
    const pattern = nodes.child(node, 'pattern');
    if (pattern < 0 || nodes.typeOf(pattern) === 'this') return;
    const fallback = nodes.child(node, 'value');
    const rest = nodes.typeOf(pattern) === 'rest_pattern';
    const inner = rest ? nodes.first(pattern) : pattern;
    const plain = nodes.typeOf(inner) === 'identifier';
    const name = plain ? nodes.textOf(inner) : `parameter@${nodes.startOf(node)}`;
    parameters.push({
      name,
      ...(fallback >= 0 ? { fallback: withoutSecret(name, reader.read(fallback, name)) } : {}),
      ...(rest ? { rest: 'list' as const } : {}),
    });
    if (!plain) patterns.bind(inner, { kind: 'name', id: name }, common(node, undefined), statements);
    // `constructor(private readonly db: Pool)` declares the field as well.
    if (plain && /^(?:@\S+\s+)*(?:(?:public|private|protected|readonly|override)\s+)+/.test(nodes.textOf(node))) {
      const target: Expression = {
        kind: 'attribute',
        of: { kind: 'name', id: 'this' },
        name,
        line: nodes.lineOf(node),
      };
      statements.push({
        kind: 'assign',
        targets: [target],
        value: { kind: 'name', id: name },
        ...common(node, undefined),
      });
    }
  }

  function classSummary(node: number, name: string, decorators: readonly Expression[]): ClassSummary {
    const statements: Statement[] = [];
    const fields: Statement[] = [];
    const body = nodes.child(node, 'body');
    let waiting: Expression[] = [];
    let made: { function: FunctionSummary; common: Common } | null = null;
    const own = [...decorators, ...decoratorsOf(node)];
    const heritage = nodes.children(node).find((child) => nodes.typeOf(child) === 'class_heritage') ?? -1;
    const extended = nodes
      .children(heritage)
      .flatMap((child) => (nodes.typeOf(child) === 'extends_clause' ? [nodes.child(child, 'value')] : []));
    const bases = extended.map((base) => reader.read(base));
    for (const member of depth >= maxBlocks ? [] : nodes.children(body)) {
      depth += 1;
      switch (nodes.typeOf(member)) {
        case 'decorator':
          waiting.push(reader.read(member));
          break;
        case 'method_definition': {
          const key = nodes.child(member, 'name');
          const before = nodes.between(nodes.startOf(member), nodes.startOf(key));
          const marks: Expression[] = [...waiting, ...decoratorsOf(member)];
          const still = /\bstatic\b/.test(before);
          if (still) marks.push({ kind: 'name', id: 'staticmethod' });
          if (/\bget\s*$/.test(before)) marks.push({ kind: 'name', id: 'property' });
          waiting = [];
          const called = propertyName(key);
          const isMaker = called === 'constructor' && !still;
          const summary = functionSummary(member, isMaker ? '__init__' : called, marks, !still);
          if (isMaker) made = { function: summary, common: common(member, undefined) };
          else statements.push({ kind: 'function', function: summary, ...common(member, undefined) });
          break;
        }
        case 'public_field_definition': {
          const marks = [...waiting, ...decoratorsOf(member)];
          waiting = [];
          field(member, marks, statements, fields);
          break;
        }
        case 'class_static_block':
          block(nodes.child(member, 'body'), statements, undefined);
          break;
        default:
          break;
      }
      depth -= 1;
    }
    if (depth >= maxBlocks) reader.tooDeep.add(nodes.lineOf(node));
    // Fields are set when an object is made, before the rest of the constructor.
    if (made !== null) {
      const whole = { ...made.function, body: [...fields, ...made.function.body] };
      statements.push({ kind: 'function', function: whole, ...made.common });
    } else if (fields.length > 0) {
      const line = nodes.lineOf(node);
      const maker: FunctionSummary = {
        name: '__init__',
        line,
        endLine: line,
        parameters: [{ name: 'this' }, ...(bases.length > 0 ? [{ name: 'args@', rest: 'list' as const }] : [])],
        decorators: [],
        documentation: '',
        body: fields,
      };
      statements.push({ kind: 'function', function: maker, line, at: nodes.startOf(node) });
    }
    return {
      name,
      line: nodes.lineOf(node),
      endLine: nodes.endLineOf(node),
      bases,
      decorators: own,
      documentation: '',
      body: statements,
    };
  }

  function field(node: number, decorators: readonly Expression[], statements: Statement[], fields: Statement[]): void {
    const key = nodes.child(node, 'name');
    const value = nodes.child(node, 'value');
    const name = propertyName(key);
    if (value < 0 || name === '') return;
    const type = nodes.typeOf(value);
    const still = /\bstatic\b/.test(nodes.between(nodes.startOf(node), nodes.startOf(key)));
    if (type === 'arrow_function' || type === 'function_expression') {
      const marks: readonly Expression[] = still ? [...decorators, { kind: 'name', id: 'staticmethod' }] : decorators;
      const summary = functionSummary(value, name, marks, !still);
      statements.push({ kind: 'function', function: summary, ...common(node, undefined) });
      return;
    }
    const plain =
      type === 'string' || type === 'template_string' || type === 'number' || type === 'true' || type === 'false';
    const into = still || plain ? statements : fields;
    within(into, undefined, () => {
      const read = withoutSecret(name, reader.read(value, name));
      const target: Expression =
        into === statements
          ? { kind: 'name', id: name }
          : { kind: 'attribute', of: { kind: 'name', id: 'this' }, name, line: nodes.lineOf(key) };
      into.push({ kind: 'assign', targets: [target], value: read, ...common(node, undefined) });
    });
  }

  const propertyName = (key: number): string =>
    nodes.typeOf(key) === 'computed_property_name' ? '' : nodes.textOf(key).replace(/^["']|["']$/g, '');

  if (tree.count > 0) block(0, output, undefined);
  output.push(...later);
  return { body: output, tooDeep: [...reader.tooDeep].sort((a, b) => a - b).slice(0, maxIssues) };
}

function tellsSomething(expression: Expression): boolean {
  switch (expression.kind) {
    case 'text':
    case 'constant':
    case 'name':
    case 'attribute':
      return false;
    case 'other':
      return expression.parts.length > 0;
    default:
      return true;
  }
}
