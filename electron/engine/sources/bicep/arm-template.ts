import type { Expression } from '../infrastructure/expression.ts';
import { parseJson } from '../parse/json-document.ts';
import { booleanOf, entriesOf, itemsOf, type Node, nodeOf, scalarText } from '../parse/node.ts';
import type { Problem } from '../parse/node.ts';
import type { BicepFile, BicepResource } from './syntax.ts';

/** A JSON template of Azure Resource Manager, in the form of a Bicep file; null where the text is none. */
export function readArmTemplate(text: string): {
  readonly file: BicepFile | null;
  readonly problems: readonly Problem[];
} {
  const { root, problems } = parseJson(text);
  if (!/deploymentTemplate\.json/i.test(scalarText(nodeOf(root, '$schema')) ?? '')) return { file: null, problems };
  const resources: BicepResource[] = [];
  collect(nodeOf(root, 'resources'), '', null, resources, 0);
  return {
    problems,
    file: {
      kind: 'bicep',
      generated: scalarText(nodeOf(root, 'metadata', '_generator', 'name')) === 'bicep',
      resources,
      modules: [],
      names: entriesOf(nodeOf(root, 'variables')).map((entry) => [entry.key, expressionOf(entry.node)] as const),
      parameters: entriesOf(nodeOf(root, 'parameters')).map((entry) => {
        const fallback = nodeOf(entry.node, 'defaultValue');
        return [entry.key, fallback === undefined ? null : expressionOf(fallback)] as const;
      }),
      outputs: [],
    },
  };
}

/** Resources, those inside others and inside nested deployments. */
function collect(
  node: Node | undefined,
  above: string,
  parent: string | null,
  found: BicepResource[],
  depth: number,
): void {
  if (depth > 6) return;
  const items = node?.kind === 'map' ? entriesOf(node).map((entry) => entry.node) : itemsOf(node);
  for (const item of items) {
    const own = scalarText(nodeOf(item, 'type'));
    if (own === undefined || found.length > 5000) continue;
    const type = above !== '' && !own.includes('.') ? `${above}/${own}` : own;
    const name = `${type}@${item.line}`;
    found.push({
      name,
      type,
      line: item.line,
      endLine: item.endLine,
      body: expressionOf(item),
      parent,
      existing: booleanOf(nodeOf(item, 'existing')) === true,
      each: null,
    });
    collect(nodeOf(item, 'resources'), type, name, found, depth + 1);
    collect(nodeOf(item, 'properties', 'template', 'resources'), '', null, found, depth + 1);
  }
}

function expressionOf(node: Node): Expression {
  const at = { line: node.line, endLine: node.endLine };
  switch (node.kind) {
    case 'list':
      return { k: 'list', items: node.items.map(expressionOf), ...at };
    case 'map':
      return {
        k: 'map',
        entries: entriesOf(node).map((entry) => [entry.key, expressionOf(entry.node)] as const),
        ...at,
      };
    case 'scalar':
      if (typeof node.value === 'string') return textOf(node.value, at);
      if (typeof node.value === 'number') return { k: 'number', v: node.value, ...at };
      return typeof node.value === 'boolean' ? { k: 'boolean', v: node.value, ...at } : { k: 'nothing', ...at };
  }
}

/** `[parameters('x')]`, `[variables('y')]`, `[resourceId('Type', parameters('x'))]`; anything else stays open. */
function textOf(text: string, at: { readonly line: number; readonly endLine: number }): Expression {
  if (!text.startsWith('[') || !text.endsWith(']') || text.startsWith('[[')) return { k: 'text', v: text, ...at };
  const inner = text.slice(1, -1).trim();
  const whole = /^(parameters|variables)\(\s*'([^']{1,200})'\s*\)$/.exec(inner);
  if (whole !== null) return { k: 'reference', path: [whole[2] ?? ''], ...at };
  const typed = [...inner.matchAll(/resourceId\(\s*'([A-Za-z.]+\/[A-Za-z/]+)'/g)].map(
    (match): Expression => ({ k: 'reference', path: [`type:${(match[1] ?? '').toLowerCase()}`], ...at }),
  );
  return { k: 'other', text: 'an expression', parts: typed, ...at };
}
