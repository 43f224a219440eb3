import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileScan } from '../fixtures/hostile-scan.ts';
import { temporaryFolder } from '../fixtures/temporary-tree.ts';

test('names that are not UTF-8 hide nothing, and are written so that one can find them', async () => {
  const root = temporaryFolder('raw');
  const folder = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9, 0xff])]);
  mkdirSync(folder);
  writeFileSync(Buffer.concat([folder, Buffer.from('/.mcp.json')]), '{"mcpServers": {"hidden": {"command": "x"}}}');
  mkdirSync(join(root, '.claude/agents'), { recursive: true });
  writeFileSync(
    Buffer.concat([Buffer.from(`${root}/.claude/agents/`), Buffer.from([0x80]), Buffer.from('.md')]),
    '---\nname: raw-agent\ndescription: x\n---\n',
  );
  const { names, placeIn } = await hostileScan({ roots: [root] });
  expect(names).toEqual(expect.arrayContaining(['hidden', 'raw-agent']));
  expect(Object.keys(placeIn(root)).sort()).toEqual(['.claude/agents/\\x80.md', 'caf\\xe9\\xff/.mcp.json']);
});
