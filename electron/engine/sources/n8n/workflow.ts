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
 * An n8n workflow as its export writes it: steps, and connections by type. Real exports of n8n 1.x of 2024 to 2026 were
 * read; the meaning of types and parameters is from excerpts of the product's documentation.
 */
export type FlowNode = {
  readonly name: string;
  /** As written: `n8n-nodes-base.httpRequestTool`. */
  readonly type: string;
  /** Without the package and without the suffix of the variant that is a tool: `httpRequest`. */
  readonly base: string;
  readonly version: number;
  readonly parameters: Node | undefined;
  readonly credentials: readonly NodeCredential[];
  readonly disabled: boolean;
  /** The line that names it. */
  readonly span: Span;
};

export type NodeCredential = { readonly type: string; readonly name: string; readonly span: Span };

export type Edge = { readonly from: FlowNode; readonly to: FlowNode; readonly type: string; readonly span: Span };

export type Workflow = {
  /** Id in the instance it was exported from; null where the export left it out. */
  readonly id: string | null;
  readonly name: string | null;
  readonly span: Span;
  readonly active: boolean | null;
  readonly nodes: readonly FlowNode[];
  readonly into: ReadonlyMap<FlowNode, readonly Edge[]>;
  readonly from: ReadonlyMap<FlowNode, readonly Edge[]>;
  readonly tags: readonly string[];
  /** Steps and connections that were left out: too many, or to a step that is not there. */
  readonly dangling: readonly Span[];
  readonly omitted: number;
};

const mostWorkflows = 200;
const mostNodes = 1000;
const mostEdges = 20_000;

/** The workflows of a file: bare, wrapped by an API or a template gallery, or as a list of exports. */
export function workflowsIn(root: Node): readonly Workflow[] {
  const found: Workflow[] = [];
  const look = (node: Node | undefined, depth: number): void => {
    if (node === undefined || found.length >= mostWorkflows || depth > 3) return;
    if (node.kind === 'list') {
      for (const item of node.items.slice(0, 2000)) look(item, depth + 1);
      return;
    }
    if (node.kind !== 'map') return;
    if (nodeOf(node, 'nodes')?.kind === 'list' && nodeOf(node, 'connections')?.kind === 'map') {
      found.push(readWorkflow(node));
      return;
    }
    for (const key of ['workflow', 'workflows', 'data', 'json', 'template', 'attributes', 'workflowData'])
      look(nodeOf(node, key), depth + 1);
  };
  look(root, 0);
  return found;
}

function readWorkflow(node: Node): Workflow {
  const items = itemsOf(nodeOf(node, 'nodes'));
  const nodes: FlowNode[] = [];
  const byName = new Map<string, FlowNode>();
  for (const item of items.slice(0, mostNodes)) {
    const step = readNode(item);
    if (step === null) continue;
    nodes.push(step);
    byName.set(step.name, step);
  }
  const into = new Map<FlowNode, Edge[]>();
  const from = new Map<FlowNode, Edge[]>();
  const dangling: Span[] = [];
  let edges = 0;
  for (const source of entriesOf(nodeOf(node, 'connections'))) {
    const start = byName.get(source.key);
    for (const kind of entriesOf(source.node)) {
      for (const output of itemsOf(kind.node)) {
        for (const target of output.kind === 'list' ? output.items : [output]) {
          const name = textOf(nodeOf(target, 'node'));
          if (name === undefined || edges++ > mostEdges) continue;
          const end = byName.get(name);
          if (start === undefined || end === undefined) {
            dangling.push(target);
            continue;
          }
          // The key of the output counts: the type inside is that of the input.
          const edge: Edge = { from: start, to: end, type: kind.key, span: target };
          push(into, end, edge);
          push(from, start, edge);
        }
      }
    }
  }
  const name = entryOf(node, 'name');
  return {
    id: scalarText(nodeOf(node, 'id')) ?? null,
    name: textOf(name?.node) ?? null,
    span: name ?? { line: node.line, endLine: node.line },
    active: booleanOf(nodeOf(node, 'active')) ?? null,
    nodes,
    into,
    from,
    tags: itemsOf(nodeOf(node, 'tags'))
      .flatMap((tag) => textOf(nodeOf(tag, 'name')) ?? textOf(tag) ?? [])
      .slice(0, 30),
    dangling: dangling.slice(0, 20),
    omitted: Math.max(0, items.length - mostNodes),
  };
}

function push(map: Map<FlowNode, Edge[]>, node: FlowNode, edge: Edge): void {
  const list = map.get(node);
  if (list === undefined) map.set(node, [edge]);
  else list.push(edge);
}

function readNode(item: Node): FlowNode | null {
  const name = entryOf(item, 'name');
  const type = textOf(nodeOf(item, 'type'));
  const text = scalarText(name?.node);
  if (name === undefined || type === undefined || text === undefined || text === '') return null;
  const credentials = entriesOf(nodeOf(item, 'credentials')).flatMap((entry): NodeCredential[] => {
    const named = entryOf(entry.node, 'name');
    // Exports of version 0.x write the name itself.
    const written = scalarText(named?.node) ?? textOf(entry.node) ?? '';
    return [{ type: entry.key, name: written, span: named ?? entry }];
  });
  const version = nodeOf(item, 'typeVersion');
  return {
    name: text,
    type,
    base: baseOf(type),
    version: version?.kind === 'scalar' && typeof version.value === 'number' ? version.value : 1,
    parameters: nodeOf(item, 'parameters'),
    credentials: credentials.slice(0, 20),
    disabled: booleanOf(nodeOf(item, 'disabled')) === true,
    span: { line: name.line, endLine: name.line },
  };
}

/** `n8n-nodes-base.gmailTool` is the variant of `gmail` that n8n makes of it; `toolCode` is a type of its own. */
function baseOf(type: string): string {
  const last = type.slice(type.lastIndexOf('.') + 1);
  if (/^(?:mcpClientTool|agentTool)$/.test(last)) return last;
  return last.replace(/HitlTool$|Tool$/, '') || last;
}

export const isLangchain = (node: FlowNode): boolean => node.type.includes('n8n-nodes-langchain.');

/** A parameter as text; a resource locator (`{mode, value}`) gives its value. */
export function parameter(node: FlowNode, ...path: readonly string[]): string | undefined {
  const found = nodeOf(node.parameters, ...path);
  return scalarText(found) ?? scalarText(nodeOf(found, 'value'));
}

/** Where a parameter's value stands. */
export function parameterSpan(node: FlowNode, ...path: readonly string[]): Span {
  const entry = entryOf(node.parameters, ...path);
  if (entry === undefined) return node.span;
  return entry.node.kind === 'map'
    ? (entryOf(entry.node, 'value') ?? entry)
    : { line: entry.line, endLine: entry.line };
}

/** Texts that a run computes: `={{ $json.x }}`. */
export const isExpression = (text: string): boolean => text.startsWith('=') || /\{\{[\s\S]*\}\}/.test(text);

/** What an expression takes from earlier steps. */
export function insertedIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.slice(0, 100_000).matchAll(/\{\{([\s\S]{0,2000}?)\}\}/g))
    for (const name of (match[1] ?? '').matchAll(
      /\$(?:json|input|node|binary|\('[^']{0,100}'\)|\("[^"]{0,100}"\)|parameter)[\w.[\]'"()$ -]{0,120}/g,
    ))
      found.add(name[0].trim());
  return [...found].slice(0, 30);
}
