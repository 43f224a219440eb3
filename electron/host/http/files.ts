import { constants, open, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file of the renderer as it is sent. */
export type StaticFile = { readonly bytes: Buffer; readonly headers: Readonly<Record<string, string>> };

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
]);

/** Names that a build writes. Nothing with a dot in front, a percent sign, a backslash or an empty segment gets any further. */
const plainPath = /^(?:\/[A-Za-z0-9_][A-Za-z0-9_.@-]*)+$/;
/** Vite's hashed names: what they hold never changes. */
const hashedAsset = /^\/assets\/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/**
 * The file for an address, or null where there is none. Addresses without an ending belong to the router in the page and
 * get `index.html`. Never reads outside `folder`, also not through links.
 */
export async function readStaticFile(folder: string, pathname: string): Promise<StaticFile | null> {
  const isRoute = extname(pathname) === '';
  const path = isRoute ? '/index.html' : pathname;
  const type = mediaTypes.get(extname(path));
  if (!plainPath.test(path) || type === undefined) return null;
  const bytes = await readInside(folder, path);
  if (bytes === null) return null;
  const caching = hashedAsset.test(path) ? 'public, max-age=31536000, immutable' : 'no-store';
  return { bytes, headers: { 'Content-Type': type, 'Cache-Control': caching } };
}

async function readInside(folder: string, path: string): Promise<Buffer | null> {
  try {
    const root = await realpath(folder);
    const real = await realpath(join(root, path));
    if (!real.startsWith(root + sep)) return null;
    const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return (await file.stat()).isFile() ? await file.readFile() : null;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
