import { join } from 'node:path';
import type { BenchContext, BenchRow } from '../bench-row.ts';
import { connect } from '../../../electron/engine/store/driver.ts';
import { readSnapshot } from '../../../electron/engine/store/repos/facts-reader.ts';
import { readCoverage } from '../../../electron/engine/store/repos/scans.ts';
import { generated } from '../generate/generated-folder.ts';
import { generateSourceTree, sourceVersion, type SourceTruth } from '../generate/source-tree.ts';
import { interleave, timeProcess } from '../processes.ts';
import { timeFirstScan, workspaceFile } from './home-scans.ts';

const megabytes = 100;
const seed = 7;

/** 100 MB of mixed source, the same for every row that reads it. */
export const sourceTree = (context: BenchContext): { readonly folder: string; readonly truth: SourceTruth } =>
  generated(
    context.cache,
    `source-v${sourceVersion}-${megabytes}-${seed}`,
    (folder) => generateSourceTree(folder, megabytes, seed),
    context.say,
  );

export const row: BenchRow = {
  id: 'P6',
  what: 'scan of 100 MB of mixed source, one file in twenty naming a framework',
  yardstick: 'reading the same bytes with plain Node calls',
  must: '6x',
  moonshot: '3x',
  needs: async () => null,
  async run(context) {
    const tree = sourceTree(context);
    const workspace = workspaceFile(context, 'source');
    const reader = join(import.meta.dirname, '..', 'read-tree.ts');
    const read = (): number => timeProcess(process.execPath, [reader, tree.folder]);
    read();
    const [ours = [], theirs = []] = interleave(5, () => timeFirstScan(context, tree.folder, workspace), read);
    return {
      figures: [
        {
          what: this.what,
          unit: 'ms',
          ours,
          yardstick: theirs,
          against: this.yardstick,
          judged: 'ratio',
          must: 6,
          moonshot: 3,
        },
      ],
      wrong: wrongFacts(workspace, tree.truth),
    };
  },
};

function wrongFacts(workspace: string, truth: SourceTruth): string[] {
  const connection = connect(workspace, 'reader');
  try {
    const wrong: string[] = [];
    const searched =
      readCoverage(connection, 1).find((entry) => entry.detail.includes('files searched'))?.detail ??
      'nothing searched';
    const expected = `${truth.python} files searched, ${truth.agents} parsed`;
    if (searched !== expected) wrong.push(`coverage says "${searched}", there are ${expected}`);
    const agents = readSnapshot(connection, 1).assets.filter((asset) => asset.kind === 'agent').length;
    if (agents !== truth.agents) wrong.push(`found ${agents} agents, there are ${truth.agents}`);
    return wrong;
  } finally {
    connection.close();
  }
}
