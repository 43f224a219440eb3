import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import type { BenchRow, Figure } from '../bench-row.ts';
import { homeOf, smallHome, wrongAnswers } from '../home-answers.ts';
import { interleave } from '../processes.ts';
import type { InProcessScan } from '../scan-in-process.ts';
import { removeWorkspace, timeFirstScan, timeScan, workspaceFile } from './home-scans.ts';

const rounds = 7;

export const row: BenchRow = {
  id: 'P3',
  what: 'rescan of the 200,000-file home, nothing changed',
  yardstick: 'full scan, warm cache',
  must: '0.25x',
  moonshot: '0.12x',
  needs: async () => null,
  async run(context) {
    const home = homeOf(context, smallHome);
    const kept = workspaceFile(context, 'kept');
    const fresh = workspaceFile(context, 'fresh');
    timeFirstScan(context, home.folder, kept);
    const [again = [], full = []] = interleave(
      rounds,
      () => timeScan(context, home.folder, kept),
      () => timeFirstScan(context, home.folder, fresh),
    );
    const inside: InProcessScan[] = [];
    for (let round = 0; round < rounds; round++) {
      removeWorkspace(fresh);
      inside.push(inProcess(home.folder, fresh));
    }
    const targets = { unit: 'ms', against: this.yardstick, judged: 'ratio', must: 0.25, moonshot: 0.12 } as const;
    const figures: Figure[] = [
      {
        ...targets,
        what: 'rescan inside the process: stats, compare, note the scan',
        ours: inside.map((scan) => scan.again),
        yardstick: inside.map((scan) => scan.first),
      },
      {
        ...targets,
        what: 'rescan as a whole process, with its start and its report',
        ours: again,
        yardstick: full,
        must: null,
        moonshot: null,
        note: 'starting a process and printing the report cost the same in both',
      },
    ];
    const wrong = wrongAnswers(kept, home);
    const last = inside.at(-1);
    if (last?.unchanged !== true) wrong.push('the rescan did not see that nothing had changed');
    if (last?.opened !== 0 || last.listed !== 0)
      wrong.push(`the rescan opened ${last?.opened} files and listed ${last?.listed} folders`);
    return { figures, wrong };
  },
};

/** A first scan and a rescan in a process of their own, so that no earlier row's memory is in the way. */
function inProcess(folder: string, workspace: string): InProcessScan {
  const script = fileURLToPath(new URL('../scan-in-process.ts', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, folder, workspace], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`scan-in-process ended with ${status}: ${stderr.slice(0, 500)}`);
  return JSON.parse(stdout) as InProcessScan;
}
