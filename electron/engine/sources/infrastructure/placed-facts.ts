import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { AssetDraft, AssetRef, FileInput, Issue, Lines, PlacedReading, RelationDraft } from '../source.ts';
import type { Spot } from './expression.ts';

/** Facts of a whole scan root, kept by the file that shows them. */
export class PlacedFacts {
  readonly #builders = new Map<string, ReadingBuilder>();

  builder(place: string): ReadingBuilder {
    let builder = this.#builders.get(place);
    if (builder === undefined) {
      builder = new ReadingBuilder(fileAt(place));
      this.#builders.set(place, builder);
    }
    return builder;
  }

  asset(spot: Spot, draft: Omit<AssetDraft, 'lines'>): AssetRef {
    return this.builder(spot.place).asset({ ...draft, lines: linesAt(spot) });
  }

  relation(spot: Spot, draft: Omit<RelationDraft, 'lines'>): void {
    this.builder(spot.place).relation({ ...draft, lines: linesAt(spot) });
  }

  issue(place: string, issue: Issue): void {
    this.builder(place).issue(issue.line, issue.message);
  }

  readings(): readonly PlacedReading[] {
    return [...this.#builders].map(([place, builder]) => ({ place, reading: builder.done() }));
  }
}

export const linesAt = (spot: Spot): Lines => ({ line: spot.line, endLine: Math.max(spot.line, spot.endLine) });

export const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));
export const fileNameOf = (place: string): string => place.slice(place.lastIndexOf('/') + 1);

/**
 * A path below a folder as a place; null where it leaves the scan root or is no relative path. `./a`, `a/../b` and `a\b` are
 * understood.
 */
export function placeBelow(folder: string, path: string): string | null {
  if (path === '' || path.startsWith('/') || /^[A-Za-z]:|^~|^\$|:\/\//.test(path)) return null;
  const segments = folder.split('/');
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') segments.push(part);
    else if (segments.length <= 1) return null;
    else segments.pop();
  }
  return segments.join('/');
}

/** Linking has places only; the reading builder wants a file. */
function fileAt(place: string): FileInput {
  const anchor = folderOf(place);
  return {
    path: place,
    place,
    anchor,
    anchorName: fileNameOf(anchor),
    scope: 'project',
    location: { scope: 'project', base: 'project', path: fileNameOf(place) },
    text: '',
    replacements: 0,
    sha256: '',
    bytes: 0,
    mode: null,
  };
}
