import type { Expression } from '../infrastructure/expression.ts';
import { type Entry, entriesOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { parseJson } from '../parse/json-document.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { Problem } from '../parse/node.ts';

export type TemplateResource = {
  readonly id: string;
  readonly type: string;
  readonly line: number;
  readonly endLine: number;
  readonly properties: Expression;
  /** `aws:cdk:path` or the asset path of the CDK, where the template was made by it. */
  readonly path: string | null;
  readonly asset: string | null;
};

/** A template, reduced to what linking needs. */
export type Template = {
  readonly kind: 'template';
  readonly resources: readonly TemplateResource[];
  readonly parameters: readonly (readonly [string, Expression | null])[];
  readonly outputs: readonly {
    readonly name: string;
    readonly exported: Expression | null;
    readonly value: Expression;
  }[];
  /** Defaults of SAM for every function. */
  readonly functionDefaults: Expression | null;
};

export const isTemplate = (content: unknown): content is Template =>
  typeof content === 'object' && content !== null && (content as { kind?: unknown }).kind === 'template';

/** Short forms of the intrinsic functions ("Intrinsic function reference", 2026). */
export const keyOfTag = (tag: string): string | null => {
  const name = /^!([A-Za-z]{2,40})$/.exec(tag)?.[1];
  if (name === undefined) return null;
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
};

export function readTemplate(text: string): {
  readonly template: Template | null;
  readonly problems: readonly Problem[];
} {
  const isJson = /^\s*\{/.test(text);
  const { root, problems } = isJson ? parseJson(text) : parseYaml(text, 1, keyOfTag);
  const members = entriesOf(nodeOf(root, 'Resources'));
  const resources = members.flatMap((entry) => resource(entry));
  if (resources.length === 0) return { template: null, problems: problems.filter(({ kind }) => kind !== 'comment') };
  const defaults = nodeOf(root, 'Globals', 'Function');
  return {
    problems,
    template: {
      kind: 'template',
      resources,
      parameters: entriesOf(nodeOf(root, 'Parameters')).map((entry) => {
        const fallback = nodeOf(entry.node, 'Default');
        return [entry.key, fallback === undefined ? null : expressionOf(fallback)] as const;
      }),
      outputs: entriesOf(nodeOf(root, 'Outputs')).flatMap((entry) => {
        const value = nodeOf(entry.node, 'Value');
        const exported = nodeOf(entry.node, 'Export', 'Name');
        return value === undefined
          ? []
          : [
              {
                name: entry.key,
                value: expressionOf(value),
                exported: exported === undefined ? null : expressionOf(exported),
              },
            ];
      }),
      functionDefaults: defaults === undefined ? null : expressionOf(defaults),
    },
  };
}

function resource(entry: Entry): readonly TemplateResource[] {
  const type = textOf(nodeOf(entry.node, 'Type'));
  if (type === undefined) return [];
  const properties = nodeOf(entry.node, 'Properties');
  return [
    {
      id: entry.key,
      type,
      line: entry.line,
      endLine: entry.endLine,
      properties:
        properties === undefined
          ? { k: 'map', line: entry.line, endLine: entry.endLine, entries: [] }
          : expressionOf(properties),
      path: scalarText(nodeOf(entry.node, 'Metadata', 'aws:cdk:path')) ?? null,
      asset: scalarText(nodeOf(entry.node, 'Metadata', 'aws:asset:path')) ?? null,
    },
  ];
}

const reference = (text: string): readonly string[] => text.split('.');

function expressionOf(node: Node): Expression {
  const at = { line: node.line, endLine: node.endLine };
  if (node.kind === 'list') return { k: 'list', items: node.items.map(expressionOf), ...at };
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string') return { k: 'text', v: node.value, ...at };
    if (typeof node.value === 'number') return { k: 'number', v: node.value, ...at };
    return typeof node.value === 'boolean' ? { k: 'boolean', v: node.value, ...at } : { k: 'nothing', ...at };
  }
  const [only] = node.entries.values();
  if (node.entries.size === 1 && only !== undefined && (only.key === 'Ref' || only.key.startsWith('Fn::')))
    return intrinsic(only.key, only.node, at);
  return { k: 'map', entries: entriesOf(node).map((entry) => [entry.key, expressionOf(entry.node)] as const), ...at };
}

type Span = { readonly line: number; readonly endLine: number };

function intrinsic(name: string, node: Node, at: Span): Expression {
  const items = node.kind === 'list' ? node.items : [];
  const [first, second, third] = items;
  switch (name) {
    case 'Ref':
      return { k: 'reference', path: [scalarText(node) ?? ''], ...at };
    case 'Fn::GetAtt': {
      const parts =
        node.kind === 'list' ? items.map((item) => scalarText(item) ?? '') : reference(scalarText(node) ?? '');
      return { k: 'reference', path: parts.flatMap(reference), ...at };
    }
    case 'Fn::Sub':
      return substituted(node.kind === 'list' ? first : node, second, at);
    case 'Fn::Join': {
      const separator = scalarText(first) ?? '';
      if (second?.kind !== 'list')
        return { k: 'other', text: 'Fn::Join', parts: second === undefined ? [] : [expressionOf(second)], ...at };
      const parts = second.items.flatMap((item, index): Expression[] =>
        index === 0 || separator === ''
          ? [expressionOf(item)]
          : [{ k: 'text', v: separator, ...at }, expressionOf(item)],
      );
      return { k: 'template', parts, ...at };
    }
    case 'Fn::If':
      return {
        k: 'choice',
        options: [second, third].flatMap((one) => (one === undefined ? [] : [expressionOf(one)])),
        ...at,
      };
    case 'Fn::Select': {
      const index = Number(scalarText(first) ?? 0);
      const list = second?.kind === 'list' ? second.items[index] : undefined;
      return list === undefined
        ? { k: 'other', text: 'Fn::Select', parts: second === undefined ? [] : [expressionOf(second)], ...at }
        : expressionOf(list);
    }
    case 'Fn::ImportValue':
      return { k: 'call', name: 'import', args: [expressionOf(node)], ...at };
    case 'Fn::ToJsonString':
    case 'Fn::Base64':
      return expressionOf(node);
    default:
      return {
        k: 'other',
        text: name,
        parts: node.kind === 'list' ? items.map(expressionOf) : [expressionOf(node)],
        ...at,
      };
  }
}

/** `${Name}`, `${Logical.Arn}`, `${!literal}`; names of the second argument are put in their place. */
function substituted(text: Node | undefined, given: Node | undefined, at: Span): Expression {
  const value = scalarText(text) ?? '';
  const names = new Map(entriesOf(given).map((entry) => [entry.key, entry.node]));
  const parts: Expression[] = [];
  let from = 0;
  for (const match of value.matchAll(/\$\{(!?)([^}]{1,300})\}/g)) {
    if (match.index > from) parts.push({ k: 'text', v: value.slice(from, match.index), ...at });
    const name = (match[2] ?? '').trim();
    const known = names.get(name);
    if (match[1] === '!') parts.push({ k: 'text', v: `\${${name}}`, ...at });
    else parts.push(known === undefined ? { k: 'reference', path: reference(name), ...at } : expressionOf(known));
    from = match.index + match[0].length;
  }
  if (from < value.length) parts.push({ k: 'text', v: value.slice(from), ...at });
  return parts.length === 0 ? { k: 'text', v: '', ...at } : { k: 'template', parts, ...at };
}
