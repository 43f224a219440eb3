import { expect, test } from 'vitest';
import { maskLines } from './mask-lines.ts';

test('values of secrets are replaced where a line is shown, names and the rest stay', () => {
  const secret = ['FAKE', 'literal', 'password1'].join('-');
  const key = ['sk', 'live', 'FAKE0123456789abcdefABCDEF'].join('_');
  const shown = maskLines('.cursor/mcp.json', [
    `"DATABASE_URL": "postgresql://admin:${secret}@db.example:5432/support"`,
    `"STRIPE_API_KEY": "${key}",`,
    '"command": "docker",',
    'max_tokens: 4096',
  ]);
  expect(shown.lines.join('\n')).not.toContain(secret);
  expect(shown.lines.join('\n')).not.toContain(key);
  expect(shown.lines[2]).toBe('"command": "docker",');
  expect(shown.lines[3]).toBe('max_tokens: 4096');
  expect(shown.masked).toBe(2);
});

test('every value of a .env file and the body of a private key are replaced', () => {
  expect(maskLines('app/.env', ['A=plain words', '# note', 'export B = x'])).toEqual({
    lines: ['A=***', '# note', 'export B = ***'],
    masked: 2,
  });
  const body = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
  expect(maskLines('key.pem', ['a', `k = ${body}`, 'MIIFAKE', '-----END PRIVATE KEY-----', 'b']).lines).toEqual([
    'a',
    'k = ***',
    '***',
    '***',
    'b',
  ]);
});

test('what stands beside the name of a secret is replaced, also within a value and on the next line', () => {
  const value = ['FAKE', 'letters', 'only'].join('');
  const lines = [
    `"X-SIGNING-KEY": "${value}",`,
    `"command": "MYSQL_PWD=${value} mysqldump",`,
    `"args": ["--bot-token", "${value}", "--region", "eu-west-1"],`,
    '  "--bot-token",',
    `  "${value}",`,
    '  "--region",',
    '  "eu-west-1",',
    '- --api-key',
    `- ${value}`,
    `"GITHUB_TOKEN": "\${GITHUB_TOKEN}",`,
    '"command": "node:server",',
  ];
  const shown = maskLines('x.json', lines);
  expect(shown.lines.join('\n')).not.toContain(value);
  expect(shown.lines.filter((line, index) => line === lines[index])).toEqual([
    lines[3],
    lines[5],
    lines[6],
    lines[7],
    lines[9],
    lines[10],
  ]);
  expect(shown.masked).toBe(5);
});

test('masking costs linear time on hostile lines', () => {
  const started = performance.now();
  for (const part of ['a=', 'a:', 'token=', '"--a","', '- ', "'", 'a-', ' '])
    maskLines('x', [part.repeat(2000), part.repeat(100_000)]);
  expect(performance.now() - started).toBeLessThan(1500);
});
