import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileForUrl, serveRenderer } from './app-protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-protocol-'));
const pages = join(folder, 'renderer');
beforeAll(() => {
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html>page');
  writeFileSync(join(pages, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(pages, 'assets', 'inter.woff2'), Buffer.from([1, 2, 3]));
  writeFileSync(join(pages, 'assets', 'data.bin'), 'x');
  writeFileSync(join(folder, 'secret.json'), '{"key":"FAKE"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
  'trusted-types countersign-worker';

async function get(address: string, method = 'GET') {
  const response = await serveRenderer(pages)(new Request(address, { method }));
  expect(response.headers.get('content-security-policy')).toBe(policy);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

describe('app://countersign/', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>page'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>page'],
    ['/inventory?kind=agent#row', 'text/html; charset=utf-8', '<!doctype html>page'],
    ['/graph/asset%3Aabc', 'text/html; charset=utf-8', '<!doctype html>page'],
    ['/assets/app-1a2b.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['/assets/inter.woff2', 'font/woff2', '\u0001\u0002\u0003'],
  ])('%s is answered as %s', async (path, type, body) => {
    expect(await get(`app://countersign${path}`)).toEqual({ status: 200, type, body: Buffer.from(body) });
  });

  test('HEAD has no body', async () => {
    expect(await get('app://countersign/', 'HEAD')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await get('app://countersign/', method)).status).toBe(405);
  });

  test.each([
    '/secret.json',
    '/assets/absent.js',
    '/assets/data.bin',
    '/..%2fsecret.json',
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/assets/..%5c..%5csecret.json',
    '/assets/.%2e/.%2e/secret.json',
    '/assets//..//../secret.json',
    '/.hidden.json',
    '/assets/app-1a2b.js%00.html',
  ])('%s is refused', async (path) => {
    expect([403, 404]).toContain((await get(`app://countersign${path}`)).status);
  });

  test('addresses of other hosts, schemes and users mean nothing', () => {
    for (const address of [
      'app://other/index.html',
      'app://countersign.example/index.html',
      'app://countersign:80/index.html',
      'app://user@countersign/index.html',
      'https://countersign/index.html',
      'file:///etc/passwd',
      'nonsense',
    ]) {
      expect(fileForUrl(address)).toBeNull();
    }
  });

  test('whatever the address, the file lies inside the folder', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '%2f',
        '\\',
        '%5c',
        '%00',
        'a.js',
        'index.html',
        'assets',
        '~',
        ':',
        '%c0%af',
        'C:',
      ),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const segments = fileForUrl(`app://countersign/${pieces.join('/')}`);
        for (const segment of segments ?? []) expect(segment).toMatch(/^[A-Za-z0-9_@-][A-Za-z0-9_@.-]*$/);
      }),
      { numRuns: 20_000, seed: 20_261_120 },
    );
  });
});
