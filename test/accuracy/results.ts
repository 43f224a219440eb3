import type { AssetKind } from '../../shared/kinds.ts';
import type { Asset } from '../../shared/model/facts.ts';
import type { Score } from './match.ts';

/** One workspace or repository of the run. */
export type Judgement =
  | {
      readonly status: 'judged';
      readonly name: string;
      readonly set: 'sample' | 'tuned' | 'held-out';
      readonly score: Score;
      /** Assets that were judged, for the figures per source. */
      readonly assets: readonly Asset[];
    }
  | { readonly status: 'not run'; readonly name: string; readonly set: 'tuned' | 'held-out'; readonly reason: string };

type Judged = Extract<Judgement, { status: 'judged' }>;
type Sum = { labelled: number; found: number; reported: number; right: number };

const percent = (part: number, whole: number): string => (whole === 0 ? '—' : (part / whole).toFixed(3));
const cell = (text: string): string => text.replace(/[|\r\n]/g, ' ').replace(/[<>`]/g, '');

function sumByKind(judgements: readonly Judged[]): ReadonlyMap<AssetKind, Sum> {
  const sums = new Map<AssetKind, Sum>();
  for (const { score } of judgements) {
    for (const kind of score.kinds) {
      const sum = sums.get(kind.kind) ?? { labelled: 0, found: 0, reported: 0, right: 0 };
      sum.labelled += kind.labelled;
      sum.found += kind.found;
      sum.reported += kind.reported;
      sum.right += kind.right;
      sums.set(kind.kind, sum);
    }
  }
  return sums;
}

/** Right and reported per source that saw an asset; an asset of several sources counts for each of them. */
function sumBySource(judgements: readonly Judged[]): ReadonlyMap<string, { right: number; reported: number }> {
  const sums = new Map<string, { right: number; reported: number }>();
  for (const { score, assets } of judgements) {
    const complete = new Set(score.kinds.map((kind) => kind.kind));
    const wrong = new Set(score.kinds.flatMap((kind) => kind.invented));
    for (const asset of assets) {
      if (!complete.has(asset.kind)) continue;
      for (const source of new Set(asset.evidence.map((one) => one.source))) {
        const sum = sums.get(source) ?? { right: 0, reported: 0 };
        sum.reported += 1;
        if (!wrong.has(asset)) sum.right += 1;
        sums.set(source, sum);
      }
    }
  }
  return sums;
}

const sets = [
  ['sample', 'Sample workspaces (shipped; their answers were known while sources were written)'],
  ['tuned', 'Public repositories that were looked at while sources were written'],
  ['held-out', 'Public repositories that nobody tuned to: labelled from their code before they were ever scanned'],
] as const;

export function markdown(judgements: readonly Judgement[], stamp: readonly string[]): string {
  const out: string[] = [
    '# Accuracy of discovery',
    '',
    'Written by `npm run accuracy -- --write`. Labels were made by reading code (`test/accuracy/labels`), never from what',
    'the tool printed. Found = right kind at the right file, at most three lines off. Recall = labels found / labels;',
    'precision = reported things that a label speaks of / reported things, inside what was labelled completely. A second',
    'asset for one agent or tool counts as an error. Misses are listed by name.',
    '',
    ...stamp.map((line) => `- ${line}`),
  ];
  for (const [set, title] of sets) {
    const members = judgements.filter((one) => one.set === set);
    if (members.length === 0) continue;
    const judged = members.filter((one) => one.status === 'judged');
    out.push('', `## ${title}`, '');
    if (judged.length > 0) out.push(...kindTable(judged), '', ...repositoryTable(judged), '', ...sourceTable(judged));
    for (const one of members)
      if (one.status === 'not run') out.push('', `- *not run*: ${cell(one.name)}: ${cell(one.reason)}`);
    for (const one of judged) out.push(...details(one));
  }
  return `${out.join('\n')}\n`;
}

function kindTable(judged: readonly Judged[]): readonly string[] {
  return [
    '| kind | labelled | found | recall | reported | right | precision |',
    '|---|---|---|---|---|---|---|',
    ...[...sumByKind(judged)].map(
      ([kind, sum]) =>
        `| ${kind} | ${sum.labelled} | ${sum.found} | ${percent(sum.found, sum.labelled)} | ${sum.reported} | ${sum.right} | ${percent(sum.right, sum.reported)} |`,
    ),
  ];
}

function repositoryTable(judged: readonly Judged[]): readonly string[] {
  return [
    '| where | kind | labelled | found | reported | right | places that are none, reported as one |',
    '|---|---|---|---|---|---|---|',
    ...judged.flatMap(({ name, score }) =>
      score.kinds.map(
        (kind, index) =>
          `| ${index === 0 ? cell(name) : ''} | ${kind.kind} | ${kind.labelled} | ${kind.found} | ${kind.reported} | ${kind.right} | ${index === 0 ? score.trapped.length : ''} |`,
      ),
    ),
  ];
}

function sourceTable(judged: readonly Judged[]): readonly string[] {
  return [
    '| source | reported | right | precision |',
    '|---|---|---|---|',
    ...[...sumBySource(judged)]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([source, sum]) => `| ${source} | ${sum.reported} | ${sum.right} | ${percent(sum.right, sum.reported)} |`),
  ];
}

function details({ name, score }: Judged): readonly string[] {
  const missed = score.kinds.flatMap((kind) =>
    kind.missed.map(
      (item) =>
        `- missed: ${kind.kind} ${cell(item.name)} (${item.file ?? 'by name'}${item.line === null ? '' : `:${item.line}`})`,
    ),
  );
  const invented = score.kinds.flatMap((kind) =>
    kind.invented.map((asset) => `- not labelled: ${kind.kind} ${cell(asset.name)} (${placeOf(asset)})`),
  );
  const renamed = score.kinds.flatMap((kind) =>
    kind.renamed.map(({ item, as }) => `- named otherwise: ${kind.kind} ${cell(item.name)} is ${cell(as)} here`),
  );
  const trapped = score.trapped.map(
    ({ asset, file, why }) => `- trap: ${asset.kind} ${cell(asset.name)} at ${cell(file)} (${cell(why)})`,
  );
  const lines = [...trapped, ...missed, ...invented, ...renamed];
  return lines.length === 0 ? [] : ['', `### ${cell(name)}`, '', ...lines];
}

const placeOf = (asset: Asset): string => {
  const [first] = asset.evidence;
  return first === undefined ? 'no place' : `${cell(first.file)}:${first.line}, ${first.source}`;
};

/** For the terminal: one line per workspace and kind. */
export function lines(judgements: readonly Judgement[]): readonly string[] {
  return judgements.flatMap((one) =>
    one.status === 'not run'
      ? [`${one.name}: not run: ${one.reason}`]
      : [
          `${one.name} (${one.set})`,
          ...one.score.kinds.map(
            (kind) =>
              `  ${kind.kind.padEnd(12)} recall ${percent(kind.found, kind.labelled)} (${kind.found}/${kind.labelled})  precision ${percent(kind.right, kind.reported)} (${kind.right}/${kind.reported})`,
          ),
          ...(one.score.trapped.length === 0 ? [] : [`  traps: ${one.score.trapped.length}`]),
        ],
  );
}
