import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentCommands, commandFlags, toolList } from './agent-commands.ts';

const hosts = (script: string): readonly string[] => agentCommands(script).map((command) => command.host);

test.each([
  ['claude -p "hi" --dangerously-skip-permissions', ['claude-code']],
  ['npx -y @anthropic-ai/claude-code@latest -p hi', ['claude-code']],
  ['cat x | timeout 60 codex exec --full-auto -', ['codex']],
  ['FOO=1 gemini --yolo \\\n  -p "x"', ['gemini-cli']],
  ['if ! copilot -p x --allow-all-tools; then exit 1; fi', ['copilot-cli']],
  ['out=$(cursor-agent -p "x")', ['cursor']],
  ['opencode run "x" && goose run -t y', ['opencode', 'goose']],
  ['claude --version', []],
  ['npm install -g @openai/codex', []],
  ['echo "claude -p hi"', []],
  ['# claude -p hi', []],
  ['git commit -m "run gemini --yolo"', []],
])('%s', (script, expected) => {
  expect(hosts(script)).toEqual(expected);
});

test('flags that decide what an agent may do', () => {
  expect(
    commandFlags(
      '--model sonnet --permission-mode bypassPermissions --allowedTools "Bash(a, b),Read" --mcp-config x.json --max-turns 3',
    ),
  ).toEqual({
    mode: 'bypassPermissions',
    dangerous: ['--permission-mode bypassPermissions'],
    model: 'sonnet',
    allowedTools: ['Bash(a, b)', 'Read'],
    mcpConfig: ['x.json'],
    maxTurns: '3',
  });
  expect(toolList('Bash(gh pr comment:*),Read Edit')).toEqual(['Bash(gh pr comment:*)', 'Read', 'Edit']);
});

test('any text is read without an error', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      (text) => Array.isArray(agentCommands(text)) && Array.isArray(toolList(text)),
    ),
  );
});
