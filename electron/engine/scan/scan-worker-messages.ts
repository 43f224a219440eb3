import type { Platform } from '../sources/source.ts';
import type { ScanProgress, ScanStatus } from '../../../shared/model/scan.ts';
import type { ScanRequest } from '../../../shared/contract/scans.ts';

/** What the engine gives a scan worker when it starts it. */
export type ScanWorkerData = {
  readonly file: string;
  readonly request: ScanRequest;
  readonly parseWorker: string;
  readonly tool: string;
  readonly platform: Platform;
};

/** From the worker to the engine. */
export type ScanWorkerMessage =
  | { readonly type: 'progress'; readonly progress: ScanProgress }
  | {
      readonly type: 'ended';
      readonly number: number;
      readonly status: Exclude<ScanStatus, 'running'>;
      readonly message: string;
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'log'; readonly line: string };
