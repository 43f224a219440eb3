import type { BenchRow } from '../bench-row.ts';
import { row as coldScan } from './cold-scan.ts';
import { row as contractCalls } from './contract-calls.ts';
import { row as eventLoop } from './event-loop.ts';
import { row as layout } from './layout.ts';
import { row as millionFiles } from './million-files.ts';
import { row as peakMemory } from './peak-memory.ts';
import { row as pythonParse } from './python-parse.ts';
import { row as render } from './render.ts';
import { row as repositoryScan } from './repository-scan.ts';
import { row as rescan } from './rescan.ts';
import { row as sourceScan } from './source-scan.ts';
import { row as storeRelations } from './store-relations.ts';
import { row as warmScan } from './warm-scan.ts';

/** Every row, in the order of the table of targets. */
export const rows: readonly BenchRow[] = [
  coldScan,
  warmScan,
  rescan,
  millionFiles,
  sourceScan,
  pythonParse,
  repositoryScan,
  storeRelations,
  layout,
  render,
  contractCalls,
  eventLoop,
  peakMemory,
];
