import type { BenchRow } from '../bench-row.ts';
import { homeOf, smallHome, wrongAnswers } from '../home-answers.ts';
import { interleave } from '../processes.ts';
import { noRipgrep, ripgrep, timeFirstScan, timeRipgrep, workspaceFile } from './home-scans.ts';

export const row: BenchRow = {
  id: 'P2',
  what: 'first scan of the 200,000-file home, warm cache',
  yardstick: 'rg --files -uu',
  must: '2.3x',
  moonshot: '1.3x',
  needs: async () => (ripgrep() === null ? noRipgrep : null),
  async run(context) {
    const home = homeOf(context, smallHome);
    const workspace = workspaceFile(context, 'warm');
    timeFirstScan(context, home.folder, workspace);
    timeRipgrep(home.folder);
    const [ours = [], theirs = []] = interleave(
      9,
      () => timeFirstScan(context, home.folder, workspace),
      () => timeRipgrep(home.folder),
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
          must: 2.3,
          moonshot: 1.3,
        },
      ],
      wrong: wrongAnswers(workspace, home),
    };
  },
};
