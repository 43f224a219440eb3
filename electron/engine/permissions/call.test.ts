import { expect, test } from 'vitest';
import { parseCall } from './call.ts';

test.each([
  ['run: terraform destroy', { type: 'shell', command: 'terraform destroy' }],
  ['read: ~/.ssh/config', { type: 'read', path: '~/.ssh/config' }],
  ['write:  a b.txt', { type: 'write', path: 'a b.txt' }],
  ['fetch: https://x.example/', { type: 'fetch', url: 'https://x.example/' }],
  [
    'mcp: github/create_issue title="two words" label=bug',
    { type: 'mcp', server: 'github', name: 'create_issue', arguments: { title: 'two words', label: 'bug' } },
  ],
  ['agent: reviewer', { type: 'agent', name: 'reviewer' }],
])('%s', (text, call) => {
  expect(parseCall(text)).toEqual({ ok: true, call });
});

test.each(['terraform destroy', 'run:', 'mcp: github', 'fly: away'])(
  '%s is no call, and the answer says what is',
  (text) => {
    const parsed = parseCall(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.message).toMatch(/write/);
  },
);
