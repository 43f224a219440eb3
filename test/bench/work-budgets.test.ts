import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Confidence, relationKinds } from '../../shared/kinds.ts';
import { createAssetHandlers } from '../../electron/engine/handlers/assets.ts';
import { createWorkspaceFactsReader } from '../../electron/engine/owners/workspace-facts.ts';
import { codeTest } from '../../electron/engine/scan/location-matcher.ts';
import { type PlacedFacts, reconcile } from '../../electron/engine/scan/reconcile.ts';
import type { ScanOutcome } from '../../electron/engine/scan/scan-types.ts';
import { createSession } from '../../electron/engine/session.ts';
import { sources } from '../../electron/engine/sources/registry.ts';
import type { Reading } from '../../electron/engine/sources/source.ts';
import { type Connection, connect } from '../../electron/engine/store/driver.ts';
import { openWorkspace } from '../../electron/engine/store/open.ts';
import type { RelationRow } from '../../electron/engine/store/fact-rows.ts';
import { storeFacts } from '../../electron/engine/store/repos/facts-writer.ts';
import { beginScan, putRoot } from '../../electron/engine/store/repos/scans.ts';
import { temporaryFolder, untilStampsCount } from '../fixtures/temporary-tree.ts';
import { generateHome, type HomeTruth } from './generate/home.ts';
import { generateSourceTree } from './generate/source-tree.ts';
import { wrongAnswers } from './home-answers.ts';
import { scanOnce } from './scan-in-process.ts';

// What a scan does is counted here, not how long it takes: a busy machine changes the one and not the other.
describe('a scan of a home of 3,000 files', () => {
  let temporary: string;
  let folder: string;
  let workspace: string;
  let truth: HomeTruth;
  let first: ScanOutcome;
  let again: ScanOutcome;

  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'countersign-budget-'));
    folder = join(temporary, 'home');
    workspace = join(temporary, 'budget.countersign');
    truth = generateHome(folder, { files: 3_000, folders: 1_000, configs: 300 }, 1);
    await untilStampsCount();
    (await openWorkspace(workspace, { create: { name: 'budget', sample: false, now: 0 } })).close();
    first = await scanOnce(folder, workspace);
    again = await scanOnce(folder, workspace);
  });

  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  test('finds everything that was generated, also with the help of the disk thread', () => {
    expect(wrongAnswers(workspace, { folder, truth })).toEqual([]);
  });

  test('the first opens each wanted file and each code file once, and nothing else', () => {
    const reader = connect(workspace, 'reader');
    const rows = reader.prepare('SELECT count(*) FROM file').pluck().get() as number;
    // Searched and without a keyword: the mark is the last of the six values of an entry.
    const blocks = reader.prepare("SELECT entries FROM walk_block WHERE type = 'files'").pluck().all() as string[];
    const searched = blocks.flatMap((text) => (JSON.parse(text) as unknown[]).filter((_, at) => at % 6 === 5));
    reader.close();
    expect(first.work.filesOpened).toBe(rows + searched.filter((mark) => String(mark).startsWith('searched')).length);
    expect(first.work.filesOpened).toBeLessThan(codeFiles(folder) + 300 + 1);
    expect(first.work.foldersListed).toBeLessThanOrEqual(truth.folders);
  });

  test('a rescan opens no file, lists no folder and parses nothing', () => {
    expect(again).toMatchObject({
      unchanged: true,
      status: 'complete',
      work: { filesOpened: 0, filesParsed: 0, foldersListed: 0 },
    });
  });
});

/** Files that code sources search by their ending, outside installed packages and version control. */
function codeFiles(folder: string): number {
  const isCode = codeTest(sources.filter((source) => source.kind === 'code'));
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      isCode(entry.name) &&
      !relative(folder, entry.parentPath)
        .split(sep)
        .some((name) => name === 'node_modules' || name === '.git'),
  ).length;
}

