import type { BenchRow, Figure } from '../bench-row.ts';
import { type BenchRow as RenderFigure, renderRows } from '../render-rows.ts';

export const row: BenchRow = {
  id: 'P15-P17',
  what: 'graph in software-rendered Chromium: frames, mounted nodes, first paint',
  yardstick: 'bare React Flow on the same data',
  must: '20 / 33 ms; 300 nodes; 1.2x',
  moonshot: '17 / 20 ms; 150 nodes; 0.3x',
  needs: async (context) => (context.chromium === null ? 'no Chromium was found (CHROMIUM_BIN)' : null),
  async run(context) {
    const rows = await renderRows(context.chromium ?? '');
    return { figures: rows.map(toFigure), wrong: [] };
  },
};

const limit = (text: string): number | null => {
  const number = Number.parseFloat(text.replaceAll(',', ''));
  return Number.isNaN(number) ? null : number;
};

/** These rows come as medians already. */
function toFigure(figure: RenderFigure): Figure {
  const isRatio = figure.must.trim().endsWith('x');
  return {
    what: `${figure.row}: ${figure.what}`,
    unit: figure.unit === 'nodes' ? 'nodes' : 'ms',
    ours: [figure.value],
    yardstick: figure.ratio === null ? null : [figure.value / figure.ratio],
    against: figure.yardstick === '' ? 'no yardstick' : 'bare React Flow',
    judged: isRatio ? 'ratio' : 'value',
    must: limit(figure.must),
    moonshot: limit(figure.moonshot),
    note: 'median of its own rounds',
  };
}
