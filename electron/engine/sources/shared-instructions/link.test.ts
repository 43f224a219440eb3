import { expect, test } from 'vitest';
import { codexConfig } from '../codex/config.ts';
import { gitRepository } from '../git/repository.ts';
import { linkedRelations, type PlacedText } from '../reading.test-support.ts';
import { agentsMd } from './agents-md.ts';
import { sharedInstructionsLinker } from './link.ts';

const shared = (anchor: string): PlacedText => ({ source: agentsMd, path: 'AGENTS.md', text: anchor, anchor });
const codex = (anchor: string): PlacedText => ({
  source: codexConfig,
  path: '.codex/config.toml',
  text: 'model = "m"\n',
  anchor,
});
const relations = (...files: readonly PlacedText[]): readonly string[] =>
  linkedRelations([sharedInstructionsLinker], files).filter((text) => text.endsWith('AGENTS.md'));

test('the shared file of its folder and of the folders below belongs to the nearest agent above', () => {
  expect(relations(codex('repo'), shared('repo'), shared('repo/a'), shared('repo/a/b'))).toHaveLength(3);
  expect(relations(codex('repo'), codex('repo/a'), shared('repo/a/b'))).toEqual(['Codex in a uses AGENTS.md']);
  expect(relations(codex('repo'), shared('other/a'))).toEqual([]);
});

test('a checkout inside is another project', () => {
  const checkout: PlacedText = { source: gitRepository, path: '.git/config', text: '', anchor: 'repo/vendored' };
  expect(relations(codex('repo'), checkout, shared('repo/vendored/a'))).toEqual([]);
});
