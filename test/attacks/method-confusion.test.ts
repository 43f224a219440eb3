import { expect, test } from 'vitest';
import { honestBody, honestHeaders, startAttackedHost } from './loopback-host.ts';

test('a call is a POST and nothing else', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const answer = await host.request(`${method} /api/call`, headers, honestBody);
    expect([method, answer.status]).toEqual([method, 405]);
  }
  const overridden = { ...headers, 'X-HTTP-Method-Override': 'POST', 'X-Method-Override': 'POST' };
  expect((await host.request('GET /api/call?name=settings.get&_method=POST', overridden)).status).toBe(405);
  expect(host.calls).toEqual([]);
});

test('pages and events are read with GET only', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  for (const path of ['/', '/api/events', '/assets/page-AbCd1234.js', '/api/call/', '/api//call']) {
    expect([path, (await host.request(`POST ${path}`, headers, honestBody)).status]).toEqual([path, 405]);
  }
  expect(host.calls).toEqual([]);
});

test('only JSON is a call: what a form of another page can send is not', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/json, text/plain',
    'application/jsonx',
    '',
  ];
  for (const type of types) {
    const answer = await host.request('POST /api/call', { ...headers, 'Content-Type': type }, honestBody);
    expect([type, answer.status]).toEqual([type, 415]);
  }
  for (const body of ['', '[]', 'null', '{"name":"settings.get","input":{},"more":1}', '{"name":', '\u0000']) {
    expect([body, (await host.request('POST /api/call', headers, body)).status]).toEqual([body, 400]);
  }
  expect(host.calls).toEqual([]);
});

test('upgrades and tunnels are refused', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const upgrade = await host.request('GET /api/events', {
    Host: host.authority,
    Cookie: cookie,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Version': '13',
  });
  expect(upgrade.status).toBe(403);
  expect((await host.request(`CONNECT ${host.authority}`, { Host: host.authority })).status).toBe(403);
});

test('two lengths or a length beside chunks cannot hide a second request', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const hidden = `POST /api/call HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${honestBody.length}\r\n\r\n${honestBody}`;
  for (const framing of [
    'Content-Length: 0\r\nContent-Length: 500',
    'Transfer-Encoding: chunked\r\nContent-Length: 5',
  ]) {
    const text = await host.send(
      `POST /api/call HTTP/1.1\r\n${lines.join('\r\n')}\r\n${framing}\r\n\r\n0\r\n\r\n${hidden}`,
      { milliseconds: 2_000 },
    );
    expect(text).toMatch(/^HTTP\/1\.1 400/);
  }
  expect(host.calls).toEqual([]);
});
