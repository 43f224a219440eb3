import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { inheritsAllTools } from './inherits-all-tools.ts';

test('no tools line', () => {
  expect(
    judgeFiles(inheritsAllTools, { '.claude/agents/fixer.md': '---\nname: fixer\ndescription: fixes\n---\nFix.\n' })
      .found,
  ).toEqual(['medium .claude/agents/fixer.md:2 fixer']);
});

test('a list, or tools that are taken away', () => {
  expect(
    passed(
      judgeFiles(inheritsAllTools, {
        '.claude/agents/fixer.md': '---\nname: fixer\ndescription: fixes\ntools: Read, Grep\n---\nFix.\n',
        '.claude/agents/other.md': '---\nname: other\ndescription: others\ndisallowedTools: Bash\n---\nFix.\n',
      }),
    ),
  ).toBe(true);
});
