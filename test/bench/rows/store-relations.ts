import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext, BenchRow } from '../bench-row.ts';
import type { AssetRow, RelationRow } from '../../../electron/engine/store/fact-rows.ts';
import { publicAssetId } from '../../../electron/engine/store/fact-ids.ts';
import { type Connection, connect } from '../../../electron/engine/store/driver.ts';
import { migrate } from '../../../electron/engine/store/migrate.ts';
import { storeFacts } from '../../../electron/engine/store/repos/facts-writer.ts';
import { beginScan, putRoot } from '../../../electron/engine/store/repos/scans.ts';

const assetCount = 20_000;
const relationCount = 1_000_000;
const rounds = 5;

export const row: BenchRow = {
  id: 'P11',
  what: 'storing 1,000,000 relations of 20,000 assets, durable file, one transaction',
  yardstick: 'bare prepared inserts of the same rows into the same tables with the same indexes',
  must: '1.5x',
  moonshot: '1.0x',
  needs: async () => null,
  async run(context) {
    const assets = Array.from({ length: assetCount }, (_, index) => assetRow(index)).sort((a, b) =>
      a.publicId < b.publicId ? -1 : 1,
    );
    const ours: number[] = [];
    const theirs: number[] = [];
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const measures = [
        () =>
          ours.push(
            timed(context, wrong, (connection) => void storeFacts(connection, 1, 'complete', assets, relations())),
          ),
        () => theirs.push(timed(context, wrong, (connection) => bareInserts(connection, assets))),
      ];
      if (round % 2 === 1) measures.reverse();
      for (const measure of measures) measure();
    }
    return {
      figures: [
        {
          what: this.what,
          unit: 'ms',
          ours,
          yardstick: theirs,
          against: this.yardstick,
          judged: 'ratio',
          must: 1.5,
          moonshot: 1,
        },
      ],
      wrong,
    };
  },
};

const evidenceOf = (index: number) => [
  {
    root: 1,
    path: `folder-${index % 500}/file-${index % 5000}.json`,
    line: index % 300,
    endLine: index % 300,
    source: 'bench',
  },
];

const assetRow = (index: number): AssetRow => ({
  publicId: publicAssetId('tool', `tool-${index}`),
  kind: 'tool',
  key: `tool-${index}`,
  name: `tool ${index}`,
  origin: 'declared',
  confidence: 'high',
  dynamic: false,
  properties: { description: 'a tool', index },
  evidence: evidenceOf(index),
});

/** In the order that a scan stores them in: by asset, then by target. */
function* relations(): Generator<RelationRow> {
  const perAsset = relationCount / assetCount;
  const stride = Math.floor(assetCount / perAsset);
  const properties = {};
  for (let from = 0; from < assetCount; from++) {
    for (let index = 0; index < perAsset; index++) {
      yield {
        kind: 'uses',
        from,
        to: (index * stride + from) % assetCount,
        discriminator: '',
        origin: 'declared',
        confidence: 'high',
        dynamic: false,
        properties,
        evidence: evidenceOf(from + index),
      };
    }
  }
}

/** Times one way of filling a fresh workspace, up to and with the commit, and looks that nothing was lost. */
function timed(context: BenchContext, wrong: string[], fill: (connection: Connection) => void): number {
  const file = join(context.scratch, 'relations.countersign');
  const remove = (): void => {
    for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  };
  remove();
  const connection = connect(file, 'facts');
  try {
    migrate(connection);
    beginScan(connection, {
      request: { roots: ['/bench'], home: null, fsRoot: null, exclude: [] },
      home: null,
      fsRoot: null,
      tool: 'bench',
      now: 0,
    });
    putRoot(connection, { label: 'bench', path: '/bench', type: 'scan' }, null);
    const started = performance.now();
    connection.transaction(() => fill(connection)).immediate();
    const took = performance.now() - started;
    const stored = connection.prepare('SELECT count(*) FROM relation').pluck().get();
    if (stored !== relationCount) wrong.push(`${String(stored)} relations are stored, not ${relationCount}`);
    const indexes = connection
      .prepare(
        "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'relation' AND name IN ('relation_from', 'relation_to')",
      )
      .pluck()
      .get();
    if (indexes !== 2) wrong.push('an index of the relations is missing after storing');
    return took;
  } finally {
    connection.close();
    remove();
  }
}

/** The least that any program would do: the values are at hand, nothing is compared, looked up or turned into text. */
function bareInserts(connection: Connection, assets: readonly AssetRow[]): void {
  const addAsset = connection.prepare('INSERT INTO asset(public_id, kind, key) VALUES (?, ?, ?)');
  const addVersion = connection.prepare(
    'INSERT INTO asset_version(asset, since, until, name, origin, confidence, dynamic, properties, evidence) VALUES (?, 1, NULL, ?, 0, 0, 0, ?, ?)',
  );
  for (const [index, asset] of assets.entries()) {
    addAsset.run(asset.publicId, 3, asset.key);
    addVersion.run(index + 1, asset.name, '{"description":"a tool","index":1000}', '[[1000,100,100,1]]');
  }
  const add = connection.prepare(
    'INSERT INTO relation(from_asset, kind, to_asset, since, until, discriminator, origin, confidence, dynamic, properties, evidence) VALUES (?, 0, ?, 1, NULL, ?, 0, 0, 0, ?, ?)',
  );
  const perAsset = relationCount / assetCount;
  const stride = Math.floor(assetCount / perAsset);
  for (let from = 0; from < assetCount; from++) {
    for (let index = 0; index < perAsset; index++)
      add.run(from + 1, ((index * stride + from) % assetCount) + 1, '', '{}', '[[1000,100,100,1]]');
  }
}
