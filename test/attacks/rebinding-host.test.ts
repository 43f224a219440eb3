import { expect, test } from 'vitest';
import { honestBody, honestHeaders, startAttackedHost } from './loopback-host.ts';

// A page of evil.example whose name was re-bound to 127.0.0.1 is same-origin with itself; only Host tells.
const foreignHosts = [
  'evil.example',
  'localhost',
  '127.0.0.1',
  '127.0.0.1.evil.example',
  '0.0.0.0',
  '[::]',
  '127.1',
  '',
];

test.each(foreignHosts)('Host %j is refused, with the right cookie and its own origin', async (name) => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  for (const foreign of [name, `${name}:${host.port}`].filter((value) => value !== host.authority)) {
    const headers = { ...honestHeaders(host, cookie), Host: foreign, Origin: `http://${foreign}` };
    expect((await host.request('POST /api/call', headers, honestBody)).status).toBeGreaterThanOrEqual(400);
    expect((await host.request('GET /', headers)).body).not.toContain('index of the test');
  }
  expect(host.calls).toEqual([]);
});

test('the token is not accepted under a foreign name either', async () => {
  const host = await startAttackedHost();
  const answer = await host.request(`GET /?token=${host.token}`, { Host: `evil.example:${host.port}` });
  expect(answer.status).toBe(403);
  expect(answer.head).not.toMatch(/set-cookie/i);
  expect(await host.signIn()).not.toBe('');
});

test('a second Host header and an absolute address do not smuggle a name in', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const two = await host.send(
    `GET / HTTP/1.1\r\nHost: ${host.authority}\r\nHost: evil.example\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
  );
  expect(two).toMatch(/^HTTP\/1\.1 40[03]/);
  const absolute = await host.request('GET http://evil.example/', { Host: host.authority, Cookie: cookie });
  expect(absolute.status).toBe(400);
  expect((await host.send(`GET / HTTP/1.1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)).slice(0, 12)).toBe(
    'HTTP/1.1 400',
  );
});

test('both loopback addresses work under their own names', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const six = `[::1]:${host.port}`;
  const text = await host.send(`GET / HTTP/1.1\r\nHost: ${six}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`, {
    address: '::1',
  });
  // A machine without IPv6 has nobody listening there.
  if (text !== '') expect(text).toContain('index of the test');
  expect((await host.request('GET /', { Host: host.authority, Cookie: cookie })).body).toContain('index of the test');
});
