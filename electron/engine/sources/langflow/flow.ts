import {
  booleanOf,
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textOf,
} from '../parse/node.ts';

/**
 * Flows of Langflow: `data.nodes[].data.{type,node.template}` and edges whose target handle names the field. Read from the
 * starter projects of Langflow 1.x (2025, 2026).
 */
export type Component = {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly template: Node | undefined;
  readonly toolMode: boolean;
  readonly span: Span;
};

export type Wire = { readonly from: string; readonly to: string; readonly field: string; readonly span: Span };

export type LangflowFlow = {
  readonly name: string | null;
  readonly endpoint: string | null;
  readonly webhook: boolean;
  readonly span: Span;
  readonly components: readonly Component[];
  readonly wires: readonly Wire[];
};

const mostComponents = 1000;
const mostFlows = 200;

export function flowsIn(root: Node): readonly LangflowFlow[] {
  const found: LangflowFlow[] = [];
  const records = root.kind === 'list' ? root.items : [root, ...itemsOf(nodeOf(root, 'flows'))];
  for (const record of records.slice(0, 2000)) {
    const graph = nodeOf(record, 'data') ?? record;
    const components = itemsOf(nodeOf(graph, 'nodes'))
      .slice(0, mostComponents)
      .flatMap((item) => readComponent(item) ?? []);
    if (components.length === 0 || nodeOf(graph, 'edges') === undefined || found.length >= mostFlows) continue;
    const name = entryOf(record, 'name');
    found.push({
      name: textOf(name?.node) ?? null,
      endpoint: textOf(nodeOf(record, 'endpoint_name')) ?? null,
      webhook: components.some((one) => one.type === 'Webhook'),
      span: name === undefined ? { line: record.line, endLine: record.line } : { line: name.line, endLine: name.line },
      components,
      wires: itemsOf(nodeOf(graph, 'edges')).flatMap((edge) => readWire(edge) ?? []),
    });
  }
  return found;
}

function readComponent(item: Node): Component | null {
  const data = nodeOf(item, 'data');
  const type = entryOf(data, 'type');
  const text = textOf(type?.node);
  const id = textOf(nodeOf(data, 'id')) ?? textOf(nodeOf(item, 'id'));
  const template = nodeOf(data, 'node', 'template');
  if (type === undefined || text === undefined || id === undefined || template?.kind !== 'map') return null;
  const label = entryOf(data, 'node', 'display_name');
  const at = label ?? type;
  return {
    id,
    type: text,
    label: textOf(label?.node) ?? text,
    template,
    toolMode: booleanOf(nodeOf(data, 'node', 'tool_mode')) === true,
    span: { line: at.line, endLine: at.line },
  };
}

/** Handles stand as objects below `data`, and as texts with `œ` for quotation marks. */
function readWire(edge: Node): Wire | null {
  const from = textOf(nodeOf(edge, 'source'));
  const to = textOf(nodeOf(edge, 'target'));
  if (from === undefined || to === undefined) return null;
  const handle = textOf(nodeOf(edge, 'targetHandle')) ?? '';
  const field =
    textOf(nodeOf(edge, 'data', 'targetHandle', 'fieldName')) ??
    /œfieldNameœ:\s{0,2}œ([^œ]{1,100})œ/.exec(handle.slice(0, 5000))?.[1] ??
    '';
  return { from, to, field, span: edge };
}

export const fieldValue = (component: Component, name: string): Node | undefined =>
  nodeOf(component.template, name, 'value');

export const fieldText = (component: Component, ...names: readonly string[]): string | undefined =>
  names.flatMap((name) => {
    const text = scalarText(fieldValue(component, name));
    return text === undefined || text.trim() === '' ? [] : [text];
  })[0];

export const fieldSpan = (component: Component, name: string): Span =>
  entryOf(component.template, name, 'value') ?? component.span;

export type SecretField = {
  readonly name: string;
  readonly stored: string | null;
  readonly written: boolean;
  readonly span: Span;
};

/** Fields for secrets: the name of a stored variable, or a value that stands in the file. */
export function secretFields(component: Component): readonly SecretField[] {
  return entriesOf(component.template)
    .slice(0, 300)
    .flatMap((entry): SecretField[] => {
      if (booleanOf(nodeOf(entry.node, 'password')) !== true) return [];
      const value = entryOf(entry.node, 'value');
      const text = scalarText(value?.node) ?? '';
      if (value === undefined || text === '') return [];
      const stored = booleanOf(nodeOf(entry.node, 'load_from_db')) === true || /^[A-Z][A-Z0-9_]{2,63}$/.test(text);
      return [{ name: entry.key, stored: stored ? text : null, written: !stored, span: value }];
    });
}
