import type { Expression } from '../infrastructure/expression.ts';
import { parseYamlDocuments } from '../infrastructure/yaml-documents.ts';
import { type Entry, entriesOf, type Node, nodeOf, scalarText } from '../parse/node.ts';
import { parseJson } from '../parse/json-document.ts';
import type { FileInput, Issue } from '../source.ts';

/** One object of a cluster as a file writes it. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly line: number;
  readonly endLine: number;
  readonly body: Expression;
};

/** Objects of a file, or the values of a chart. `templated`: directives of Helm stand in it, what they give is open. */
export type ManifestFile = {
  readonly kind: 'manifests';
  readonly manifests: readonly Manifest[];
  readonly templated: boolean;
  readonly values: Expression | null;
};

export const isManifestFile = (content: unknown): content is ManifestFile =>
  typeof content === 'object' && content !== null && (content as { kind?: unknown }).kind === 'manifests';

export function readManifests(file: FileInput): {
  readonly content: ManifestFile;
  readonly issues: readonly Issue[];
  readonly broken: boolean;
} {
  const isValues = /\/values\.ya?ml$/.test(file.place);
  const templated = !isValues && /\{\{-?\s*[.$a-z(/"]/i.test(file.text);
  const { text, tokens } = templated ? withoutDirectives(file.text) : { text: file.text, tokens: [] };
  const documents = file.place.endsWith('.json') ? [parseJson(text)] : parseYamlDocuments(text);
  const manifests: Manifest[] = [];
  const issues: Issue[] = [];
  let values: Expression | null = null;
  for (const { root, problems } of documents) {
    const found = root === null ? [] : objectsOf(root);
    for (const node of found) manifests.push(manifestOf(node, tokens));
    if (isValues && root !== null) values = expressionOf(root, []);
    // A template that is no YAML before it is rendered is no mistake.
    if (!templated) for (const problem of problems) issues.push({ line: problem.line, message: problem.message });
    else if (root === null && problems.length > 0)
      issues.push({
        line: problems[0]?.line ?? null,
        message: 'a Helm template that cannot be read without rendering it',
      });
  }
  return {
    content: { kind: 'manifests', manifests, templated, values },
    issues,
    broken: documents.every(({ root }) => root === null) && issues.length > 0,
  };
}

/** Objects, also those in a `List`. */
function objectsOf(root: Node): readonly Node[] {
  if (root.kind !== 'map' || scalarText(nodeOf(root, 'apiVersion')) === undefined) return [];
  const items = nodeOf(root, 'items');
  if (/List$/.test(scalarText(nodeOf(root, 'kind')) ?? '') && items?.kind === 'list')
    return items.items.filter((item) => scalarText(nodeOf(item, 'kind')) !== undefined);
  return scalarText(nodeOf(root, 'kind')) === undefined ? [] : [root];
}

const manifestOf = (node: Node, tokens: readonly string[]): Manifest => ({
  apiVersion: scalarText(nodeOf(node, 'apiVersion')) ?? '',
  kind: scalarText(nodeOf(node, 'kind')) ?? '',
  line: node.line,
  endLine: node.endLine,
  body: expressionOf(node, tokens),
});

const tokenShape = /TPLx(\d{1,6})xTPL/g;

/**
 * A template with its directives taken out: lines that only steer are left blank, so that lines stay where they are; what
 * stands within a line becomes a mark that `expressionOf` turns back.
 */
function withoutDirectives(text: string): { readonly text: string; readonly tokens: readonly string[] } {
  const tokens: string[] = [];
  const comments = text.replace(/\{\{-?\s*\/\*[\s\S]{0,20000}?\*\/\s*-?\}\}/g, (whole) => whole.replace(/[^\n]/g, ''));
  const lines = comments.split('\n').map((line) => {
    if (/^\s*(?:\{\{[^}]*\}\}\s*)+$/.test(line)) return '';
    return line.replace(/\{\{-?([^{}]{0,2000})-?\}\}/g, (_whole, inner: string) => {
      tokens.push(inner.replace(/-$/, '').trim());
      return `TPLx${tokens.length - 1}xTPL`;
    });
  });
  return { text: lines.join('\n'), tokens };
}

function expressionOf(node: Node, tokens: readonly string[]): Expression {
  const at = { line: node.line, endLine: node.endLine };
  switch (node.kind) {
    case 'list':
      return { k: 'list', items: node.items.map((item) => expressionOf(item, tokens)), ...at };
    case 'map':
      return {
        k: 'map',
        entries: entriesOf(node).map((entry: Entry) => [entry.key, expressionOf(entry.node, tokens)] as const),
        ...at,
      };
    case 'scalar':
      if (typeof node.value === 'string')
        return tokens.length === 0 || !node.value.includes('TPLx')
          ? { k: 'text', v: node.value, ...at }
          : templateOf(node.value, tokens, at);
      if (typeof node.value === 'number') return { k: 'number', v: node.value, ...at };
      return typeof node.value === 'boolean' ? { k: 'boolean', v: node.value, ...at } : { k: 'nothing', ...at };
  }
}

function templateOf(
  text: string,
  tokens: readonly string[],
  at: { readonly line: number; readonly endLine: number },
): Expression {
  const parts: Expression[] = [];
  let from = 0;
  for (const match of text.matchAll(tokenShape)) {
    if (match.index > from) parts.push({ k: 'text', v: text.slice(from, match.index), ...at });
    parts.push(directiveOf(tokens[Number(match[1])] ?? '', at));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ k: 'text', v: text.slice(from), ...at });
  return { k: 'template', parts, ...at };
}

/** `.Values.image.tag | default .Chart.AppVersion | quote`: the first name counts. */
function directiveOf(inner: string, at: { readonly line: number; readonly endLine: number }): Expression {
  const path =
    /^\(?\s*(?:quote\s+|required\s+"[^"]*"\s+|tpl\s+)?[$]?\.((?:Values|Release|Chart)(?:\.[A-Za-z_]\w*)+)/.exec(
      inner,
    )?.[1];
  return path === undefined
    ? { k: 'other', text: 'a template', parts: [], ...at }
    : { k: 'reference', path: path.split('.'), ...at };
}
