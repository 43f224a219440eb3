import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CustomScheme } from 'electron';
import { contentSecurityPolicy } from '../host/content-security-policy.ts';
import { appHost, appScheme } from './channels.ts';

/** Before the app is ready: `app://` gets an origin, secure-context features and a code cache; it is no way around the CSP. */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
];

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

const headers = {
  'Content-Security-Policy': contentSecurityPolicy("'none'"),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
} as const;

/** Names as the build writes them. No dot in front, no percent sign, nothing that a file system could read differently. */
const segmentPattern = /^[A-Za-z0-9_@-][A-Za-z0-9_@.-]*$/;

const refuse = (status: 400 | 403 | 404 | 405, text: string): Response =>
  new Response(text, { status, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } });

/**
 * File below the renderer folder that an address means, as segments; null when the address is not one of ours. Addresses
 * without an extension are routes of the page and mean `index.html`.
 */
export function fileForUrl(address: string): readonly string[] | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== `${appScheme}:` || url.host !== appHost || url.username !== '' || url.password !== '')
    return null;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  if (last === undefined || extname(last) === '') return ['index.html'];
  return segments.every((segment) => segmentPattern.test(segment)) ? segments : null;
}

/** Answers `app://countersign/...` from the built renderer and refuses everything else. */
export function serveRenderer(rendererFolder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET.');
    const segments = fileForUrl(request.url);
    if (segments === null) return refuse(403, 'Not an address of this app.');
    const mediaType = mediaTypes.get(extname(segments.at(-1) ?? '').toLowerCase());
    if (mediaType === undefined) return refuse(404, 'There is no such file.');
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await readFile(join(rendererFolder, ...segments)));
    } catch {
      return refuse(404, 'There is no such file.');
    }
    return new Response(request.method === 'HEAD' ? null : bytes, {
      status: 200,
      headers: { ...headers, 'Content-Type': mediaType },
    });
  };
}
