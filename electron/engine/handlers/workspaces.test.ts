import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plant, plantedFolder } from '../../../test/fixtures/temporary-tree.ts';
import { realEngine } from '../../../test/fixtures/real-engine.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { newestSchema } from '../store/migrate.ts';

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

test('no workspace is open at first, and calls that need one say so', async () => {
  const { router } = await realEngine();
  expect(await router.ask('workspaces.current', {})).toEqual(ok(null));
  expect(await router.ask('scans.list', {})).toEqual(fail('not-found', 'No workspace is open.'));
  expect(await router.ask('views.save', { id: null, name: 'x', screen: 'graph', search: '' })).toEqual(
    fail('not-found', 'No workspace is open.'),
  );
  expect(await router.ask('assets.columns', { scan: null })).toEqual(fail('not-found', 'No workspace is open.'));
});

test('workspaces are made beside each other, opened, closed, and told', async () => {
  const { router, dataFolder, events } = await realEngine({ now: () => 1_700_000_000_000 });
  const made = await router.ask('workspaces.create', { path: null, name: 'My / team: ../../x' });
  const path = join(dataFolder, 'workspaces', 'My - team- ..-..-x.countersign');
  expect(made).toEqual(
    ok({
      path,
      name: 'My / team: ../../x',
      readOnly: false,
      sample: false,
      createdAt: 1_700_000_000_000,
      schemaVersion: newestSchema,
      sizeBytes: statSync(path).size,
      latestScan: null,
    }),
  );
  expect(await router.ask('workspaces.current', {})).toEqual(made);
  expect(await router.ask('workspaces.open', { path })).toEqual(made);
  const second = await router.ask('workspaces.create', { path: null, name: 'My / team: ../../x' });
  expect(second.ok && second.value.path).toBe(path.replace('.countersign', ' 2.countersign'));
  expect(await router.ask('scans.list', {})).toEqual(ok([]));
  expect(await router.ask('assets.columns', { scan: null })).toEqual(
    fail('not-found', 'Nothing has been scanned into this workspace yet.'),
  );
  expect(await router.ask('workspaces.close', {})).toEqual(ok(null));
  expect(await router.ask('workspaces.current', {})).toEqual(ok(null));
  expect(events.map(({ name, payload }) => [name, (payload as { path: string | null }).path])).toEqual([
    ['workspaces.changed', path],
    ['workspaces.changed', path.replace('.countersign', ' 2.countersign')],
    ['workspaces.changed', null],
  ]);
});

test('recent workspaces are remembered, pinned, forgotten, and shown when their file is gone', async () => {
  let now = 1;
  const { router, dataFolder } = await realEngine({ now: () => now++ });
  const folder = plantedFolder({});
  for (const name of ['a', 'b', 'c'])
    expect(codeOf(await router.ask('workspaces.create', { path: join(folder, `${name}.countersign`), name }))).toBe(
      'ok',
    );
  await router.ask('workspaces.setPinned', { path: join(folder, 'a.countersign'), pinned: true });
  await router.ask('workspaces.forget', { path: join(folder, 'b.countersign') });
  const recent = await router.ask('workspaces.recent', {});
  expect(recent.ok && recent.value.map(({ name, pinned, present }) => [name, pinned, present])).toEqual([
    ['a', true, true],
    ['c', false, true],
  ]);
  writeFileSync(join(dataFolder, 'recent.json'), '[{"path": "/gone.countersign", "openedAt": 1, "pinned": false}]');
  expect(await router.ask('workspaces.recent', {})).toEqual(
    ok([{ path: '/gone.countersign', name: 'gone', openedAt: 1, pinned: false, present: false }]),
  );
  writeFileSync(join(dataFolder, 'recent.json'), 'not json');
  expect(await router.ask('workspaces.recent', {})).toEqual(ok([]));
});

