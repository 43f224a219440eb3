import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { scanAndJudge } from '../scan-findings.test-support.ts';
import { promptClaimNotEnforced } from './prompt-claim-not-enforced.ts';

test('a rule of a file allows what the text forbids', () => {
  expect(
    judgeFiles(promptClaimNotEnforced, {
      'AGENTS.md': '# Rules\n- Never delete databases or clusters.\n',
      '.cursor/cli.json': { permissions: { allow: ['Shell(kubectl)'] } },
    }).found,
  ).toEqual(['medium AGENTS.md:2 AGENTS.md']);
});

test('a host that asks keeps it', () => {
  expect(
    passed(
      judgeFiles(promptClaimNotEnforced, {
        'AGENTS.md': '- Never delete databases.\n',
        '.claude/settings.json': { model: 'opus' },
      }),
    ),
  ).toBe(true);
});

test('without a reader nobody can tell', () => {
  expect(judgeFiles(promptClaimNotEnforced, { 'AGENTS.md': '- Never delete databases.\n' }).undecided).toHaveLength(1);
});

test('a tool of the code can do what its prompt forbids', async () => {
  const code = (tools: string): string =>
    [
      'from strands import Agent',
      'from strands_tools import shell, current_time',
      '',
      'PROMPT = """You repair the platform.',
      'Never delete data."""',
      '',
      `agent = Agent(system_prompt=PROMPT, tools=[${tools}])`,
      '',
    ].join('\n');
  const open = await scanAndJudge('prompt-claim-not-enforced', { 'agent.py': code('shell') });
  expect(open.found).toEqual(['high agent.py:5 PROMPT']);
  const kept = await scanAndJudge('prompt-claim-not-enforced', { 'agent.py': code('current_time') });
  expect(kept).toMatchObject({ found: [], undecided: [] });
});
