import { parse, TomlDate, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { type Entry, maxDepth, maxNodes, type Node, type ParsedDocument } from './node.ts';
import { type PathLines, tomlLines } from './toml-lines.ts';

/** TOML 1.0. A broken file yields nothing but the problem: hosts refuse it whole as well. */
export function parseToml(text: string): ParsedDocument {
  let table: TomlTable;
  try {
    table = parse(text, { maxDepth });
  } catch (error) {
    const first = error instanceof TomlError ? (error.message.split('\n')[0] ?? '') : '';
    return {
      root: null,
      problems: [
        {
          kind: 'syntax',
          line: error instanceof TomlError ? error.line : null,
          message: `broken TOML${first === '' ? '' : `: ${first.replace(/^Invalid TOML document: /, '')}`}`,
        },
      ],
    };
  }
  const lines = tomlLines(text);
  const budget = { left: maxNodes };
  const root = convert(table, [], { line: 1, endLine: lines.lastLine }, lines, budget);
  if (budget.left < 0) {
    return {
      root: null,
      problems: [{ kind: 'limit', line: null, message: `more than ${maxNodes.toLocaleString('en')} values` }],
    };
  }
  return { root, problems: [] };
}

function convert(
  value: TomlValue,
  path: readonly (string | number)[],
  fallback: { readonly line: number; readonly endLine: number },
  lines: PathLines,
  budget: { left: number },
): Node {
  budget.left--;
  const known = lines.of(path);
  const line = known?.line ?? fallback.line;
  let endLine = Math.max(line, known?.endLine ?? line);
  if (budget.left < 0) return { kind: 'scalar', line, endLine, value: null };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => convert(item, [...path, index], { line, endLine: line }, lines, budget));
    for (const item of items) endLine = Math.max(endLine, item.endLine);
    return { kind: 'list', line, endLine, items };
  }
  if (value instanceof TomlDate) return { kind: 'scalar', line, endLine, value: value.toISOString() };
  if (typeof value === 'object') {
    const entries = new Map<string, Entry>();
    let firstLine = known?.line ?? Number.POSITIVE_INFINITY;
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (member === undefined) continue;
      const node = convert(member, [...path, key], { line, endLine: line }, lines, budget);
      const keyLine = lines.of([...path, key])?.line ?? node.line;
      entries.set(key, { key, line: keyLine, endLine: Math.max(keyLine, node.endLine), node });
      firstLine = Math.min(firstLine, keyLine);
      endLine = Math.max(endLine, node.endLine);
    }
    return { kind: 'map', line: Number.isFinite(firstLine) ? firstLine : line, endLine, entries };
  }
  return { kind: 'scalar', line, endLine, value: typeof value === 'bigint' ? Number(value) : value };
}
