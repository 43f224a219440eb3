import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { honestBody, honestHeaders, startAttackedHost } from './loopback-host.ts';

const listen = (
  port: number,
  host: string,
  cookie: string,
): { readonly socket: Socket; readonly head: Promise<string> } => {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`);
  return { socket, head: new Promise((resolve) => socket.once('data', (chunk) => resolve(chunk.toString('latin1')))) };
};

test('open event streams are counted, and calls go on', async () => {
  const host = await startAttackedHost({ eventStreams: 3 });
  const cookie = await host.signIn();
  const streams = [];
  for (let index = 0; index < 3; index++) streams.push(listen(host.port, host.authority, cookie));
  for (const { head } of streams) expect(await head).toMatch(/^HTTP\/1\.1 200/);
  expect(await listen(host.port, host.authority, cookie).head).toMatch(/^HTTP\/1\.1 429/);
  expect((await host.request('POST /api/call', honestHeaders(host, cookie), honestBody)).status).toBe(200);
  streams[0]?.socket.destroy();
  await expect
    .poll(async () => (await listen(host.port, host.authority, cookie).head).slice(0, 12))
    .toBe('HTTP/1.1 200');
});

test('a listener that does not read is dropped instead of filling the memory', async () => {
  const host = await startAttackedHost();
  const { socket, head } = listen(host.port, host.authority, await host.signIn());
  await head;
  socket.pause();
  let isClosed = false;
  socket.on('close', () => {
    isClosed = true;
  });
  const path = 'x'.repeat(64 * 1024);
  for (let event = 0; event < 400; event++) {
    host.emit('workspaces.changed', { path });
    if (event % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.resume();
  await expect.poll(() => isClosed).toBe(true);
});
