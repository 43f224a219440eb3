import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { ScanProgress } from '../../../shared/model/scan.ts';
import { withGitOwners } from '../owners/git-owners.ts';
import type { CodeSource, FileSource } from '../sources/source.ts';
import { storeFacts } from '../store/repos/facts-writer.ts';
import { type ScanCache, scanCache } from '../store/repos/scan-cache.ts';
import {
  beginScan,
  endScan,
  getScan,
  latestCompleteScan,
  putRoot,
  readCoverage,
  readIssues,
  readSkips,
  setScanRoots,
  type SkipRow,
} from '../store/repos/scans.ts';
import { type CoverageBook, createCoverageBook } from './coverage.ts';
import { compileExcludes } from './exclude.ts';
import { pathInFs } from './file-input.ts';
import { createGatherer, type Gatherer } from './gather.ts';
import { gatherRoot, type RootGathering, walkSignature } from './gather-root.ts';
import { linkCode } from './link-code.ts';
import { codeTest, compileLocations, type FileMatch, type Want } from './location-matcher.ts';
import { createParsePool } from './parse-pool.ts';
import { gatherPlaces } from './gather-places.ts';
import { type PlacedFacts, reconcile } from './reconcile.ts';
import { isFolder, leadsOut, leavesFsRoot, planRoots, platformOf, type RootContext } from './roots.ts';
import type { ScanDeps, ScanOptions, ScanOutcome } from './scan-types.ts';
import { toRows } from './to-rows.ts';
import { createWalkThreads, type WalkThreads } from './walk-threads.ts';

/** Cache rows and time between two commits. What is committed outlives a crash and is not read again. */
const rowsPerCommit = 500;
const millisecondsPerCommit = 50;
const progressEvery = 100;
/** Threads that walk a large root; each keeps many folders under way when the disk is slow. */
const walkThreads = 2;

/**
 * One scan, from walk to stored facts. Ends `complete`, or `partial` when it was cancelled or a scan path was missing (what
 * was found holds for that version alone), or `failed` when no scan path could be read. The connection has no transaction open, before and after.
 */
