import { expect, test } from 'vitest';
import { honestBody, honestHeaders, startAttackedHost } from './loopback-host.ts';

test('a call from another page is refused although the browser sends the cookie along', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  // Pages of other ports on this machine are "same-site": a strict cookie does reach us from there.
  const origins = [
    'http://evil.example',
    `http://127.0.0.1:${host.port + 1}`,
    'http://127.0.0.1',
    `https://${host.authority}`,
    'null',
    `http://localhost:${host.port}`,
  ];
  for (const Origin of origins) {
    const answer = await host.request('POST /api/call', { ...honestHeaders(host, cookie), Origin }, honestBody);
    expect([Origin, answer.status]).toEqual([Origin, 403]);
    expect(answer.head).not.toMatch(/access-control/i);
  }
  expect(host.calls).toEqual([]);
});

test('a call without an origin is refused', async () => {
  const host = await startAttackedHost();
  const { Origin: _left, ...headers } = honestHeaders(host, await host.signIn());
  expect((await host.request('POST /api/call', headers, honestBody)).status).toBe(403);
  expect(host.calls).toEqual([]);
});

test('the origin is checked before the body is read', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const head = `POST /api/call HTTP/1.1\r\nHost: ${host.authority}\r\nOrigin: http://evil.example\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 40\r\n`;
  // Not one byte of the body is sent: an answer means that nobody waited for it.
  expect(await host.send(`${head}\r\n`)).toMatch(/^HTTP\/1\.1 403/);
  expect(await host.send(`${head}Expect: 100-continue\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403/);
});

test('another page can neither listen to events nor load our files as scripts', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const own = { Host: host.authority, Cookie: cookie };
  expect((await host.request('GET /api/events', { ...own, Origin: 'http://evil.example' })).status).toBe(403);
  const asScript = { ...own, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' };
  expect((await host.request('GET /assets/page-AbCd1234.js', asScript)).status).toBe(403);
  expect((await host.request('GET /api/events', { ...asScript, 'Sec-Fetch-Dest': 'empty' })).status).toBe(403);
  expect(
    (
      await host.request('OPTIONS /api/call', {
        ...own,
        Origin: 'http://evil.example',
        'Access-Control-Request-Method': 'POST',
      })
    ).status,
  ).toBe(403);
});

test('an honest call goes through', async () => {
  const host = await startAttackedHost();
  const answer = await host.request('POST /api/call', honestHeaders(host, await host.signIn()), honestBody);
  expect(answer.status).toBe(200);
  expect(host.calls).toEqual([{ name: 'settings.get', input: {} }]);
});
