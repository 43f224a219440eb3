import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cruiseLayers } from './cruise.ts';

const repository = join(import.meta.dirname, '..', '..');

/** A tree of one-line modules: file -> what it imports. Imported files that are not listed are made, empty. */
function plant(files: { readonly [file: string]: readonly string[] }): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-imports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const imports of Object.values(files)) {
    for (const target of imports)
      if (/\.tsx?$/.test(target) && !(target in files)) write(target, 'export const planted = 1;\n');
  }
  for (const [file, imports] of Object.entries(files)) {
    const depth = '../'.repeat(file.split('/').length - 1);
    write(
      file,
      `${imports.map((target) => `import '${/\.tsx?$/.test(target) ? `${depth}${target}` : target}';`).join('\n')}\nexport {};\n`,
    );
  }
  return folder;
}

/** One wrong import each, with the rule that has to find it. */
const wrong: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['shared-alone', 'shared/model/facts.ts', 'node:fs'],
  ['shared-alone', 'shared/model/facts.ts', 'electron/engine/log.ts'],
  ['electron-only-in-shell', 'electron/host/http.ts', 'electron'],
  ['electron-only-in-shell', 'electron/engine/store/open.ts', 'electron'],
  ['engine-knows-no-host', 'electron/engine/create-engine.ts', 'electron/host/router.ts'],
  ['engine-knows-no-host', 'electron/engine/create-engine.ts', 'electron/shell/window.ts'],
  ['graph-is-pure', 'electron/engine/graph/reach.ts', 'electron/engine/store/open.ts'],
  ['graph-is-pure', 'electron/engine/graph/reach.ts', 'node:fs'],
  ['rules-are-pure', 'electron/engine/rules/unpinned.ts', 'electron/engine/rules/other.ts'],
  ['sources-stay-apart', 'electron/engine/sources/cursor/mcp.ts', 'electron/engine/sources/codex/config.ts'],
  ['sources-stay-apart', 'electron/engine/sources/cursor/mcp.ts', 'electron/engine/log.ts'],
  ['sources-read-no-files', 'electron/engine/sources/cursor/mcp.ts', 'node:fs'],
  ['sources-read-no-files', 'electron/engine/sources/cursor/mcp.ts', 'node:child_process'],
  ['only-a-person-asks-servers', 'electron/engine/scan/run-scan.ts', 'electron/engine/introspect/ask-server.ts'],
  ['only-a-person-asks-servers', 'electron/engine/scan/run-scan.ts', 'node:child_process'],
  ['exporters-see-a-snapshot', 'electron/engine/exporters/json/write.ts', 'electron/engine/store/open.ts'],
  ['exporters-see-a-snapshot', 'electron/engine/exporters/json/write.ts', 'electron/engine/exporters/sarif/write.ts'],
  ['sql-only-in-store', 'electron/engine/handlers/assets.ts', 'better-sqlite3'],
  ['store-below-everything', 'electron/engine/store/open.ts', 'electron/engine/scan/run-scan.ts'],
  ['handlers-hold-no-sql', 'electron/engine/handlers/assets.ts', 'electron/engine/store/driver.ts'],
  ['host-is-boring', 'electron/host/http.ts', 'electron/engine/store/open.ts'],
  ['shell-knows-no-engine', 'electron/shell/window.ts', 'electron/engine/store/open.ts'],
  ['shell-knows-no-engine', 'electron/main.ts', 'electron/engine/create-engine.ts'],
  ['desktop-and-command-line-apart', 'electron/cli/scan.ts', 'electron/shell/window.ts'],
  ['renderer-never-electron', 'renderer/client/client.ts', 'electron/engine/engine.ts'],
  ['renderer-has-no-node', 'renderer/client/client.ts', 'node:path'],
  ['features-stay-apart', 'renderer/features/graph/graph-screen.ts', 'renderer/features/inventory/table.ts'],
  ['ui-knows-no-engine', 'renderer/ui/button.ts', 'renderer/client/client.ts'],
  ['nothing-imports-tests', 'electron/engine/log.ts', 'test/fixtures/materialise.ts'],
];

test.each(wrong)('%s finds %s -> %s', async (rule, from, to) => {
  const { modules, violations } = await cruiseLayers(plant({ [from]: [to] }));
  expect(modules).toBeGreaterThan(0);
  expect(violations.map((violation) => [violation.rule, violation.from])).toContainEqual([rule, from]);
});

test('imports that lead nowhere are found', async () => {
  const folder = plant({ 'electron/engine/log.ts': ['node:path', 'shared/gone.ts'] });
  rmSync(join(folder, 'shared/gone.ts'));
  const { violations } = await cruiseLayers(folder);
  expect(violations.map((violation) => violation.rule)).toEqual(['no-unresolved']);
});

test('cycles are found', async () => {
  const { violations } = await cruiseLayers(plant({ 'shared/a.ts': ['shared/b.ts'], 'shared/b.ts': ['shared/a.ts'] }));
  expect(violations.map((violation) => violation.rule)).toContain('no-cycles');
});

test('the directions of the table are allowed', async () => {
  const folder = plant({
    'shared/model/facts.ts': ['zod', 'shared/kinds.ts'],
    'electron/main.ts': ['electron', 'electron/shell/window.ts'],
    'electron/host/http.ts': ['node:http', 'shared/result.ts', 'electron/engine/engine.ts'],
    'electron/engine/sources/cursor/mcp.ts': [
      'electron/engine/sources/source.ts',
      'electron/engine/sources/parse/json-document.ts',
      'shared/kinds.ts',
    ],
    'electron/engine/exporters/json/write.ts': ['electron/engine/exporters/exporter.ts', 'shared/kinds.ts', 'zod'],
    'electron/engine/handlers/assets.ts': ['electron/engine/store/repos/facts-reader.ts'],
    'electron/engine/store/open.ts': ['better-sqlite3', 'node:fs'],
    'renderer/features/graph/screen.ts': ['renderer/ui/button.ts', 'renderer/client/client.ts', 'shared/kinds.ts'],
  });
  expect((await cruiseLayers(folder)).violations).toEqual([]);
});

test('this repository keeps to the table', async () => {
  const { modules, violations } = await cruiseLayers(repository);
  expect(modules).toBeGreaterThan(100);
  expect(violations).toEqual([]);
});
