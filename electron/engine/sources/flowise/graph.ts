import { atLine } from '../low-code/nested-text.ts';
import { parseJson } from '../parse/json-document.ts';
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
 * Flows of Flowise: nodes with `data.{name,category,inputs}` and edges. Read from the marketplace files of Flowise 3.x
 * (2026-07), three generations of them: chat flows, multi and sequential agents, agent flows of version 2.
 */
export type FlowBox = {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly category: string;
  readonly inputs: Node | undefined;
  readonly data: Node;
  readonly credentials: readonly string[];
  readonly span: Span;
};

export type Flow = {
  readonly name: string | null;
  readonly kind: string | null;
  readonly isPublic: boolean | null;
  readonly deployed: boolean | null;
  readonly span: Span;
  readonly boxes: readonly FlowBox[];
  readonly arrows: readonly (readonly [string, string])[];
};

const mostBoxes = 1000;
const mostFlows = 200;

/** One flow, or all flows of an export of an instance, whose `flowData` is JSON in a text. */
export function flowsIn(root: Node): readonly Flow[] {
  if (nodeOf(root, 'nodes')?.kind === 'list' && nodeOf(root, 'edges')?.kind === 'list') {
    const flow = readFlow(root, root);
    return flow === null ? [] : [flow];
  }
  const found: Flow[] = [];
  const records =
    root.kind === 'list'
      ? root.items
      : root.kind === 'map'
        ? [root, ...entriesOf(root).flatMap((entry) => itemsOf(entry.node))]
        : [];
  for (const record of records.slice(0, 5000)) {
    const data = entryOf(record, 'flowData');
    const inner =
      data === undefined ? null : data.node.kind === 'map' ? data.node : parseJson(textOf(data.node) ?? '').root;
    if (data === undefined || inner === null || found.length >= mostFlows) continue;
    const flow = readFlow(data.node.kind === 'map' ? inner : atLine(inner, data.line), record);
    if (flow !== null) found.push(flow);
  }
  return found;
}

function readFlow(graph: Node, record: Node): Flow | null {
  const boxes = itemsOf(nodeOf(graph, 'nodes'))
    .slice(0, mostBoxes)
    .flatMap((item) => readBox(item) ?? []);
  if (boxes.length === 0) return null;
  const name = entryOf(record, 'name');
  return {
    name: textOf(name?.node) ?? null,
    kind: textOf(nodeOf(record, 'type')) ?? null,
    isPublic: booleanOf(nodeOf(record, 'isPublic')) ?? null,
    deployed: booleanOf(nodeOf(record, 'deployed')) ?? null,
    span: name ?? { line: graph.line, endLine: graph.line },
    boxes,
    arrows: itemsOf(nodeOf(graph, 'edges')).flatMap((edge): (readonly [string, string])[] => {
      const from = textOf(nodeOf(edge, 'source'));
      const to = textOf(nodeOf(edge, 'target'));
      return from === undefined || to === undefined ? [] : [[from, to]];
    }),
  };
}

function readBox(item: Node): FlowBox | null {
  const data = nodeOf(item, 'data');
  const id = textOf(nodeOf(item, 'id')) ?? textOf(nodeOf(data, 'id'));
  const name = textOf(nodeOf(data, 'name'));
  const category = textOf(nodeOf(data, 'category'));
  if (data === undefined || id === undefined || name === undefined || category === undefined) return null;
  const label = entryOf(data, 'label') ?? entryOf(data, 'name');
  const asked = itemsOf(nodeOf(data, 'inputParams'))
    .filter((parameter) => textOf(nodeOf(parameter, 'type')) === 'credential')
    .flatMap((parameter) => itemsOf(nodeOf(parameter, 'credentialNames')).flatMap((one) => textOf(one) ?? []));
  return {
    id,
    name,
    label: textOf(label?.node) ?? name,
    category,
    inputs: nodeOf(data, 'inputs'),
    data,
    // Ids of stored credentials stand in `credential`; the type is what has a name.
    credentials: [...new Set(asked)].slice(0, 5),
    span: { line: label?.line ?? data.line, endLine: label?.line ?? data.line },
  };
}

/** Ids of the boxes that an input names: `{{chatOpenAI_0.data.instance}}`, alone or in a list. */
export function referencesOf(input: Node | undefined): readonly string[] {
  const texts = input?.kind === 'list' ? input.items.flatMap((item) => textOf(item) ?? []) : [textOf(input) ?? ''];
  return texts.flatMap((text) =>
    [...text.slice(0, 20_000).matchAll(/\{\{([A-Za-z0-9_-]{1,120})\.data\.instance\}\}/g)].flatMap(
      (match) => match[1] ?? [],
    ),
  );
}

export const inputText = (box: FlowBox, ...path: readonly string[]): string | undefined => {
  const text = scalarText(nodeOf(box.inputs, ...path));
  return text === undefined || text === '' ? undefined : text;
};

export const inputSpan = (box: FlowBox, ...path: readonly string[]): Span => {
  const entry = entryOf(box.inputs, ...path);
  return entry === undefined ? box.span : { line: entry.line, endLine: entry.line };
};
