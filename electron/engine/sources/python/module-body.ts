import { expressionReader } from './expression-reader.ts';
import type { Expression } from './expressions.ts';
import { withoutSecret } from './literals.ts';
import type { Grammar, SyntaxTree } from './parser.ts';
import type { ClassSummary, Common, FunctionSummary, ImportedName, Statement } from './summary.ts';

const maxBlocks = 100;
const maxIssues = 20;

/** Statements of a file, and the lines where something was left out because it is nested too deep. */
export function moduleBody(
  tree: SyntaxTree,
  grammar: Grammar,
  mapLine: (line: number) => number,
): { readonly body: readonly Statement[]; readonly tooDeep: readonly number[] } {
  const reader = expressionReader(tree, grammar, mapLine);
  const { types, fields, starts, ends, firstChild, nextSibling, text } = tree;
  const field = (name: string): number => grammar.field(name);
  const fieldIds = {
    name: field('name'),
    moduleName: field('module_name'),
    alias: field('alias'),
    left: field('left'),
    right: field('right'),
    body: field('body'),
    condition: field('condition'),
    consequence: field('consequence'),
    parameters: field('parameters'),
    superclasses: field('superclasses'),
    definition: field('definition'),
    subject: field('subject'),
  };
  const names = new Map<number, string>();
  const typeName = (node: number): string => {
    const id = types[node] ?? 0;
    let name = names.get(id);
    if (name === undefined) {
      name = grammar.nameOfType(id);
      names.set(id, name);
    }
    return name;
  };
  const textOf = (node: number): string => text.slice(starts[node], ends[node]);
  const lineOf = (node: number): number => mapLine(tree.lineOf(starts[node] ?? 0));
  const endLineOf = (node: number): number => mapLine(tree.lineOf(Math.max(starts[node] ?? 0, (ends[node] ?? 1) - 1)));
  const childIn = (node: number, wanted: number): number => {
    for (let child = firstChild[node] ?? -1; child >= 0; child = nextSibling[child] ?? -1)
      if (fields[child] === wanted) return child;
    return -1;
  };
  const children = (node: number): number[] => {
    const found: number[] = [];
    for (let child = firstChild[node] ?? -1; child >= 0; child = nextSibling[child] ?? -1) found.push(child);
    return found;
  };
  const common = (node: number, when: string | undefined): Common => ({
    line: lineOf(node),
    at: starts[node] ?? 0,
    ...(when === undefined ? {} : { when }),
  });

  let depth = 0;
  function block(node: number, output: Statement[], when: string | undefined): void {
    if (node < 0) return;
    if (depth >= maxBlocks) {
      reader.tooDeep.add(lineOf(node));
      return;
    }
    depth += 1;
    for (const child of children(node)) statement(child, output, when);
    depth -= 1;
  }

  function statement(node: number, output: Statement[], when: string | undefined): void {
    switch (typeName(node)) {
      case 'import_statement':
      case 'import_from_statement':
        output.push({ kind: 'import', names: importedNames(node), ...common(node, when) });
        return;
      case 'expression_statement':
        // A text that stands alone is documentation, which is read where it belongs.
        for (const child of children(node)) if (typeName(child) !== 'string') expression(child, output, when);
        return;
      case 'return_statement': {
        const value = firstChild[node] ?? -1;
        if (value >= 0) output.push({ kind: 'return', value: reader.read(value), ...common(node, when) });
        return;
      }
      case 'function_definition':
        output.push({ kind: 'function', function: functionSummary(node, []), ...common(node, when) });
        return;
      case 'class_definition':
        output.push({ kind: 'class', class: classSummary(node, []), ...common(node, when) });
        return;
      case 'decorated_definition': {
        const definition = childIn(node, fieldIds.definition);
        const decorators = children(node)
          .filter((child) => typeName(child) === 'decorator')
          .map((child) => reader.read(firstChild[child] ?? -1));
        if (typeName(definition) === 'class_definition') {
          output.push({ kind: 'class', class: classSummary(definition, decorators), ...common(definition, when) });
        } else
          output.push({
            kind: 'function',
            function: functionSummary(definition, decorators),
            ...common(definition, when),
          });
        return;
      }
      case 'if_statement':
      case 'elif_clause':
      case 'while_statement': {
        const condition = childIn(node, fieldIds.condition);
        const tested = condition < 0 ? 'if' : reader.sourceText(condition, 100);
        const inner = typeName(node) === 'while_statement' ? `while ${tested}` : tested;
        if (condition >= 0) effect(condition, output, when);
        for (const child of children(node)) {
          if (child === condition) continue;
          if (typeName(child) === 'block') block(child, output, inner);
          else statement(child, output, typeName(child) === 'else_clause' ? elseOf(inner) : when);
        }
        return;
      }
      case 'for_statement': {
        const over = childIn(node, fieldIds.right);
        const left = childIn(node, fieldIds.left);
        if (over >= 0 && left >= 0) {
          const element: Expression = {
            kind: 'subscript',
            of: reader.read(over),
            index: { kind: 'other', parts: [], line: lineOf(over) },
            line: lineOf(over),
          };
          output.push({ kind: 'assign', targets: [reader.read(left)], value: element, ...common(node, when) });
        }
        for (const child of children(node)) {
          if (child !== over && child !== left) statement(child, output, when);
        }
        return;
      }
      case 'with_item': {
        const value = firstChild[node] ?? -1;
        if (value < 0) return;
        if (typeName(value) !== 'as_pattern') return effect(value, output, when);
        const [entered, target] = children(value);
        if (entered === undefined) return;
        const targets = target === undefined ? [] : [reader.read(firstChild[target] ?? -1)];
        output.push({ kind: 'assign', targets, value: reader.read(entered), ...common(node, when) });
        return;
      }
      case 'except_clause':
      case 'except_group_clause':
        for (const child of children(node)) if (typeName(child) === 'block') block(child, output, 'except');
        return;
      case 'case_clause': {
        for (const child of children(node)) if (typeName(child) === 'case_pattern') compared(child, output, when);
        const pattern = reader.sourceText(node, 60);
        for (const child of children(node)) if (typeName(child) === 'block') block(child, output, pattern);
        return;
      }
      case 'block':
      case 'with_statement':
      case 'with_clause':
      case 'try_statement':
      case 'else_clause':
      case 'finally_clause':
      case 'match_statement':
      case 'ERROR':
        block(node, output, when);
        return;
      case 'pass_statement':
      case 'break_statement':
      case 'continue_statement':
      case 'global_statement':
      case 'nonlocal_statement':
      case 'future_import_statement':
        return;
      default:
        effect(node, output, when);
    }
  }

  /** `case "name":` asks the same as `== "name"`. */
  function compared(node: number, output: Statement[], when: string | undefined): void {
    const value = reader.read(node);
    if (value.kind === 'other')
      output.push({ kind: 'expression', value: { ...value, compares: true }, ...common(node, when) });
  }

  /** Keeps an expression for what it calls; one that calls nothing has no effect that anybody could see. */
  function effect(node: number, output: Statement[], when: string | undefined): void {
    const value = reader.read(node);
    if (tellsSomething(value)) output.push({ kind: 'expression', value, ...common(node, when) });
  }

  function expression(node: number, output: Statement[], when: string | undefined): void {
    const kind = typeName(node);
    if (kind !== 'assignment' && kind !== 'augmented_assignment') return effect(node, output, when);
    const targets: Expression[] = [];
    let at = node;
    let value = -1;
    for (;;) {
      const left = childIn(at, fieldIds.left);
      if (left >= 0) targets.push(reader.read(left));
      value = childIn(at, fieldIds.right);
      if (value < 0 || typeName(value) !== 'assignment' || targets.length > 50) break;
      at = value;
    }
    if (value < 0) return;
    const read = withoutSecretFor(targets, reader.read(value));
    output.push({
      kind: 'assign',
      targets,
      value: read,
      ...(kind === 'augmented_assignment' ? { added: true as const } : {}),
      ...common(node, when),
    });
  }

  function importedNames(node: number): ImportedName[] {
    const from = childIn(node, fieldIds.moduleName);
    const relative = from >= 0 && typeName(from) === 'relative_import';
    const fromText = from < 0 ? '' : textOf(from).replace(/\s+/g, '');
    const level = relative ? (/^\.+/.exec(fromText)?.[0].length ?? 0) : 0;
    const module = fromText.slice(level);
    const found: ImportedName[] = [];
    for (const child of children(node)) {
      if (child === from) continue;
      if (typeName(child) === 'wildcard_import') {
        found.push({ binds: '*', level, module, name: '*' });
        continue;
      }
      const aliased = typeName(child) === 'aliased_import';
      const name = textOf(aliased ? childIn(child, fieldIds.name) : child).replace(/\s+/g, '');
      const alias = aliased ? textOf(childIn(child, fieldIds.alias)) : null;
      if (from >= 0) found.push({ binds: alias ?? name, level, module, name });
      else if (alias !== null) found.push({ binds: alias, level: 0, module: name, name: null });
      else {
        // `import a.b` binds a and makes a.b reachable through it.
        const top = name.split('.')[0] ?? name;
        found.push({ binds: top, level: 0, module: top, name: null });
      }
    }
    return found;
  }

  function functionSummary(node: number, decorators: readonly Expression[]): FunctionSummary {
    const name = childIn(node, fieldIds.name);
    const body = childIn(node, fieldIds.body);
    const statements: Statement[] = [];
    block(body, statements, undefined);
    return {
      name: name < 0 ? '' : textOf(name),
      line: lineOf(name < 0 ? node : name),
      endLine: endLineOf(node),
      parameters: reader.parameters(childIn(node, fieldIds.parameters)),
      decorators,
      documentation: documentation(body),
      body: statements,
    };
  }

  function classSummary(node: number, decorators: readonly Expression[]): ClassSummary {
    const name = childIn(node, fieldIds.name);
    const body = childIn(node, fieldIds.body);
    const bases = childIn(node, fieldIds.superclasses);
    const statements: Statement[] = [];
    block(body, statements, undefined);
    return {
      name: name < 0 ? '' : textOf(name),
      line: lineOf(name < 0 ? node : name),
      endLine: endLineOf(node),
      bases:
        bases < 0
          ? []
          : children(bases)
              .filter((child) => typeName(child) !== 'keyword_argument')
              .map((child) => reader.read(child)),
      decorators,
      documentation: documentation(body),
      body: statements,
    };
  }

  function documentation(body: number): string {
    const first = body < 0 ? -1 : (firstChild[body] ?? -1);
    const value = first >= 0 && typeName(first) === 'expression_statement' ? (firstChild[first] ?? -1) : -1;
    if (value < 0 || typeName(value) !== 'string') return '';
    return reader.documentation(value);
  }

  const output: Statement[] = [];
  if (tree.count > 0) block(0, output, undefined);
  return { body: output, tooDeep: [...reader.tooDeep].sort((a, b) => a - b).slice(0, maxIssues) };
}

export const elseOf = (condition: string): string => `not (${condition})`;

/** False for what calls nothing and has no effect that anybody could see. */
export function tellsSomething(expression: Expression): boolean {
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

/** A literal assigned to a name that says it is a secret is one. */
export function withoutSecretFor(targets: readonly Expression[], value: Expression): Expression {
  let read = value;
  for (const target of targets) {
    const name = target.kind === 'name' ? target.id : target.kind === 'attribute' ? target.name : '';
    const key = target.kind === 'subscript' && target.index.kind === 'text' ? target.index.value : name;
    read = withoutSecret(key, read);
  }
  return read;
}
