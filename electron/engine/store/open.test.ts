import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import { AppError } from '../errors.ts';
import { connect } from './driver.ts';
import { type Migration, migrations } from './migrate.ts';
import { applicationId, type OpenOptions, type OpenWorkspace, openWorkspace } from './open.ts';
import { listViews, putView } from './repos/views.ts';

const create = { name: 'Mine', sample: false, now: 1_700_000_000_000 };
const newFile = (): string => join(temporaryFolder('open'), 'w.countersign');

async function open(file: string, options: OpenOptions = {}): Promise<OpenWorkspace> {
  const workspace = await openWorkspace(file, options);
  onTestFinished(() => {
    if (workspace.connection.open) workspace.close();
  });
  return workspace;
}

async function refusal(file: string, options: OpenOptions = {}): Promise<string> {
  try {
    (await open(file, options)).close();
    return 'opened';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

const view = { id: 'v', name: 'View', screen: 'graph', search: 'q=1', createdAt: 5 } as const;

test('a workspace is made, closed and opened again, and is one file then', async () => {
  const file = newFile();
  const made = await open(file, { create });
  expect([made.readOnly, made.backup, made.file]).toEqual([false, null, file]);
  expect(
    made.connection.prepare("SELECT key, value FROM meta WHERE key <> 'introspection-key' ORDER BY key").all(),
  ).toEqual([
    { key: 'created_at', value: '1700000000000' },
    { key: 'name', value: 'Mine' },
    { key: 'sample', value: '0' },
  ]);
  putView(made.connection, view);
  made.close();
  expect(readdirSync(dirname(file)).filter((name) => !name.endsWith('-lock'))).toEqual([basename(file)]);
  const again = await open(file);
  expect([again.readOnly, listViews(again.connection)]).toEqual([false, [view]]);
});

test('nothing is made over a file that is there', async () => {
  const file = newFile();
  writeFileSync(file, 'mine');
  expect(await refusal(file, { create })).toBe('bad-request');
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('what is not a workspace is refused, not touched, and nothing is left beside it', async () => {
  const folder = temporaryFolder('foreign');
  const other = new Database(join(folder, 'other.countersign'));
  other.exec('CREATE TABLE x(y); INSERT INTO x VALUES (1)');
  other.close();
  const wal = new Database(join(folder, 'wal.countersign'));
  wal.pragma('journal_mode = WAL');
  wal.exec('CREATE TABLE x(y)');
  wal.close();
  writeFileSync(join(folder, 'text.countersign'), `${'text '.repeat(100)}`);
  writeFileSync(join(folder, 'short.countersign'), 'SQLite format 3\0');
  writeFileSync(join(folder, 'empty.countersign'), '');
  mkdirSync(join(folder, 'folder.countersign'));
  execFileSync('mkfifo', [join(folder, 'pipe.countersign')]);
  const content = (): unknown =>
    readdirSync(folder, { withFileTypes: true })
      .map((entry) => [entry.name, entry.isFile() ? readFileSync(join(folder, entry.name)).toString('base64') : ''])
      .sort();
  const before = content();
  const codes: Record<string, string> = {};
  for (const name of ['other', 'wal', 'text', 'short', 'empty', 'folder', 'pipe', 'none'])
    codes[name] = await refusal(join(folder, `${name}.countersign`));
  expect(codes).toEqual({
    other: 'workspace-foreign',
    wal: 'workspace-foreign',
    text: 'workspace-foreign',
    short: 'workspace-foreign',
    empty: 'workspace-foreign',
    folder: 'file-unreadable',
    pipe: 'file-unreadable',
    none: 'not-found',
  });
  expect(content()).toEqual(before);
});

test('one of a newer version is refused and not touched', async () => {
  const file = newFile();
  (await open(file, { create })).close();
  const connection = new Database(file);
  connection.pragma('user_version = 9999');
  connection.close();
  const before = readFileSync(file);
  expect(await refusal(file)).toBe('workspace-newer');
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(dirname(file)).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
});

test('one with damaged pages is refused with words and left as it is', async () => {
  const file = newFile();
  const made = await open(file, { create });
  const add = made.connection.prepare('INSERT INTO place(root, path) VALUES (1, ?)');
  made.connection.prepare("INSERT INTO root(type, label, path, fs_root) VALUES ('scan', 'r', '/r', '')").run();
  made.connection.transaction(() => {
    for (let index = 0; index < 5000; index++) add.run(`some/long/path/of/a/file/${index}`);
  })();
  made.close();
  const bytes = readFileSync(file);
  for (let page = 20; page < 60; page++) bytes.fill(0xa5, page * 4096, page * 4096 + 2048);
  writeFileSync(file, bytes);
  expect(await refusal(file)).toBe('workspace-damaged');
  expect(readFileSync(file).equals(bytes)).toBe(true);
  writeFileSync(file, bytes.subarray(0, 8192));
  expect(await refusal(file)).toBe('workspace-damaged');
});

test('a second one reads, or is told that it may not write, also under another name of the file', async () => {
  const file = newFile();
  const first = await open(file, { create });
  symlinkSync(file, join(dirname(file), 'alias.countersign'));
  for (const name of [file, join(dirname(file), 'alias.countersign')]) {
    const second = await open(name);
    expect(second.readOnly).toBe(true);
    expect(() => putView(second.connection, view)).toThrow('readonly');
    second.close();
    expect(await refusal(name, { mustWrite: true })).toBe('workspace-locked');
  }
  const reader = await open(file);
  putView(first.connection, view);
  expect(listViews(reader.connection)).toEqual([view]);
  first.close();
  reader.close();
  expect((await open(file)).readOnly).toBe(false);
});

test('a workspace whose folder cannot hold a lock is refused with words', async () => {
  const file = newFile();
  (await open(file, { create })).close();
  const copy = join(temporaryFolder('locked'), 'w.countersign');
  copyFileSync(file, copy);
  mkdirSync(`${copy}-lock`);
  expect(await refusal(copy)).toBe('file-unreadable');
});

test('the right to write and the file itself survive a holder that is killed, from its first moment on', async () => {
  const file = newFile();
  const script = `
    import { openWorkspace } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)};
    import { putView } from ${JSON.stringify(new URL('./repos/views.ts', import.meta.url).href)};
    const workspace = await openWorkspace(process.argv[1], { create: { name: 'w', sample: false, now: 1 } });
    putView(workspace.connection, ${JSON.stringify(view)});
    process.stdout.write('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  expect(await refusal(file, { mustWrite: true })).toBe('workspace-locked');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const workspace = await open(file, { mustWrite: true });
  expect(listViews(workspace.connection)).toEqual([view]);
});

test('a process killed while it makes a workspace leaves one that opens', async () => {
  const file = newFile();
  const fresh = new Database(file);
  fresh.pragma(`application_id = ${applicationId}`);
  fresh.close();
  const workspace = await open(file);
  expect([workspace.readOnly, workspace.connection.prepare('SELECT count(*) FROM scan').pluck().get()]).toEqual([
    false,
    0,
  ]);
});

test('a scan that was running when its process died is partial afterwards', async () => {
  const file = newFile();
  const first = await open(file, { create });
  first.connection
    .prepare(
      "INSERT INTO scan(number, status, started_at, request, roots, tool) VALUES (1, 'running', 1, '{}', '[]', 't')",
    )
    .run();
  const reader = await open(file);
  const status = (workspace: OpenWorkspace): unknown =>
    workspace.connection.prepare('SELECT status FROM scan').pluck().get();
  expect(status(reader)).toBe('running');
  first.close();
  expect(status(await open(file))).toBe('partial');
});

const later = (sql: string): readonly Migration[] => [...migrations, { number: 9000, name: 'later', sql }];

test('an older one is copied, then brought up to date; the copy is the old one', async () => {
  const file = newFile();
  const made = await open(file, { create });
  putView(made.connection, view);
  made.close();
  const updated = await open(file, {
    migrations: later('CREATE TABLE later(x INTEGER) STRICT; DELETE FROM saved_view'),
  });
  expect(updated.backup).toBe(`${file}.before-schema-9000-from-${migrations.at(-1)?.number}`);
  expect(listViews(updated.connection)).toEqual([]);
  updated.close();
  expect(await refusal(file)).toBe('workspace-newer');
  const old = connect(updated.backup ?? '', 'reader');
  onTestFinished(() => void old.close());
  expect(listViews(old)).toEqual([view]);
  expect(old.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('an update that fails leaves the old state, and one that is read-only waits for the writer', async () => {
  const file = newFile();
  const first = await open(file, { create });
  putView(first.connection, view);
  expect(await refusal(file, { migrations: later('CREATE TABLE later(x INTEGER) STRICT') })).toBe('workspace-locked');
  first.close();
  expect(await refusal(file, { migrations: later('DELETE FROM saved_view; SELECT nothing FROM nowhere') })).toBe(
    'workspace-damaged',
  );
  const again = await open(file);
  expect([
    listViews(again.connection),
    existsSync(`${file}.before-schema-9000-from-${migrations.at(-1)?.number}`),
  ]).toEqual([[view], true]);
});
