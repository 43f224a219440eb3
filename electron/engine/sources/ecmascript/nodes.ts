import { maskText } from '../parse/secrets.ts';
import type { Grammar, SyntaxTree } from './parser.ts';

/** A syntax tree as its readers ask it. Nodes are numbers, -1 is "none". */
export type Nodes = {
  typeOf(node: number): string;
  textOf(node: number): string;
  startOf(node: number): number;
  endOf(node: number): number;
  lineOf(node: number): number;
  endLineOf(node: number): number;
  /** The child in a field of the grammar. */
  child(node: number, field: string): number;
  first(node: number): number;
  children(node: number): readonly number[];
  /** Source between two offsets. */
  between(start: number, end: number): string;
  /** Source text of a node on one line, masked, at most `length` characters. */
  sourceText(node: number, length: number): string;
};

export function nodesOf(tree: SyntaxTree, grammar: Grammar): Nodes {
  const { types, fields, starts, ends, firstChild, nextSibling, text } = tree;
  const names = new Map<number, string>();
  const fieldIds = new Map<string, number>();
  const fieldId = (name: string): number => {
    let id = fieldIds.get(name);
    if (id === undefined) {
      id = grammar.field(name);
      fieldIds.set(name, id);
    }
    return id;
  };
  const startOf = (node: number): number => starts[node] ?? 0;
  const endOf = (node: number): number => ends[node] ?? 0;
  return {
    typeOf(node) {
      if (node < 0) return '';
      const id = types[node] ?? 0;
      let name = names.get(id);
      if (name === undefined) {
        name = grammar.nameOfType(id);
        names.set(id, name);
      }
      return name;
    },
    textOf: (node) => (node < 0 ? '' : text.slice(starts[node], ends[node])),
    startOf,
    endOf,
    lineOf: (node) => tree.lineOf(startOf(node)),
    endLineOf: (node) => tree.lineOf(Math.max(startOf(node), endOf(node) - 1)),
    child(node, field) {
      if (node < 0) return -1;
      const wanted = fieldId(field);
      for (let at = firstChild[node] ?? -1; at >= 0; at = nextSibling[at] ?? -1) if (fields[at] === wanted) return at;
      return -1;
    },
    first: (node) => (node < 0 ? -1 : (firstChild[node] ?? -1)),
    children(node) {
      const found: number[] = [];
      if (node < 0) return found;
      for (let at = firstChild[node] ?? -1; at >= 0; at = nextSibling[at] ?? -1) found.push(at);
      return found;
    },
    between: (start, end) => text.slice(start, end),
    sourceText(node, length) {
      const source = maskText(text.slice(starts[node], Math.min(endOf(node), startOf(node) + 2000)))
        .replace(/\s+/g, ' ')
        .trim();
      return source.length > length ? `${source.slice(0, length - 1)}…` : source;
    },
  };
}
