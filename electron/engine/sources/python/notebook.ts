import { type Node, parseTree } from 'jsonc-parser';

/** Code cells of a Jupyter notebook (nbformat 4) as one Python text, and for each of its lines the line in the file. */
export type NotebookText = { readonly text: string; readonly lines: readonly number[] };

/** Null when the text is no notebook. Cells are joined in the order of the file, not in the order they were run. */
export function notebookText(json: string): NotebookText | null {
  const root = parse(json);
  const cells = property(root, 'cells');
  if (cells?.type !== 'array') return null;
  const lineStarts = startsOfLines(json);
  const output: string[] = [];
  const lines: number[] = [];
  for (const cell of cells.children ?? []) {
    if (property(cell, 'cell_type')?.value !== 'code') continue;
    const source = property(cell, 'source');
    const pieces = source?.type === 'array' ? (source.children ?? []) : source === undefined ? [] : [source];
    let text = '';
    const starts: number[] = [];
    for (const piece of pieces) {
      if (typeof piece.value !== 'string') continue;
      const line = lineAt(lineStarts, piece.offset);
      for (let breaks = count(piece.value) + (text === '' || text.endsWith('\n') ? 1 : 0); breaks > 0; breaks -= 1)
        starts.push(line);
      if (piece.value.endsWith('\n')) starts.pop();
      text += piece.value;
    }
    const cellLines = text.replace(/\n$/, '').split('\n');
    // A cell magic (`%%bash`) hands the whole cell to something else.
    const foreign = /^\s*%%(?!time|timeit|capture|prun)/.test(cellLines[0] ?? '');
    cellLines.forEach((line, index) => {
      output.push(foreign || /^\s*[%!?]/.test(line) ? '#' : line);
      lines.push(starts[index] ?? starts.at(-1) ?? 1);
    });
    output.push('');
    lines.push(lines.at(-1) ?? 1);
  }
  return { text: output.join('\n'), lines };
}

function parse(json: string): Node | undefined {
  try {
    return parseTree(json, [], { disallowComments: true });
  } catch (error) {
    // Nesting deeper than the stack: no notebook that anybody wrote.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function property(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.find((child) => child.children?.[0]?.value === name)?.children?.[1];
}

const count = (text: string): number => text.split('\n').length - 1;

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
