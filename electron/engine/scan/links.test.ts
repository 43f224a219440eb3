import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, oldTree, told } from '../../../test/fixtures/scan-bench.ts';
import type { Tree } from '../../../test/fixtures/temporary-tree.ts';
import { linkers, sources } from '../sources/registry.ts';
import type { Connection } from '../store/driver.ts';

const skill = (name: string): string => `---\nname: ${name}\ndescription: d\n---\nDo it.\n`;

const tree: Tree = {
  'app/.git/config': '',
  'app/AGENTS.md': '# Rules of all\n',
  'app/CLAUDE.md': { link: 'AGENTS.md' },
  'app/GEMINI.md': { link: 'AGENTS.md' },
  'app/.agents/skills/pdf/SKILL.md': skill('pdf'),
  'app/.claude/skills': { link: '../.agents/skills' },
  'app/.claude/commands': { link: '../prompts' },
  'app/prompts/ops/go.md': 'Go.\n',
  'app/.cursor/rules': { link: '../rules' },
  'app/rules/style.mdc': '---\nalwaysApply: true\n---\nBe terse.\n',
  'app/.cursor/mcp.json': { link: '../.mcp.json' },
  'app/.mcp.json': '{"mcpServers": {"files": {"command": "npx", "args": ["-y", "files-server@1.0.0"]}}}',
  'app/web/AGENTS.md': { link: '../AGENTS.md' },
};

const inCode: Tree = {
  'code/app/AGENTS.md': '# Rules\n',
  'code/app/CLAUDE.md': { link: 'AGENTS.md' },
  'code/app/docs/ai.md': '# Notes\n',
  'code/app/web/CLAUDE.md': { link: '../docs/ai.md' },
};

const kinds = new Set(['agent', 'prompt', 'skill', 'mcp-server']);

function said(connection: Connection, scan: number, root: string) {
  const { assets, relations, coverage, issues } = told(connection, scan);
  const names = new Map(assets.map((asset) => [asset.id, asset.name]));
  return {
    assets: assets
      .filter(({ kind }) => kinds.has(kind))
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort(),
    uses: relations
      .filter(({ kind }) => kind === 'uses')
      .map(({ from, to }) => `${names.get(from)} uses ${names.get(to)}`)
      .sort(),
    links: coverage
      .filter(({ detail }) => detail.startsWith('symbolic link'))
      .map(
        ({ path, status, detail }) => `${path.slice(root.length + 1)} ${status}: ${detail.replaceAll(`${root}/`, '')}`,
      )
      .sort(),
    issues,
  };
}

test('a file that links lead to is one thing, and each of its readers is related to it', async () => {
  const root = join(await oldTree(tree), 'app');
  const made = await bench(sources);
  const scan = () => made.scan({ roots: [root] }, { linkers });
  await scan();
  expect(said(made.connection, 1, root)).toEqual({
    assets: [
      'agent Claude Code in app',
      'agent Cursor in app',
      'agent Gemini CLI in app',
      'mcp-server files',
      'prompt /ops:go',
      'prompt AGENTS.md',
      'prompt style.mdc',
      'skill pdf',
    ],
    uses: [
      'Claude Code in app uses /ops:go',
      'Claude Code in app uses AGENTS.md',
      'Claude Code in app uses files',
      'Claude Code in app uses pdf',
      'Cursor in app uses AGENTS.md',
      'Cursor in app uses files',
      'Cursor in app uses pdf',
      'Cursor in app uses style.mdc',
      'Gemini CLI in app uses AGENTS.md',
    ],
    links: [
      '.claude/commands/ops/go.md read: symbolic link to prompts/ops/go.md',
      '.claude/skills/pdf/SKILL.md read: symbolic link to .agents/skills/pdf/SKILL.md',
      '.cursor/mcp.json read: symbolic link to .mcp.json',
      '.cursor/rules/style.mdc read: symbolic link to rules/style.mdc',
      'CLAUDE.md read: symbolic link to AGENTS.md',
      'GEMINI.md read: symbolic link to AGENTS.md',
      'web/AGENTS.md read: symbolic link to AGENTS.md',
    ],
    issues: [],
  });
  const { assets } = told(made.connection, 1);
  const agentsMd = assets.find(({ kind, name }) => kind === 'prompt' && name === 'AGENTS.md');
  expect(agentsMd?.properties).toMatchObject({ role: 'instructions', folder: 'app' });
  expect(agentsMd?.properties['host']).toBeUndefined();
  expect(agentsMd?.properties['links']).toEqual([
    { host: 'claude-code', place: 'app/CLAUDE.md', anchor: 'app' },
    { host: 'gemini-cli', place: 'app/GEMINI.md', anchor: 'app' },
    { place: 'app/web/AGENTS.md', anchor: 'app/web' },
  ]);

  expect((await scan()).unchanged).toBe(true);
  appendFileSync(join(root, 'AGENTS.md'), 'One more.\n');
  const { number } = await scan();
  const fresh = await bench(sources);
  await fresh.scan({ roots: [root] }, { linkers });
  expect(told(made.connection, number)).toEqual(told(fresh.connection, 1));
});

test('instructions that are a link, in checkouts below the scanned folder', async () => {
  const root = join(await oldTree({ 'code/app/.git/config': '', ...inCode }), 'code');
  const { connection, scan } = await bench(sources);
  await scan({ roots: [root] }, { linkers });
  expect(said(connection, 1, root)).toEqual({
    assets: ['agent Claude Code in app', 'prompt AGENTS.md', 'prompt ai.md'],
    uses: ['Claude Code in app uses AGENTS.md', 'Claude Code in app uses ai.md'],
    links: [
      'app/CLAUDE.md read: symbolic link to app/AGENTS.md',
      'app/web/CLAUDE.md read: symbolic link to app/docs/ai.md',
    ],
    issues: [],
  });
});

test('links of a home: a dot folder that lies elsewhere, skills of two hosts', async () => {
  const folder = await oldTree({
    'home/dotfiles/claude/CLAUDE.md': '# Mine\n',
    'home/dotfiles/claude/skills': { link: '../../.agents/skills' },
    'home/.claude': { link: 'dotfiles/claude' },
    'home/.agents/skills/pdf/SKILL.md': skill('pdf'),
    'home/.codex/skills': { link: '../.agents/skills' },
  });
  const home = join(folder, 'home');
  const { connection, scan } = await bench(sources);
  await scan({ home }, { linkers });
  expect(said(connection, 1, home)).toEqual({
    assets: ['agent Claude Code, user settings', 'agent Codex, user settings', 'prompt CLAUDE.md', 'skill pdf'],
    uses: [
      'Claude Code, user settings uses CLAUDE.md',
      'Claude Code, user settings uses pdf',
      'Codex, user settings uses pdf',
    ],
    links: [
      '.claude/CLAUDE.md read: symbolic link to dotfiles/claude/CLAUDE.md',
      '.claude/skills/pdf/SKILL.md read: symbolic link to .agents/skills/pdf/SKILL.md',
      '.codex/skills/pdf/SKILL.md read: symbolic link to .agents/skills/pdf/SKILL.md',
    ],
    issues: [],
  });
});
