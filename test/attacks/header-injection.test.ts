import { expect, test } from 'vitest';
import { startAttackedHost } from './loopback-host.ts';

test('the address after the token exchange stays on this host and in one header', async () => {
  for (const path of [
    '//evil.example/',
    '/\\evil.example/',
    '/%0d%0aSet-Cookie:%20a=b/',
    '///evil.example',
    '/\t/evil.example',
    '/x\u0000y',
  ]) {
    const host = await startAttackedHost();
    const answer = await host.request(`GET ${path}?token=${host.token}`, { Host: host.authority });
    if (answer.status === 400) continue;
    expect([path, answer.status]).toEqual([path, 303]);
    const location = /^location: (.*)$/im.exec(answer.head)?.[1]?.trim() ?? '';
    expect(new URL(location, `http://${host.authority}`).host).toBe(host.authority);
    expect(answer.head.match(/^set-cookie:/gim)).toHaveLength(1);
    expect(answer.head).not.toMatch(/^set-cookie: a=b/im);
  }
});

test('a token cannot carry a header either', async () => {
  const host = await startAttackedHost();
  const answer = await host.request(`GET /?token=x%0d%0aSet-Cookie:%20a=b&next=%0d%0aX-Bad:%201`, {
    Host: host.authority,
  });
  expect(answer.status).toBe(403);
  expect(answer.head).not.toMatch(/a=b|x-bad/i);
});
