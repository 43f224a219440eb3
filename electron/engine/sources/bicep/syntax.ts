import type { Expression } from '../infrastructure/expression.ts';
import type { SyntaxNode } from '../infrastructure/grammar.ts';

/** A file of Bicep (language 0.3x, grammar 1.1), reduced to what linking needs. */
export type BicepFile = {
  readonly kind: 'bicep';
  /** A JSON template that the Bicep compiler wrote. */
  readonly generated: boolean;
  readonly resources: readonly BicepResource[];
  readonly modules: readonly {
    readonly name: string;
    readonly path: string;
    readonly line: number;
    readonly params: Expression | null;
  }[];
  readonly names: readonly (readonly [string, Expression])[];
  readonly parameters: readonly (readonly [string, Expression | null])[];
  readonly outputs: readonly (readonly [string, Expression])[];
};

export type BicepResource = {
  readonly name: string;
  readonly type: string;
  readonly line: number;
  readonly endLine: number;
  readonly body: Expression;
  readonly parent: string | null;
  /** Declared elsewhere, only named here. */
  readonly existing: boolean;
  /** A resource for each member of a list, under this name. */
  readonly each: { readonly name: string; readonly list: Expression } | null;
};

export const isBicepFile = (content: unknown): content is BicepFile =>
  typeof content === 'object' && content !== null && (content as { kind?: unknown }).kind === 'bicep';

export function readBicep(root: SyntaxNode, text: string): BicepFile {
  const reader = new Reader(text);
  for (const node of root.children) reader.declaration(node, null);
  return reader.file();
}

const expressions = new Set([
  'string',
  'number',
  'boolean',
  'null',
  'identifier',
  'object',
  'array',
  'member_expression',
  'subscript_expression',
  'resource_expression',
  'call_expression',
  'ternary_expression',
  'parenthesized_expression',
  'binary_expression',
  'unary_expression',
  'for_statement',
  'if_statement',
  'lambda_expression',
  'nullable_expression',
  'interpolation',
]);

class Reader {
  readonly #text: string;
  readonly #resources: BicepResource[] = [];
  readonly #modules: BicepFile['modules'][number][] = [];
  readonly #names: [string, Expression][] = [];
  readonly #parameters: [string, Expression | null][] = [];
  readonly #outputs: [string, Expression][] = [];

  constructor(text: string) {
    this.#text = text;
  }

  file(): BicepFile {
    return {
      kind: 'bicep',
      generated: false,
      resources: this.#resources,
      modules: this.#modules,
      names: this.#names,
      parameters: this.#parameters,
      outputs: this.#outputs,
    };
  }

