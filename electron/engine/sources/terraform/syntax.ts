import type { Expression } from '../infrastructure/expression.ts';
import type { SyntaxNode } from '../infrastructure/grammar.ts';

/** A top-level block of a configuration file, with its labels. */
export type Block = {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly endLine: number;
  readonly body: Expression;
};

type Span = { readonly line: number; readonly endLine: number };

/** Blocks and, for files of values, attributes of a file. Syntax of HCL 2 (specification of 2026, grammar 1.2). */
export function blocksOf(
  root: SyntaxNode,
  text: string,
): { readonly blocks: readonly Block[]; readonly attributes: Expression } {
  const body = root.children.find((child) => child.type === 'body');
  const reader = new Reader(text);
  if (body === undefined) return { blocks: [], attributes: { k: 'map', line: 1, endLine: 1, entries: [] } };
  return {
    blocks: body.children.filter((child) => child.type === 'block').map((child) => reader.block(child)),
    attributes: reader.body(body, true),
  };
}

class Reader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  block(node: SyntaxNode): Block {
    const [type] = node.children.filter((child) => child.type === 'identifier');
    const labels = node.children
      .slice(1)
      .filter((child) => child.type === 'string_lit' || child.type === 'identifier')
      .map((child) => this.#label(child));
    const body = node.children.find((child) => child.type === 'body');
    return {
      type: type === undefined ? '' : this.#source(type),
      labels,
      ...span(node),
      body: body === undefined ? { k: 'map', ...span(node), entries: [] } : { ...this.body(body), ...span(node) },
    };
  }

  /** Attributes, and nested blocks as lists below their type. */
  body(node: SyntaxNode, attributesOnly = false): Expression {
    const entries: [string, Expression][] = [];
    const lists = new Map<string, { readonly at: number; readonly items: Expression[] }>();
    for (const child of node.children) {
      if (child.type === 'attribute') {
        const [name, value] = child.children.filter((part) => part.named);
        if (name !== undefined && value !== undefined) entries.push([this.#source(name), this.#expression(value)]);
      } else if (child.type === 'block' && !attributesOnly) {
        const block = this.block(child);
        const dynamic = block.type === 'dynamic';
        const key = dynamic ? (block.labels[0] ?? '') : block.type;
        const label = dynamic ? undefined : block.labels[0];
        const item = dynamic ? contentOf(block.body) : block.body;
        const labelled: Expression =
          label === undefined || item.k !== 'map'
            ? item
            : { ...item, entries: [['%label', { k: 'text', v: label, ...span(child) }], ...item.entries] };
        const known = lists.get(key);
        if (known === undefined) {
          lists.set(key, { at: entries.length, items: [labelled] });
          entries.push([key, { k: 'nothing', ...span(child) }]);
        } else known.items.push(labelled);
      }
    }
    for (const [key, { at, items }] of lists) {
      const first = items[0];
      if (first !== undefined)
        entries[at] = [key, { k: 'list', line: first.line, endLine: items.at(-1)?.endLine ?? first.endLine, items }];
    }
    return { k: 'map', ...span(node), entries };
  }

  #source(node: SyntaxNode): string {
    return this.#text.slice(node.start, node.end);
  }

  #label(node: SyntaxNode): string {
    return node.type === 'string_lit' ? this.#literal(node) : this.#source(node);
  }

