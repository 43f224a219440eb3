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
  expect(maskLines('app/.env', ['A=plain words', '# note', 'export B = x'])).toEqual({ lines: ['A=***', '# note', 'export B = ***'], masked: 2 });
  const body = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
  expect(maskLines('key.pem', ['a', `k = ${body}`, 'MIIFAKE', '-----END PRIVATE KEY-----', 'b']).lines).toEqual(['a', 'k = ***', '***', '***', 'b']);
});
