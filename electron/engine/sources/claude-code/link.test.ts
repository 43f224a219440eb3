import { expect, test } from 'vitest';
import { linkedRelations, type PlacedText } from '../reading.test-support.ts';
import { claudeCodeInstructions } from './definitions.ts';
import { claudeCodeLinker } from './link.ts';
import { claudeCodeSettings } from './settings.ts';

const instructions = (anchor: string, path = 'CLAUDE.md'): PlacedText => ({
  source: claudeCodeInstructions,
  path,
  text: '# Rules\n',
  anchor,
});
const relations = (...files: readonly PlacedText[]): readonly string[] => linkedRelations([claudeCodeLinker], files);

test('instructions of a folder below are used by the nearest agent above', () => {
  expect(relations(instructions('repo'), instructions('repo/packages/a'))).toEqual([
    'Claude Code in repo uses CLAUDE.md',
  ]);
  expect(
    relations(
      instructions('repo'),
      instructions('repo/packages', '.claude/CLAUDE.md'),
      instructions('repo/packages/a'),
    ),
  ).toEqual(['Claude Code in packages uses CLAUDE.md']);
});

test('a folder below with a configuration of its own has an agent, and that one uses them', () => {
  const settings: PlacedText = {
    source: claudeCodeSettings,
    path: '.claude/settings.json',
    text: '{}',
    anchor: 'repo/a',
  };
  expect(relations(instructions('repo'), settings, instructions('repo/a'))).toEqual([
    'Claude Code in a uses CLAUDE.md',
  ]);
});

test('without an agent above nobody is said to use them', () => {
  expect(relations(instructions('repo/packages/a'))).toEqual([]);
  expect(relations(instructions('repo'), instructions('repository/a'))).toEqual([]);
});
