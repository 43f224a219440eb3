import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { unpinnedPlugin } from './unpinned-plugin.ts';

test('no version, and one that can be moved', () => {
  expect(
    judgeFiles(unpinnedPlugin, {
      '.claude-plugin/marketplace.json': {
        name: 'team',
        plugins: [
          { name: 'one', source: { source: 'github', repo: 'acme/one' } },
          { name: 'two', source: { source: 'github', repo: 'acme/two', ref: 'v1' } },
        ],
      },
    }).found,
  ).toEqual(['medium .claude-plugin/marketplace.json:5 one', 'low .claude-plugin/marketplace.json:12 two']);
});

test('a commit passes', () => {
  expect(
    passed(
      judgeFiles(unpinnedPlugin, {
        '.claude-plugin/marketplace.json': {
          name: 'team',
          plugins: [{ name: 'one', source: { source: 'github', repo: 'acme/one', sha: 'a'.repeat(40) } }],
        },
      }),
    ),
  ).toBe(true);
});
