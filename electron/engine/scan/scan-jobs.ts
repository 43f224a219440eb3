import { Worker } from 'node:worker_threads';
import type { EventName, EventPayload } from '../../../shared/contract/index.ts';
import type { ScanRequest } from '../../../shared/contract/scans.ts';
import type { ScanProgress } from '../../../shared/model/scan.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Platform } from '../sources/source.ts';
import type { OpenWorkspace } from '../store/open.ts';
import type { ScanWorkerData, ScanWorkerMessage } from './scan-worker-messages.ts';

export type ScanJobs = {
  /** Starts a scan into the workspace and resolves with its number once it has one. */
  start(workspace: OpenWorkspace, request: ScanRequest): Promise<number>;
  cancel(number: number): void;
  running(): ScanProgress | null;
  /** Cancels what runs and waits for its end. */
  cancelAll(): Promise<void>;
};

export type ScanJobsDeps = {
  readonly scanWorker: URL;
  readonly parseWorker: URL;
  readonly tool: string;
  readonly platform: Platform;
  readonly log: Logger;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
};

type Job = {
  worker: Worker;
  workspace: OpenWorkspace;
  number: number | null;
  progress: ScanProgress | null;
  ended: Promise<void>;
};

/** Runs scans as jobs in worker threads, one at a time. */
export function createScanJobs(deps: ScanJobsDeps): ScanJobs {
  let job: Job | null = null;

  function start(workspace: OpenWorkspace, request: ScanRequest): Promise<number> {
    if (job !== null) throw new AppError('busy', 'A scan is running already.');
    const data: ScanWorkerData = {
      file: workspace.file,
      request,
      parseWorker: deps.parseWorker.href,
      tool: deps.tool,
      platform: deps.platform,
    };
    const worker = new Worker(deps.scanWorker, { workerData: data });
    return new Promise<number>((resolve, reject) => {
      let finish: () => void = () => {};
      const current: Job = {
        worker,
        workspace,
        number: null,
        progress: null,
        ended: new Promise((done) => (finish = done)),
      };
      job = current;
      let last: Extract<ScanWorkerMessage, { type: 'ended' | 'failed' }> | null = null;
      worker.on('message', (message: ScanWorkerMessage) => {
        switch (message.type) {
          case 'progress':
            current.progress = message.progress;
            if (current.number === null) {
              current.number = message.progress.number;
              resolve(current.number);
            }
            deps.emit('scans.progress', message.progress);
            break;
          case 'log':
            deps.log.info('scan', { line: message.line.trim() });
            break;
          default:
            last = message;
        }
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        last = { type: 'failed', message: memory ? 'The scan needed more memory than there is.' : error.message };
      });
      worker.on('exit', () => {
        job = null;
        const number = last?.type === 'ended' ? last.number : current.number;
        if (last === null || last.type === 'failed') {
          const message = last?.message ?? 'The scan ended without a result.';
          deps.log.error('scan failed', { message });
          if (number !== null) markFailed(current.workspace, number);
          if (current.number === null) reject(new AppError('internal', `The scan could not start: ${message}`));
          else deps.emit('scans.ended', { number: current.number, status: 'failed', message });
        } else {
          if (current.number === null) resolve(last.number);
          deps.emit('scans.ended', { number: last.number, status: last.status, message: last.message });
        }
        finish();
      });
    });
  }

  return {
    start,
    cancel(number) {
      if (job?.number === number) job.worker.postMessage('cancel');
    },
    running: () => job?.progress ?? null,
    async cancelAll() {
      if (job === null) return;
      job.worker.postMessage('cancel');
      await job.ended;
    },
  };
}

/** A worker that died could not say so in the workspace itself. */
function markFailed(workspace: OpenWorkspace, number: number): void {
  if (workspace.readOnly) return;
  workspace.connection
    .prepare("UPDATE scan SET status = 'partial' WHERE number = ? AND status = 'running'")
    .run(number);
}
