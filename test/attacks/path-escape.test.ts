import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startAttackedHost } from './loopback-host.ts';

const escapes = [
  '/../outside.js',
  '/assets/../../outside.js',
  '/%2e%2e/outside.js',
  '/%2e%2e%2foutside.js',
  '/..%2foutside.js',
  '/..%5coutside.js',
  '/..\\outside.js',
  '/assets/..;/../outside.js',
  '/%252e%252e/outside.js',
  '//outside.js/../../outside.js',
  '/./../outside.js',
  '/assets/page-AbCd1234.js%00.html',
  '/file:///etc/passwd',
  '/assets//page-AbCd1234.js',
  '/.hidden.js',
  '/assets/.hidden.js',
];

test.each(escapes)('%s reaches nothing outside the pages', async (path) => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  writeFileSync(join(host.pages, '.hidden.js'), 'outside the pages');
  writeFileSync(join(host.pages, 'assets', '.hidden.js'), 'outside the pages');
  const answer = await host.request(`GET ${path}`, { Host: host.authority, Cookie: cookie });
  expect(answer.status).toBe(path === '/file:///etc/passwd' ? 200 : 404);
  expect(answer.body).not.toMatch(/outside the pages|root:/);
});

test('links and folders among the pages are not followed out', async () => {
  const host = await startAttackedHost();
  const cookie = await host.signIn();
  symlinkSync(join(host.pages, '..', 'outside.js'), join(host.pages, 'link.js'));
  symlinkSync(join(host.pages, '..'), join(host.pages, 'up'));
  mkdirSync(join(host.pages, 'folder.js'));
  for (const path of ['/link.js', '/up/outside.js', '/folder.js']) {
    const answer = await host.request(`GET ${path}`, { Host: host.authority, Cookie: cookie });
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.body).not.toContain('outside the pages');
  }
});

test('files keep their type, and only hashed names may be kept by the browser', async () => {
  const host = await startAttackedHost();
  const headers = { Host: host.authority, Cookie: await host.signIn() };
  const index = await host.request('GET /graph?lens=all', headers);
  expect(index.body).toContain('index of the test');
  expect(index.head).toMatch(/^cache-control: no-store$/im);
  expect(index.head).toMatch(/^x-content-type-options: nosniff$/im);
  expect(index.head).toMatch(/^content-security-policy: default-src 'none';.*connect-src 'self'/im);
  const asset = await host.request('GET /assets/page-AbCd1234.js', headers);
  expect(asset.head).toMatch(/^content-type: text\/javascript/im);
  expect(asset.head).toMatch(/^cache-control: .*immutable$/im);
});
