import type { Node } from '../parse/node.ts';

/** Values that were read out of a text inside of a file: all of them stand at the line of that text. */
export function atLine(node: Node, line: number): Node {
  const at = { line, endLine: line };
  switch (node.kind) {
    case 'scalar':
      return { ...node, ...at };
    case 'list':
      return { ...node, ...at, items: node.items.map((item) => atLine(item, line)) };
    case 'map':
      return {
        ...node,
        ...at,
        entries: new Map(
          [...node.entries].map(([key, entry]) => [key, { ...entry, ...at, node: atLine(entry.node, line) }]),
        ),
      };
  }
}
