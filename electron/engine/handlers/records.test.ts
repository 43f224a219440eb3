import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedFolder } from '../../../test/fixtures/temporary-tree.ts';
import { type RealEngine, realEngine } from '../../../test/fixtures/real-engine.ts';
import { unpackText } from '../../../shared/contract/columns.ts';
import type { Result } from '../../../shared/result.ts';
import { emptyRecord } from '../../../shared/model/records.ts';

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const servers = (...names: string[]): string =>
  JSON.stringify(
    { mcpServers: Object.fromEntries(names.map((name) => [name, { url: `https://${name}.example/mcp` }])) },
    null,
    2,
  );

async function opened(
  tree: Parameters<typeof plantedFolder>[0],
): Promise<{ bench: RealEngine; folder: string; scan(): Promise<number> }> {
  const bench = await realEngine();
  const folder = plantedFolder(tree);
  value(await bench.router.ask('workspaces.create', { path: null, name: 'w' }));
  return {
    bench,
    folder,
    async scan() {
      const { number } = value(
        await bench.router.ask('scans.start', { roots: [folder], home: null, fsRoot: null, exclude: [] }),
      );
      expect(await bench.ended(number)).toBe('complete');
      return number;
    },
  };
}

async function idOf({ router }: RealEngine, kind: string, name: string): Promise<string> {
  const found = value(await router.ask('assets.search', { scan: null, text: name, limit: 100 }));
  const fitting = found.filter((each) => each.kind === kind && each.name === name);
  if (fitting.length !== 1 || fitting[0] === undefined) throw new Error(`${fitting.length} of ${kind} ${name}`);
  return fitting[0].id;
}

