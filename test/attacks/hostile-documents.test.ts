import { expect, test } from 'vitest';
import { hostileScan } from '../fixtures/hostile-scan.ts';
import { plantedFolder, type Tree } from '../fixtures/temporary-tree.ts';

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const front = (yaml: string): string => `---\n${yaml}\n---\nText.\n`;
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghi'].map(
    (name, index) => `${name}: &${name} [${Array<string>(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`,
  ),
  'name: *i',
].join('\n');

const documents: Tree = {
  'deep200/.mcp.json': nested(200),
  'deep5000/.mcp.json': nested(5000),
  'deeper/.mcp.json': '['.repeat(200_000),
  'bomb/.claude/agents/bomb.md': front(bomb),
  'broken-json/.mcp.json': '{ "mcpServers": { "x": { "command": ',
  'array/.mcp.json': '[1, 2, 3]',
  'text/.mcp.json': '"text"',
  'null/.claude/settings.json': 'null',
  'empty/.mcp.json': '',
  'garbage/.mcp.json': '{} trailing',
  'proto/.mcp.json': '{"mcpServers": {"__proto__": {"command": "x"}, "constructor": {"command": "y"}}}',
  'types/.mcp.json': '{"mcpServers": {"x": {"command": ["a"], "args": {"b": 1}, "env": [1], "url": 7}}}',
  'duplicate/.mcp.json': '{"mcpServers": {"x": {"command": "a"}, "x": {"command": "b"}}}',
  'half-pair/.mcp.json': '{"mcpServers": {"\\ud800": {"command": "a"}, "\\ud801": {"command": "b"}}}',
  'nul/.mcp.json': '{"mcpServers": {"a\\u0000b": {"command": "a\\u0000b"}}}',
  'broken-toml/.codex/config.toml': '[mcp_servers.x\ncommand = ',
  'broken-yaml/.claude/agents/x.md': front('name: [unclosed\n  - "'),
  'tags/.claude/agents/x.md': front(
    'name: !!js/function "function(){}"\nother: !!python/object/apply:os.system ["true"]',
  ),
  'bom/CLAUDE.md': '\ufeff# with a mark\n',
  'utf16le/.mcp.json': Buffer.from('\ufeff{"mcpServers": {"sixteen": {"command": "x"}}}', 'utf16le'),
  'utf16be/.mcp.json': Buffer.from('\ufeff{"mcpServers": {"sixteen-be": {"command": "x"}}}', 'utf16le').swap16(),
  'invalid/CLAUDE.md': Buffer.from([0x23, 0x20, 0xff, 0xfe, 0xc3, 0x28, 0x0a]),
  'binary/.mcp.json': Buffer.alloc(4096),
  'python/agent.py': `from langgraph.graph import StateGraph\n${'('.repeat(50_000)}`,
  'python2/agent.py': `from langgraph.graph import StateGraph\nx = ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
  'notebook/x.ipynb': '{"cells": [{"cell_type": "code", "source": ["import langgraph"]',
  'good/CLAUDE.md': '# good\n',
};

test('broken, bottomless and exploding documents are read or named unread, and the others are read', async () => {
  const root = plantedFolder(documents);
  const { status, milliseconds, placeIn, names, bench, issues } = await hostileScan({ roots: [root] });
  expect(status).toBe('complete');
  expect(milliseconds).toBeLessThan(25_000);
  const places = placeIn(root);
  // Nothing is passed over in silence: every document has a line in the coverage.
  expect(Object.keys(documents).filter((path) => !(path in places) && !/\.(?:py|ipynb)$/.test(path))).toEqual([]);
  expect(
    Object.fromEntries(
      [
        'broken-json/.mcp.json',
        'deeper/.mcp.json',
        'deep5000/.mcp.json',
        'empty/.mcp.json',
        'binary/.mcp.json',
        'broken-toml/.codex/config.toml',
      ].map((path) => [path, places[path]?.split(':')[0]]),
    ),
  ).toEqual({
    'broken-json/.mcp.json': 'malformed',
    'deeper/.mcp.json': 'malformed',
    'deep5000/.mcp.json': 'malformed',
    'empty/.mcp.json': 'malformed',
    'binary/.mcp.json': 'malformed',
    'broken-toml/.codex/config.toml': 'malformed',
  });
  for (const path of ['good/CLAUDE.md', 'bom/CLAUDE.md', 'utf16le/.mcp.json', 'utf16be/.mcp.json'])
    expect([path, places[path]?.split(':')[0]]).toEqual([path, 'read']);
  expect(names).toEqual(expect.arrayContaining(['sixteen', 'sixteen-be']));
  expect(
    issues
      .filter(({ source }) => source === 'scan/text')
      .map(({ path, message }) => [path.slice(root.length), message]),
  ).toEqual([['/invalid/CLAUDE.md', '3 bytes are not valid UTF-8 and were read as replacement characters']]);
  expect(bench.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  expect(({} as Record<string, unknown>)['command']).toBeUndefined();
});
