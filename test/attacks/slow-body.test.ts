import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { honestBody, honestHeaders, startAttackedHost } from './loopback-host.ts';

test('a body that trickles in is given up on, and others are served meanwhile', async () => {
  const host = await startAttackedHost({ bodyMilliseconds: 400 });
  const headers = honestHeaders(host, await host.signIn());
  const lines = Object.entries({ ...headers, 'Content-Length': '1000' }).map(([name, value]) => `${name}: ${value}`);
  const started = performance.now();
  const slow = new Promise<string>((resolve) => {
    const socket = connect({ port: host.port, host: '127.0.0.1' });
    let received = '';
    socket.write(`POST /api/call HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    const trickle = setInterval(() => socket.write(' '), 50);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(trickle);
      resolve(received);
    });
  });
  expect((await host.request('POST /api/call', headers, honestBody)).status).toBe(200);
  expect(await slow).toMatch(/^HTTP\/1\.1 408/);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(host.calls).toHaveLength(1);
});

test('headers that never end are given up on', async () => {
  const host = await startAttackedHost({ headerMilliseconds: 500, bodyMilliseconds: 500 });
  const started = performance.now();
  await host.send(`GET / HTTP/1.1\r\nHost: ${host.authority}\r\nX-Slow: `, { milliseconds: 8_000 });
  expect(performance.now() - started).toBeLessThan(6_000);
});