  declaration(node: SyntaxNode, parent: string | null): void {
    const named = node.children.filter((child) => child.named && child.type !== 'decorators');
    const [name, ...rest] = named;
    if (name === undefined) return;
    const value = rest.at(-1);
    switch (node.type) {
      case 'parameter_declaration': {
        const fallback = rest.find((child) => expressions.has(child.type));
        this.#parameters.push([this.#source(name), fallback === undefined ? null : this.#expression(fallback)]);
        return;
      }
      case 'variable_declaration':
        if (value !== undefined) this.#names.push([this.#source(name), this.#expression(value)]);
        return;
      case 'output_declaration':
        if (value !== undefined) this.#outputs.push([this.#source(name), this.#expression(value)]);
        return;
      case 'resource_declaration':
        return this.#resource(node, name, rest, parent);
      case 'module_declaration': {
        const path = rest.find((child) => child.type === 'string');
        const body = value === undefined ? null : this.#bodyOf(value);
        const params = body?.type === 'object' ? this.#pairs(body).find(([key]) => key === 'params')?.[1] : undefined;
        if (path !== undefined)
          this.#modules.push({
            name: this.#source(name),
            path: this.#literal(path),
            line: node.line,
            params: params ?? null,
          });
        return;
      }
      default:
    }
  }

  #resource(node: SyntaxNode, name: SyntaxNode, rest: readonly SyntaxNode[], parent: string | null): void {
    const typed = rest.find((child) => child.type === 'string');
    const value = rest.at(-1);
    const body = value === undefined ? null : this.#bodyOf(value);
    if (typed === undefined || body === null || body.type !== 'object') return;
    const own = this.#literal(typed).split('@')[0] ?? '';
    const outer = parent === null ? null : this.#resources.find((resource) => resource.name === parent);
    const type = outer == null || own.includes('.') ? own : `${outer.type}/${own}`;
    const id = this.#source(name);
    const between = this.#text.slice(typed.end, value?.start ?? typed.end);
    this.#resources.push({
      name: id,
      type,
      line: node.line,
      endLine: node.endLine,
      body: this.#expression(body),
      parent,
      existing: /\bexisting\b/.test(between),
      each: value === undefined ? null : this.#eachOf(value),
    });
    for (const property of body.children) {
      const inner = property.children.find((child) => child.type === 'resource_declaration');
      if (inner !== undefined) this.declaration(inner, id);
    }
  }

  /** `[for item in list: {...}]`, also `for (item, index) in list`. */
  #eachOf(node: SyntaxNode): BicepResource['each'] {
    if (node.type !== 'for_statement') return null;
    const named = node.children.filter(
      (child) => child.named && child.type !== 'object' && child.type !== 'if_statement',
    );
    const [first, ...others] = named;
    const list = others.at(-1);
    if (first === undefined || list === undefined) return null;
    const name = /[A-Za-z_]\w*/.exec(this.#source(first))?.[0];
    return name === undefined ? null : { name, list: this.#expression(list) };
  }

  /** The object behind a condition or a loop. */
  #bodyOf(node: SyntaxNode): SyntaxNode | null {
    if (node.type === 'object') return node;
    if (node.type === 'if_statement' || node.type === 'for_statement' || node.type === 'parenthesized_expression')
      return node.children.map((child) => this.#bodyOf(child)).find((found) => found !== null) ?? null;
    return null;
  }

  #source(node: SyntaxNode): string {
    return this.#text.slice(node.start, node.end);
  }

  #literal(node: SyntaxNode): string {
    const raw = this.#source(node);
    if (raw.startsWith("'''")) return raw.slice(3, -3).replace(/^\n/, '');
    return raw
      .slice(1, -1)
      .replace(/\\(['\\nrt$])/g, (_whole, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
  }

  #pairs(node: SyntaxNode): readonly (readonly [string, Expression])[] {
    return node.children.flatMap((property) => {
      if (property.type !== 'object_property') return [];
      const [key, value] = property.children.filter((child) => child.named);
      if (key === undefined || value === undefined || value.type === 'resource_declaration') return [];
      const name = key.type === 'string' ? this.#literal(key) : this.#source(key);
      const expression = this.#expression(value);
      // Names of user-assigned identities are keys with a value in them: `'${identity.id}': {}`.
      const inKey =
        key.type === 'string' && key.children.some((child) => child.type === 'interpolation')
          ? this.#expression(key)
          : null;
      return [
        [
          name,
          inKey === null
            ? expression
            : ({ k: 'list', items: [inKey, expression], line: key.line, endLine: value.endLine } satisfies Expression),
        ] as const,
      ];
    });
  }

  #expression(node: SyntaxNode): Expression {
    const at = { line: node.line, endLine: node.endLine };
    const named = node.children.filter((child) => child.named);
    switch (node.type) {
      case 'string':
        return this.#string(node, at);
      case 'number':
        return { k: 'number', v: Number(this.#source(node)), ...at };
      case 'boolean':
        return { k: 'boolean', v: this.#source(node) === 'true', ...at };
      case 'null':
        return { k: 'nothing', ...at };
      case 'identifier':
        return { k: 'reference', path: [this.#source(node)], ...at };
      case 'object':
        return { k: 'map', entries: this.#pairs(node), ...at };
      case 'array':
        return { k: 'list', items: named.map((child) => this.#expression(child)), ...at };
      case 'member_expression':
      case 'resource_expression': {
        const [object, property] = named;
        const from = object === undefined ? null : this.#expression(object);
        if (from?.k === 'reference' && property !== undefined)
          return { k: 'reference', path: [...from.path, this.#source(property)], ...at };
        return from ?? { k: 'nothing', ...at };
      }
      case 'subscript_expression': {
        const [object, index] = named;
        const from = object === undefined ? null : this.#expression(object);
        if (from?.k === 'reference')
          return {
            k: 'reference',
            path: [...from.path, index?.type === 'number' ? `[${this.#source(index)}]` : '[*]'],
            ...at,
          };
        return from ?? { k: 'nothing', ...at };
      }
      case 'call_expression': {
        const [callee] = named;
        const list = node.children.find((child) => child.type === 'arguments');
        const args = (list?.children ?? []).filter((child) => child.named).map((child) => this.#expression(child));
        return { k: 'call', name: callee === undefined ? '' : this.#source(callee).slice(0, 80), args, ...at };
      }
      case 'ternary_expression':
        return { k: 'choice', options: named.slice(1).map((child) => this.#expression(child)), ...at };
      case 'parenthesized_expression':
      case 'nullable_expression':
        return named[0] === undefined ? { k: 'nothing', ...at } : this.#expression(named[0]);
      case 'if_statement':
      case 'for_statement': {
        const body = this.#bodyOf(node);
        return body === null
          ? { k: 'other', text: 'a loop', parts: named.map((child) => this.#expression(child)), ...at }
          : this.#expression(body);
      }
      default:
        return {
          k: 'other',
          text: node.type.replaceAll('_', ' '),
          parts: named.filter((child) => expressions.has(child.type)).map((child) => this.#expression(child)),
          ...at,
        };
    }
  }

  #string(node: SyntaxNode, at: { readonly line: number; readonly endLine: number }): Expression {
    const inner = node.children.filter((child) => child.type === 'interpolation');
    if (inner.length === 0) return { k: 'text', v: this.#literal(node), ...at };
    const parts: Expression[] = [];
    for (const child of node.children) {
      if (child.type === 'interpolation') {
        const value = child.children.find((part) => part.named);
        if (value !== undefined) parts.push(this.#expression(value));
      } else if (child.type === 'string_content') parts.push({ k: 'text', v: this.#source(child), ...at });
    }
    return { k: 'template', parts, ...at };
  }
}
