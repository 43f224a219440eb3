import { booleanOf, entryOf, itemsOf, type Node, nodeOf, scalarText, type Span, textOf } from '../parse/node.ts';

/**
 * Exports of Dify apps ("DSL", `kind: app`), versions 0.1 to 0.5. Read from public exports of 2024 to 2026; the meaning of
 * their fields is from excerpts.
 */
export type DifyStep = {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly data: Node;
  readonly span: Span;
};

export type DifyApp = {
  readonly root: Node;
  readonly name: string;
  readonly mode: string;
  readonly description: string;
  readonly version: string;
  readonly span: Span;
  readonly steps: readonly DifyStep[];
  readonly arrows: readonly (readonly [string, string])[];
};

const mostSteps = 1000;

export function readApp(root: Node): DifyApp | null {
  const app = entryOf(root, 'app');
  const mode = scalarText(nodeOf(app?.node, 'mode'));
  if (
    scalarText(nodeOf(root, 'kind')) !== 'app' &&
    nodeOf(root, 'model_config') === undefined &&
    nodeOf(root, 'workflow', 'graph') === undefined
  )
    return null;
  if (app === undefined || mode === undefined) return null;
  const name = entryOf(app.node, 'name');
  const graph = nodeOf(root, 'workflow', 'graph');
  return {
    root,
    name: scalarText(name?.node) ?? 'Dify app',
    mode,
    description: scalarText(nodeOf(app.node, 'description')) ?? '',
    version: scalarText(nodeOf(root, 'version')) ?? '',
    span: { line: name?.line ?? app.line, endLine: name?.line ?? app.line },
    steps: itemsOf(nodeOf(graph, 'nodes'))
      .slice(0, mostSteps)
      .flatMap((node): DifyStep[] => {
        const data = nodeOf(node, 'data');
        const id = scalarText(nodeOf(node, 'id'));
        const type = scalarText(nodeOf(data, 'type'));
        if (data === undefined || id === undefined || type === undefined || type === '') return [];
        const title = entryOf(data, 'title');
        return [
          {
            id,
            type,
            title: scalarText(title?.node) ?? type,
            data,
            span: { line: title?.line ?? data.line, endLine: title?.line ?? data.line },
          },
        ];
      }),
    arrows: itemsOf(nodeOf(graph, 'edges')).flatMap((edge): (readonly [string, string])[] => {
      const from = scalarText(nodeOf(edge, 'source'));
      const to = scalarText(nodeOf(edge, 'target'));
      return from === undefined || to === undefined ? [] : [[from, to]];
    }),
  };
}

/** Parameters of an agent step say whether their value is fixed (`constant`) or comes from the run. */
export function agentParameter(
  step: DifyStep,
  name: string,
): { readonly value: Node; readonly span: Span; readonly fixed: boolean } | null {
  const entry = entryOf(step.data, 'agent_parameters', name);
  const value = nodeOf(entry?.node, 'value');
  if (entry === undefined || value === undefined) return null;
  return { value, span: entry, fixed: textOf(nodeOf(entry.node, 'type')) !== 'variable' };
}

export const isEnabled = (item: Node): boolean =>
  booleanOf(nodeOf(item, 'enabled')) !== false && booleanOf(nodeOf(item, 'isDeleted')) !== true;

/** `{{#sys.query#}}`, `{{name}}`: what a run puts into a text. */
export const insertedIn = (text: string): readonly string[] => [
  ...new Set([...text.slice(0, 50_000).matchAll(/\{\{#?([\w.$-]{1,120})#?\}\}/g)].flatMap((match) => match[1] ?? [])),
];
