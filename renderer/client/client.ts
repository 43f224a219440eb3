import {
  type CallName,
  contract,
  type EventName,
  type EventPayload,
  events,
  type Input,
  type Output,
} from '../../shared/contract/index.ts';
import type { MenuAction, WorkspaceFilePurpose } from '../../shared/desktop-bridge.ts';
import { fail, failureSchema, ok, type Result } from '../../shared/result.ts';

/** The engine as the screens see it. An ability that is absent hides its button or offers another way. */
export type Client = {
  readonly host: 'desktop' | 'browser';
  call<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>>;
  /** Returns the end of the subscription. */
  subscribe<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Native dialogs; null when the person cancelled. */
  readonly chooseFolder?: () => Promise<string | null>;
  readonly chooseWorkspaceFile?: (purpose: WorkspaceFilePurpose) => Promise<string | null>;
  /** Absolute path of a dropped file or folder; null where the host cannot know it. */
  readonly pathOfDrop?: (file: File) => string | null;
  /** What the native menu, a link or a file opened from outside asks for. Returns the end of listening. */
  readonly onMenuAction?: (listener: (action: MenuAction) => void) => () => void;
};

/** What carries calls and events, untyped. `call` answers with a `Result`, whatever shape its value has. */
export type Transport = {
  call(name: string, input: unknown): Promise<unknown>;
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
};

/** Types on top of a transport: answers and events are parsed by the contract before any screen sees them. */
export function createClient(transport: Transport, abilities: Omit<Client, 'call' | 'subscribe'>): Client {
  return {
    ...abilities,
    async call(name, input) {
      let answer: unknown;
      try {
        answer = await transport.call(name, input);
      } catch {
        return fail('unavailable', 'The engine did not answer.');
      }
      return parseAnswer(name, answer);
    },
    subscribe(name, listener) {
      return transport.subscribe(name, (payload) => {
        const parsed = events[name].payload.safeParse(payload);
        if (parsed.success) listener(parsed.data as never);
      });
    },
  };
}

function parseAnswer<N extends CallName>(name: N, answer: unknown): Result<Output<N>> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return notAgreed(name);
  if (answer.ok === true && 'value' in answer) {
    const parsed = contract[name].output.safeParse(answer.value);
    return parsed.success ? ok(parsed.data as Output<N>) : notAgreed(name);
  }
  const failure = failureSchema.safeParse('error' in answer ? answer.error : undefined);
  return failure.success ? { ok: false, error: failure.data } : notAgreed(name);
}

const notAgreed = (name: string): Result<never> =>
  fail('internal', `The answer to ${name} was not in the agreed form. Window and engine may be of different versions.`);
