import { expect, test } from 'vitest';
import { startAttackedHost } from './loopback-host.ts';

test('a wrong token opens nothing and does not use up the right one', async () => {
  const host = await startAttackedHost();
  for (const token of ['', 'x', host.token.slice(1), `${host.token}x`, host.token.toUpperCase(), `${host.token}%00`]) {
    const answer = await host.request(`GET /?token=${token}`, { Host: host.authority });
    expect([token, answer.status]).toEqual([token, 403]);
    expect(answer.head).not.toMatch(/set-cookie/i);
  }
  expect(
    (await host.request(`POST /?token=${host.token}`, { Host: host.authority, Origin: `http://${host.authority}` }))
      .status,
  ).toBe(403);
  expect(await host.signIn()).not.toBe('');
});

test('guessing is slowed down, and the reviewer does not notice', async () => {
  const host = await startAttackedHost({ strangers: { burst: 20, perSecond: 1 } });
  const cookie = await host.signIn();
  const statuses: number[] = [];
  for (let guess = 0; guess < 40; guess++) {
    statuses.push((await host.request(`GET /?token=guess${guess}`, { Host: host.authority })).status);
  }
  expect(statuses.filter((status) => status === 403).length).toBeLessThan(25);
  expect(statuses.at(-1)).toBe(429);
  expect((await host.request('GET /', { Host: host.authority, Cookie: cookie })).status).toBe(200);
});
