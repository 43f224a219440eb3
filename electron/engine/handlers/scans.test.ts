import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackText } from '../../../shared/contract/columns.ts';
import type { ScanRequest } from '../../../shared/contract/scans.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type RealEngine, realEngine } from '../../../test/fixtures/real-engine.ts';
import { plantedFolder } from '../../../test/fixtures/temporary-tree.ts';

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

async function scan(bench: RealEngine, request: Partial<ScanRequest>): Promise<{ number: number; status: string }> {
  const { number } = value(
    await bench.router.ask('scans.start', { roots: [], home: null, fsRoot: null, exclude: [], ...request }),
  );
  return { number, status: await bench.ended(number) };
}

const secret = `FAKE${'a1B2'.repeat(8)}`;
const serversFile = JSON.stringify(
  {
    mcpServers: {
      tickets: {
        command: 'npx',
        args: ['-y', '@acme/tickets@1.2.3', '--api-key', secret],
        env: { TICKETS_TOKEN: secret, REGION: 'eu' },
        headers: { Authorization: `Bearer ${secret}` },
      },
    },
  },
  null,
  2,
);

test('the sample is made, scanned for real, and answers every question about it', async () => {
  const bench = await realEngine();
  const { router } = bench;
  const sample = value(await router.ask('workspaces.createSample', {}));
  expect(sample.info).toMatchObject({ sample: true, readOnly: false, latestScan: null });
  expect(sample.roots.length).toBeGreaterThan(0);
  const request = { roots: sample.roots, home: sample.home, fsRoot: null, exclude: [] };
  const { number, status } = await scan(bench, request);
  expect([number, status]).toEqual([1, 'complete']);

  const columns = value(await router.ask('assets.columns', { scan: null }));
  expect(columns.count).toBeGreaterThan(10);
  for (const column of ['ids', 'names', 'hosts', 'repositories', 'places', 'sources', 'notes'] as const)
    expect([column, unpackText(columns[column], columns.count).length]).toEqual([column, columns.count]);
  for (const column of ['kinds', 'origins', 'confidences', 'dynamic'] as const)
    expect([column, columns[column].length]).toEqual([column, columns.count]);
  expect(value(await router.ask('assets.columns', { scan: 1 }))).toEqual(columns);
  const relations = value(await router.ask('assets.relationColumns', { scan: null }));
  expect([relations.from.length, relations.to.length, relations.kinds.length, relations.origins.length]).toEqual(
    Array<number>(4).fill(relations.count),
  );
  expect([...relations.from, ...relations.to].every((row) => row < columns.count)).toBe(true);

  const ids = unpackText(columns.ids, columns.count);
  const names = unpackText(columns.names, columns.count);
  let shown = 0;
  for (const [row, id] of ids.entries()) {
    const detail = value(await router.ask('assets.detail', { scan: null, id }));
    expect([detail.asset.id, detail.asset.name]).toEqual([id, (names[row] ?? '').replaceAll('\u2028', '\n')]);
    expect(detail.relations.length).toBe(
      [...relations.from].filter((from) => from === row).length + [...relations.to].filter((to) => to === row).length,
    );
    for (const { root, file, line, endLine } of detail.asset.evidence.slice(0, 2)) {
      const lines = value(
        await router.ask('assets.sourceLines', { scan: null, root, file, line, endLine, context: 2 }),
      );
      expect([lines.status, lines.lines.length > 0]).toEqual(['read', true]);
      shown++;
    }
    expect(value(await router.ask('assets.history', { id }))).toMatchObject([
      { sinceScan: 1, untilScan: null, changed: [] },
    ]);
  }
  expect(shown).toBeGreaterThan(10);
  const first = names[0] ?? '';
  expect(
    value(await router.ask('assets.search', { scan: null, text: first, limit: 5 })).map(({ name }) => name),
  ).toContain(first);
  expect(value(await router.ask('assets.search', { scan: null, text: 'no such thing anywhere', limit: 5 }))).toEqual(
    [],
  );

  const [summary] = value(await router.ask('scans.list', {}));
  expect(summary).toMatchObject({
    number: 1,
    status: 'complete',
    assets: columns.count,
    relations: relations.count,
    roots: sample.roots,
  });
  const coverage = value(await router.ask('scans.coverage', { number: 1 }));
  const board = value(await router.ask('scans.coverageBoard', { number: 1 }));
  expect(board.reduce((sum, cell) => sum + cell.read + cell.absent + cell.couldNotTell, 0)).toBe(coverage.length);
  expect(board.reduce((sum, cell) => sum + cell.couldNotTell, 0)).toBe(summary?.couldNotTell);
  expect(value(await router.ask('scans.issues', { number: 1 })).length).toBe(summary?.issues);
  expect(value(await router.ask('scans.lastRequest', {}))).toMatchObject(request);
  expect(value(await router.ask('scans.running', {}))).toBe(null);
  expect(bench.events.some(({ name }) => name === 'scans.progress')).toBe(true);
});

