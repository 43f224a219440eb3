import type { BenchRow } from '../bench-row.ts';
import { homeOf, smallHome, wrongAnswers } from '../home-answers.ts';
import { cannotDropCaches, dropCaches, peakOfNode } from '../processes.ts';
import { removeWorkspace, scanArguments, workspaceFile } from './home-scans.ts';

export const row: BenchRow = {
  id: 'P25',
  what: 'peak resident memory of the scanning process, first scan of the 200,000-file home',
  yardstick: 'an empty Node process',
  must: '200 MB',
  moonshot: '120 MB',
  needs: async () => null,
  async run(context) {
    const home = homeOf(context, smallHome);
    const workspace = workspaceFile(context, 'memory');
    const cold = cannotDropCaches() === null;
    const empty: number[] = [];
    const measure = (drop: boolean): number => {
      removeWorkspace(workspace);
      if (drop) dropCaches();
      return peakOfNode(scanArguments(context, home.folder, workspace), context.scratch).megabytes;
    };
    const coldRuns: number[] = [];
    const warmRuns: number[] = [];
    for (let round = 0; round < 5; round++) {
      if (cold) coldRuns.push(measure(true));
      warmRuns.push(measure(false));
      empty.push(peakOfNode(['-e', '0'], context.scratch).megabytes);
    }
    const shared = {
      unit: 'MB',
      yardstick: empty,
      against: this.yardstick,
      judged: 'value',
      must: 200,
      moonshot: 120,
    } as const;
    return {
      figures: [
        ...(cold ? [{ ...shared, what: 'cold cache', ours: coldRuns }] : []),
        { ...shared, what: 'warm cache', ours: warmRuns },
      ],
      wrong: wrongAnswers(workspace, home),
    };
  },
};
