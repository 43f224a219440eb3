import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { broadWebfetch } from './broad-webfetch.ts';

test('no site is named', () => {
  expect(
    judgeFiles(broadWebfetch, { '.claude/settings.local.json': { permissions: { allow: ['WebFetch'] } } }).found,
  ).toEqual(['medium .claude/settings.local.json:4 Claude Code in app']);
});

test('a site is named', () => {
  expect(
    passed(
      judgeFiles(broadWebfetch, {
        '.claude/settings.local.json': { permissions: { allow: ['WebFetch(domain:docs.example.com)'] } },
      }),
    ),
  ).toBe(true);
});

test('a deny rule wins', () => {
  expect(
    judgeFiles(broadWebfetch, {
      '.claude/settings.local.json': { permissions: { allow: ['WebFetch'], deny: ['WebFetch'] } },
    }).found,
  ).toEqual([]);
});
