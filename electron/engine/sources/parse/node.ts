/**
 * What the parsers of this folder return, whatever the format: values with the lines they stand on. Keys from outside
 * live in a Map, so that `__proto__` is a key like any other.
 */

/** Lines are 1-based and inclusive. */
export type Span = { readonly line: number; readonly endLine: number };
export type ScalarNode = Span & { readonly kind: 'scalar'; readonly value: string | number | boolean | null };
export type ListNode = Span & { readonly kind: 'list'; readonly items: readonly Node[] };
export type MapNode = Span & { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Entry> };
export type Node = ScalarNode | ListNode | MapNode;

/** A key of a map: `line` is where the key stands, `endLine` where its value ends. */
export type Entry = Span & { readonly key: string; readonly node: Node };

export type ProblemKind =
  | 'syntax'
  | 'limit'
  | 'empty'
  | 'duplicate-key'
  | 'comment'
  | 'trailing-comma'
  | 'trailing-content'
  | 'lenient';
export type Problem = { readonly kind: ProblemKind; readonly line: number | null; readonly message: string };

/** `root` is null where nothing could be read; with problems it holds what could be read in spite of them. */
export type ParsedDocument = { readonly root: Node | null; readonly problems: readonly Problem[] };

/** Levels of nesting and number of values beyond which a document is refused before it is built. */
export const maxDepth = 64;
export const maxNodes = 100_000;

export const entryOf = (node: Node | null | undefined, ...path: readonly string[]): Entry | undefined => {
  let current: Node | null | undefined = node;
  let entry: Entry | undefined;
  for (const key of path) {
    if (current?.kind !== 'map') return undefined;
    entry = current.entries.get(key);
    current = entry?.node;
  }
  return entry;
};

export const nodeOf = (node: Node | null | undefined, ...path: readonly string[]): Node | undefined =>
  entryOf(node, ...path)?.node;

export const entriesOf = (node: Node | null | undefined): readonly Entry[] =>
  node?.kind === 'map' ? [...node.entries.values()] : [];

export const itemsOf = (node: Node | null | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : []);

export const textOf = (node: Node | null | undefined): string | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;

/** Text of any scalar: real files hold numbers and booleans where text is meant (`env`, `args`). */
export const scalarText = (node: Node | null | undefined): string | undefined =>
  node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;

export const booleanOf = (node: Node | null | undefined): boolean | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;

export const numberOf = (node: Node | null | undefined): number | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value) ? node.value : undefined;

export type LinedText = Span & { readonly text: string };

/** The texts of a list with their lines; a lone text counts as a list of one. Other members are left out. */
export function linedTexts(node: Node | null | undefined): readonly LinedText[] {
  if (node === null || node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const text = scalarText(item);
    return text === undefined ? [] : [{ text, line: item.line, endLine: item.endLine }];
  });
}

export const textsOf = (node: Node | null | undefined): readonly string[] => linedTexts(node).map((item) => item.text);

/** Line numbers of offsets: built once per text, asked in logarithmic time. */
export function lineIndex(text: string): (offset: number) => number {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
