import { hash } from 'node:crypto';
import { lstatSync, statSync } from 'node:fs';
import { assertNever, type Confidence } from '../../../shared/kinds.ts';
import type { CodeSource, FileInput, FileSource, ModuleSummary, Reading } from '../sources/source.ts';
import type { CachedFile, ScanCache } from '../store/repos/scan-cache.ts';
import type { CoverageBook } from './coverage.ts';
import { decodeText } from './decode.ts';
import { fileInput, type GatherFile, linkDetail, ownPath, pathInFs, placeOf } from './file-input.ts';
import { type FileReader, createFileReader } from './file-reader.ts';
import { createKeywordSearch } from './keyword-search.ts';
import type { FileMatch, Want } from './location-matcher.ts';
import type { ParsePool } from './parse-pool.ts';
import type { PlacedFacts } from './reconcile.ts';
import { resolveInside, type RootContext } from './roots.ts';
import { type FileStamp, readSafely, type SafeRead, sameStamp, stampOf, tooFresh } from './safe-read.ts';

/** Files up to this size are parsed on the spot; larger ones go to a worker with a heap of its own. */
const inlineBytes = 256 * 1024;
/** Mark of the file table for files that are watched, not read. */
export const ignoreFileMark = 'gitignore';
/** A wanted file that could not be read: tried again by every scan. */
export const unreadMark = 'unread';

export type GatherDeps = {
  readonly fileSources: readonly FileSource[];
  readonly codeSources: readonly CodeSource[];
  readonly cache: ScanCache;
  readonly coverage: CoverageBook;
  readonly pool: ParsePool;
  readonly maxFileBytes: number;
  readonly now: () => number;
};

export type CodeCounts = { searched: number; summarised: number };

export type Gatherer = {
  add(file: GatherFile): void;
  /** For a file that was opened and read elsewhere. The bytes hold while this runs, not longer. */
  take(file: GatherFile, result: SafeRead): void;
  /** For files that were searched elsewhere and hold no keyword; their stamps are noted already. */
  noteSearchedFiles(root: RootContext, files: number, bySource: readonly number[]): void;
  /** What is noted of files that were searched in vain; with other keywords they are searched again. */
  readonly searchedMark: string;
  /** For a file whose stamp was seen to hold: what was made of it before; read again where that is not all there. */
  recall(file: GatherFile): void;
  /** Files that linking asks for: read and summarised at once, whether or not they hold a keyword; null = not there. */
  summarise(root: RootContext, source: CodeSource): (path: string) => ModuleSummary | null;
  settled(): Promise<void>;
  /** Whether the file on disk still is the one of the last scan. */
  stampHolds(root: RootContext, path: string, known: CachedFile): boolean;
  readonly readings: PlacedFacts[];
  readonly modules: Map<CodeSource, Map<RootContext, ModuleSummary[]>>;
  readonly codeCounts: Map<CodeSource, Map<RootContext, CodeCounts>>;
  readonly counts: { opened: number; parsed: number; wanted: number; agents: number; changed: number };
};

