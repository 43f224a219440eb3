import { isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import { type Entry, lineIndex, type MapNode, maxDepth, maxNodes, type Node } from './node.ts';

/** Above this the parser grows with the square of its input (measured), so it is not asked. */
const maxLength = 256 * 1024;
/** Errors that hosts' own parsers pass over: a closing bracket at the margin of a header is the common one. */
const tolerated = new Set(['BAD_INDENT']);

/**
 * A second opinion on a mapping that the strict parser refused: flow lists whose closing bracket is not indented are
 * read, as the hosts do. Null where anything else is wrong as well.
 */
export function parseTolerantYaml(text: string, firstLine: number): MapNode | null {
  if (text.length > maxLength || deepestIndent(text) > maxDepth) return null;
  const document = parseDocument(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    schema: 'core',
    version: '1.2',
  });
  if (document.errors.some((error) => !tolerated.has(error.code)) || document.contents === null) return null;
  const at = lineIndex(text);
  const lineAt = (offset: number): number => at(offset) + firstLine - 1;
  const budget = { left: maxNodes };
  const root = convert(document.contents, lineAt, budget, 0);
  return budget.left >= 0 && root.kind === 'map' ? root : null;
}

/** Brackets open at once: the parser recurses on them. */
function deepestIndent(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

function convert(
  node: ParsedNode | null,
  lineAt: (offset: number) => number,
  budget: { left: number },
  depth: number,
): Node {
  budget.left--;
  const line = node === null ? 1 : lineAt(node.range[0]);
  const endLine = node === null ? 1 : Math.max(line, lineAt(Math.max(node.range[0], node.range[1] - 1)));
  // `globs: *.ts` looks like an alias and is none: such a header is better read line by line.
  if (isAlias(node)) budget.left = -1;
  if (node === null || isAlias(node) || budget.left < 0 || depth > maxDepth)
    return { kind: 'scalar', line, endLine, value: null };
  if (isMap(node)) {
    const entries = new Map<string, Entry>();
    for (const pair of node.items) {
      if (!isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      const keyLine = lineAt(pair.key.range?.[0] ?? node.range[0]);
      const value = convert(pair.value, lineAt, budget, depth + 1);
      const placed = pair.value === null ? { ...value, line: keyLine, endLine: keyLine } : value;
      entries.set(key, { key, line: keyLine, endLine: Math.max(keyLine, placed.endLine), node: placed });
    }
    return { kind: 'map', line, endLine, entries };
  }
  if (isSeq(node))
    return {
      kind: 'list',
      line,
      endLine,
      items: node.items.map((item) => convert(item as ParsedNode, lineAt, budget, depth + 1)),
    };
  const value: unknown = node.value;
  return {
    kind: 'scalar',
    line,
    endLine,
    value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null,
  };
}
