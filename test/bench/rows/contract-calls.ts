import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AssetColumns } from '../../../shared/contract/assets.ts';
import { unpackText } from '../../../shared/contract/columns.ts';
import type { AssetRow } from '../../../electron/engine/store/fact-rows.ts';
import { publicAssetId } from '../../../electron/engine/store/fact-ids.ts';
import { connect } from '../../../electron/engine/store/driver.ts';
import { openWorkspace } from '../../../electron/engine/store/open.ts';
import { storeFacts } from '../../../electron/engine/store/repos/facts-writer.ts';
import { beginScan, endScan, putRoot, setScanRoots } from '../../../electron/engine/store/repos/scans.ts';
import { type BenchContext, type BenchRow, percentile } from '../bench-row.ts';
import { startEngine } from '../engine-client.ts';
import { workspaceFile } from './home-scans.ts';

const assetCount = 10_000;
const rounds = 7;
const smallCalls = 1_000;
const largeCalls = 40;

export const row: BenchRow = {
  id: 'P19',
  what: 'contract call over a message port, 95th percentile: port, router, checks on both sides',
  yardstick: 'the same message echoed by a bare thread',
  must: '2 ms; 10,000-node reply 5 ms',
  moonshot: '0.5 ms; 1 ms',
  needs: async () => null,
  async run(context) {
    const file = await workspaceWithAssets(context);
    const engine = startEngine(context);
    const echo = new Worker(new URL('../echo-thread.ts', import.meta.url));
    try {
      await engine.ask('workspaces.open', { path: file });
      const columns = await engine.ask('assets.columns', { scan: null });
      const wrong = wrongColumns(columns);
      const bounce = async (message: object): Promise<unknown> => {
        const answer = once(echo, 'message');
        echo.postMessage(message);
        return (await answer)[0];
      };
      await bounce({ keep: columns });
      const small = { ours: [] as number[], theirs: [] as number[] };
      const large = { ours: [] as number[], theirs: [] as number[] };
      const p95 = async (count: number, work: () => Promise<unknown>): Promise<number> => {
        const times: number[] = [];
        for (let index = 0; index < count; index++) {
          const started = performance.now();
          await work();
          times.push(performance.now() - started);
        }
        return percentile(times, 0.95);
      };
      await p95(300, () => engine.ask('scans.running', {}));
      for (let round = 0; round < rounds; round++) {
        small.ours.push(await p95(smallCalls, () => engine.ask('scans.running', {})));
        small.theirs.push(await p95(smallCalls, () => bounce({ name: 'scans.running' })));
        large.ours.push(await p95(largeCalls, () => engine.ask('assets.columns', { scan: null })));
        large.theirs.push(await p95(largeCalls, () => bounce({ columns: true })));
      }
      const shared = { unit: 'ms', against: this.yardstick, judged: 'value' } as const;
      return {
        figures: [
          { ...shared, what: 'small call', ours: small.ours, yardstick: small.theirs, must: 2, moonshot: 0.5 },
          {
            ...shared,
            what: 'assets.columns of 10,000 assets',
            ours: large.ours,
            yardstick: large.theirs,
            must: 5,
            moonshot: 1,
          },
        ],
        wrong,
      };
    } finally {
      await engine.close();
      await echo.terminate();
    }
  },
};

async function workspaceWithAssets(context: BenchContext): Promise<string> {
  const file = workspaceFile(context, 'assets');
  const workspace = await openWorkspace(file, { create: { name: 'assets', sample: false, now: 0 } });
  const connection = connect(file, 'facts');
  try {
    const number = beginScan(connection, {
      request: { roots: ['/bench'], home: null, fsRoot: null, exclude: [] },
      home: null,
      fsRoot: null,
      tool: 'bench',
      now: 0,
    });
    const benchRoot = { label: 'bench', path: '/bench', type: 'scan' } as const;
    const root = putRoot(connection, benchRoot, null);
    setScanRoots(connection, number, [{ id: root, ...benchRoot }]);
    const assets = Array.from({ length: assetCount }, (_, index): AssetRow => {
      const key = `server ${index}`;
      return {
        publicId: publicAssetId('mcp-server', key),
        kind: 'mcp-server',
        key,
        name: `server ${index}`,
        origin: 'declared',
        confidence: 'high',
        dynamic: false,
        properties: { transport: 'stdio', package: `@acme/server-${index}`, host: 'Claude Code' },
        evidence: [
          { root, path: `project-${index % 700}/.mcp.json`, line: index % 90, endLine: index % 90, source: 'bench' },
        ],
      };
    });
    connection.transaction(() => {
      storeFacts(connection, number, 'complete', assets, []);
      endScan(
        connection,
        number,
        'complete',
        1,
        { files: 0, filesRead: 0, folders: 0, assets: assetCount, relations: 0 },
        [],
        [],
      );
    })();
    return file;
  } finally {
    connection.close();
    workspace.close();
  }
}

function wrongColumns(columns: AssetColumns): string[] {
  const names = new Set(unpackText(columns.names, columns.count));
  const ids = new Set(unpackText(columns.ids, columns.count));
  return columns.count === assetCount &&
    names.size === assetCount &&
    ids.size === assetCount &&
    columns.kinds.length === assetCount
    ? []
    : [`the columns hold ${columns.count} assets, ${names.size} names and ${ids.size} ids, not ${assetCount}`];
}