export function createGatherer(deps: GatherDeps): Gatherer {
  const { cache, coverage, pool } = deps;
  const reader: FileReader = createFileReader();
  const readings: PlacedFacts[] = [];
  const modules: Gatherer['modules'] = new Map();
  const codeCounts: Gatherer['codeCounts'] = new Map();
  const counts = { opened: 0, parsed: 0, wanted: 0, agents: 0, changed: 0 };
  const pending = new Set<Promise<void>>();
  const searched = deps.codeSources.map(({ id, extensions, keywords }) => [id, extensions, keywords]);
  const searchedMark = `searched:${hash('sha256', JSON.stringify(searched)).slice(0, 12)}`;
  const keywords = deps.codeSources.map((source) => ({ source, search: createKeywordSearch(source.keywords) }));

  const track = (work: Promise<void>): void => {
    const tracked = work.finally(() => pending.delete(tracked));
    pending.add(tracked);
  };

  function add(file: GatherFile): void {
    if (file.known !== undefined && stampHolds(file.root, file.path, file.known)) return recall(file);
    open(file);
  }

  function recall(file: GatherFile): void {
    const { known } = file;
    if (
      known === undefined ||
      known.sha256 === ignoreFileMark ||
      known.sha256 === unreadMark ||
      !fromCache(file, known)
    )
      open(file);
    else if (file.matches.length > 0) counts.wanted++;
  }

  function open(file: GatherFile): void {
    if (file.matches.length > 0) counts.wanted++;
    counts.changed++;
    counts.opened++;
    const target = file.open ?? leadsTo(file);
    if (typeof target === 'object' && 'status' in target) understand(file, target);
    else reader.read(target, deps.maxFileBytes, (result) => understand(file, result));
  }

  function take(file: GatherFile, result: SafeRead): void {
    if (file.matches.length > 0) counts.wanted++;
    counts.changed++;
    counts.opened++;
    understand(file, result);
  }

  function noteSearchedFiles(root: RootContext, files: number, bySource: readonly number[]): void {
    counts.changed += files;
    counts.opened += files;
    for (const [index, source] of deps.codeSources.entries()) {
      const searched = bySource[index] ?? 0;
      if (searched > 0) codeCount(source, root).searched += searched;
    }
  }

  /** A path from the last scan or from an import may go through links by now, and those may lead anywhere. */
  function leadsTo(file: GatherFile): string | Exclude<SafeRead, { status: 'read' }> {
    const place = resolveInside(file.root.disk, file.path);
    switch (place.status) {
      case 'inside':
        return place.path;
      case 'absent':
        return { status: 'absent', detail: 'not there', stamp: null };
      case 'outside':
        return { status: 'skipped', detail: 'symbolic link out of the scanned folder, not followed', stamp: null };
      default:
        return assertNever(place);
    }
  }

  /** Everything that sources made of this file is there and still holds. */
  function fromCache(file: GatherFile, known: CachedFile): boolean {
    const codeSources = file.code ? codeSourcesOf(file.path) : [];
    if (file.matches.length === 0 && known.sha256 === searchedMark) {
      for (const source of codeSources) codeCount(source, file.root).searched++;
      return true;
    }
    const found: { want: Want; match: FileMatch; reading: Reading }[] = [];
    for (const match of file.matches) {
      const source = sourceOf(match.want);
      const text = cache.getReading(known.id, source.id, source.version, contextOf(file, match), known.sha256);
      if (text === undefined) return false;
      found.push({ want: match.want, match, reading: JSON.parse(text) as Reading });
    }
    const summaries: [CodeSource, ModuleSummary | null][] = [];
    for (const source of codeSources) {
      const text = cache.getReading(known.id, source.id, source.version, 'summary', known.sha256);
      if (text === undefined) return false;
      summaries.push([source, JSON.parse(text) as ModuleSummary | null]);
    }
    for (const { match, reading } of found) record(file, match, reading);
    for (const [source, summary] of summaries) {
      codeCount(source, file.root).searched++;
      if (summary !== null) recordModule(source, file.root, file.path, summary);
    }
    return true;
  }

  function understand(file: GatherFile, result: SafeRead): void {
    if (result.status !== 'read') {
      if (result.status !== 'absent') cache.putFile(file.root.id, file.path, result.stamp ?? noStamp, unreadMark);
      else if (file.known !== undefined) cache.removeFile(file.root.id, file.path);
      reportUnread(file, result);
      return;
    }
    const { bytes } = result;
    const hits = file.code ? keywords.filter(({ source, search }) => ends(file.path, source) && search(bytes)) : [];
    if (file.matches.length === 0 && hits.length === 0) return noteSearched(file, result.stamp);
    if (file.code) for (const source of codeSourcesOf(file.path)) codeCount(source, file.root).searched++;
    const stamp = trustworthy(result.stamp);
    const sha256 = hash('sha256', bytes);
    const fileId = cache.putFile(file.root.id, file.path, stamp, sha256);
    const decoded = decodeText(bytes);
    const input = (match: FileMatch | null): FileInput =>
      fileInput(file, match, decoded.text, decoded.replacements, sha256, bytes.length, result.stamp);
    if (decoded.replacements > 0) {
      issue(
        file,
        'scan/text',
        null,
        `${decoded.replacements} bytes are not valid UTF-8 and were read as replacement characters`,
      );
    }
    for (const match of file.matches) readWith(file, match, input(match), fileId, sha256);
    if (file.code) {
      for (const source of codeSourcesOf(file.path)) {
        if (hits.some((hit) => hit.source === source)) track(summariseWith(file, source, input(null), fileId, sha256));
        else putReading(fileId, source.id, source.version, 'summary', sha256, null);
      }
    }
  }

  function noteSearched(file: GatherFile, stamp: FileStamp): void {
    for (const source of codeSourcesOf(file.path)) codeCount(source, file.root).searched++;
    cache.noteFile(file.root.id, file.path, trustworthy(stamp), searchedMark);
  }

  function readWith(file: GatherFile, match: FileMatch, input: FileInput, fileId: number, sha256: string): void {
    const source = sourceOf(match.want);
    counts.parsed++;
    const keep = (reading: Reading): void => {
      putReading(fileId, source.id, source.version, contextOf(file, match), sha256, reading);
      record(file, match, reading);
    };
    if (input.bytes <= inlineBytes) {
      keep(readOrFail(source, input));
      return;
    }
    track(
      pool.read(source.id, input).then((parsed) => {
        if (parsed.status === 'done') keep(parsed.value);
        else record(file, match, unread(parsed.message));
      }),
    );
  }

  async function summariseWith(
    file: GatherFile,
    source: CodeSource,
    input: FileInput,
    fileId: number,
    sha256: string,
  ): Promise<void> {
    counts.parsed++;
    const parsed = await pool.summarise(source.id, input);
    if (parsed.status === 'failed') {
      coverage.add({
        source: source.id,
        scope: 'project',
        path: input.path,
        status: 'malformed',
        detail: parsed.message,
        underScanRoot: file.root.type === 'scan',
      });
      issue(file, source.id, null, parsed.message);
      return;
    }
    putReading(fileId, source.id, source.version, 'summary', sha256, parsed.value);
    recordModule(source, file.root, file.path, parsed.value);
  }

  function putReading(
    fileId: number,
    source: string,
    version: number,
    context: string,
    sha256: string,
    result: unknown,
  ): void {
    cache.putReading(fileId, source, version, context, sha256, JSON.stringify(result));
  }

  function record(file: GatherFile, match: FileMatch, reading: Reading): void {
    const source = sourceOf(match.want);
    coverage.add({
      source: source.id,
      scope: match.want.location.scope,
      path: pathInFs(file.root, file.path),
      status: reading.status,
      detail: [linkDetail(file), reading.detail ?? ''].filter((text) => text !== '').join('; '),
      assets: reading.assets.length,
      underScanRoot: file.root.type === 'scan',
    });
    // Told of the file itself, so that many links to it tell it once.
    for (const { line, message } of reading.issues)
      coverage.issue({ source: source.id, path: pathInFs(file.root, ownPath(file)), line, message });
    for (const draft of reading.assets) if (draft.kind === 'agent') counts.agents++;
    const cap: Confidence = match.want.location.confidence ?? 'high';
    const linked = file.target !== null;
    readings.push({ place: placeOf(file.root, ownPath(file)), source: source.id, cap, linked, reading });
  }

  function recordModule(source: CodeSource, root: RootContext, path: string, summary: ModuleSummary): void {
    let perRoot = modules.get(source);
    if (perRoot === undefined) modules.set(source, (perRoot = new Map()));
    const list = perRoot.get(root);
    if (list === undefined) perRoot.set(root, [summary]);
    else list.push(summary);
    codeCount(source, root).summarised++;
    for (const { line, message } of summary.issues)
      coverage.issue({ source: source.id, path: pathInFs(root, path), line, message });
    if (summary.status === 'malformed') {
      coverage.add({
        source: source.id,
        scope: 'project',
        path: pathInFs(root, path),
        status: 'malformed',
        detail: summary.issues[0]?.message ?? 'not understood',
        underScanRoot: root.type === 'scan',
      });
    }
  }

  function reportUnread(file: GatherFile, result: Exclude<SafeRead, { status: 'read' }>): void {
    const path = pathInFs(file.root, file.path);
    const underScanRoot = file.root.type === 'scan';
    for (const match of file.matches) {
      coverage.add({
        source: sourceOf(match.want).id,
        scope: match.want.location.scope,
        path,
        status: result.status,
        detail: result.detail,
        underScanRoot,
      });
    }
    if (file.code && result.status !== 'absent') {
      for (const source of codeSourcesOf(file.path)) {
        coverage.add({
          source: source.id,
          scope: 'project',
          path,
          status: result.status,
          detail: result.detail,
          underScanRoot,
        });
      }
    }
    if (result.status !== 'absent') issue(file, 'scan/files', null, result.detail);
  }

  const issue = (file: GatherFile, source: string, line: number | null, message: string): void =>
    coverage.issue({ source, path: pathInFs(file.root, file.path), line, message });

  function stampHolds(root: RootContext, path: string, known: CachedFile): boolean {
    const disk = `${root.disk}/${path}`;
    try {
      let stats = lstatSync(disk, { throwIfNoEntry: false });
      if (stats?.isSymbolicLink() === true) stats = statSync(disk, { throwIfNoEntry: false });
      return stats !== undefined && sameStamp(stampOf(stats), known);
    } catch {
      // No permission any more, or links in a circle: whatever it is, it is not what was there.
      return false;
    }
  }

  function trustworthy(stamp: FileStamp): FileStamp {
    return stamp.changed >= deps.now() - tooFresh ? { ...stamp, modified: -1, changed: -1 } : stamp;
  }

  const sourceOf = (want: Want): FileSource => {
    const source = deps.fileSources[want.source];
    if (source === undefined) throw new Error('a place belongs to no source');
    return source;
  };
  const ends = (path: string, source: CodeSource): boolean =>
    source.extensions.some((extension) => path.endsWith(extension));
  const codeSourcesOf = (path: string): CodeSource[] => deps.codeSources.filter((source) => ends(path, source));
  const contextOf = (file: GatherFile, match: FileMatch): string =>
    `${match.want.location.base}:${match.want.location.scope}:${match.anchorDepth}:${match.want.location.path}${file.target === null ? '' : ` -> ${file.target}`}`;

  function codeCount(source: CodeSource, root: RootContext): CodeCounts {
    let perRoot = codeCounts.get(source);
    if (perRoot === undefined) codeCounts.set(source, (perRoot = new Map()));
    let count = perRoot.get(root);
    if (count === undefined) perRoot.set(root, (count = { searched: 0, summarised: 0 }));
    return count;
  }

  function summarise(root: RootContext, source: CodeSource): (path: string) => ModuleSummary | null {
    let known: ReadonlyMap<string, CachedFile> | null = null;
    return (path) => {
      known ??= cache.loadFiles(root.id);
      const file = { root, path, open: null, target: null, matches: [], code: true, known: known.get(path) };
      return summariseAsked(file, source);
    };
  }

  function summariseAsked(file: GatherFile, source: CodeSource): ModuleSummary | null {
    const cached = file.known;
    if (cached !== undefined && cached.sha256 !== searchedMark && stampHolds(file.root, file.path, cached)) {
      const text = cache.getReading(cached.id, source.id, source.version, 'asked', cached.sha256);
      if (text !== undefined) {
        const summary = JSON.parse(text) as ModuleSummary;
        recordModule(source, file.root, file.path, summary);
        return summary;
      }
    }
    const target = leadsTo(file);
    if (typeof target === 'object') {
      if (target.status !== 'absent') reportUnread(file, target);
      return null;
    }
    counts.opened++;
    const result = readSafely(target, deps.maxFileBytes);
    if (result.status !== 'read') {
      if (result.status !== 'absent') reportUnread(file, result);
      return null;
    }
    const sha256 = hash('sha256', result.bytes);
    const fileId = cache.putFile(file.root.id, file.path, trustworthy(result.stamp), sha256);
    // A search of the next scan finds this file by its digest; without a keyword it has nothing to add by itself.
    for (const other of codeSourcesOf(file.path)) {
      if (other !== source && cache.getReading(fileId, other.id, other.version, 'summary', sha256) === undefined) {
        putReading(fileId, other.id, other.version, 'summary', sha256, null);
      }
    }
    putReading(fileId, source.id, source.version, 'summary', sha256, null);
    const decoded = decodeText(result.bytes);
    const input = fileInput(file, null, decoded.text, decoded.replacements, sha256, result.bytes.length, result.stamp);
    counts.parsed++;
    const parsed = pool.summariseNow(source.id, input);
    if (parsed.status === 'failed') {
      issue(file, source.id, null, parsed.message);
      return null;
    }
    putReading(fileId, source.id, source.version, 'asked', sha256, parsed.value);
    recordModule(source, file.root, file.path, parsed.value);
    return parsed.value;
  }

  return {
    add,
    take,
    noteSearchedFiles,
    searchedMark,
    recall,
    summarise,
    stampHolds,
    async settled() {
      do {
        await reader.idle();
        await Promise.all(pending);
      } while (pending.size > 0);
    },
    readings,
    modules,
    codeCounts,
    counts,
  };
}

const noStamp: Omit<FileStamp, 'mode'> = { size: -1, modified: -1, changed: -1, inode: -1 };

const unread = (message: string): Reading => ({
  status: 'malformed',
  detail: message,
  assets: [],
  relations: [],
  issues: [{ line: null, message }],
});

/** A source that throws has a defect; the file counts as not understood and the scan goes on. */
function readOrFail(source: FileSource, input: FileInput): Reading {
  try {
    return source.read(input);
  } catch (error) {
    return unread(`the reader of ${source.id} failed (${error instanceof Error ? error.message : String(error)})`);
  }
}
