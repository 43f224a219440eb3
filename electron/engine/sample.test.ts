import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareSample, realName } from './sample.ts';

const makeFolder = (files: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sample-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  return folder;
};

test.each([
  ['dot_claude', '.claude'],
  ['dot_mcp.json', '.mcp.json'],
  ['AGENTS.fixture.md', 'AGENTS.md'],
  ['dot_mcp.fixture.json', '.mcp.json'],
  ['settings.json', 'settings.json'],
  ['my.fixture', 'my.fixture'],
  ['a_dot_b', 'a_dot_b'],
])('%s is stored for %s', (stored, real) => {
  expect(realName(stored)).toBe(real);
});

test('files get their real names, projects become roots and the home stays apart', () => {
  const resources = makeFolder([
    'demo/projects/b/dot_claude/settings.json',
    'demo/projects/a/AGENTS.fixture.md',
    'demo/home/dot_claude.json',
    'demo/README.md',
  ]);
  const target = join(makeFolder([]), 'files');
  expect(prepareSample(resources, target)).toEqual({
    roots: [join(target, 'projects', 'a'), join(target, 'projects', 'b')],
    home: join(target, 'home'),
  });
  const files = readdirSync(target, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  expect(files).toEqual(
    expect.arrayContaining(['projects/a/AGENTS.md', 'projects/b/.claude/settings.json', 'home/.claude.json']),
  );
});

test('an installation without the sample says so', () => {
  expect(() => prepareSample(makeFolder([]), join(makeFolder([]), 'files'))).toThrow(
    'The sample is not part of this installation.',
  );
});
