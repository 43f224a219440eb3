import { expect, test } from 'vitest';
import { reconcile } from '../../scan/reconcile.ts';
import { claudeCodeInstructions } from '../claude-code/definitions.ts';
import { claudeCodeLinker } from '../claude-code/link.ts';
import { claudeCodeUserState } from '../claude-code/user-state.ts';
import { gitRepository } from '../git/repository.ts';
import { json, linkedRelations, type PlacedText, readText } from '../reading.test-support.ts';
import { repositoryAgentsLinker } from './repository-agents.ts';

const checkout = (anchor: string): PlacedText => ({ source: gitRepository, path: '.git/config', text: '', anchor });
const claude = (anchor: string): PlacedText => ({
  source: claudeCodeInstructions,
  path: 'CLAUDE.md',
  text: '# Rules\n',
  anchor,
});
const relations = (...files: readonly PlacedText[]): readonly string[] =>
  linkedRelations([repositoryAgentsLinker, claudeCodeLinker], files);

test('instructions at the root of a checkout below the scanned folder make an agent, notes in folders do not', () => {
  expect(
    relations(checkout('code/app'), claude('code/app'), claude('code/app/packages/a'), claude('code/notes')),
  ).toEqual(['Claude Code in app uses CLAUDE.md', 'Claude Code in app uses CLAUDE.md']);
});

test('a checkout is not part of what lies around it', () => {
  expect(relations(claude('code'), checkout('code/app'), claude('code/app/packages/a'))).toEqual([]);
  expect(relations(claude('code'), checkout('code/app'), claude('code/b'))).toEqual([
    'Claude Code in code uses CLAUDE.md',
  ]);
});

test('the agent stands on the file that it was concluded from', () => {
  const read = ({ source, path, text, anchor = '' }: PlacedText) => {
    const place = `${anchor}/${path}`;
    return { place, source: source.id, cap: 'high' as const, reading: readText(source, path, text, { place, anchor }) };
  };
  const facts = reconcile([read(checkout('code/app')), read(claude('code/app'))], [repositoryAgentsLinker]);
  expect(facts.assets.filter((asset) => asset.kind === 'agent')).toEqual([
    {
      kind: 'agent',
      key: 'claude-code@code/app',
      name: 'Claude Code in app',
      properties: { host: 'claude-code' },
      origin: 'derived',
      confidence: 'high',
      dynamic: false,
      evidence: [{ place: 'code/app/CLAUDE.md', line: 1, endLine: 1, source: 'claude-code/instructions' }],
    },
  ]);
});

test('local servers go to the folder that the state file means, and to none where two fit', () => {
  const state = (...paths: readonly string[]): PlacedText => ({
    source: claudeCodeUserState,
    path: '~/.claude.json',
    place: '~/.claude.json',
    anchor: '~',
    text: json({
      projects: Object.fromEntries(
        paths.map((path) => [path, { mcpServers: { [`of ${path}`]: { command: 'node', args: [path] } } }]),
      ),
    }),
  });
  const usesOf = (...paths: readonly string[]): readonly string[] =>
    relations(claude('app'), state(...paths)).filter((text) => text.includes('in app uses '));
  expect(usesOf('/home/dev/code/app')).toEqual(['Claude Code in app uses of /home/dev/code/app']);
  expect(usesOf('/home/dev/code/app', '/home/dev/old/app')).toEqual([]);
  expect(usesOf('/home/dev/code/other')).toEqual([]);
});
