/** What a row needs to know about this run. */
export type BenchContext = {
  /** Folder for what a row writes; gone after the run. */
  readonly scratch: string;
  /** Folder of generated input, kept between runs by seed and version of its generator. */
  readonly cache: string;
  /** Bundled command line, built from these sources. */
  readonly commandLine: string;
  /** Rows that take very long or much disk run only when asked for. */
  readonly million: boolean;
  /** Chromium to draw with; null where there is none. */
  readonly chromium: string | null;
  say(line: string): void;
};

/** Values of one thing, measured several times, in the unit of its figure. */
export type Samples = readonly number[];

/** One figure of a row, next to its yardstick measured in the same run. */
export type Figure = {
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'nodes';
  readonly ours: Samples;
  /** Null where the target is a plain value. */
  readonly yardstick: Samples | null;
  /** Name of the yardstick, or words on what the value stands beside. */
  readonly against: string;
  /** `ratio`: median of ours / median of the yardstick is judged; `value`: the median of ours. */
  readonly judged: 'ratio' | 'value';
  /** Null: shown, not judged. */
  readonly must: number | null;
  readonly moonshot: number | null;
  readonly note?: string;
};

export type Measured = {
  readonly figures: readonly Figure[];
  /** Answers that differ from what the generator put there. Any of them makes the run fail; slowness never does. */
  readonly wrong: readonly string[];
};

export type BenchRow = {
  readonly id: string;
  readonly what: string;
  readonly yardstick: string;
  readonly must: string;
  readonly moonshot: string;
  /** Why this row cannot run here, or null. */
  needs(context: BenchContext): Promise<string | null>;
  run(context: BenchContext): Promise<Measured>;
};

export const median = (values: Samples): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

export const percentile = (values: Samples, share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

export const judgedValue = (figure: Figure): number =>
  figure.judged === 'ratio' && figure.yardstick !== null
    ? median(figure.ours) / median(figure.yardstick)
    : median(figure.ours);
