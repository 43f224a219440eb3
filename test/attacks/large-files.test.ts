import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileScan } from '../fixtures/hostile-scan.ts';
import { plantedFolder } from '../fixtures/temporary-tree.ts';

test('a sparse gigabyte and five megabytes of JSON are said to be too large', async () => {
  const root = plantedFolder({
    'a/.mcp.json': '',
    'b/.mcp.json': JSON.stringify({ mcpServers: {}, filler: 'x'.repeat(5_000_000) }),
    'c/agent.py': '',
    'd/CLAUDE.md': '# fine\n',
  });
  truncateSync(join(root, 'a/.mcp.json'), 2 ** 30);
  truncateSync(join(root, 'c/agent.py'), 2 ** 30);
  const { status, milliseconds, placeIn } = await hostileScan({ roots: [root] });
  expect(status).toBe('complete');
  expect(milliseconds).toBeLessThan(10_000);
  const places = placeIn(root);
  expect(places['a/.mcp.json']).toBe('too-large: 1073741824 bytes, more than the limit of 4194304');
  expect(places['b/.mcp.json']).toMatch(/^too-large: 50000\d\d bytes/);
  expect(places['c/agent.py']).toMatch(/^too-large: 1073741824 bytes/);
  expect(places['d/CLAUDE.md']).toMatch(/^read/);
});