test('what cannot be opened or made is answered in words, and what was open stays open', async () => {
  const { router } = await realEngine();
  const folder = plantedFolder({ 'text.countersign': 'no', 'folder.countersign/x': '' });
  const open = await router.ask('workspaces.create', { path: null, name: 'open' });
  const codes: Record<string, string> = {};
  for (const name of ['text.countersign', 'folder.countersign', 'none.countersign'])
    codes[name] = codeOf(await router.ask('workspaces.open', { path: join(folder, name) }));
  expect(codes).toEqual({
    'text.countersign': 'workspace-foreign',
    'folder.countersign': 'file-unreadable',
    'none.countersign': 'not-found',
  });
  expect(codeOf(await router.ask('workspaces.create', { path: join(folder, 'text.countersign'), name: 'x' }))).toBe(
    'bad-request',
  );
  expect(codeOf(await router.ask('workspaces.create', { path: join(folder, 'x.txt'), name: 'x' }))).toBe('bad-request');
  expect(codeOf(await router.ask('workspaces.create', { path: join(folder, 'none/x.countersign'), name: 'x' }))).toBe(
    'file-unreadable',
  );
  expect(codeOf(await router.ask('workspaces.open', { path: 'a\0b' }))).toMatch(
    /^(file-unreadable|bad-request|not-found)$/,
  );
  expect(await router.ask('workspaces.current', {})).toEqual(open);
  expect(readFileSync(join(folder, 'text.countersign'), 'utf8')).toBe('no');
});

test('a workspace that is open elsewhere is read-only here', async () => {
  const [one, two] = [await realEngine(), await realEngine()];
  const made = await one.router.ask('workspaces.create', { path: null, name: 'shared' });
  const path = made.ok ? made.value.path : '';
  expect(await two.router.ask('workspaces.open', { path })).toMatchObject({
    ok: true,
    value: { readOnly: true, path },
  });
  expect(codeOf(await two.router.ask('views.save', { id: null, name: 'x', screen: 'graph', search: '' }))).toBe(
    'read-only',
  );
  expect(
    codeOf(await two.router.ask('scans.start', { roots: ['/nowhere'], home: null, fsRoot: null, exclude: [] })),
  ).toBe('read-only');
  await one.router.ask('views.save', { id: 'v', name: 'seen', screen: 'graph', search: '' });
  const views = await two.router.ask('views.list', {});
  expect(views.ok && views.value.map(({ name }) => name)).toEqual(['seen']);
});

test('folders are listed for choosing: workspaces and folders, hidden ones last, broken links passed over', async () => {
  const { router, home } = await realEngine();
  plant(home, {
    'b/x': '',
    'A/x': '',
    '.h/x': '',
    'file.txt': '',
    'w.countersign': '',
    link: { link: 'b' },
    loop: { link: 'loop' },
    gone: { link: 'nothing' },
  });
  expect(await router.ask('workspaces.browse', { path: null })).toEqual(
    ok({
      path: home,
      parent: join(home, '..'),
      home,
      entries: [
        { name: 'A', path: join(home, 'A'), kind: 'folder' },
        { name: 'b', path: join(home, 'b'), kind: 'folder' },
        { name: 'link', path: join(home, 'link'), kind: 'folder' },
        { name: 'w.countersign', path: join(home, 'w.countersign'), kind: 'workspace' },
        { name: '.h', path: join(home, '.h'), kind: 'folder' },
      ],
    }),
  );
  expect(await router.ask('workspaces.browse', { path: '/' })).toMatchObject({ ok: true, value: { parent: null } });
  for (const path of [join(home, 'none'), join(home, 'file.txt'), `${home}/a\0b`])
    expect(codeOf(await router.ask('workspaces.browse', { path }))).toBe('file-unreadable');
});