test('a record keeps who said what and when, survives scans, closing, and the absence of its asset', async () => {
  const { bench, folder, scan } = await opened({ '.cursor/mcp.json': servers('tickets'), 'CLAUDE.md': '# Rules\n' });
  const { router } = bench;
  await scan();
  const id = await idOf(bench, 'mcp-server', 'tickets');
  expect(value(await router.ask('records.get', { asset: id }))).toEqual({ record: emptyRecord, history: [] });
  const review = {
    reviewer: 'Ada',
    date: '2026-01-02',
    decision: 'approved-with-conditions',
    conditions: 'no writes',
    nextReview: '2026-06-01',
  } as const;
  value(await router.ask('records.set', { assets: [id], by: 'Ada', changes: { state: 'proposed', note: 'new' } }));
  value(
    await router.ask('records.set', { assets: [id], by: 'Bob', changes: { state: 'approved', note: 'new', review } }),
  );
  rmSync(join(folder, '.cursor/mcp.json'));
  await scan();
  const path = value(await router.ask('workspaces.current', {}))?.path ?? '';
  await router.ask('workspaces.close', {});
  value(await router.ask('workspaces.open', { path }));
  const { record, history } = value(await router.ask('records.get', { asset: id }));
  expect(record).toEqual({ ...emptyRecord, state: 'approved', note: 'new', review });
  expect(history.map(({ field, before, after, by }) => [field, before, after, by])).toEqual([
    ['review', null, review, 'Bob'],
    ['state', 'proposed', 'approved', 'Bob'],
    ['note', '', 'new', 'Ada'],
    ['state', null, 'proposed', 'Ada'],
  ]);
  expect(value(await router.ask('records.list', {}))).toEqual([{ asset: id, record }]);
  for (const changes of [{ state: 'great' }, { review: { ...review, date: 'soon' } }, { other: 1 }])
    expect(await router.call('records.set', { assets: [id], by: 'Ada', changes })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
});

test('three scans with add, change and remove are three events; approval by a person is a fourth', async () => {
  const { bench, folder, scan } = await opened({ 'CLAUDE.md': '# Rules\n' });
  const { router } = bench;
  await scan();
  const file = join(folder, '.mcp.json');
  const write = (env: object): void =>
    writeFileSync(
      file,
      JSON.stringify({ mcpServers: { tickets: { url: 'https://tickets.example/mcp', headers: env } } }),
    );
  write({});
  await scan();
  const id = await idOf(bench, 'mcp-server', 'tickets');
  write({ 'X-Team': 'a' });
  await scan();
  value(await router.ask('records.set', { assets: [id], by: 'Ada', changes: { state: 'approved' } }));
  rmSync(file);
  await scan();
  const events = value(await router.ask('inventory.events', { kinds: ['mcp-server'], limit: 10 }));
  expect(events.map(({ type, scan: number, by }) => [type, number, by]).sort()).toEqual([
    ['changed', 3, ''],
    ['declared', null, 'Ada'],
    ['found', 2, ''],
    ['gone', 4, ''],
  ]);
  const life = value(await router.ask('inventory.lifecycle', { asset: id }));
  expect([life.firstSeen?.scan, life.lastSeen?.scan, life.lastChanged?.scan, life.gone?.scan]).toEqual([2, 3, 3, 4]);
  expect(life.events.map(({ type }) => type).sort()).toEqual(['changed', 'declared', 'found', 'gone']);
  // It comes back: found again.
  write({ 'X-Team': 'a' });
  await scan();
  const again = value(await router.ask('inventory.lifecycle', { asset: id }));
  expect([again.gone, again.lastSeen?.scan, again.events.filter(({ type }) => type === 'found-again').length]).toEqual([
    null,
    5,
    1,
  ]);

  const last = value(await router.ask('changes.between', { from: null, to: null }));
  expect(last?.changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`)).toContain(
    'added mcp-server tickets',
  );
  const back = value(await router.ask('changes.between', { from: 5, to: 4 }));
  expect(back?.changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`)).toContain(
    'removed mcp-server tickets',
  );
  expect(await router.ask('changes.between', { from: 1, to: 77 })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

const project = {
  'app/CLAUDE.md': '# Rules\n',
  'app/.claude/settings.json': '{}',
  'app/.claude/agents/one.md': '---\nname: one\ndescription: d\n---\nDo.\n',
  'app/.claude/agents/two.md': '---\nname: two\ndescription: d\n---\nDo.\n',
};

test('a register with all but one agent: that one is shadow; a registered one that is gone is listed with its last day', async () => {
  const { bench, folder, scan } = await opened({
    ...project,
    'app/.claude/agents/old.md': '---\nname: old\ndescription: d\n---\nDo.\n',
  });
  const { router } = bench;
  await scan();
  rmSync(join(folder, 'app/.claude/agents/old.md'));
  await scan();
  const before = value(await router.ask('registry.compare', { scan: null }));
  expect([before.files, before.shadow, before.found]).toEqual([[], [], 3]);
  const text =
    'schema: countersign-registry/1\nagents:\n  - {name: one, owner: team-a, state: approved}\n  - {name: old}\n  - {name: never}\n  - {name: Claude Code in app}\n';
  const added = value(await router.ask('imports.add', { file: { name: 'register.yaml', text }, by: 'Ada' }));
  expect([added.type, added.rows, added.by]).toEqual(['registry', { entries: 4 }, 'Ada']);
  const registry = value(await router.ask('registry.compare', { scan: null }));
  expect(registry.both.map(({ asset }) => asset.name).sort()).toEqual(['Claude Code in app', 'one']);
  expect(registry.shadow).toMatchObject([
    {
      name: 'two',
      place: 'app/.claude/agents/two.md:2',
      source: 'claude-code/agents',
      lastSeen: expect.any(Number) as number,
    },
  ]);
  expect(registry.gone.map(({ entry, lastSeen }) => [entry.name, lastSeen === null])).toEqual([
    ['old', false],
    ['never', true],
  ]);

  const id = await idOf(bench, 'agent', 'one');
  const detail = value(await router.ask('assets.detail', { scan: null, id }));
  expect(detail.asset.properties['governance']).toEqual({
    registered: true,
    registry: 'register.yaml:3',
    state: 'approved',
    stateBy: 'register.yaml:3',
  });
  expect(detail.relations.filter(({ relation }) => relation.kind === 'owned-by')).toMatchObject([
    {
      direction: 'out',
      other: { kind: 'person', name: 'team-a' },
      relation: { properties: { by: 'registry', guess: false } },
    },
  ]);
  // A person's word counts before the register's, also that there is no owner.
  value(
    await router.ask('records.set', {
      assets: [id],
      by: 'Bob',
      changes: { owner: 'bob@acme.example', state: 'retired' },
    }),
  );
  const summary = value(await router.ask('inventory.summary', { scan: null }));
  expect(summary).toMatchObject({
    agents: 3,
    owned: 1,
    ownerGuessed: 0,
    unowned: 2,
    shadow: 1,
    registeredGone: 2,
    states: { retired: 1, none: 2 },
  });
  const columns = value(await router.ask('inventory.columns', { scan: null }));
  const row = unpackText(columns.ids, columns.count).indexOf(id);
  const at = (column: string): string => unpackText(column, columns.count)[row] ?? '';
  expect([
    at(columns.owners),
    at(columns.ownedBy),
    at(columns.states),
    at(columns.registered),
    at(columns.origins),
  ]).toEqual(['bob@acme.example', 'manual', 'retired', 'yes', 'scanned']);
  value(await router.ask('records.set', { assets: [id], by: 'Bob', changes: { owner: '' } }));
  expect(value(await router.ask('inventory.summary', { scan: null }))).toMatchObject({ owned: 0, unowned: 3 });
  // The columns of the assets are of the same rows.
  const assets = value(await router.ask('assets.columns', { scan: null }));
  expect(unpackText(assets.ids, assets.count)).toEqual(
    unpackText(value(await router.ask('inventory.columns', { scan: null })).ids, assets.count),
  );

  value(await router.ask('imports.remove', { id: added.id, by: 'Bob' }));
  expect(value(await router.ask('registry.compare', { scan: null })).files).toEqual([]);
  expect(value(await router.ask('imports.list', {}))).toMatchObject([{ id: added.id, endedBy: 'Bob' }]);
});

test('imported agents are there, apart from what was scanned, in every scan and never as a change', async () => {
  const { bench, scan } = await opened(project);
  const { router } = bench;
  await scan();
  const scanned = value(await router.ask('assets.columns', { scan: null })).count;
  const text = 'name,system,id,domain,owner,tools\none,Salesforce,X1,support,support-ops,refund; mail\n';
  value(await router.ask('imports.add', { file: { name: 'saas.csv', text }, by: 'Ada' }));
  const { id } = value(await router.ask('imports.addAgent', { agent: { name: 'Helper', domain: 'sales' }, by: 'Ada' }));
  await scan();
  const assets = value(await router.ask('assets.columns', { scan: null }));
  expect(assets.count).toBe(scanned + 3);
  const columns = value(await router.ask('inventory.columns', { scan: null }));
  const names = unpackText(assets.names, assets.count);
  const origins = unpackText(columns.origins, columns.count);
  expect(names.map((name, index) => `${name} ${origins[index]}`).filter((text) => !text.endsWith(' scanned'))).toEqual([
    'Helper manual',
    'one saas',
  ]);
  expect(names.filter((name) => name === 'one')).toHaveLength(2);
  const detail = value(await router.ask('assets.detail', { scan: null, id }));
  expect(detail.asset).toMatchObject({
    name: 'Helper',
    evidence: [],
    properties: { imported: true, origin: 'manual', domain: 'sales' },
  });
  const comparison = value(await router.ask('changes.between', { from: 1, to: 2 }));
  expect([comparison?.changes, comparison?.relations]).toEqual([[], []]);
  expect(value(await router.ask('inventory.summary', { scan: null }))).toMatchObject({
    agents: 5,
    importedAgents: 2,
    owned: 1,
    shadow: null,
  });
  value(await router.ask('imports.removeAgent', { id, by: 'Ada' }));
  expect(value(await router.ask('assets.columns', { scan: null })).count).toBe(scanned + 2);
});

test('imported lists mark environments and stores, and say what they do not name', async () => {
  const { bench, scan } = await opened({ '.mcp.json': servers('tickets'), '.cursor/mcp.json': servers('elsewhere') });
  const { router } = bench;
  await scan();
  const text = 'environments:\n  - name: production\n    regulated: true\n    hosts: ["tickets.example"]\n';
  value(await router.ask('imports.add', { file: { name: 'environments.yaml', text }, by: 'Ada' }));
  const { reach } = value(await router.ask('inventory.context', { scan: null }));
  expect(
    reach.map(({ type, name, environment, isManaged, assets }) => [type, name, environment, isManaged, assets.length]),
  ).toEqual([
    ['host', 'elsewhere.example', null, false, 1],
    ['host', 'tickets.example', 'production', true, 1],
  ]);
  const { asset } = value(
    await router.ask('assets.detail', { scan: null, id: await idOf(bench, 'mcp-server', 'tickets') }),
  );
  expect(asset.properties['deployedTo']).toEqual({
    name: 'production',
    regulated: true,
    guess: false,
    confidence: 'high',
    because: 'host tickets.example',
    place: 'environments.yaml',
    line: 2,
  });
});

test('an old or unfinished inventory warns', async () => {
  let now = Date.now();
  const bench = await realEngine({ now: () => now });
  value(await bench.router.ask('workspaces.create', { path: null, name: 'w' }));
  const { number } = value(
    await bench.router.ask('scans.start', { roots: [plantedFolder(project)], home: null, fsRoot: null, exclude: [] }),
  );
  await bench.ended(number);
  const fresh = value(await bench.router.ask('inventory.summary', { scan: null })).freshness;
  expect([fresh.isStale, fresh.statement.startsWith('The inventory is less than a day old')]).toEqual([false, true]);
  now += 9 * 24 * 60 * 60 * 1000;
  const stale = value(await bench.router.ask('inventory.summary', { scan: null })).freshness;
  expect([stale.isStale, stale.statement.includes('more than the 7 days it may be')]).toEqual([true, true]);
  expect(value(await bench.router.ask('inventory.summary', { scan: null, staleAfterDays: 30 })).freshness.isStale).toBe(
    false,
  );
});
