import { createHash } from 'node:crypto';
import type { Properties } from '../../../../../shared/model/facts.ts';
import { credentialRef } from '../../keys.ts';
import { ReadingBuilder } from '../../parse/reading-builder.ts';
import type { AssetDraft, AssetRef, FileInput, Lines, PlacedReading, RelationDraft } from '../../source.ts';
import type { Spot } from '../../python/values.ts';

type Mentions = (place: string, name: string) => boolean;

/** Facts of a whole scan root, kept by the file that shows them. */
export class FactCollector {
  readonly #builders = new Map<string, ReadingBuilder>();
  readonly #mentions: Mentions;
  readonly #tools = new Set<string>();

  constructor(mentions: Mentions = () => false) {
    this.#mentions = mentions;
  }

  /** Whether code in the folder of a file, or below it, holds this name as a text. */
  mentions(place: string, name: string): boolean {
    return this.#mentions(place, name);
  }

  builder(place: string): ReadingBuilder {
    let builder = this.#builders.get(place);
    if (builder === undefined) {
      builder = new ReadingBuilder(fileAt(place));
      this.#builders.set(place, builder);
    }
    return builder;
  }

  /** Whether a tool stands at this line already, under whatever name. */
  hasTool(spot: Spot): boolean {
    return this.#tools.has(`${spot.place}:${spot.line}`);
  }

  /** Whether the file has a tool with this key already. */
  hasToolKey(key: string): boolean {
    return this.#tools.has(key);
  }

  asset(spot: Spot, draft: Omit<AssetDraft, 'lines'>): AssetRef {
    if (draft.kind === 'tool') this.#tools.add(`${spot.place}:${spot.line}`).add(draft.key);
    return this.builder(spot.place).asset({ ...draft, lines: linesAt(spot) });
  }

  relation(spot: Spot, draft: Omit<RelationDraft, 'lines'>): void {
    this.builder(spot.place).relation({ ...draft, lines: linesAt(spot) });
  }

  credential(spot: Spot, name: string, properties: Properties = {}): AssetRef {
    return this.asset(spot, {
      ...credentialRef(name),
      name,
      properties: { supplied: 'environment', ...properties },
      confidence: 'high',
    });
  }

  readings(): readonly PlacedReading[] {
    return [...this.#builders].map(([place, builder]) => ({ place, reading: builder.done() }));
  }
}

export const linesAt = (spot: Spot): Lines => ({ line: spot.line, endLine: spot.endLine ?? spot.line });

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));
export const fileOf = (place: string): string => place.slice(place.lastIndexOf('/') + 1);

/** Linking has places only; the reading builder wants a file. */
function fileAt(place: string): FileInput {
  const anchor = folderOf(place);
  return {
    path: place,
    place,
    anchor,
    anchorName: fileOf(anchor),
    scope: 'project',
    location: { scope: 'project', base: 'project', path: fileOf(place) },
    text: '',
    replacements: 0,
    sha256: '',
    bytes: 0,
    mode: null,
  };
}

/** Code of others that was copied into the project: what it builds is not the project's. */
export const isVendored = (place: string): boolean =>
  /\/(?:_?vendor(?:ed)?|third[-_]party|site-packages|dist-packages|\.?venv|virtualenv|node_modules|bower_components)\//i.test(
    place,
  );

/** Kind of place that code stands in; agents in tests and examples count, and say so. */
export function locationOf(place: string): 'test' | 'example' | 'notebook' | 'source' {
  const segments = place.toLowerCase().split('/').slice(1);
  const file = segments.at(-1) ?? '';
  if (
    segments
      .slice(0, -1)
      .some((part) =>
        /^(?:tests?|testing|__tests__|spec|e2e|unit_tests|integration_tests|testdata|[\w.]+\.(?:unit|integration)?tests?)$/.test(
          part,
        ),
      ) ||
    /^(?:test_.*|.*_test|conftest)\.(?:py|ipynb)$|\.(?:test|spec|e2e|stories)\.[cm]?[jt]sx?$|_test\.(?:go|rs)$|tests?\.(?:cs|java)$/.test(
      file,
    )
  ) {
    return 'test';
  }
  if (
    segments
      .slice(0, -1)
      .some((part) =>
        /^(?:examples?|samples?|demos?|tutorials?|cookbooks?|docs?|docs_src|playground|templates?)$/.test(part),
      )
  )
    return 'example';
  return file.endsWith('.ipynb') ? 'notebook' : 'source';
}
