import type { CallName, EventName, EventPayload, Output, ParsedInput } from '../../shared/contract/index.ts';

/** One function per call of the contract; throws AppError for what is expected to fail. */
export type Handlers = {
  readonly [N in CallName]: (input: ParsedInput<N>) => Output<N> | Promise<Output<N>>;
};

export type EventListener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/** The engine as its hosts see it. It does not know which one it is in. */
export type Engine = {
  readonly handlers: Handlers;
  /** Listens to every event; returns the end of it. */
  subscribe(listener: EventListener): () => void;
  /** Cancels what runs, keeps what is committed, closes the workspace. */
  close(): Promise<void>;
};
