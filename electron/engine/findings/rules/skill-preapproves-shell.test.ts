import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { skillPreapprovesShell } from './skill-preapproves-shell.ts';

test('the whole shell', () => {
  expect(
    judgeFiles(skillPreapprovesShell, {
      '.claude/skills/refunds/SKILL.md': '---\nname: refunds\ndescription: how\nallowed-tools: Bash(*)\n---\nDo it.\n',
    }).found,
  ).toEqual(['high .claude/skills/refunds/SKILL.md:2 refunds']);
});

test('a command passes', () => {
  expect(
    passed(
      judgeFiles(skillPreapprovesShell, {
        '.claude/skills/refunds/SKILL.md':
          '---\nname: refunds\ndescription: how\nallowed-tools: Bash(git log *)\n---\nDo it.\n',
      }),
    ),
  ).toBe(true);
});