test('two scans are compared, an asset has its history, and what is shown of a file hides its secrets', async () => {
  const bench = await realEngine();
  const { router } = bench;
  await router.ask('workspaces.create', { path: null, name: 'w' });
  const root = plantedFolder({ '.mcp.json': serversFile, 'CLAUDE.md': '# Rules\n' });
  await scan(bench, { roots: [root] });
  const server = value(await router.ask('assets.search', { scan: null, text: 'tickets', limit: 10 })).find(
    ({ kind }) => kind === 'mcp-server',
  );
  const detail = value(await router.ask('assets.detail', { scan: null, id: server?.id ?? '' }));
  const evidence = detail.asset.evidence[0];
  const lines = async () =>
    value(
      await router.ask('assets.sourceLines', {
        scan: null,
        root: evidence?.root ?? 0,
        file: evidence?.file ?? '',
        line: 1,
        endLine: 40,
        context: 5,
      }),
    );
  const shown = await lines();
  expect([shown.status, shown.path, shown.firstLine]).toEqual(['read', join(root, '.mcp.json'), 1]);
  expect(shown.masked).toBeGreaterThan(0);
  expect(shown.lines.join('\n')).toContain('@acme/tickets');
  expect(shown.lines.join('\n')).not.toContain(secret);
  expect(JSON.stringify([detail, bench.logLines])).not.toContain(secret);

  writeFileSync(join(root, '.mcp.json'), serversFile.replace('1.2.3', '2.0.0').replace('"eu"', '"us"'));
  expect((await lines()).status).toBe('changed');
  const { number } = await scan(bench, { roots: [root] });
  expect(number).toBe(2);
  const comparison = value(await router.ask('scans.compare', { from: 1, to: 2 }));
  expect(comparison.assets.length).toBeGreaterThan(0);
  const back = value(await router.ask('scans.compare', { from: 2, to: 1 }));
  expect([back.relationsAdded, back.relationsRemoved]).toEqual([
    comparison.relationsRemoved,
    comparison.relationsAdded,
  ]);
  rmSync(join(root, '.mcp.json'));
  expect((await lines()).status).toBe('absent');
  await scan(bench, { roots: [root] });
  await scan(bench, { roots: [root] });
  const history = value(await router.ask('assets.history', { id: server?.id ?? '' }));
  expect(history.at(-1)).toMatchObject({ untilScan: 2 });
  expect(codeOf(await router.ask('assets.detail', { scan: null, id: server?.id ?? '' }))).toBe('not-found');
  expect(codeOf(await router.ask('assets.detail', { scan: 2, id: server?.id ?? '' }))).toBe('ok');
});

test('only files that facts stand in are shown, and none that became a link out of the root', async () => {
  const bench = await realEngine();
  const { router } = bench;
  await router.ask('workspaces.create', { path: null, name: 'w' });
  const root = plantedFolder({ 'sub/CLAUDE.md': '# Rules\n', 'other.txt': secret, '.mcp.json': serversFile });
  await scan(bench, { roots: [root] });
  const lines = (file: string, at: number | null = 0) =>
    router.ask('assets.sourceLines', { scan: null, root: at, file, line: 1, endLine: 1, context: 0 });
  for (const file of ['other.txt', '../other.txt', '/etc/passwd', 'sub/../other.txt', '', 'a\0b'])
    expect([file, codeOf(await lines(file))]).toEqual([file, 'not-found']);
  expect(codeOf(await lines('.mcp.json', 7))).toBe('not-found');
  // Named as facts name places: the same files, and no others.
  const label = basename(root);
  expect(value(await lines(`${label}/sub/CLAUDE.md`, null))).toMatchObject({ status: 'read', lines: ['# Rules'] });
  for (const file of ['other.txt', `${label}/other.txt`, `${label}/../other.txt`, '/etc/passwd', '~/.ssh/config', ''])
    expect([file, codeOf(await lines(file, null))]).toEqual([file, 'not-found']);
  rmSync(join(root, '.mcp.json'));
  execFileSync('ln', ['-s', '/etc/hostname', join(root, '.mcp.json')]);
  expect(value(await lines('.mcp.json'))).toMatchObject({ status: 'unreadable', lines: [] });
});

