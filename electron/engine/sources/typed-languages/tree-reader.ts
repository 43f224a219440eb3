import { type Nodes, nodesOf } from '../ecmascript/nodes.ts';
import type { Grammar, SyntaxTree } from '../ecmascript/parser.ts';
import type { CallExpression, Expression, Parameter } from '../python/expressions.ts';
import { textLiteral, withoutSecret } from '../python/literals.ts';
import type { ClassSummary, Common, FunctionSummary, Statement } from '../python/summary.ts';

/**
 * What the readers of C#, Java, Go and Rust share: where statements go, which names are known, and how deep is deep
 * enough. Statements take the form that Python's have, so that one evaluation serves all: a constructor is `__init__`,
 * the object is the first parameter `this` of a method, a function inside an expression is a function statement before it
 * under a name that no program can use.
 */

const maxBlocks = 60;
const maxNesting = 100;
const maxIssues = 20;

export type Keyword = { readonly name: string | null; readonly value: Expression };

/** A language's own half. `node` is never -1. */
export type Forms = {
  statement(node: number, into: Statement[], when: string | undefined): void;
  expression(node: number, hint: string): Expression;
};

/** Members of a class that its methods name without `this`. */
export type OpenClass = { readonly name: string; readonly members: ReadonlyMap<string, 'static' | 'instance'> };

export type FunctionParts = {
  readonly node: number;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly decorators?: readonly Expression[];
  readonly documentation?: string;
  /** Reads the body; runs with the parameters known. */
  readonly fill: (body: Statement[]) => void;
};

export type TreeReader = {
  readonly nodes: Nodes;
  readonly output: Statement[];
  /** Names that nothing in the file has declared where they were used. */
  readonly free: Set<string>;
  read(node: number, hint?: string): Expression;
  /** One statement, or the statements of a node that only holds some. */
  branch(node: number, into: Statement[], when: string | undefined): void;
  children(node: number, into: Statement[], when: string | undefined): void;
  common(node: number, when?: string): Common;
  condition(node: number): string;
  name(id: string): Expression;
  declare(id: string): void;
  inClass<T>(open: OpenClass, work: () => T): T;
  readonly around: OpenClass | undefined;
  makeFunction(parts: FunctionParts): FunctionSummary;
  /** A function inside an expression. */
  lambda(parts: Omit<FunctionParts, 'name'>, hint: string): Expression;
  /** A statement that stands before the one being read. */
  before(statement: Statement): void;
  assign(target: Expression, value: Expression, node: number, into: Statement[], when?: string, added?: boolean): void;
  /** Keeps an expression for what it calls. */
  effect(value: Expression, node: number, into: Statement[], when: string | undefined): void;
  text(value: string, node: number): Expression;
  call(
    node: number,
    callee: Expression,
    args: readonly Expression[],
    keywords?: readonly Keyword[],
    at?: number,
  ): CallExpression;
  attribute(of: Expression, name: string, node: number): Expression;
  /** A value that is only known by its declared type. */
  declared(type: Expression | null, node: number): Expression;
  other(node: number): Expression;
  readonly tooDeep: () => readonly number[];
};

/** Name under which `dialect.ts` finds a value that only its type tells about. */
export const declaredName = '@declared';

