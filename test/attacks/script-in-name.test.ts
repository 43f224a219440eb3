import { connect } from 'node:net';
import { decodeWire } from '../../shared/contract/wire.ts';
import { expect, test } from 'vitest';
import { honestHeaders, startAttackedHost } from './loopback-host.ts';

const markup = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

test('markup in an address is never repeated in a page', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const encoded = encodeURIComponent(markup);
  for (const headers of [{ Host: host.authority }, { Host: host.authority, Cookie: cookie }]) {
    for (const path of [`/${encoded}.js`, `/?q=${encoded}`, `/?token=${encoded}`, `/api/${encoded}`]) {
      const answer = await host.request(`GET ${path}`, headers);
      expect(answer.body).not.toMatch(/<script|onerror|<img/i);
      expect(answer.head).toMatch(/^content-security-policy: /im);
    }
  }
});

test('markup in a scanned name travels as data that no browser takes for a page', async () => {
  const host = await startAttackedHost();
  const headers = honestHeaders(host, await host.signIn());
  const answer = await host.request(
    'POST /api/call',
    headers,
    JSON.stringify({ name: 'assets.search', input: { text: markup } }),
  );
  expect(answer.head).toMatch(/^content-type: application\/octet-stream$/im);
  expect(answer.head).toMatch(/^x-content-type-options: nosniff$/im);
  expect(decodeWire(Buffer.from(answer.body, 'latin1'))).toEqual({
    ok: true,
    value: { echoed: { text: markup }, bytes: new Uint8Array([1, 2, 3]) },
  });
});

test('a line feed in a scanned path cannot start a second event', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  const received = new Promise<string>((resolve) => {
    const socket = connect({ port: host.port, host: '127.0.0.1' });
    let text = '';
    socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host.authority}\r\nCookie: ${cookie}\r\n\r\n`);
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (text.includes('retry: 1000') && !text.includes('data: ')) {
        host.emit('workspaces.changed', { path: '/tmp/a\n\ndata: {"name":"forged"}\r\n\r\n<script>' });
      }
      if (text.includes('data: ')) {
        socket.destroy();
        resolve(text);
      }
    });
  });
  const text = await received;
  expect(text).toMatch(/^content-type: text\/event-stream/im);
  const messages = text.split(/\r\n|\n/).filter((line) => line.startsWith('data: '));
  expect(messages.map((line) => JSON.parse(line.slice('data: '.length)))).toEqual([
    { name: 'workspaces.changed', payload: { path: '/tmp/a\n\ndata: {"name":"forged"}\r\n\r\n<script>' } },
  ]);
});
