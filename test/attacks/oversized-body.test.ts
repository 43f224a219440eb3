import { expect, test } from 'vitest';
import { honestHeaders, startAttackedHost } from './loopback-host.ts';

const head = (headers: Record<string, string>): string =>
  `POST /api/call HTTP/1.1\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n`;

test('a declared length over the limit is refused before anything is sent', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  expect(await host.send(head({ ...headers, 'Content-Length': String(64 * 1024 + 1) }))).toMatch(/^HTTP\/1\.1 413/);
  expect(await host.send(head({ ...headers, 'Content-Length': '1000000000000' }))).toMatch(/^HTTP\/1\.1 413/);
  expect(host.calls).toEqual([]);
});

test('a chunked body that grows past the limit is refused', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
  expect(await host.send(head({ ...headers, 'Transfer-Encoding': 'chunked' }) + chunk.repeat(5))).toMatch(
    /^HTTP\/1\.1 413/,
  );
  expect(host.calls).toEqual([]);
});

test('a body of exactly the limit is read', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  const call = JSON.stringify({ name: 'settings.get', input: {} });
  expect((await host.request('POST /api/call', headers, call.padEnd(64 * 1024, ' '))).status).toBe(200);
});

test('headers have a limit as well', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const answer = await host.request('GET /', { Host: host.authority, Cookie: cookie, 'X-Long': 'x'.repeat(20_000) });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect((await host.request(`GET /${'x'.repeat(9000)}`, { Host: host.authority, Cookie: cookie })).status).toBe(414);
});