export async function runScan(deps: ScanDeps, options: ScanOptions): Promise<ScanOutcome> {
  const { connection, log } = deps;
  const { request, limits, signal } = options;
  const number = beginScan(connection, {
    request,
    home: request.home,
    fsRoot: request.fsRoot,
    tool: deps.tool,
    now: deps.now(),
  });
  log.info('scan started', { scan: number });

  const previous = latestCompleteScan(connection);
  const signature = factsSignature(deps, options);
  const stillSame = previous === number - 1 && readMeta(deps, 'facts-signature') === signature;

  const roots: RootContext[] = planRoots(request).map((plan) => {
    const { type, label, path } = plan;
    return { ...plan, id: putRoot(connection, { type, label, path }, request.fsRoot) };
  });
  setScanRoots(
    connection,
    number,
    roots.map(({ id, label, path, type }) => ({ id, label, path, type })),
  );

  const fileSources = deps.sources.filter((source): source is FileSource => source.kind === 'file');
  const codeSources = deps.sources.filter((source): source is CodeSource => source.kind === 'code');
  const coverage = createCoverageBook();
  const commits = createCommits(deps);
  const cache = scanCache(connection, commits.beforeWrite);
  const pool = createParsePool({
    worker: deps.parseWorker,
    threads: Math.min(4, availableParallelism()),
    secondsPerFile: limits.maxFileSeconds,
  });
  const threads = createWalkThreads(diskWorkerBeside(deps.parseWorker), walkThreads);
  // Whoever cancels does not wait for the files that are still to be parsed.
  const stopParsing = (): void => void pool.close();
  signal.addEventListener('abort', stopParsing, { once: true });
  const gatherer = createGatherer({
    fileSources,
    codeSources,
    cache,
    coverage,
    pool,
    maxFileBytes: limits.maxFileBytes,
    now: deps.now,
  });
  const reporter = createReporter(number, options, gatherer, coverage);

  try {
    const gathered = await gatherAll({
      deps,
      options,
      roots,
      fileSources,
      codeSources,
      coverage,
      cache,
      gatherer,
      threads,
      commits,
      reporter,
      number,
    });
    // Nobody walks from here on, and what follows needs the most memory of all.
    await threads.close();
    const unchanged =
      stillSame &&
      gathered.unchanged &&
      readMeta(deps, 'facts-skipped-places') === gathered.skippedPlaces &&
      gatherer.counts.changed === 0 &&
      !signal.aborted &&
      gathered.unreadableRoots.length === 0;
    const counts = { files: gathered.files, filesRead: gatherer.counts.opened, folders: gathered.folders };
    const work = {
      filesOpened: gatherer.counts.opened,
      filesParsed: gatherer.counts.parsed,
      foldersListed: gathered.foldersListed,
      stats: gathered.stats,
    };

    if (unchanged && previous !== null) {
      const before = getScan(connection, previous);
      commits.finish(() =>
        endScan(
          connection,
          number,
          'complete',
          deps.now(),
          { ...counts, assets: before?.assets ?? 0, relations: before?.relations ?? 0 },
          readCoverage(connection, previous),
          readIssues(connection, previous),
        ),
      );
      return {
        number,
        status: 'complete',
        complete: readMeta(deps, 'facts-complete') === '1',
        unreadableRoots: [],
        unchanged: true,
        cancelled: false,
        work,
      };
    }

    await gathered.recall();
    reporter.phase('linking');
    commits.release();
    const linked = signal.aborted
      ? []
      : await linkCode({
          gatherer,
          codeSources,
          roots,
          coverage,
          signal,
          isExcluded: compileExcludes(request.exclude),
        });
    const rows = mergeFacts(deps, gatherer, linked, coverage, roots, gathered.repositories);
    addCodeCoverage(coverage, gatherer, codeSources, roots);

    reporter.phase('storing');
    const failed = gathered.unreadableRoots.length > 0 && gathered.unreadableRoots.length === request.roots.length;
    // With a scan path missing, what lies below it would look removed: such a version never counts as the latest.
    const status = failed ? 'failed' : signal.aborted || gathered.unreadableRoots.length > 0 ? 'partial' : 'complete';
    commits.finish(() => {
      if (status !== 'failed') storeFacts(connection, number, status, rows.assets, rows.relations);
      endScan(
        connection,
        number,
        status,
        deps.now(),
        status === 'failed'
          ? { ...counts, assets: 0, relations: 0 }
          : { ...counts, assets: rows.assets.length, relations: rows.relations.length },
        coverage.entries,
        coverage.issues,
      );
      writeMeta(deps, 'facts-signature', signature);
      writeMeta(deps, 'facts-skipped-places', gathered.skippedPlaces);
      writeMeta(deps, 'facts-complete', coverage.complete ? '1' : '0');
    });
    log.info('scan ended', { scan: number, status, assets: rows.assets.length, relations: rows.relations.length });
    return {
      number,
      status,
      complete: coverage.complete && status === 'complete' && gathered.unreadableRoots.length === 0,
      unreadableRoots: gathered.unreadableRoots,
      unchanged: false,
      cancelled: signal.aborted,
      work,
    };
  } catch (error) {
    commits.abandon();
    connection.prepare("UPDATE scan SET status = 'failed', ended_at = ? WHERE number = ?").run(deps.now(), number);
    throw error;
  } finally {
    commits.close();
    await Promise.all([pool.close(), threads.close()]);
  }
}

/** In a function of its own, so that readings and half-merged facts are gone before facts are stored: a home has many. */
function mergeFacts(
  deps: ScanDeps,
  gatherer: Gatherer,
  linked: readonly PlacedFacts[],
  coverage: CoverageBook,
  roots: readonly RootContext[],
  repositories: AllGathered['repositories'],
): ReturnType<typeof toRows> {
  const merged = reconcile([...gatherer.readings.splice(0), ...linked], deps.linkers);
  for (const item of merged.dangling)
    coverage.issue({ source: item.source, path: item.place, line: null, message: item.message });
  return toRows(withGitOwners(merged, roots, repositories, deps.connection), roots, repositories);
}

type GatherAll = {
  readonly deps: ScanDeps;
  readonly options: ScanOptions;
  readonly roots: readonly RootContext[];
  readonly fileSources: readonly FileSource[];
  readonly codeSources: readonly CodeSource[];
  readonly coverage: CoverageBook;
  readonly cache: ScanCache;
  readonly gatherer: Gatherer;
  readonly threads: WalkThreads;
  readonly commits: Commits;
  readonly reporter: Reporter;
  readonly number: number;
};

