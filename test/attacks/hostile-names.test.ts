import { expect, test } from 'vitest';
import { hostileScan, printedScan } from '../fixtures/hostile-scan.ts';
import { plantedFolder } from '../fixtures/temporary-tree.ts';

const hostile = [
  '<img src=x onerror=alert(1)>',
  '"; DROP TABLE asset; --',
  '$(touch x)`touch y`',
  'a\nb\r\nc',
  '\u001b]0;title\u0007\u001b[31mred',
  '\u202eevil\u202c',
  '\u2028line',
  '=cmd()',
  '%s%n',
  '{{7*7}}',
  'x'.repeat(180),
  '\u0085\u009b31m',
  '.. .',
  '-rf',
];
// What a terminal would obey: C0 without tab and line feed, DEL, C1, bidirectional marks.
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

test('names with markup, control characters and line feeds stay names in every output', async () => {
  const tree: Record<string, string> = {};
  for (const [index, name] of hostile.entries()) {
    const folder = name.slice(0, 250);
    tree[`${folder}/CLAUDE.md`] = '# x\n';
    tree[`plain${index}/.mcp.json`] = JSON.stringify({ mcpServers: { [name]: { command: name, args: [name] } } });
  }
  const root = plantedFolder(tree);
  const { bench, names, status } = await hostileScan({ roots: [root] });
  expect(status).toBe('complete');
  const shown = hostile.map((name) => name.replaceAll('\n', '\u2028'));
  expect(shown.filter((name) => !names.includes(name))).toEqual([]);
  const columns = await bench.router.ask('assets.columns', { scan: null });
  if (!columns.ok) throw new Error(columns.error.message);
  for (const column of ['ids', 'names', 'hosts', 'repositories', 'places', 'sources', 'notes'] as const)
    expect([column, columns.value[column].split('\n').length]).toEqual([column, columns.value.count]);
  for (const line of bench.logLines) expect(() => JSON.parse(line)).not.toThrow();

  const { report, json, text, noted } = await printedScan(root);
  const reported = report.assets.map(({ name }) => name);
  expect(hostile.filter((name) => !reported.includes(name))).toEqual([]);
  expect([obeyed.exec(json.replaceAll('\n', '')), obeyed.exec(text), obeyed.exec(noted)]).toEqual([null, null, null]);
});
