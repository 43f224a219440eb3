import type { Node } from './node.ts';

/** The value of a node without its lines, for comparison in tests. Maps become null-prototype objects. */
export function plainOf(node: Node | null): unknown {
  if (node === null) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  const object = Object.create(null) as Record<string, unknown>;
  for (const entry of node.entries.values()) object[entry.key] = plainOf(entry.node);
  return object;
}
