import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import { installedWasmFiles } from '../../../electron/engine/sources/python/parser.ts';
import { summarisePythonFile } from '../../../electron/engine/sources/python/summary.ts';
import { type BenchRow, median, type Samples } from '../bench-row.ts';
import { sourceTree } from './source-scan.ts';

const rounds = 7;

export const row: BenchRow = {
  id: 'P6B',
  what: 'Python that names a framework, parsed and packed as a summary, on one core',
  yardstick: 'web-tree-sitter parsing the same bytes to its own tree, nothing read of it',
  must: '1.6x (5 MB/s where that parses 8)',
  moonshot: '0.5x',
  needs: async () => null,
  async run(context) {
    const { folder } = sourceTree(context);
    const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .filter((text) => text.includes('langgraph'));
    const files = texts.map((text, index) => ({ place: `source/${index}.py`, sha256: '', text }));
    const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
    const bare = await bareParser();
    const wrong: string[] = [];
    const ours: number[] = [];
    const theirs: number[] = [];
    // The first round compiles both and does not count.
    for (let round = 0; round <= rounds; round++) {
      const started = processorTime();
      for (const file of files) {
        const summary = await summarisePythonFile(file);
        if (summary.status !== 'read') wrong.push(`${file.place} was not understood`);
      }
      const between = processorTime();
      for (const text of texts) bare.parse(text)?.delete();
      const ended = processorTime();
      if (round === 0) continue;
      ours.push(between - started);
      theirs.push(ended - between);
    }
    bare.delete();
    const speed = (samples: Samples): string => ((megabytes * 1000) / median(samples)).toFixed(1);
    return {
      figures: [
        {
          what: `${this.what}: processor time for ${megabytes.toFixed(1)} MB`,
          unit: 'ms',
          ours,
          yardstick: theirs,
          against: this.yardstick,
          judged: 'ratio',
          must: 1.6,
          moonshot: 0.5,
          note: `${speed(ours)} MB/s per core against ${speed(theirs)} MB/s`,
        },
      ],
      wrong: wrong.slice(0, 5),
    };
  },
};

/** Of this process, all its threads, in milliseconds: what else the machine does counts less than it would on a clock. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function bareParser(): Promise<Parser> {
  const files = installedWasmFiles();
  await Parser.init({ locateFile: () => files.runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(files.grammar)));
  return parser;
}
