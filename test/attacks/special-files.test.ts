import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hostileScan } from '../fixtures/hostile-scan.ts';
import { plantedFolder } from '../fixtures/temporary-tree.ts';

test('pipes, sockets and links to devices with a wanted name hold nothing up', async () => {
  const root = plantedFolder({
    'p/x': '',
    's/x': '',
    'dev/.mcp.json': { link: '/dev/zero' },
    'ok/CLAUDE.md': '# ok\n',
    'm/x': '',
  });
  execFileSync('mkfifo', [join(root, 'p/CLAUDE.md'), join(root, 'p/.mcp.json'), join(root, 'm/agent.py')]);
  const server = createServer().listen(join(root, 's/.mcp.json'));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { status, milliseconds, placeIn } = await hostileScan({ roots: [root] });
  expect(status).toBe('complete');
  expect(milliseconds).toBeLessThan(10_000);
  const special = 'skipped: not a regular file';
  expect(placeIn(root)).toMatchObject({
    'p/CLAUDE.md': special,
    'p/.mcp.json': special,
    's/.mcp.json': special,
    'dev/.mcp.json': 'skipped: symbolic link out of the scanned folder, not followed',
  });
  expect(placeIn(root)['ok/CLAUDE.md']).toMatch(/^read/);
});