test('settings change one by one, limits too, and a damaged file is set aside', async () => {
  const { router, dataFolder, events } = await realEngine();
  const defaults = {
    theme: 'system',
    density: 'compact',
    singleKeys: true,
    limits: { maxFileBytes: 4_194_304, maxFolderEntries: 50_000, maxDepth: 64, maxFileSeconds: 10 },
  };
  expect(await router.ask('settings.get', {})).toEqual(ok(defaults));
  await router.ask('settings.set', { density: 'roomy', limits: { maxDepth: 5 } });
  const set = await router.ask('settings.set', { theme: 'dark', limits: { maxFileSeconds: 3 } });
  expect(set).toEqual(
    ok({
      ...defaults,
      density: 'roomy',
      theme: 'dark',
      limits: { ...defaults.limits, maxDepth: 5, maxFileSeconds: 3 },
    }),
  );
  expect(await router.ask('settings.get', {})).toEqual(set);
  expect(events.map(({ name }) => name)).toEqual(['settings.changed', 'settings.changed']);
  expect(statSync(join(dataFolder, 'settings.json')).mode & 0o777).toBe(0o600);
  expect(codeOf(await router.call('settings.set', { theme: 'pink' }))).toBe('bad-request');
  expect(codeOf(await router.call('settings.set', { limits: { maxDepth: 1e9 } }))).toBe('bad-request');
  writeFileSync(join(dataFolder, 'settings.json'), '{"theme":');
  expect(await router.ask('settings.get', {})).toEqual(ok(defaults));
  expect(existsSync(join(dataFolder, 'settings.json'))).toBe(false);
  const about = await router.ask('settings.about', {});
  expect(
    about.ok && [about.value.version, about.value.host, about.value.dataFolder, about.value.sources.length > 0],
  ).toEqual(['0.0.0-test', 'command-line', dataFolder, true]);
});

test('views and positions are kept, changed, and taken away', async () => {
  let now = 10;
  const { router, events } = await realEngine({ now: () => now++ });
  await router.ask('workspaces.create', { path: null, name: 'w' });
  const saved = await router.ask('views.save', {
    id: null,
    name: '  Mine ',
    screen: 'inventory',
    search: '?kind=agent',
  });
  if (!saved.ok) throw new Error(saved.error.message);
  expect(saved.value).toMatchObject({ name: 'Mine', screen: 'inventory', search: '?kind=agent' });
  const changed = await router.ask('views.save', {
    ...saved.value,
    id: saved.value.id,
    name: 'Other',
    createdAt: undefined,
  } as never);
  expect(codeOf(changed)).toBe('bad-request');
  expect(await router.ask('views.save', { id: saved.value.id, name: 'Other', screen: 'graph', search: '' })).toEqual(
    ok({ ...saved.value, name: 'Other', screen: 'graph', search: '' }),
  );
  expect(await router.ask('views.list', {})).toEqual(
    ok([{ ...saved.value, name: 'Other', screen: 'graph', search: '' }]),
  );
  await router.ask('views.remove', { id: saved.value.id });
  expect(await router.ask('views.list', {})).toEqual(ok([]));
  expect(events.filter(({ name }) => name === 'views.changed')).toHaveLength(3);
  const positions = [
    { id: 'a', x: 1.5, y: -2 },
    { id: 'b', x: 0, y: 0 },
    { id: 'a', x: 3, y: 4 },
  ];
  expect(await router.ask('views.setPositions', { layout: 'l', positions })).toEqual(ok(null));
  expect(await router.ask('views.positions', { layout: 'l' })).toEqual(ok([positions[2], positions[1]]));
  expect(await router.ask('views.positions', { layout: 'other' })).toEqual(ok([]));
  expect(await router.ask('views.setPositions', { layout: 'l', positions: [] })).toEqual(ok(null));
  expect(await router.ask('views.positions', { layout: 'l' })).toEqual(ok([]));
  expect(
    codeOf(await router.call('views.setPositions', { layout: 'l', positions: [{ id: 'a', x: Number.NaN, y: 0 }] })),
  ).toBe('bad-request');
});
