import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { subAgentWider } from './sub-agent-wider.ts';

test('a mode of its own gets around the parent', () => {
  const judged = judgeFiles(subAgentWider, {
    '.claude/settings.json': { permissions: { defaultMode: 'default' } },
    '.claude/agents/fixer.md': '---\nname: fixer\ndescription: fixes\npermissionMode: acceptEdits\n---\nFix.\n',
  });
  expect(judged.found).toEqual(['high .claude/agents/fixer.md:2 fixer']);
});

test('the same rules pass', () => {
  expect(
    passed(
      judgeFiles(subAgentWider, {
        '.claude/settings.json': { model: 'opus' },
        '.claude/agents/fixer.md': '---\nname: fixer\ndescription: fixes\ntools: Read\n---\nFix.\n',
      }),
    ),
  ).toBe(true);
});
