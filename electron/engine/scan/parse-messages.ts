import type { MessagePort } from 'node:worker_threads';
import type { FileInput, ModuleSummary, Reading } from '../sources/source.ts';

/** What crosses between the runner and a parse worker. */
export type ParseRequest = {
  readonly id: number;
  readonly source: string;
  readonly file: FileInput;
  /** Where the answer goes when the one who asks sleeps until it is there: the first number of `flag` then is 1. */
  readonly awaited?: { readonly port: MessagePort; readonly flag: SharedArrayBuffer };
};
export type ParseAnswer =
  | { readonly id: number; readonly type: 'summary'; readonly summary: ModuleSummary }
  | { readonly id: number; readonly type: 'reading'; readonly reading: Reading }
  | { readonly id: number; readonly type: 'failed'; readonly message: string };
