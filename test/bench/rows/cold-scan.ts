import type { BenchRow } from '../bench-row.ts';
import { homeOf, smallHome, wrongAnswers } from '../home-answers.ts';
import { cannotDropCaches, dropCaches, interleave } from '../processes.ts';
import { noRipgrep, ripgrep, timeFirstScan, timeRipgrep, workspaceFile } from './home-scans.ts';

export const row: BenchRow = {
  id: 'P1',
  what: 'first scan of the 200,000-file home, cold cache: walk, read, parse, store',
  yardstick: 'rg --files -uu',
  must: '1.2x',
  moonshot: '0.7x',
  needs: async () => (ripgrep() === null ? noRipgrep : cannotDropCaches()),
  async run(context) {
    const home = homeOf(context, smallHome);
    const workspace = workspaceFile(context, 'cold');
    const [ours = [], theirs = []] = interleave(
      5,
      () => {
        dropCaches();
        return timeFirstScan(context, home.folder, workspace);
      },
      () => {
        dropCaches();
        return timeRipgrep(home.folder);
      },
    );
    return {
      figures: [
        {
          what: this.what,
          unit: 'ms',
          ours,
          yardstick: theirs,
          against: this.yardstick,
          judged: 'ratio',
          must: 1.2,
          moonshot: 0.7,
        },
      ],
      wrong: wrongAnswers(workspace, home),
    };
  },
};
