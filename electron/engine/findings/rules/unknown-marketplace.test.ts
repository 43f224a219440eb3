import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { unknownMarketplace } from './unknown-marketplace.ts';

test('nothing describes it', () => {
  expect(
    judgeFiles(unknownMarketplace, { '.claude/settings.json': { enabledPlugins: { 'tools@somewhere': true } } }).found,
  ).toEqual(['medium .claude/settings.json:3 tools']);
});

test('settings name its address', () => {
  expect(
    passed(
      judgeFiles(unknownMarketplace, {
        '.claude/settings.json': {
          enabledPlugins: { 'tools@team': true },
          extraKnownMarketplaces: { team: { source: { source: 'github', repo: 'acme/plugins' } } },
        },
      }),
    ),
  ).toBe(true);
});
