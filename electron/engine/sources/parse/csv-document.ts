import { type Entry, maxNodes, type MapNode, type Node, type ParsedDocument, type Problem } from './node.ts';

const maxProblems = 200;
const maxRecords = 25_000;

/**
 * CSV (RFC 4180) with a header, as a list of maps: the same shape that YAML and JSON give. Names of columns are trimmed and
 * in lower case; semicolons or tabs separate where the header has no comma. Lines are those where a record begins.
 */
export function parseCsv(text: string): ParsedDocument {
  const problems: Problem[] = [];
  const separator = separatorOf(text);
  const records = recordsOf(text, separator, problems);
  const header = records.shift();
  if (header === undefined)
    return { root: null, problems: [{ kind: 'empty', line: null, message: 'the file holds no header' }] };
  const columns = header.cells.map((cell) => cell.slice(0, 200).trim().toLowerCase());
  const items: MapNode[] = [];
  let values = 0;
  for (const { cells, line, endLine } of records) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    values += cells.length;
    if (values > maxNodes) {
      problems.push({ kind: 'limit', line, message: `more than ${maxNodes.toLocaleString('en')} values` });
      break;
    }
    if (cells.length !== columns.length && problems.length < maxProblems)
      problems.push({
        kind: 'lenient',
        line,
        message: `${cells.length} values under ${columns.length} columns`,
      });
    const entries = new Map<string, Entry>();
    for (const [index, key] of columns.entries()) {
      if (key === '') continue;
      const node: Node = { kind: 'scalar', line, endLine, value: cells[index]?.trim() ?? '' };
      entries.set(key, { key, line, endLine, node });
    }
    items.push({ kind: 'map', line, endLine, entries });
  }
  return { root: { kind: 'list', line: 1, endLine: records.at(-1)?.endLine ?? 1, items }, problems };
}

function separatorOf(text: string): string {
  const header = text.slice(0, Math.max(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n')));
  return header.includes(',') ? ',' : header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',';
}

type CsvRecord = { readonly cells: readonly string[]; readonly line: number; readonly endLine: number };

function recordsOf(text: string, separator: string, problems: Problem[]): CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    if (records.length > maxRecords) {
      problems.push({ kind: 'limit', line, message: `more than ${maxRecords.toLocaleString('en')} records` });
      break;
    }
    const startLine = line;
    const cells: string[] = [];
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const plain = text.slice(at, end);
    if (!plain.includes('"')) {
      cells.push(...plain.replace(/\r$/, '').slice(0, longestRecord).split(separator, maxColumns));
      at = end + 1;
      line++;
    } else {
      const quoted = quotedRecord(text, at, separator, cells);
      if (!quoted.isClosed && problems.length < maxProblems)
        problems.push({
          kind: 'syntax',
          line: startLine,
          message: 'a quoted value does not end, or the record is too long',
        });
      at = quoted.next;
      line += quoted.lines;
    }
    records.push({ cells, line: startLine, endLine: Math.max(startLine, line - 1) });
  }
  return records;
}

const longestRecord = 200_000;
const maxColumns = 1000;

/** One record with quoted values, which may go on over lines. */
function quotedRecord(
  text: string,
  start: number,
  separator: string,
  cells: string[],
): { readonly next: number; readonly lines: number; readonly isClosed: boolean } {
  let cell = '';
  let lines = 0;
  let at = start;
  const endCell = (): void => {
    if (cells.length < maxColumns) cells.push(cell);
    cell = '';
  };
  while (at < text.length && at - start < longestRecord) {
    const character = text[at] ?? '';
    if (character === '"' && cell.trim() === '') {
      const close = closingQuote(text, at + 1);
      if (close === -1) {
        const end = text.indexOf('\n', at);
        cells.push(text.slice(at + 1, end === -1 ? text.length : end));
        return { next: end === -1 ? text.length : end + 1, lines: lines + 1, isClosed: false };
      }
      const raw = text.slice(at + 1, close);
      for (let feed = raw.indexOf('\n'); feed !== -1; feed = raw.indexOf('\n', feed + 1)) lines++;
      cell = raw.replaceAll('""', '"');
      at = close + 1;
    } else if (character === separator) {
      endCell();
      at++;
    } else if (character === '\n') {
      endCell();
      return { next: at + 1, lines: lines + 1, isClosed: true };
    } else {
      if (character !== '\r') cell += character;
      at++;
    }
  }
  endCell();
  if (at >= text.length) return { next: text.length, lines: lines + 1, isClosed: true };
  // Too long for a record: what is left of its line is not read.
  const end = text.indexOf('\n', at);
  return { next: end === -1 ? text.length : end + 1, lines: lines + 1, isClosed: false };
}

/** A quote that is not doubled, at most as far away as a record may be long. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1 && at - from < longestRecord; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
