import type { Node } from '../parse/node.ts';
import type { Spot, Value } from './expression.ts';

/** A parsed document as a value; it stands where `spot` stands, `shift` lines lower. */
export function valueOfNode(node: Node, spot: Spot): Value {
  const within = Math.min(spot.endLine, spot.line + node.line - 1);
  const at: Spot = {
    place: spot.place,
    line: within,
    endLine: Math.max(within, Math.min(spot.endLine, spot.line + node.endLine - 1)),
  };
  switch (node.kind) {
    case 'list':
      return { ...at, kind: 'list', items: node.items.map((item) => valueOfNode(item, spot)) };
    case 'map':
      return {
        ...at,
        kind: 'map',
        entries: new Map([...node.entries].map(([key, entry]) => [key, valueOfNode(entry.node, spot)])),
      };
    case 'scalar':
      if (typeof node.value === 'string')
        return { ...at, kind: 'text', text: node.value, dynamic: node.value.includes('${'), links: [] };
      if (typeof node.value === 'number') return { ...at, kind: 'number', number: node.value };
      if (typeof node.value === 'boolean') return { ...at, kind: 'boolean', boolean: node.value };
      return { ...at, kind: 'nothing' };
  }
}
