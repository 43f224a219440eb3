import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { skillPreapprovesMoney } from './skill-preapproves-money.ts';

test('an ask rule still stands above it', () => {
  expect(
    judgeFiles(skillPreapprovesMoney, {
      '.claude/settings.json': { permissions: { ask: ['mcp__stripe__create_refund'] } },
      '.claude/skills/refunds/SKILL.md':
        '---\nname: refunds\ndescription: how\nallowed-tools: mcp__stripe__create_refund\n---\nDo it.\n',
    }).found,
  ).toEqual(['low .claude/skills/refunds/SKILL.md:2 refunds']);
});

test('nothing stands above it', () => {
  expect(
    judgeFiles(skillPreapprovesMoney, {
      '.claude/settings.local.json': { permissions: { allow: ['mcp__stripe'] } },
      '.claude/skills/refunds/SKILL.md':
        '---\nname: refunds\ndescription: how\nallowed-tools: mcp__stripe__create_refund\n---\nDo it.\n',
    }).found,
  ).toEqual(['high .claude/skills/refunds/SKILL.md:2 refunds']);
});

test('tools that read pass', () => {
  expect(
    passed(
      judgeFiles(skillPreapprovesMoney, {
        '.claude/skills/refunds/SKILL.md':
          '---\nname: refunds\ndescription: how\nallowed-tools: mcp__stripe__list_payments, Read\n---\nDo it.\n',
      }),
    ),
  ).toBe(true);
});
