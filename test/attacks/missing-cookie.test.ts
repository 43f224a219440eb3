import { expect, test } from 'vitest';
import { honestBody, honestHeaders, startAttackedHost } from './loopback-host.ts';

test('without the cookie nothing is served but a plain page', async () => {
  const host = await startAttackedHost();
  for (const path of [
    '/',
    '/inventory',
    '/index.html',
    '/assets/page-AbCd1234.js',
    '/api/events',
    '/nothing-here.js',
  ]) {
    const answer = await host.request(`GET ${path}`, { Host: host.authority });
    expect([path, answer.status]).toEqual([path, 403]);
    expect(answer.body).not.toMatch(/index of the test|export const/);
  }
  const { Cookie: _left, ...headers } = honestHeaders(host, '');
  expect((await host.request('POST /api/call', headers, honestBody)).status).toBe(403);
  expect(host.calls).toEqual([]);
});

test('a cookie of the wrong name or value is no cookie', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const [name = '', value = ''] = cookie.split('=');
  const forged = [
    `${name}=`,
    `${name}=${value.startsWith('x') ? 'y' : 'x'}${value.slice(1)}`,
    `countersign=${value}`,
    `${name}x=${value}`,
    value,
    `a=${name}=${value}`,
    `${name}=${value}x`,
  ];
  for (const Cookie of forged) {
    const answer = await host.request('POST /api/call', { ...honestHeaders(host, cookie), Cookie }, honestBody);
    expect([Cookie, answer.status]).toEqual([Cookie, 403]);
  }
  expect(host.calls).toEqual([]);
  const among = await host.request('GET /', { Host: host.authority, Cookie: `other=1; ${cookie}; more=2` });
  expect(among.status).toBe(200);
});

test('the cookie is out of reach for scripts and for other sites, and its name is new every time', async () => {
  const hosts = [await startAttackedHost(), await startAttackedHost()];
  const answers = await Promise.all(
    hosts.map((host) => host.request(`GET /?token=${host.token}`, { Host: host.authority })),
  );
  const cookies = answers.map((answer) => /^set-cookie: (.*)$/im.exec(answer.head)?.[1] ?? '');
  for (const cookie of cookies)
    expect(cookie).toMatch(/^countersign_[0-9a-f]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(cookies[0]?.split('=')[0]).not.toBe(cookies[1]?.split('=')[0]);
});

test('a flood without the cookie is slowed down, and the reviewer does not notice', async () => {
  const host = await startAttackedHost({ strangers: { burst: 20, perSecond: 1 } });
  const cookie = await host.signIn();
  const statuses: number[] = [];
  for (let request = 0; request < 40; request++)
    statuses.push((await host.request('GET /', { Host: host.authority })).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([403, 429]);
  expect((await host.request('GET /', { Host: host.authority, Cookie: cookie })).status).toBe(200);
});