export function treeReader(tree: SyntaxTree, grammar: Grammar, makeForms: (reader: TreeReader) => Forms): TreeReader {
  const plain = nodesOf(tree, grammar);
  // A field that a grammar does not have would fit every child without one.
  const nodes: Nodes = {
    ...plain,
    child: (node, field) => (grammar.field(field) === 0 ? -1 : plain.child(node, field)),
  };
  const output: Statement[] = [];
  const free = new Set<string>();
  const tooDeep = new Set<number>();
  const classes: OpenClass[] = [];
  let locals: Set<string>[] = [new Set()];
  let sink = output;
  let depth = 0;
  let nesting = 0;

  const common = (node: number, when?: string): Common => ({
    line: nodes.lineOf(node),
    at: nodes.startOf(node),
    ...(when === undefined ? {} : { when }),
  });

  function within<T>(into: Statement[], work: () => T): T {
    const outer = sink;
    sink = into;
    try {
      return work();
    } finally {
      sink = outer;
    }
  }

  function read(node: number, hint = ''): Expression {
    if (node < 0) return { kind: 'other', parts: [], line: 1 };
    if (nesting >= maxNesting) {
      tooDeep.add(nodes.lineOf(node));
      return { kind: 'other', parts: [], line: nodes.lineOf(node) };
    }
    nesting += 1;
    const expression = forms.expression(node, hint);
    nesting -= 1;
    return expression;
  }

  function branch(node: number, into: Statement[], when: string | undefined): void {
    if (node < 0) return;
    if (depth >= maxBlocks) {
      tooDeep.add(nodes.lineOf(node));
      return;
    }
    depth += 1;
    within(into, () => forms.statement(node, into, when));
    depth -= 1;
  }

  function makeFunction({
    node,
    name,
    parameters,
    decorators = [],
    documentation = '',
    fill,
  }: FunctionParts): FunctionSummary {
    const body: Statement[] = [];
    locals.push(new Set(parameters.map((one) => one.name)));
    const outer = nesting;
    if (depth >= maxBlocks) tooDeep.add(nodes.lineOf(node));
    else {
      depth += 1;
      within(body, () => fill(body));
      depth -= 1;
    }
    nesting = outer;
    locals.pop();
    return {
      name,
      line: nodes.lineOf(node),
      endLine: nodes.endLineOf(node),
      parameters,
      decorators,
      documentation: documentation.slice(0, 400),
      body,
    };
  }

  const reader: TreeReader = {
    nodes,
    output,
    free,
    read,
    branch,
    children(node, into, when) {
      for (const child of nodes.children(node)) branch(child, into, when);
    },
    common,
    condition: (node) => (node < 0 ? 'if' : nodes.sourceText(node, 100).replace(/^\((.*)\)$/s, '$1')),
    name(id) {
      if (locals.some((known) => known.has(id))) return { kind: 'name', id };
      for (let at = classes.length - 1; at >= 0; at -= 1) {
        const open = classes[at];
        const member = open?.members.get(id);
        if (open === undefined || member === undefined) continue;
        const of: Expression = { kind: 'name', id: member === 'static' ? open.name : 'this' };
        return { kind: 'attribute', of, name: id, line: 1 };
      }
      free.add(id);
      return { kind: 'name', id };
    },
    declare(id) {
      locals.at(-1)?.add(id);
    },
    inClass(open, work) {
      const outer = locals;
      locals = [new Set()];
      classes.push(open);
      try {
        return work();
      } finally {
        classes.pop();
        locals = outer;
      }
    },
    get around() {
      return classes.at(-1);
    },
    makeFunction,
    lambda(parts, hint) {
      const name = `${hint}@${nodes.startOf(parts.node)}`;
      const into = sink;
      const made = makeFunction({ ...parts, name });
      into.push({ kind: 'function', function: made, ...common(parts.node) });
      return { kind: 'name', id: name };
    },
    before(statement) {
      sink.push(statement);
    },
    assign(target, value, node, into, when, added = false) {
      const name = target.kind === 'name' ? target.id : target.kind === 'attribute' ? target.name : '';
      into.push({
        kind: 'assign',
        targets: [target],
        value: withoutSecret(name, value),
        ...(added ? { added: true as const } : {}),
        ...common(node, when),
      });
    },
    effect(value, node, into, when) {
      if (tells(value)) into.push({ kind: 'expression', value, ...common(node, when) });
    },
    text: (value, node) => textLiteral(value, nodes.lineOf(node), nodes.endLineOf(node)),
    call: (node, callee, args, keywords = [], at = nodes.startOf(node)) => ({
      kind: 'call',
      callee,
      args,
      keywords: keywords.map((one) =>
        one.name === null ? one : { name: one.name, value: withoutSecret(one.name, one.value) },
      ),
      line: callee.kind === 'attribute' && callee.line > 1 ? callee.line : nodes.lineOf(node),
      endLine: nodes.endLineOf(node),
      at,
    }),
    attribute: (of, name, node) => ({ kind: 'attribute', of, name, line: nodes.lineOf(node) }),
    declared(type, node) {
      const line = nodes.lineOf(node);
      if (type === null) return { kind: 'other', parts: [], line };
      return {
        kind: 'call',
        callee: { kind: 'attribute', of: type, name: declaredName, line },
        args: [],
        keywords: [],
        line,
        endLine: line,
        at: nodes.startOf(node),
      };
    },
    other(node) {
      const parts = nodes
        .children(node)
        .map((child) => read(child))
        .filter(tells);
      return { kind: 'other', parts, line: nodes.lineOf(node) };
    },
    tooDeep: () => [...tooDeep].sort((a, b) => a - b).slice(0, maxIssues),
  };
  const forms = makeForms(reader);
  return reader;
}

/** A class as these languages have it: fields are set before the rest of the constructor runs. */
export function classWith(parts: {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly at: number;
  readonly bases: readonly Expression[];
  readonly decorators: readonly Expression[];
  readonly documentation: string;
  readonly body: readonly Statement[];
  /** Statements of the object: `this.x = ...`. */
  readonly fields: readonly Statement[];
  readonly makers: readonly { readonly function: FunctionSummary; readonly at: number }[];
}): ClassSummary {
  const { name, line, endLine, bases, decorators, documentation, fields, makers } = parts;
  const made: Statement[] = makers.map((maker, index) => ({
    kind: 'function',
    function: index === 0 ? { ...maker.function, body: [...fields, ...maker.function.body] } : maker.function,
    line: maker.function.line,
    at: maker.at,
  }));
  if (makers.length === 0 && fields.length > 0)
    made.push({
      kind: 'function',
      function: {
        name: '__init__',
        line,
        endLine: line,
        parameters: [{ name: 'this' }],
        decorators: [],
        documentation: '',
        body: fields,
      },
      line,
      at: parts.at,
    });
  return { name, line, endLine, bases, decorators, documentation, body: [...parts.body, ...made] };
}

export function tells(expression: Expression): boolean {
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