  /** Text between quotes, escapes resolved. */
  #literal(node: SyntaxNode): string {
    return node.children
      .filter((child) => child.type === 'template_literal')
      .map((child) => unescaped(this.#source(child)))
      .join('');
  }

  #expression(node: SyntaxNode): Expression {
    const at = span(node);
    const [first, ...rest] = node.children.filter((child) => child.named);
    switch (node.type) {
      case 'expression':
        if (first === undefined) return { k: 'other', text: 'nothing', parts: [], ...at };
        return rest.length === 0 ? this.#expression(first) : this.#access(first, rest, at);
      case 'literal_value':
        return first === undefined ? { k: 'nothing', ...at } : this.#scalar(first, at);
      case 'string_lit':
        return { k: 'text', v: this.#literal(node), ...at };
      case 'template_expr':
        return first === undefined ? { k: 'text', v: '', ...at } : this.#template(first, at);
      case 'collection_value':
        return first === undefined ? { k: 'nothing', ...at } : this.#expression(first);
      case 'tuple':
        return {
          k: 'list',
          items: node.children.filter((child) => child.type === 'expression').map((child) => this.#expression(child)),
          ...at,
        };
      case 'object':
        return this.#object(node, at);
      case 'variable_expr':
        return { k: 'reference', path: [this.#source(node)], ...at };
      case 'function_call': {
        const list = node.children.find((child) => child.type === 'function_arguments');
        const args = (list?.children ?? [])
          .filter((child) => child.type === 'expression')
          .map((child) => this.#expression(child));
        return { k: 'call', name: first === undefined ? '' : this.#source(first), args, ...at };
      }
      case 'conditional': {
        const parts = node.children
          .filter((child) => child.type === 'expression')
          .map((child) => this.#expression(child));
        return { k: 'choice', options: parts.slice(1), ...at };
      }
      case 'operation':
        return this.#operation(node, at);
      default:
        return { k: 'other', text: node.type.replaceAll('_', ' '), parts: this.#within(node, 0), ...at };
    }
  }

  #scalar(node: SyntaxNode, at: Span): Expression {
    const text = this.#source(node);
    if (node.type === 'string_lit') return { k: 'text', v: this.#literal(node), ...at };
    if (node.type === 'numeric_lit') return { k: 'number', v: Number(text), ...at };
    if (node.type === 'bool_lit') return { k: 'boolean', v: text === 'true', ...at };
    return { k: 'nothing', ...at };
  }

  #operation(node: SyntaxNode, at: Span): Expression {
    const [inner] = node.children;
    const parts = this.#within(node, 0);
    const [only] = parts;
    if (inner?.type === 'unary_operation' && only?.k === 'number' && this.#source(inner).startsWith('-'))
      return { k: 'number', v: -only.v, ...at };
    return { k: 'other', text: 'an operation', parts, ...at };
  }

  #object(node: SyntaxNode, at: Span): Expression {
    const entries: [string, Expression][] = [];
    for (const element of node.children) {
      if (element.type !== 'object_elem') continue;
      const [key, value] = element.children.filter((child) => child.type === 'expression');
      if (key === undefined || value === undefined) continue;
      const name = this.#expression(key);
      const text =
        name.k === 'text'
          ? name.v
          : name.k === 'reference'
            ? name.path.join('.')
            : name.k === 'number'
              ? String(name.v)
              : this.#source(key).slice(0, 100);
      entries.push([text, this.#expression(value)]);
    }
    return { k: 'map', entries, ...at };
  }

  /** `x.y[0].z`: a reference where it starts with a name, else what it starts with and no more. */
  #access(first: SyntaxNode, rest: readonly SyntaxNode[], at: Span): Expression {
    const start = this.#expression(first);
    if (start.k !== 'reference')
      return start.k === 'call' || start.k === 'other'
        ? start
        : { k: 'other', text: 'a part of a value', parts: [start], ...at };
    const path = [...start.path];
    for (const part of rest) path.push(...this.#segments(part));
    return { k: 'reference', path, ...at };
  }

  #segments(part: SyntaxNode): readonly string[] {
    if (part.type === 'get_attr') {
      const name = part.children.find((child) => child.type === 'identifier');
      return name === undefined ? [] : [this.#source(name)];
    }
    if (part.type === 'splat') {
      const inner = part.children
        .flatMap((child) => child.children)
        .flatMap((child) => (child.type === 'get_attr' || child.type === 'index' ? this.#segments(child) : []));
      return ['[*]', ...inner];
    }
    if (part.type !== 'index') return [];
    const inner = part.children[0];
    const expression = inner?.children.find((child) => child.type === 'expression');
    if (expression === undefined) return ['[0]'];
    const value = this.#expression(expression);
    if (value.k === 'text') return [`[${value.v}]`];
    if (value.k === 'number') return [`[${value.v}]`];
    return [value.k === 'reference' ? `[${value.path.join('.')}]` : '[*]'];
  }

  #template(node: SyntaxNode, at: Span): Expression {
    const parts: Expression[] = [];
    const heredoc = node.type === 'heredoc_template';
    let end = node.start;
    for (const child of node.children) {
      // The grammar leaves out the blanks at the start of a text.
      const gap =
        heredoc && parts.length === 0 ? (/\n([ \t]*)$/.exec(this.#text.slice(end, child.start))?.[1] ?? '') : '';
      end = child.end;
      if (gap !== '' && child.type === 'template_interpolation') parts.push({ k: 'text', v: gap, ...span(child) });
      if (child.type === 'template_literal')
        parts.push({
          k: 'text',
          v: heredoc ? `${gap}${this.#source(child)}` : unescaped(this.#source(child)),
          ...span(child),
        });
      else if (child.type === 'template_interpolation') {
        const inner = child.children.find((part) => part.type === 'expression');
        if (inner !== undefined) parts.push(this.#expression(inner));
      } else if (child.type === 'template_directive')
        parts.push({ k: 'other', text: 'a template directive', parts: this.#within(child, 0), ...span(child) });
    }
    const indented = heredoc && this.#text.slice(node.start, node.start + 3) === '<<-';
    const texts = indented ? undented(parts) : parts;
    const [only] = texts;
    if (texts.length === 0) return { k: 'text', v: '', ...at };
    return texts.length === 1 && only?.k === 'text' ? { ...only, ...at } : { k: 'template', parts: texts, ...at };
  }

  /** Names inside something that is not evaluated. */
  #within(node: SyntaxNode, depth: number): readonly Expression[] {
    if (depth > 12) return [];
    return node.children.flatMap((child): readonly Expression[] => {
      if (child.type === 'expression' || child.type === 'literal_value') return [this.#expression(child)];
      if (child.type !== 'variable_expr') return child.named ? this.#within(child, depth + 1) : [];
      const rest = node.children.slice(node.children.indexOf(child) + 1);
      const access = rest.slice(
        0,
        firstNot(rest, (one) => one.type === 'get_attr' || one.type === 'index' || one.type === 'splat'),
      );
      return [this.#access(child, access, span(child))];
    });
  }
}

const firstNot = <T>(items: readonly T[], test: (item: T) => boolean): number => {
  const index = items.findIndex((item) => !test(item));
  return index === -1 ? items.length : index;
};

const span = (node: SyntaxNode): Span => ({ line: node.line, endLine: node.endLine });

/** Body of the `content` of a dynamic block. */
function contentOf(body: Expression): Expression {
  if (body.k !== 'map') return body;
  const content = body.entries.find(([key]) => key === 'content')?.[1];
  return content?.k === 'list' ? (content.items[0] ?? body) : body;
}

const unescaped = (text: string): string =>
  text.includes('\\') || text.includes('$${')
    ? text
        .replace(/\\(["\\nrt])/g, (_whole, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char)
        .replaceAll('$${', '${')
    : text;

/** `<<-` takes the smallest indentation off every line. */
function undented(parts: readonly Expression[]): readonly Expression[] {
  const whole = parts.map((part) => (part.k === 'text' ? part.v : 'x')).join('');
  const indents = whole
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const smallest = indents.length === 0 ? 0 : Math.min(...indents);
  if (smallest === 0) return parts;
  const shape = new RegExp(`^[ \\t]{1,${smallest}}`);
  let lineStart = true;
  return parts.map((part) => {
    if (part.k !== 'text') {
      lineStart = false;
      return part;
    }
    const lines = part.v.split('\n').map((line, index) => (index > 0 || lineStart ? line.replace(shape, '') : line));
    lineStart = part.v.endsWith('\n');
    return { ...part, v: lines.join('\n') };
  });
}