test('one scan runs at a time; cancelled ones are partial, failed ones say why', async () => {
  const bench = await realEngine();
  const { router } = bench;
  await router.ask('workspaces.create', { path: null, name: 'w' });
  const tree = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [`d${index % 150}/s${index}/CLAUDE.md`, `# ${index}\n`]),
  );
  const root = plantedFolder(tree);
  const request = { roots: [root], home: null, fsRoot: null, exclude: [] };
  const { number } = value(await router.ask('scans.start', request));
  expect(codeOf(await router.ask('scans.start', request))).toBe('busy');
  // While it runs it has no facts, and that is not what is remembered of it.
  expect(codeOf(await router.ask('assets.columns', { scan: number }))).toBe('ok');
  await router.ask('scans.cancel', { number: 999 });
  await router.ask('scans.cancel', { number });
  const status = await bench.ended(number);
  expect(['partial', 'complete']).toContain(status);
  const next = await scan(bench, { roots: [root] });
  expect(next.status).toBe('complete');
  expect(value(await router.ask('assets.columns', { scan: number })).count).toBe(
    value(await router.ask('scans.list', {})).find((each) => each.number === number)?.assets,
  );
  const failed = await scan(bench, { roots: [join(root, 'none')] });
  expect(failed.status).toBe('failed');
  expect(bench.events.filter(({ name }) => name === 'scans.ended').at(-1)?.payload).toMatchObject({
    message: `${join(root, 'none')}: there is no such folder, or it cannot be read.`,
  });
  expect(value(await router.ask('workspaces.current', {}))?.latestScan).toBe(next.number);
});

test('closing a workspace ends its scan, and a scan goes on answering other calls', async () => {
  const bench = await realEngine();
  const { router } = bench;
  const made = value(await router.ask('workspaces.create', { path: null, name: 'w' }));
  const root = plantedFolder(
    Object.fromEntries(Array.from({ length: 800 }, (_, index) => [`d${index}/CLAUDE.md`, `# ${index}\n`])),
  );
  const { number } = value(await router.ask('scans.start', { roots: [root], home: null, fsRoot: null, exclude: [] }));
  expect(codeOf(await router.ask('views.save', { id: null, name: 'during', screen: 'graph', search: '' }))).toBe('ok');
  expect(await router.ask('workspaces.close', {})).toEqual(ok(null));
  expect(['partial', 'complete']).toContain(await bench.ended(number));
  expect(value(await router.ask('workspaces.open', { path: made.path })).readOnly).toBe(false);
  expect(value(await router.ask('views.list', {})).map(({ name }) => name)).toEqual(['during']);
});

test('hostile inputs are answered as errors', async () => {
  const bench = await realEngine();
  const { router } = bench;
  await router.ask('workspaces.create', { path: null, name: 'w' });
  await scan(bench, { roots: [plantedFolder({ 'CLAUDE.md': 'x' })] });
  const calls: readonly [unknown, unknown, string][] = [
    ['nothing', {}, 'bad-request'],
    ['__proto__', {}, 'bad-request'],
    ['constructor', {}, 'bad-request'],
    [undefined, {}, 'bad-request'],
    [{ toString: () => 'scans.list' }, {}, 'bad-request'],
    ['scans.list', null, 'bad-request'],
    ['scans.list', { extra: 1 }, 'bad-request'],
    ['scans.list', JSON.parse('{"__proto__": {"x": 1}}'), 'bad-request'],
    ['scans.start', { roots: [], home: null, fsRoot: null, exclude: [] }, 'bad-request'],
    ['scans.start', { roots: ['x'.repeat(5000)], home: null, fsRoot: null, exclude: [] }, 'bad-request'],
    ['scans.coverage', { number: 99 }, 'not-found'],
    ['scans.coverage', { number: 0 }, 'bad-request'],
    ['scans.coverage', { number: '1; DROP TABLE scan' }, 'bad-request'],
    ['scans.issues', { number: 99 }, 'not-found'],
    ['scans.coverageBoard', { number: 99 }, 'not-found'],
    ['scans.compare', { from: 1, to: 99 }, 'not-found'],
    ['assets.columns', { scan: 99 }, 'not-found'],
    ['assets.relationColumns', { scan: 99 }, 'not-found'],
    ['assets.search', { scan: 99, text: '', limit: 1 }, 'not-found'],
    ['assets.search', { scan: null, text: '', limit: 0 }, 'bad-request'],
    ['assets.detail', { scan: null, id: "' OR 1=1 --" }, 'not-found'],
    ['assets.detail', { scan: 99, id: 'x' }, 'not-found'],
    ['assets.sourceLines', { scan: null, root: 1e9, file: 'x', line: 1, endLine: 1, context: 0 }, 'not-found'],
    ['assets.sourceLines', { scan: null, root: -1, file: 'x', line: 1, endLine: 1, context: 0 }, 'bad-request'],
    ['views.remove', { id: 7 }, 'bad-request'],
  ];
  for (const [name, input, code] of calls)
    expect([name, input, codeOf(await router.call(name, input))]).toEqual([name, input, code]);
  expect(value(await router.ask('assets.history', { id: 'none' }))).toEqual([]);
  expect(value(await router.ask('assets.search', { scan: null, text: '%_*.\\', limit: 10 }))).toEqual([]);
  expect(bench.logLines.filter((line) => line.includes('"error"'))).toEqual([]);
});
