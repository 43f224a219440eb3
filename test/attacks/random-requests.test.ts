import fc from 'fast-check';
import { expect, test } from 'vitest';
import { honestBody, honestHeaders, parseAnswer, startAttackedHost } from './loopback-host.ts';

/** Parts of requests that have opened other hosts before, and noise. */
const method = fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'CONNECT', 'get', 'PRI', 'X');
const target = fc.oneof(
  fc.constantFrom(
    '/',
    '/api/call',
    '/api/events',
    '//api/call',
    '/api/call?token=',
    '*',
    'http://x/api/call',
    '/api/call#',
    '/api%2fcall',
    '/;/api/call',
  ),
  fc.string({ maxLength: 40 }).map((text) => `/${encodeURI(text.toWellFormed())}`),
);
const headerLine = fc.oneof(
  fc.constantFrom(
    'Host: evil.example',
    'Host: 127.0.0.1',
    'Origin: null',
    'Origin: http://evil.example',
    'Cookie: countersign=1',
    'Content-Length: -1',
  ),
  fc.constantFrom(
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: identity, chunked',
    'Upgrade: h2c',
    'Expect: 100-continue',
  ),
  fc.constantFrom(
    'Content-Type: application/json',
    'X-Forwarded-Host: 127.0.0.1',
    'Forwarded: host=127.0.0.1',
    'Sec-Fetch-Site: same-origin',
    ' folded: x',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

test('no request without the cookie has an effect, and the host answers the next one', async () => {
  const host = await startAttackedHost({ strangers: { burst: 1_000_000, perSecond: 1_000_000 } });
  const cookie = await host.signIn();
  await fc.assert(
    fc.asyncProperty(
      method,
      target,
      fc.array(headerLine, { maxLength: 6 }),
      fc.boolean(),
      async (verb, path, lines, isNamed) => {
        const own = isNamed ? [`Host: ${host.authority}`, `Origin: http://${host.authority}`] : [];
        const text = await host.send(
          `${verb} ${path} HTTP/1.1\r\n${[...own, ...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${honestBody}`,
          { milliseconds: 1_500 },
        );
        const { status, body } = parseAnswer(text);
        expect(status === 0 || status >= 400).toBe(true);
        expect(body).not.toMatch(/index of the test|export const/);
      },
    ),
    { numRuns: 400, seed: 20_261_120 },
  );
  expect(host.calls).toEqual([]);
  expect((await host.request('POST /api/call', honestHeaders(host, cookie), honestBody)).status).toBe(200);
}, 60_000);

test('with the cookie, noise is no call either', async () => {
  const host = await startAttackedHost({ admitted: { burst: 1_000_000, perSecond: 1_000_000 } });
  const headers = honestHeaders(host, await host.signIn());
  const notCalls = fc
    .oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json({ maxDepth: 3 }))
    .filter((text) => !/^\s*\{.*\}\s*$/s.test(text));
  await fc.assert(
    fc.asyncProperty(notCalls, async (text) => {
      const answer = await host.request('POST /api/call', headers, text.toWellFormed());
      expect(answer.status).toBe(400);
    }),
    { numRuns: 200, seed: 20_261_120 },
  );
  expect(host.calls).toEqual([]);
});
