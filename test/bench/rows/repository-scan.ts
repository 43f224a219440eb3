import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../../electron/engine/store/driver.ts';
import { readSnapshot } from '../../../electron/engine/store/repos/facts-reader.ts';
import { type BenchRow, median } from '../bench-row.ts';
import { generated } from '../generate/generated-folder.ts';
import { generateRepository, repositoryVersion, type RepositoryTruth } from '../generate/repository.ts';
import { interleave, timeProcess } from '../processes.ts';
import { noRipgrep, ripgrep, timeFirstScan, workspaceFile } from './home-scans.ts';

const files = 50_000;
const agents = 500;
const seed = 11;
const mostMilliseconds = 10_000;
const mostTimes = 3;

export const row: BenchRow = {
  id: 'R50K',
  what: 'first scan of one repository of 50,000 files, 500 of them naming an agent framework',
  yardstick: 'rg --files, then reading the 500 files',
  must: 'the larger of 10 s and 3x',
  moonshot: 'the larger of 5 s and 1.5x',
  needs: async () => (ripgrep() === null ? noRipgrep : null),
  async run(context) {
    const tree = generated(
      context.cache,
      `repository-v${repositoryVersion}-${files}-${agents}-${seed}`,
      (folder) => generateRepository(folder, files, agents, seed),
      context.say,
    );
    const workspace = workspaceFile(context, 'repository');
    const list = join(context.scratch, 'related.json');
    writeFileSync(list, JSON.stringify(tree.truth.related));
    const reader = join(import.meta.dirname, '..', 'read-listed.ts');
    const read = (): number =>
      timeProcess(ripgrep() ?? 'rg', ['--files', tree.folder]) +
      timeProcess(process.execPath, [reader, tree.folder, list]);
    read();
    const [ours = [], theirs = []] = interleave(3, () => timeFirstScan(context, tree.folder, workspace), read);
    return {
      figures: [
        {
          what: this.what,
          unit: 'ms',
          ours,
          yardstick: theirs,
          against: this.yardstick,
          judged: 'value',
          must: Math.max(mostMilliseconds, mostTimes * median(theirs)),
          moonshot: Math.max(mostMilliseconds / 2, (mostTimes / 2) * median(theirs)),
          note: `${(median(ours) / median(theirs)).toFixed(1)}x of the yardstick, ${(tree.truth.bytes / 1e6).toFixed(0)} MB`,
        },
      ],
      wrong: wrongFacts(workspace, tree.truth),
    };
  },
};

/** Every agent, with the tool that cancels orders and what that does two files away. */
function wrongFacts(workspace: string, truth: RepositoryTruth): string[] {
  const connection = connect(workspace, 'reader');
  try {
    const { assets, relations } = readSnapshot(connection, 1);
    const of = (kind: string) => assets.filter((asset) => asset.kind === kind).length;
    const counts = [
      { what: 'agents', found: of('agent'), there: truth.related.length },
      { what: 'tools', found: of('tool'), there: truth.imported },
      {
        what: 'tools that send something out',
        found: new Set(relations.filter((one) => one.kind === 'egresses-to').map((one) => one.from)).size,
        there: truth.imported,
      },
    ];
    return counts
      .filter(({ found, there }) => found !== there)
      .map(({ what, found, there }) => `found ${found} ${what}, there are ${there}`);
  } finally {
    connection.close();
  }
}
