import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFuses } from '../../electron/build/fuses.ts';

// What electron-builder puts together for Linux, around a folder that only looks like an Electron distribution.
const repository = join(import.meta.dirname, '..', '..');
const load = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const library = createRequire(load.resolve('app-builder-lib/package.json'));
type Asar = {
  createPackage(folder: string, archive: string): Promise<void>;
  listPackage(archive: string, options: { isPack: boolean }): string[];
  extractFile(archive: string, file: string): Buffer;
};
const asar = library('@electron/asar') as Asar;

const folder = mkdtempSync(join(tmpdir(), 'countersign-package-'));
const unpacked = join(folder, 'dist', 'linux-unpacked');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function makeDistribution(at: string): Promise<void> {
  mkdirSync(join(at, 'locales'), { recursive: true });
  mkdirSync(join(at, 'resources'));
  mkdirSync(join(folder, 'default-app'));
  writeFileSync(join(folder, 'default-app', 'package.json'), '{"name":"default","main":"main.js"}');
  await asar.createPackage(join(folder, 'default-app'), join(at, 'resources', 'default_app.asar'));
  // As Electron 45 comes: nine fuses.
  writeFileSync(
    join(at, 'electron'),
    Buffer.concat([
      Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.from([1, 9]),
      Buffer.from('101100011'),
      Buffer.from('code'),
    ]),
  );
  chmodSync(join(at, 'electron'), 0o755);
  const { version } = JSON.parse(
    readFileSync(join(repository, 'node_modules', 'electron', 'package.json'), 'utf8'),
  ) as { version: string };
  writeFileSync(join(at, 'version'), version);
  writeFileSync(join(at, 'LICENSE'), 'licence');
  writeFileSync(join(at, 'LICENSES.chromium.html'), 'licences');
  writeFileSync(join(at, 'locales', 'en-US.pak'), '');
}

beforeAll(async () => {
  const distribution = join(folder, 'electron');
  await makeDistribution(distribution);
  const packed = spawnSync(
    process.execPath,
    [
      join(repository, 'node_modules', 'electron-builder', 'cli.js'),
      '--linux',
      '--dir',
      `-c.electronDist=${distribution}`,
      `-c.directories.output=${join(folder, 'dist')}`,
    ],
    { cwd: repository, encoding: 'utf8', timeout: 110_000 },
  );
  expect(packed.status, `${packed.stdout}\n${packed.stderr}`).toBe(0);
});

const files = (): string[] =>
  asar
    .listPackage(join(unpacked, 'resources', 'app.asar'), { isPack: false })
    .map((file) => file.replaceAll('\\', '/'));

test('the archive holds the app and one package, without sources of native code', () => {
  const listed = files();
  for (const file of [
    '/package.json',
    '/out/main.js',
    '/out/preload.cjs',
    '/out/engine-process.js',
    '/out/renderer/index.html',
  ]) {
    expect(listed).toContain(file);
  }
  const packages = listed.filter((file) => /^\/node_modules\/(@[^/]+\/)?[^/@]+$/.test(file)).sort();
  expect(packages).toEqual(['/node_modules/better-sqlite3']);
  const foreign = listed
    .filter((file) => !file.startsWith('/resources/'))
    .filter(
      (file) => /\.(map|ts|tsx|c|cc|cpp|h|gyp)$/.test(file) || /^\/(test|electron|renderer|shared|dist)\//.test(file),
    );
  expect(foreign).toEqual([]);
});

test('the packaged package.json starts out/main.js and says nothing about development', () => {
  const manifest = JSON.parse(
    asar.extractFile(join(unpacked, 'resources', 'app.asar'), 'package.json').toString('utf8'),
  ) as object;
  expect(manifest).toMatchObject({
    name: 'countersign',
    main: 'out/main.js',
    dependencies: { 'better-sqlite3': expect.any(String) },
  });
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
});

test('native code lies outside the archive, for this platform only', () => {
  const outside = join(unpacked, 'resources', 'app.asar.unpacked');
  const native = readdirSync(outside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.node'))
    .map((entry) => relative(outside, join(entry.parentPath, entry.name)));
  expect(native).toEqual([`node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`]);
});

test('the sample is whole, and real files that a scan can open', () => {
  const below = (at: string): string[] =>
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(at, join(entry.parentPath, entry.name)))
      .sort();
  const shipped = below(join(unpacked, 'resources', 'app.asar.unpacked', 'resources', 'demo'));
  expect(shipped).toEqual(below(join(repository, 'resources', 'demo')));
  expect(shipped.length).toBeGreaterThan(5);
});

test('every fuse of the binary is as the configuration says', () => {
  expect(existsSync(join(unpacked, 'countersign'))).toBe(true);
  expect(readFuses(join(unpacked, 'countersign'))).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    wasmTrapHandlers: true,
  });
});
