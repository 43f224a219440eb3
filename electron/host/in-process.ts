import type { CallName, Input, Output } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import type { Engine } from '../engine/engine.ts';
import type { Logger } from '../engine/log.ts';
import { createRouter } from './router.ts';

/** The engine for callers in this same process (the command line, tests), with the checks that every other host has. */
export type InProcessHost = {
  call<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>>;
  readonly subscribe: Engine['subscribe'];
  close(): Promise<void>;
};

export function createInProcessHost(engine: Engine, log: Logger): InProcessHost {
  const router = createRouter(engine, log);
  return { call: router.ask, subscribe: (listener) => engine.subscribe(listener), close: () => engine.close() };
}