describe('growth of the work with the input', () => {
  /** Facts of `files` files that all speak of the same ten servers, as a home's checkouts do. */
  const readings = (files: number, counter: { reads: number }): PlacedFacts[] =>
    Array.from({ length: files }, (_, file) => {
      const host = { kind: 'agent', key: `agent@project-${file}` } as const;
      const servers = Array.from(
        { length: 10 },
        (__, server) => ({ kind: 'mcp-server', key: `npm:server-${server}` }) as const,
      );
      const properties = (server: number) => ({
        configurations: [
          {
            get place() {
              counter.reads++;
              return `project-${file}`;
            },
            server,
          },
        ],
      });
      const reading: Reading = {
        status: 'read',
        issues: [],
        assets: [
          { ...host, name: host.key },
          ...servers.map((server, index) => ({ ...server, name: server.key, properties: properties(index) })),
        ],
        relations: servers.map((server) => ({ kind: 'uses', from: host, to: server }) as const),
      };
      return { place: `home/project-${file}/.mcp.json`, source: 'bench', cap: 'high' satisfies Confidence, reading };
    });

  test('putting facts together looks at each a bounded number of times, however many there are', () => {
    const reads = (files: number): number => {
      const counter = { reads: 0 };
      const merged = reconcile(readings(files, counter), []);
      expect(merged.relations.length).toBe(files * 10);
      expect(merged.assets.length).toBe(files + 10);
      return counter.reads;
    };
    expect(reads(800)).toBeLessThanOrEqual(reads(200) * 4 * 1.1);
  });

  test('storing four times the relations writes four times the rows, and the same again writes none', async () => {
    const stored = async (count: number): Promise<{ first: number; again: number }> => {
      const file = join(temporaryFolder(), 'store.countersign');
      (await openWorkspace(file, { create: { name: 'store', sample: false, now: 0 } })).close();
      const connection = connect(file, 'facts');
      const request = { roots: ['/bench'], home: null, fsRoot: null, exclude: [] };
      const store = (): number => {
        const scan = beginScan(connection, { request, home: null, fsRoot: null, tool: 'bench', now: 0 });
        const before = changes(connection);
        connection.transaction(() =>
          storeFacts(connection, scan, 'complete', assetRows(count / 10), relationRows(count)),
        )();
        return changes(connection) - before;
      };
      putRoot(connection, { type: 'scan', label: 'bench', path: '/bench' }, null);
      const counts = { first: store(), again: store() };
      connection.close();
      return counts;
    };
    const small = await stored(1_000);
    const large = await stored(4_000);
    expect(small.again).toBe(0);
    expect(large.again).toBe(0);
    expect(large.first).toBeLessThanOrEqual(small.first * 4);
  });

  test('the columns of all assets cost the same number of queries for many as for few', async () => {
    const queries = async (count: number): Promise<number> => {
      const file = join(temporaryFolder(), 'columns.countersign');
      (await openWorkspace(file, { create: { name: 'columns', sample: false, now: 0 } })).close();
      const facts = connect(file, 'facts');
      putRoot(facts, { type: 'scan', label: 'bench', path: '/bench' }, null);
      const request = { roots: ['/bench'], home: null, fsRoot: null, exclude: [] };
      const scan = beginScan(facts, { request, home: null, fsRoot: null, tool: 'bench', now: 0 });
      facts.transaction(() => storeFacts(facts, scan, 'complete', assetRows(count), []))();
      facts.prepare("UPDATE scan SET status = 'complete'").run();
      facts.close();
      const workspace = await openWorkspace(file);
      let prepared = 0;
      const counted = new Proxy(workspace.connection, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            if (name === 'prepare') prepared++;
            return Reflect.apply(value, target, args);
          };
        },
      });
      const session = createSession();
      session.set({ ...workspace, connection: counted });
      const handlers = createAssetHandlers({ session, facts: createWorkspaceFactsReader() });
      const columns = await handlers['assets.columns']({ scan: null });
      expect(columns.count).toBe(count);
      const once = prepared;
      await handlers['assets.columns']({ scan: null });
      // The second time only the number of the latest scan is asked for.
      expect(prepared - once).toBeLessThanOrEqual(2);
      session.close();
      return once;
    };
    const few = await queries(10);
    expect(few).toBeLessThanOrEqual(12);
    expect(await queries(1_000)).toBe(few);
  });
});

describe('generators', () => {
  test('the same seed gives the same home and the same source', () => {
    const size = { files: 300, folders: 60, configs: 40 };
    expect(generateHome(join(temporaryFolder(), 'a'), size, 3)).toEqual(
      generateHome(join(temporaryFolder(), 'b'), size, 3),
    );
    const source = generateSourceTree(join(temporaryFolder(), 'a'), 1, 3);
    expect(source).toEqual(generateSourceTree(join(temporaryFolder(), 'b'), 1, 3));
    expect(source.bytes).toBeGreaterThanOrEqual(1_000_000);
    expect(source.agents / source.files).toBeCloseTo(0.05, 1);
  });
});

/** Rows that this connection has inserted, updated or deleted since it was opened. */
const changes = (connection: Connection): number =>
  connection.prepare('SELECT total_changes()').pluck().get() as number;

const assetRows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    publicId: `tool:${String(index).padStart(16, '0')}`,
    kind: 'tool' as const,
    key: `tool-${index}`,
    name: `tool ${index}`,
    origin: 'declared' as const,
    confidence: 'high' as const,
    dynamic: false,
    properties: {},
    evidence: [{ root: 1, path: `file-${index % 10}`, line: 1, endLine: 1, source: 'bench' }],
  }));

const relationRows = (count: number): RelationRow[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: relationKinds[0],
    from: Math.floor(index / 10),
    to: index % 10,
    discriminator: '',
    origin: 'declared',
    confidence: 'high',
    dynamic: false,
    properties: {},
    evidence: [],
  }));
