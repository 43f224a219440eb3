import { join } from 'node:path';
import { realEngine } from '../../../test/fixtures/real-engine.ts';
import { plant, temporaryFolder, type Tree } from '../../../test/fixtures/temporary-tree.ts';
import type { Finding, FindingsResult } from '../../../shared/model/findings.ts';

/** Findings of a real scan of folders, asked through the contract as the app does. */
export async function findingsOfRoots(roots: readonly string[], home: string | null = null): Promise<FindingsResult> {
  const bench = await realEngine();
  const path = join(temporaryFolder('findings'), 'findings.countersign');
  await bench.router.ask('workspaces.create', { path, name: 'findings' });
  const started = await bench.router.ask('scans.start', { roots: [...roots], home, fsRoot: null, exclude: [] });
  if (!started.ok) throw new Error(started.error.message);
  await bench.ended(started.value.number);
  const asked = await bench.router.ask('findings.list', { scan: null });
  if (!asked.ok) throw new Error(asked.error.message);
  return asked.value;
}

/** The same for a folder `app` with these files, one rule of it: `high file:line name`. */
export async function scanAndJudge(
  rule: string,
  files: Tree,
): Promise<{
  readonly found: readonly string[];
  readonly undecided: readonly string[];
  readonly findings: readonly Finding[];
  /** How many things the rule looked at: nothing found among none is no pass. */
  readonly looked: number;
}> {
  const root = join(temporaryFolder('scan'), 'app');
  plant(root, files);
  const { findings, undecided, rules } = await findingsOfRoots([root]);
  const outcome = rules.find((one) => one.rule === rule);
  if (outcome === undefined || outcome.failure !== null) throw new Error(outcome?.failure ?? `no rule ${rule}`);
  const own = findings.filter((finding) => finding.rule === rule);
  return {
    found: own.map(
      ({ severity, evidence, subjectName }) =>
        `${severity} ${evidence.map(({ file, line }) => `${file}:${line}`).join('+')} ${subjectName}`,
    ),
    undecided: undecided.filter((one) => one.rule === rule).map(({ subjectName, why }) => `${subjectName}: ${why}`),
    findings: own,
    looked: outcome.looked,
  };
}
