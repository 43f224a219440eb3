import type { Expression } from '../infrastructure/expression.ts';
import { entriesOf, type Node, nodeOf } from '../parse/node.ts';
import type { Block } from './syntax.ts';

/** The JSON form of the language ("JSON Configuration Syntax", 2026), to the same blocks. */
export function jsonBlocks(root: Node): readonly Block[] {
  const blocks: Block[] = [];
  const add = (type: string, labels: readonly string[], node: Node, span: { line: number; endLine: number }): void => {
    for (const item of node.kind === 'list' ? node.items : [node])
      blocks.push({ type, labels, line: span.line, endLine: span.endLine, body: expressionOf(item) });
  };
  for (const type of ['resource', 'data'])
    for (const kind of entriesOf(nodeOf(root, type)))
      for (const named of entriesOf(kind.node)) add(type, [kind.key, named.key], named.node, named);
  for (const type of ['variable', 'output', 'module', 'provider'])
    for (const named of entriesOf(nodeOf(root, type))) add(type, [named.key], named.node, named);
  for (const type of ['locals', 'terraform']) {
    const node = nodeOf(root, type);
    if (node !== undefined) add(type, [], node, node);
  }
  return blocks;
}

const wholeReference =
  /^\$\{\s{0,4}([A-Za-z_][\w-]{0,100}(?:\.[A-Za-z_][\w-]{0,100}|\[[^\]"]{0,60}\]|\["[^"]{0,60}"\]){0,12})\s{0,4}\}$/;
const piece = /\$\{[^}]{0,2000}\}/g;

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

function textOf(text: string, at: { readonly line: number; readonly endLine: number }): Expression {
  if (!text.includes('${')) return { k: 'text', v: text, ...at };
  const parts: Expression[] = [];
  let from = 0;
  for (const match of text.matchAll(piece)) {
    if (match.index > from) parts.push({ k: 'text', v: text.slice(from, match.index), ...at });
    const inner = wholeReference.exec(match[0])?.[1];
    parts.push(
      inner === undefined
        ? { k: 'other', text: 'an expression', parts: namesIn(match[0], at), ...at }
        : { k: 'reference', path: segments(inner), ...at },
    );
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ k: 'text', v: text.slice(from), ...at });
  return { k: 'template', parts, ...at };
}

const segments = (text: string): readonly string[] =>
  [...text.matchAll(/[A-Za-z_][\w-]*|\[[^\]]*\]/g)].map((match) =>
    match[0].replace(/^\["?|"?\]$/g, (mark) => (mark.startsWith('[') ? '[' : ']')),
  );

/** What an expression that is not evaluated names. */
const namesIn = (text: string, at: { readonly line: number; readonly endLine: number }): readonly Expression[] =>
  [...text.matchAll(/\b(?:data\.)?[a-z][a-z0-9_]{1,80}\.[A-Za-z_][\w-]{0,80}(?:\.[A-Za-z_]\w{0,60}){0,4}/g)]
    .slice(0, 50)
    .map((match): Expression => ({ k: 'reference', path: match[0].split('.'), ...at }));
