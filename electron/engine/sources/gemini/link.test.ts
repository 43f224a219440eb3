import { expect, test } from 'vitest';
import { json, linkedRelations, type PlacedText } from '../reading.test-support.ts';
import { agentsMd } from '../shared-instructions/agents-md.ts';
import { geminiInstructions } from './definitions.ts';
import { geminiLinker } from './link.ts';
import { geminiSettings } from './settings.ts';

const relations = (...files: readonly PlacedText[]): readonly string[] => linkedRelations([geminiLinker], files);
const own: PlacedText = { source: geminiInstructions, path: 'GEMINI.md', text: 'x' };
const shared: PlacedText = { source: agentsMd, path: 'AGENTS.md', text: 'y' };
const settings = (fileName: unknown): PlacedText => ({
  source: geminiSettings,
  path: '.gemini/settings.json',
  text: json({ context: { fileName } }),
});

test('GEMINI.md is read unless the settings name other files', () => {
  expect(relations(own, shared)).toEqual(['Gemini CLI in repo uses GEMINI.md']);
  expect(relations(own, shared, settings(['AGENTS.md', 'docs/a.md']))).toEqual(['Gemini CLI in repo uses AGENTS.md']);
  expect(relations(own, shared, settings('AGENTS.md'))).toEqual(['Gemini CLI in repo uses AGENTS.md']);
  expect(relations(own, shared, settings(['GEMINI.md', 'AGENTS.md']))).toEqual([
    'Gemini CLI in repo uses AGENTS.md',
    'Gemini CLI in repo uses GEMINI.md',
  ]);
});

test('a file of a folder below is used by the agent above', () => {
  expect(relations(own, { ...own, anchor: 'repo/packages/a' })).toEqual([
    'Gemini CLI in repo uses GEMINI.md',
    'Gemini CLI in repo uses GEMINI.md',
  ]);
});
