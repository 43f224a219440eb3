import { expect, test } from 'vitest';
import type { Asset, Relation } from '../../shared/model/facts.ts';
import type { Snapshot } from '../engine/exporters/exporter.ts';
import { colourStyle, plainStyle } from './terminal-text.ts';
import { writeTextReport } from './text-report.ts';

const asset = (kind: Asset['kind'], name: string, more: Partial<Asset> = {}): Asset => ({
  id: `${kind}:${name}`,
  kind,
  name,
  origin: 'declared',
  confidence: 'high',
  properties: {},
  evidence: [],
  ...more,
});

const uses = (from: Asset, to: Asset): Relation => ({
  id: `${from.id}>${to.id}`,
  kind: 'uses',
  from: from.id,
  to: to.id,
  origin: 'declared',
  confidence: 'high',
  properties: {},
  evidence: [],
});

const agent = asset('agent', 'Claude Code in app', {
  properties: { host: 'claude-code' },
  evidence: [{ root: 0, file: '.claude/settings.json', line: 2, endLine: 4, source: 'claude-code/settings' }],
});
const github = asset('mcp-server', 'github', { properties: { transport: 'stdio' } });
const model = asset('model', 'opus');
const guess = asset('agent', 'helper', {
  confidence: 'low',
  dynamic: true,
  origin: 'derived',
  properties: { framework: 'langgraph' },
});

const snapshot: Snapshot = {
  tool: { name: 'countersign', version: '0.1.0' },
  status: 'complete',
  roots: ['/home/dev/app'],
  coverage: [
    {
      source: 'claude-code/settings',
      scope: 'project',
      path: '/home/dev/app/.claude/settings.json',
      status: 'read',
      detail: '',
    },
    {
      source: 'claude-code/settings',
      scope: 'user',
      path: '/home/dev/.claude/settings.json',
      status: 'absent',
      detail: '',
    },
    {
      source: 'cursor/mcp',
      scope: 'user',
      path: '/home/dev/.cursor/mcp.json',
      status: 'malformed',
      detail: 'line 3: comma expected',
    },
  ],
  issues: [{ source: 'cursor/mcp', path: '/home/dev/.cursor/mcp.json', line: 3, message: 'comma expected' }],
  assets: [agent, guess, model, github],
  relations: [uses(agent, github), uses(agent, model)],
};

const write = (of: Snapshot, style = plainStyle): string => {
  const chunks: string[] = [];
  writeTextReport(of, style, (chunk) => chunks.push(chunk));
  return chunks.join('');
};

test('coverage comes first, then agents, counts and issues', () => {
  expect(write(snapshot)).toBe(`countersign 0.1.0 · scan complete
  /home/dev/app

What was looked at
  read              1
  not there         1
  could not tell    1
    /home/dev/.cursor/mcp.json  malformed: line 3: comma expected  cursor/mcp

Agents (2)
  Claude Code in app  claude-code
    where             /home/dev/app/.claude/settings.json:2
    models            opus
    MCP servers       github (stdio)
  helper  langgraph, derived, low confidence, depends on run time

Found
  agents            2
  models            1
  MCP servers       1
  relations         2

Issues (1)
  /home/dev/.cursor/mcp.json:3  comma expected  cursor/mcp
`);
});

test('a scan that was cancelled does not look like a complete one', () => {
  expect(write({ ...snapshot, status: 'partial' })).toMatch(/^countersign 0\.1\.0 · scan not complete/);
});

test('nothing that was scanned reaches the terminal as a command', () => {
  const nasty = 'a\u001b]0;title\u0007b\u009b2Jc\rd\u202egnp\u200be\nf';
  const text = write({
    ...snapshot,
    roots: [`/x/${nasty}`],
    coverage: [{ source: nasty, scope: 'user', path: nasty, status: 'unreadable', detail: nasty }],
    issues: [{ source: nasty, path: nasty, line: null, message: nasty }],
    assets: [asset('agent', nasty, { properties: { host: nasty } })],
    relations: [],
  });
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
  expect(text).toContain('a]0;titleb2Jcd<U+202E>gnp<U+200B>e f');
});

test('colour is emphasis only', () => {
  expect(write(snapshot, colourStyle).replace(/\u001b\[\d+m/g, '')).toBe(write(snapshot));
});

test('what is left out of a long list is counted', () => {
  const issues = Array.from({ length: 75 }, (_, index) => ({ source: 's', path: `/f${index}`, line: 1, message: 'm' }));
  expect(write({ ...snapshot, issues })).toMatch(
    /Issues \(75\)[\s\S]*\/f59:1 {2}m {2}s\n {4}and 15 more: --format json lists them all\n$/,
  );
});

test('a guess at an owner says so, unless somebody else says the same', () => {
  const [ada, team] = [asset('person', 'Ada'), asset('person', '@acme/team')];
  const owned = (to: Asset, by: string, isGuess: boolean): Relation => ({
    ...uses(agent, to),
    id: `${by}${to.id}`,
    kind: 'owned-by',
    properties: { by, guess: isGuess },
  });
  const relations = [
    owned(ada, 'git-recent', true),
    owned(team, 'codeowners', false),
    owned(team, 'git-frequent', true),
  ];
  expect(write({ ...snapshot, assets: [agent, ada, team], relations })).toContain(
    '    owners            @acme/team, Ada (guess)\n',
  );
});
