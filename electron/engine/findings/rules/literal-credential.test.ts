import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { literalCredential } from './literal-credential.ts';

test('in a committed file, and never shown', () => {
  const judged = judgeFiles(literalCredential, {
    '.mcp.json': {
      mcpServers: {
        db: { command: 'db-mcp', env: { DATABASE_URL: 'postgresql://app:FAKE-password-1@db.example/app' } },
      },
    },
  });
  expect(judged.found).toEqual([expect.stringMatching(/^critical \.mcp\.json:6 /)]);
  expect(JSON.stringify(judged)).not.toContain('FAKE');
});

test('on one machine it weighs less', () => {
  const judged = judgeFiles(literalCredential, {
    '.env': 'API_KEY=FAKEabcdef0123456789abcdef0123456789\n',
    '~/.claude.json': { mcpServers: { a: { command: 'a', env: { A_TOKEN: 'FAKEabcdef0123456789abcdef0123456789' } } } },
  });
  expect(judged.found).toEqual(['medium ~/.claude.json:6 A_TOKEN', 'low .env:1 API_KEY']);
});

test('references and examples pass', () => {
  expect(
    passed(
      judgeFiles(literalCredential, {
        '.env.example': 'API_KEY=FAKEabcdef0123456789abcdef0123456789\n',
        '.mcp.json': { mcpServers: { a: { command: 'a', env: { A_TOKEN: '${A_TOKEN}' } } } },
      }),
    ),
  ).toBe(true);
});
