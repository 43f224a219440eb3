import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FuseName, type Fuses, fuseNames, readFuses, setFuses } from '../../electron/build/fuses.ts';

const repository = join(import.meta.dirname, '..', '..');
// electron-builder does not export its schema check; its library is found the way it finds it itself.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const library = createRequire(builder.resolve('app-builder-lib/package.json'));

type Configuration = {
  readonly electronFuses: Partial<Record<FuseName, boolean>>;
  readonly afterPack: string;
  readonly npmRebuild: boolean;
  readonly [key: string]: unknown;
};
const load = (): Configuration => {
  const { load: parse } = library('js-yaml') as { load(text: string): unknown };
  return parse(readFileSync(join(repository, 'electron-builder.yml'), 'utf8')) as Configuration;
};
const validate = async (configuration: unknown): Promise<void> => {
  const { validateConfiguration } = library('./out/util/config/config.js') as {
    validateConfiguration(configuration: unknown, logger: unknown): Promise<void>;
  };
  const { DebugLogger } = library('builder-util') as { DebugLogger: new (enabled: boolean) => unknown };
  await validateConfiguration(configuration, new DebugLogger(false));
};

describe('electron-builder.yml', () => {
  test('fits the schema of electron-builder', async () => {
    await validate(load());
  });

  test('would not fit with an unknown key', async () => {
    await expect(validate({ ...load(), asarr: true })).rejects.toThrow(/asarr/);
  });

  test('decides about every fuse that electron-builder knows, and leaves the last one to the hook', () => {
    const { electronFuses, afterPack, npmRebuild } = load();
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(fuseNames.filter((name) => !(name in electronFuses))).toEqual(['wasmTrapHandlers']);
    expect(afterPack).toBe('./electron/build/after-pack.ts');
    expect(npmRebuild).toBe(false);
  });

  test('declares the workspace file, the link scheme and targets for all three platforms', () => {
    const configuration = load();
    expect(configuration).toMatchObject({
      fileAssociations: [{ ext: 'countersign' }],
      protocols: [{ schemes: ['countersign'] }],
      linux: { target: ['AppImage', 'deb'] },
      mac: { target: ['dmg', 'zip'], hardenedRuntime: true },
      win: { target: ['nsis', 'zip'] },
    });
  });
});

describe('fuses of a binary', () => {
  const wanted = Object.fromEntries(fuseNames.map((name, index) => [name, index % 2 === 0])) as Fuses;

  function binary(fuses: readonly (readonly number[])[], version = 1): string {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-fuses-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'electron');
    const parts = fuses.flatMap((wire) => [
      Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.from([version, wire.length, ...wire]),
      Buffer.from(' more code'),
    ]);
    writeFileSync(file, Buffer.concat([Buffer.from('\0\0'), ...parts]));
    return file;
  }
  const nine = Array.from({ length: 9 }, () => 0x31);

  test('are read back as they were set, in both halves of a universal binary', () => {
    for (const halves of [[nine], [nine, nine.map(() => 0x72)]]) {
      const file = binary(halves);
      const before = readFileSync(file).length;
      setFuses(file, wanted);
      expect(readFuses(file)).toEqual(wanted);
      expect(readFileSync(file).length).toBe(before);
    }
  });

  test('that are more, fewer, of another version or absent are refused, and nothing is written', () => {
    for (const file of [binary([nine.slice(1)]), binary([[...nine, 0x31]]), binary([nine], 2), binary([])]) {
      const before = readFileSync(file);
      expect(() => setFuses(file, wanted)).toThrow(/fuses/);
      expect(readFileSync(file)).toEqual(before);
    }
  });

  test('that were removed, or differ between the halves, do not read as set', () => {
    expect(() => readFuses(binary([nine.with(3, 0x72)]))).toThrow(/neither on nor off/);
    expect(() => readFuses(binary([nine, nine.with(0, 0x30)]))).toThrow(/differ/);
  });
});