type AllGathered = Omit<RootGathering, 'repositories' | 'recall'> & {
  readonly repositories: ReadonlyMap<RootContext, readonly string[]>;
  readonly unreadableRoots: readonly string[];
  /** What of the home and the machine could not be looked at. */
  readonly skippedPlaces: string;
  /** Hands over the facts of files that did not change, and closes the coverage. */
  readonly recall: () => Promise<void>;
};

async function gatherAll(all: GatherAll): Promise<AllGathered> {
  const { deps, options, roots, fileSources, codeSources, coverage, cache, gatherer, threads, commits, reporter } = all;
  const { request, limits, signal } = options;
  const platform = platformOf(request.fsRoot, request.home, deps.platform);
  const { claimed, skipped } = await gatherPlaces({
    fileSources,
    roots,
    platform,
    coverage,
    cache,
    gatherer,
    fsRoot: request.fsRoot,
  });

  const wants: Want[] = fileSources.flatMap((source, index) =>
    source.locations.filter((location) => location.base === 'project').map((location) => ({ source: index, location })),
  );
  const start = compileLocations(wants, (location) => location.path);
  const isCode = codeTest(codeSources);
  // The home's own files speak for the home; the walk over a root that holds it must not take them for a project's.
  const unclaimed = (disk: string, matches: readonly FileMatch[]): readonly FileMatch[] => {
    const products = claimed.get(disk);
    if (products === undefined) return matches;
    return matches.filter((match) => !products.has(fileSources[match.want.source]?.product ?? ''));
  };
  const skipsBelow = (root: RootContext, scan: number): SkipRow[] | null => {
    const rows = readSkips(deps.connection, scan)?.filter(
      (row) => row.path === root.path || row.path.startsWith(root.path === '/' ? '/' : `${root.path}/`),
    );
    // Roots that lie in each other told the same places twice.
    return rows === undefined ? null : [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  };
  const signature = walkSignature(deps.sources, limits, request.exclude, request.home);

  let unchanged = true;
  const sums = { folders: 0, files: 0, foldersListed: 0, stats: 0 };
  const repositories = new Map<RootContext, readonly string[]>();
  const unreadableRoots: string[] = [];
  const recalls: (() => void)[] = [];
  reporter.phase('walking');
  for (const root of roots) {
    if (root.type !== 'scan' || signal.aborted) continue;
    const isOutside = leavesFsRoot(request.fsRoot, root);
    if (isOutside || !isFolder(root.disk)) {
      const detail = isOutside ? leadsOut : 'there is no such folder, or it cannot be read';
      unreadableRoots.push(root.path);
      coverage.add({
        source: 'scan/folders',
        scope: 'project',
        path: root.path,
        status: 'unreadable',
        detail,
        underScanRoot: true,
      });
      coverage.issue({ source: 'scan/folders', path: root.path, line: null, message: detail });
      continue;
    }
    const gathering = await gatherRoot({
      root,
      start,
      isCode,
      isExcluded: compileExcludes(request.exclude),
      unclaimed,
      limits,
      signal,
      signature,
      threads,
      wants,
      codeSources,
      exclude: request.exclude,
      claimed: claimed.keys(),
      now: deps.now,
      cache,
      coverage,
      gatherer,
      scan: all.number,
      skipsOf: (scan) => skipsBelow(root, scan),
      onFolders: (current, folders, files) => reporter.folders(pathInFs(root, current), folders, files),
    });
    sums.folders += gathering.folders;
    sums.files += gathering.files;
    sums.foldersListed += gathering.foldersListed;
    sums.stats += gathering.stats;
    unchanged &&= gathering.unchanged;
    repositories.set(root, gathering.repositories);
    recalls.push(gathering.recall);
  }
  reporter.phase('reading');
  commits.release();
  await gatherer.settled();
  cache.flush();
  commits.release();
  const recall = async (): Promise<void> => {
    for (const each of recalls) each();
    await gatherer.settled();
    addAbsent(
      coverage,
      fileSources,
      roots.filter((root) => root.type === 'scan'),
    );
  };
  return { ...sums, unchanged, repositories, unreadableRoots, skippedPlaces: skipped, recall };
}

/** Project places of a source that were found nowhere below a root: looked for, not there. */
function addAbsent(coverage: CoverageBook, fileSources: readonly FileSource[], roots: readonly RootContext[]): void {
  const seen = new Set(coverage.entries.map((entry) => `${entry.source}\0${entry.scope}`));
  for (const source of fileSources) {
    const scopes = new Set(
      source.locations.filter((location) => location.base === 'project').map((location) => location.scope),
    );
    for (const scope of scopes) {
      if (seen.has(`${source.id}\0${scope}`)) continue;
      for (const root of roots)
        coverage.add({ source: source.id, scope, path: root.path, status: 'absent', detail: 'none found' });
    }
  }
}

/** Code sources search many files: one line per root says how many, and how many were parsed. */
function addCodeCoverage(
  coverage: CoverageBook,
  gatherer: Gatherer,
  codeSources: readonly CodeSource[],
  roots: readonly RootContext[],
): void {
  for (const source of codeSources) {
    for (const root of roots) {
      if (root.type !== 'scan') continue;
      const counts = gatherer.codeCounts.get(source)?.get(root);
      const searched = counts?.searched ?? 0;
      coverage.add({
        source: source.id,
        scope: 'project',
        path: root.path,
        status: searched === 0 ? 'absent' : 'read',
        detail:
          searched === 0
            ? `no ${source.extensions.join(', ')} files`
            : `${searched} files searched, ${counts?.summarised ?? 0} parsed`,
      });
    }
  }
}

type Commits = { beforeWrite(): void; release(): void; finish(work: () => void): void; abandon(): void; close(): void };

/**
 * Keeps one transaction open over many small writes and commits now and then, at the latest after a while: the ledger's
 * connection waits for the file meanwhile. `release` commits before the scan does something that takes time.
 */
function createCommits({ connection }: ScanDeps): Commits {
  let rows = 0;
  let since = 0;
  // Asked before every row; the connection itself would have to be asked through the binding.
  let isOpen = false;
  const commit = (): void => {
    isOpen = false;
    if (connection.inTransaction) connection.exec('COMMIT');
  };
  // While a parse or a slow disk is waited for no write comes along that could commit.
  const timer = setInterval(() => {
    if (isOpen && performance.now() - since > millisecondsPerCommit) commit();
  }, millisecondsPerCommit);
  timer.unref();
  return {
    beforeWrite() {
      rows++;
      if (isOpen && rows >= rowsPerCommit && performance.now() - since > millisecondsPerCommit) commit();
      if (isOpen) return;
      connection.exec('BEGIN IMMEDIATE');
      isOpen = true;
      rows = 0;
      since = performance.now();
    },
    release: commit,
    finish(work) {
      commit();
      connection.transaction(work).immediate();
    },
    abandon() {
      isOpen = false;
      if (connection.inTransaction) connection.exec('ROLLBACK');
    },
    close: () => clearInterval(timer),
  };
}

type Reporter = {
  phase(phase: ScanProgress['phase']): void;
  folders(current: string, folders: number, files: number): void;
};

function createReporter(
  number: number,
  { progress }: ScanOptions,
  gatherer: Gatherer,
  coverage: CoverageBook,
): Reporter {
  let phase: ScanProgress['phase'] = 'walking';
  let folders = 0;
  let files = 0;
  let current = '';
  let last = 0;
  const send = (force: boolean): void => {
    const now = performance.now();
    if (!force && now - last < progressEvery) return;
    last = now;
    const { opened, wanted, agents } = gatherer.counts;
    progress({
      number,
      phase,
      folders,
      files,
      filesRead: opened,
      filesWanted: wanted,
      agents,
      issues: coverage.issues.length,
      current,
    });
  };
  return {
    phase(next) {
      phase = next;
      send(true);
    },
    folders(path, folderCount, fileCount) {
      folders += folderCount;
      files += fileCount;
      current = path;
      send(false);
    },
  };
}

/** The two workers are built side by side, as JavaScript or as they stand in the sources. */
const diskWorkerBeside = (parseWorker: URL): URL =>
  new URL(parseWorker.href.replace(/parse-worker(\.\w+)$/, 'disk-worker$1'));

/** Facts can only be the same again when the same question was asked with the same sources. */
function factsSignature(deps: ScanDeps, { request, limits }: ScanOptions): string {
  const versions = [...deps.sources, ...deps.linkers].map(({ id, version }) => `${id}@${version}`);
  return createHash('sha256')
    .update(JSON.stringify([request, limits, versions, deps.platform]))
    .digest('hex');
}

const readMeta = ({ connection }: ScanDeps, key: string): string | undefined =>
  connection.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined;

const writeMeta = ({ connection }: ScanDeps, key: string, value: string): void => {
  connection
    .prepare('INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value')
    .run(key, value);
};
