import { parseJson } from '../parse/json-document.ts';
import { entryOf, itemsOf, type Node, nodeOf, scalarText } from '../parse/node.ts';
import { FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent } from '../low-code/flow-source.ts';
import type { CodeSource, FileInput, ModuleSummary, Reading } from '../source.ts';

/**
 * Credentials that `n8n export:credentials` wrote (n8n documentation "CLI commands", 2026): names and kinds; whether the
 * values are encrypted. What stands in them is never taken.
 */
export const n8nCredentials: CodeSource = {
  kind: 'code',
  id: 'n8n/credentials',
  version: 1,
  title: 'n8n credential exports',
  product: 'n8n',
  productTitle: 'n8n',
  extensions: ['.json'],
  // The beginning of every value that n8n encrypted, and fields of exports with plain values.
  keywords: ['U2FsdGVkX1', '"nodesAccess"', '"isManaged"'],
  emits: ['credential'],
  summarise: (file) => Promise.resolve(summarise(file)),
  link: (modules) => ({
    readings: modules.flatMap(({ place, content }) =>
      isFlowContent(content, 'n8n-credentials') ? [{ place, reading: (content as Content).reading }] : [],
    ),
    wanted: [],
  }),
};

type Content = { readonly kind: 'n8n-credentials'; readonly reading: Reading };

const mostCredentials = 1000;

function summarise(file: FileInput): ModuleSummary {
  const { root } = parseJson(file.text);
  const found = (root?.kind === 'list' ? itemsOf(root) : root === null ? [] : [root])
    .flatMap((item) => credentialIn(item) ?? [])
    .slice(0, mostCredentials);
  if (found.length === 0) return flowSummary(file, null, [], false);
  const builder = flowBuilder(file);
  const facts = new FlowFacts(builder, 'n8n', 'high');
  for (const { type, name, node, isEncrypted } of found) {
    const span = { line: node.line, endLine: node.endLine };
    facts.storedCredential(type, name, span, {
      ...(isEncrypted ? { encrypted: true } : { literal: true }),
      forms: [{ form: isEncrypted ? 'encrypted' : 'literal', host: 'n8n', place: file.place, line: node.line }],
    });
  }
  const content: Content = { kind: 'n8n-credentials', reading: builder.done() };
  return flowSummary(file, content, [], false);
}

type Stored = {
  readonly type: string;
  readonly name: string;
  readonly node: Node;
  readonly isEncrypted: boolean;
};

function credentialIn(item: Node): Stored | null {
  if (item.kind !== 'map') return null;
  const text = (key: string): string | undefined => scalarText(nodeOf(item, key));
  const [type, name, id] = [text('type'), text('name'), text('id')];
  const data = entryOf(item, 'data')?.node;
  if (type === undefined || name === undefined || id === undefined || data === undefined) return null;
  // A workflow has nodes; types of credentials are one word (`qdrantApi`, `httpHeaderAuth`).
  if (!/^[a-z][A-Za-z0-9]{2,80}$/.test(type) || entryOf(item, 'nodes') !== undefined) return null;
  const isEncrypted = scalarText(data)?.startsWith('U2FsdGVkX1') === true;
  return isEncrypted || data.kind === 'map' ? { type, name, node: item, isEncrypted } : null;
}
