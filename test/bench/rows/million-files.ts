import { rmSync, statfsSync } from 'node:fs';
import type { BenchRow } from '../bench-row.ts';
import { homeOf, largeHome, smallHome, wrongAnswers } from '../home-answers.ts';
import { peakOfNode } from '../processes.ts';
import { removeWorkspace, scanArguments, workspaceFile } from './home-scans.ts';

const gigabytes = 12;
const rounds = 3;

export const row: BenchRow = {
  id: 'P5',
  what: '1,000,000 files in 100,000 folders against 200,000 in 20,000',
  yardstick: 'first scan of the 200,000-file home, warm cache',
  must: '5.5x time, 1.5x memory',
  moonshot: '5.1x time, memory flat (150 MB)',
  async needs(context) {
    if (!context.million) return 'takes minutes and disk: ask for it with --million';
    const { bavail, bsize, ffree } = statfsSync(context.cache);
    if (bavail * bsize < gigabytes * 1e9) return `needs ${gigabytes} GB free in ${context.cache}`;
    return ffree !== 0 && ffree < 1_300_000 ? 'the file system has too few inodes free' : null;
  },
  async run(context) {
    const small = homeOf(context, smallHome);
    const large = homeOf(context, largeHome);
    const workspace = workspaceFile(context, 'million');
    const measure = (folder: string) => {
      removeWorkspace(workspace);
      return peakOfNode(scanArguments(context, folder, workspace), context.scratch);
    };
    measure(small.folder);
    measure(large.folder);
    const smallRuns = [];
    const largeRuns = [];
    for (let round = 0; round < rounds; round++) {
      smallRuns.push(measure(small.folder));
      largeRuns.push(measure(large.folder));
    }
    const wrong = wrongAnswers(workspace, large);
    rmSync(workspace, { force: true });
    return {
      figures: [
        {
          what: 'time',
          unit: 'ms',
          ours: largeRuns.map((run) => run.milliseconds),
          yardstick: smallRuns.map((run) => run.milliseconds),
          against: this.yardstick,
          judged: 'ratio',
          must: 5.5,
          moonshot: 5.1,
        },
        {
          what: 'peak memory',
          unit: 'MB',
          ours: largeRuns.map((run) => run.megabytes),
          yardstick: smallRuns.map((run) => run.megabytes),
          against: this.yardstick,
          judged: 'ratio',
          must: 1.5,
          moonshot: 1.05,
        },
      ],
      wrong,
    };
  },
};
