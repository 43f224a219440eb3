import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findOpener } from './browser.ts';
import { findDesktop } from './desktop-runtime.ts';

const makeApp = (files: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-runtime-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), file.endsWith('path.txt') ? 'electron\n' : '');
  }
  return folder;
};

test('an installed runtime needs both its file and a display', () => {
  const folder = makeApp(['node_modules/electron/path.txt', 'node_modules/electron/dist/electron']);
  const executable = join(folder, 'node_modules/electron/dist/electron');
  expect(findDesktop(folder, { DISPLAY: ':0' }, 'linux')).toEqual({ found: true, executable });
  expect(findDesktop(folder, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual({ found: true, executable });
  expect(findDesktop(folder, {}, 'linux')).toEqual({ found: false, because: 'there is no display' });
  expect(findDesktop(folder, {}, 'darwin')).toEqual({ found: true, executable });
});

test('a package without its binary is no runtime', () => {
  for (const files of [[], ['node_modules/electron/index.js'], ['node_modules/electron/path.txt']]) {
    expect(findDesktop(makeApp(files), { DISPLAY: ':0' }, 'linux')).toEqual({
      found: false,
      because: 'no Electron runtime is installed here',
    });
  }
});

test('a named runtime wins, and a wrong name is not replaced by another one', () => {
  const folder = makeApp(['node_modules/electron/path.txt', 'node_modules/electron/dist/electron', 'mine/electron']);
  const named = join(folder, 'mine/electron');
  expect(findDesktop(folder, { DISPLAY: ':0', ELECTRON_EXEC_PATH: named }, 'linux')).toEqual({
    found: true,
    executable: named,
  });
  expect(findDesktop(folder, { DISPLAY: ':0', ELECTRON_EXEC_PATH: `${named}x` }, 'linux')).toMatchObject({
    found: false,
  });
});

test('a browser is only opened where somebody can see it', () => {
  expect(findOpener({}, 'linux')).toBeNull();
  expect(findOpener({ DISPLAY: ':0' }, 'linux')?.args('http://127.0.0.1:1/')).toEqual(['http://127.0.0.1:1/']);
  expect(findOpener({}, 'darwin')?.command).toBe('open');
  expect(findOpener({}, 'win32')?.args('u')).toEqual(['url.dll,FileProtocolHandler', 'u']);
});
