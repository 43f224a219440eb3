import type { FileInput } from '../sources/source.ts';
import type { CachedFile } from '../store/repos/scan-cache.ts';
import type { FileMatch } from './location-matcher.ts';
import type { RootContext } from './roots.ts';
import type { FileStamp } from './safe-read.ts';

/** A file to be understood. `known` is its row of the last scan. */
export type GatherFile = {
  readonly root: RootContext;
  readonly path: string;
  /** What to open; null = where its path leads now, if that is still below the root. */
  readonly open: string | Buffer | null;
  /** Come to through a link: path of the file itself, relative to the root. Null where `path` is its own. */
  readonly target: string | null;
  readonly matches: readonly FileMatch[];
  readonly code: boolean;
  readonly known: CachedFile | undefined;
};

export const placeOf = (root: RootContext, path: string): string =>
  root.type === 'machine' ? `/${path}` : `${root.label}/${path}`;
export const pathInFs = (root: RootContext, path: string): string =>
  path === '' ? root.path : root.path === '/' ? `/${path}` : `${root.path}/${path}`;

/** A decoded file as its source gets it: named by its own place, hung on the folder where it was matched. */
export function fileInput(
  file: GatherFile,
  match: FileMatch | null,
  text: string,
  replacements: number,
  sha256: string,
  bytes: number,
  stamp: FileStamp,
): FileInput {
  const location = match?.want.location ?? { scope: 'project', base: 'project', path: file.path };
  const anchor = anchorOf(file, match);
  return {
    path: pathInFs(file.root, ownPath(file)),
    place: placeOf(file.root, ownPath(file)),
    ...(file.target === null ? {} : { linkPlace: placeOf(file.root, file.path) }),
    anchor,
    anchorName: anchor === '' ? 'this machine' : (anchor.split('/').at(-1) ?? anchor),
    scope: location.scope,
    location,
    text,
    replacements,
    sha256,
    bytes,
    mode: process.platform === 'win32' ? null : stamp.mode,
  };
}

/** Path of the file itself, which a link may have led to. */
export const ownPath = (file: GatherFile): string => file.target ?? file.path;
export const linkDetail = (file: GatherFile): string =>
  file.target === null ? '' : `symbolic link to ${pathInFs(file.root, file.target)}`;

function anchorOf(file: GatherFile, match: FileMatch | null): string {
  if (file.root.type === 'home') return '~';
  if (file.root.type === 'machine') return '';
  const depth = match?.anchorDepth ?? 0;
  return [file.root.label, ...file.path.split('/').slice(0, depth)].join('/');
}
