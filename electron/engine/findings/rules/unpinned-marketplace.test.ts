import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { unpinnedMarketplace } from './unpinned-marketplace.ts';

test('no reference', () => {
  expect(
    judgeFiles(unpinnedMarketplace, {
      '.claude/settings.json': {
        extraKnownMarketplaces: { team: { source: { source: 'github', repo: 'acme/plugins' } } },
      },
    }).found,
  ).toEqual(['low .claude/settings.json:3 Claude Code in app']);
});

test('a reference, or a folder', () => {
  expect(
    passed(
      judgeFiles(unpinnedMarketplace, {
        '.claude/settings.json': {
          extraKnownMarketplaces: {
            team: { source: { source: 'github', repo: 'acme/plugins', ref: 'v3' } },
            own: { source: { source: 'directory', path: './plugins' } },
          },
        },
      }),
    ),
  ).toBe(true);
});
