import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../electron/build/ensure-built.ts';
import { checkout, outFolder } from '../../electron/build/parts.ts';
import { prepareSample } from '../../electron/engine/sample.ts';
import type { Asset } from '../../shared/model/facts.ts';
import { isCovered, type Labels, labelsSchema } from './label-format.ts';
import { type Judged, scoreOf } from './match.ts';
import { type Judgement, lines, markdown } from './results.ts';
import { labelsOfSample } from './sample-labels.ts';

const usage = `npm run accuracy -- [--only NAME] [--set tuned|held-out] [--details] [--write]

Scans the sample workspaces and, where the environment variable CORPUS_DIR names a folder with checkouts
(<owner>+<name>, at the commit of the label file), the labelled public repositories. Prints recall and precision.

  --only NAME   workspaces and repositories whose name holds NAME
  --set SET     only this set of public repositories
  --details     every miss and everything reported beyond the labels
  --write       the tables to resources/accuracy.md

Figures never fail. A label file that is not valid ends with exit code 1.
`;

const here = join(checkout, 'test', 'accuracy');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function scan(folder: string): readonly Asset[] {
  const output = join(scratch, 'report.json');
  rmSync(output, { force: true });
  const { status, stderr, error } = spawnSync(
    process.execPath,
    [
      join(outFolder, 'cli.js'),
      'scan',
      folder,
      '--format',
      'json',
      '--output',
      output,
      '--quiet',
      '--allow-incomplete',
      '--fail-on',
      'never',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, XDG_DATA_HOME: join(scratch, 'data') } },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`scan of ${folder} ended with ${status}: ${stderr.toString().slice(0, 500)}`);
  return (JSON.parse(readFileSync(output, 'utf8')) as { readonly assets: readonly Asset[] }).assets;
}

function judge(name: string, set: 'sample' | 'tuned' | 'held-out', judged: Judged, folder: string): Judgement {
  const assets = scan(folder);
  return {
    status: 'judged',
    name,
    set,
    score: scoreOf(judged, assets),
    assets: assets.filter((asset) => asset.evidence.some((one) => isCovered(one.file, judged.covers))),
  };
}

function judgeRepository(labels: Labels, corpus: string | undefined): Judgement {
  const { repository: name, set, commit } = labels;
  if (corpus === undefined) return { status: 'not run', name, set, reason: 'CORPUS_DIR is not set' };
  const folder = join(corpus, name.replace('/', '+'));
  if (!existsSync(folder)) return { status: 'not run', name, set, reason: 'not in CORPUS_DIR' };
  const there = commitOf(folder);
  if (there !== commit)
    return { status: 'not run', name, set, reason: `commit ${there ?? 'unknown'}, labelled was ${commit}` };
  return judge(name, set, labels, folder);
}

/** Commit of a checkout: a detached `.git/HEAD`, or a file `.commit` in what was unpacked from an archive. */
function commitOf(folder: string): string | null {
  for (const file of [join(folder, '.commit'), join(folder, '.git', 'HEAD')]) {
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{40}$/.test(text)) return text;
    const branch = /^ref: (refs\/[\w./-]+)$/.exec(text)?.[1];
    const target = branch === undefined ? null : join(folder, '.git', branch);
    if (target !== null && existsSync(target)) return readFileSync(target, 'utf8').trim();
  }
  return null;
}

function readLabels(): readonly Labels[] {
  if (!existsSync(join(here, 'labels'))) return [];
  return readdirSync(join(here, 'labels'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const result = labelsSchema.safeParse(JSON.parse(readFileSync(join(here, 'labels', file), 'utf8')));
      if (!result.success) throw new Error(`test/accuracy/labels/${file}: ${result.error.message}`);
      return result.data;
    });
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    set: { type: 'string' },
    details: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  say(usage);
  process.exit(0);
}
const wanted = (name: string): boolean => values.only === undefined || name.includes(values.only);
const corpus = process.env['CORPUS_DIR'];
const scratch = mkdtempSync(join(tmpdir(), 'countersign-accuracy-'));
try {
  await ensureBuilt(['cli'], say);
  const labels = readLabels();
  const judgements: Judgement[] = [];
  if (values.set === undefined) {
    const { roots } = prepareSample(join(checkout, 'resources'), join(scratch, 'sample'));
    for (const root of roots) {
      const name = root.split(/[/\\]/).at(-1) ?? root;
      if (wanted(name))
        judgements.push(judge(name, 'sample', labelsOfSample(join(checkout, 'test/fixtures'), name), root));
    }
  }
  for (const one of labels)
    if (wanted(one.repository) && (values.set === undefined || values.set === one.set))
      judgements.push(judgeRepository(one, corpus));
  for (const line of lines(judgements)) say(line);
  const stamp = [
    `Date: ${new Date().toISOString().slice(0, 10)}`,
    `Repositories labelled: ${labels.length}, of them judged in this run: ${judgements.filter((one) => one.status === 'judged' && one.set !== 'sample').length}`,
  ];
  const text = markdown(judgements, stamp);
  if (values.details === true) say(`\n${text}`);
  if (values.write === true) writeFileSync(join(checkout, 'resources', 'accuracy.md'), text);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
