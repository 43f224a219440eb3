import { type BenchRow, type Figure, judgedValue, median } from './bench-row.ts';
import type { Machine } from './machine.ts';

/** What became of one row in this run. */
export type RowResult =
  | {
      readonly status: 'measured';
      readonly row: BenchRow;
      readonly figures: readonly Figure[];
      readonly wrong: readonly string[];
      readonly seconds: number;
      readonly loadBefore: number;
    }
  | { readonly status: 'not run'; readonly row: BenchRow; readonly reason: string };

export type Verdict = 'moonshot' | 'must' | 'missed' | 'shown';

export function verdictOf(figure: Figure): Verdict {
  if (figure.must === null && figure.moonshot === null) return 'shown';
  const value = judgedValue(figure);
  if (figure.moonshot !== null && value <= figure.moonshot) return 'moonshot';
  return figure.must !== null && value <= figure.must ? 'must' : 'missed';
}

const words: Readonly<Record<Verdict, string>> = {
  moonshot: 'moonshot met',
  must: 'must met',
  missed: 'MISSED',
  shown: '',
};

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
const amount = (value: number, unit: string): string => `${digits(value)} ${unit}`;

/** `median (minimum)` of a thing that was measured several times. */
const measured = (values: readonly number[], unit: string): string =>
  values.length === 1
    ? amount(values[0] ?? Number.NaN, unit)
    : `${amount(median(values), unit)} (${digits(Math.min(...values))})`;

const limit = (value: number | null, figure: Figure): string =>
  value === null ? '' : figure.judged === 'ratio' ? `${value}x` : amount(value, figure.unit);

const columns = [
  'row',
  'what',
  'here: median (min)',
  'beside it',
  'ratio',
  'must',
  'moonshot',
  'result',
  'rounds',
] as const;
type Cells = Readonly<Record<(typeof columns)[number], string>>;

const cellsOf = (row: BenchRow, figure: Figure): Cells => ({
  row: row.id,
  what: figure.what,
  'here: median (min)': measured(figure.ours, figure.unit),
  'beside it':
    figure.yardstick === null ? figure.against : `${measured(figure.yardstick, figure.unit)} ${figure.against}`,
  ratio: figure.yardstick === null ? '' : `${(median(figure.ours) / median(figure.yardstick)).toFixed(2)}x`,
  must: limit(figure.must, figure),
  moonshot: limit(figure.moonshot, figure),
  result: words[verdictOf(figure)],
  rounds: figure.note ?? String(figure.ours.length),
});

/** One line per figure for a terminal. */
export function lines(result: RowResult): string[] {
  if (result.status === 'not run')
    return [`${result.row.id.padEnd(8)}${result.row.what}\n        not run: ${result.reason}`];
  return [
    `${result.row.id.padEnd(8)}${result.row.what}   [${result.seconds.toFixed(0)} s, load ${result.loadBefore} before]`,
    ...result.figures.map((figure) => {
      const cells = cellsOf(result.row, figure);
      const judged = cells.must === '' ? '' : `must ${cells.must}, moonshot ${cells.moonshot}: ${cells.result}`;
      return [
        `        ${figure.what}`,
        `          ${cells['here: median (min)']}  |  ${cells['beside it']}${cells.ratio === '' ? '' : `  |  ratio ${cells.ratio}`}`,
        ...(judged === '' ? [] : [`          ${judged}`]),
      ].join('\n');
    }),
    ...result.wrong.map((text) => `        WRONG: ${text}`),
  ];
}

/** The page for `resources/benchmarks.md`: what was measured, where, under which load, and what was missed. */
export function markdown(machine: Machine, results: readonly RowResult[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const body = results.flatMap((result) =>
    result.status === 'not run'
      ? [
          `| ${result.row.id} | ${cell(result.row.what)} | not run: ${cell(result.reason)} | | | ${result.row.must} | ${result.row.moonshot} | not run | |`,
        ]
      : result.figures.map((figure) => {
          const cells = cellsOf(result.row, figure);
          return `| ${columns.map((column) => cell(cells[column])).join(' | ')} |`;
        }),
  );
  const wrong = results.flatMap((result) =>
    result.status === 'measured' ? result.wrong.map((text) => `- ${result.row.id}: ${text}`) : [],
  );
  const loads = results.flatMap((result) =>
    result.status === 'measured' ? [`${result.row.id} ${result.loadBefore}`] : [],
  );
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench -- --write`. Every figure stands beside its yardstick, measured in the same run in interleaved',
    'rounds. Milliseconds belong to this machine; ratios can be compared.',
    '',
    `- Date: ${machine.date} UTC`,
    `- Machine: ${machine.processors} x ${machine.processor}, ${machine.memoryGigabytes} GB, ${machine.system}`,
    `- Versions: ${Object.entries(machine.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `- Load average (1 minute) before each row: ${loads.join(', ')}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => '---').join('|')}|`,
    ...body,
    '',
    ...(wrong.length === 0 ? [] : ['Wrong answers:', '', ...wrong, '']),
  ].join('\n');
}

/** The same for programs: all samples, nothing rounded. */
export const json = (machine: Machine, results: readonly RowResult[]): string =>
  `${JSON.stringify(
    {
      machine,
      rows: results.map((result) =>
        result.status === 'not run'
          ? { id: result.row.id, status: result.status, reason: result.reason }
          : {
              id: result.row.id,
              status: result.status,
              loadBefore: result.loadBefore,
              wrong: result.wrong,
              figures: result.figures.map((figure) => ({
                ...figure,
                judgedValue: judgedValue(figure),
                verdict: verdictOf(figure),
              })),
            },
      ),
    },
    null,
    2,
  )}\n`;
