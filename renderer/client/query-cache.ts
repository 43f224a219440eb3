import type { CallName, contract, EventName, EventPayload, Input, Output } from '../../shared/contract/index.ts';
import { assertNever } from '../../shared/kinds.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { Client } from './client.ts';

/** Names of the calls that only ask. */
export type QueryName = { [N in CallName]: (typeof contract)[N]['type'] extends 'query' ? N : never }[CallName];

/** `value` stays on screen while it is asked again (`stale`) and after a failure of asking again. */
export type Answer<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T; readonly stale: boolean }
  | { readonly state: 'failed'; readonly error: Failure; readonly value: T | undefined };

type Entry = {
  readonly name: QueryName;
  readonly input: unknown;
  answer: Answer<unknown>;
  /** Raised by every invalidation, so that an answer to an older question is not shown as the newest. */
  asked: number;
  usedAt: number;
  readonly listeners: Set<() => void>;
};

/** Answers that nobody looks at are kept for going back, up to this many. */
const keptUnused = 60;

/** Which answers an event makes old. A prefix ends with a dot; a name stands for itself. */
export function madeOldBy(event: EventName): readonly string[] {
  switch (event) {
    case 'workspaces.changed':
      return [
        'workspaces.',
        'scans.',
        'assets.',
        'views.',
        'records.',
        'imports.',
        'registry.',
        'inventory.',
        'changes.',
        'permissions.',
        'findings.',
      ];
    case 'scans.progress':
      return [];
    case 'scans.ended':
      return [
        'scans.',
        'assets.',
        'workspaces.current',
        'registry.',
        'inventory.',
        'changes.',
        'permissions.',
        'findings.',
      ];
    case 'records.changed':
      return ['records.', 'imports.', 'registry.', 'inventory.', 'assets.'];
    case 'views.changed':
      return ['views.list'];
    case 'settings.changed':
      return ['settings.'];
    default:
      return assertNever(event);
  }
}

/** Thin cache of the engine's answers, keyed by call and input, made old by events. */
export class QueryCache {
  readonly #client: Client;
  readonly #entries = new Map<string, Entry>();
  #clock = 0;
  #waiting = 0;
  readonly #waitListeners = new Set<() => void>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Listens to the engine until the returned function is called. */
  connect(): () => void {
    const names: readonly EventName[] = [
      'workspaces.changed',
      'scans.ended',
      'views.changed',
      'settings.changed',
      'records.changed',
    ];
    const ends = names.map((name) => this.#client.subscribe(name, () => this.invalidate(madeOldBy(name))));
    const endProgress = this.#client.subscribe('scans.progress', (progress: EventPayload<'scans.progress'>) => {
      this.put('scans.running', {}, progress);
    });
    return () => {
      for (const end of [...ends, endProgress]) end();
    };
  }

  /** The answer as it is known now; asks when nothing is known yet. The same object until it changes. */
  read<N extends QueryName>(name: N, input: Input<N>): Answer<Output<N>> {
    const entry = this.#entry(name, input);
    entry.usedAt = ++this.#clock;
    if (entry.asked === 0) this.#ask(entry);
    return entry.answer as Answer<Output<N>>;
  }

  watch<N extends QueryName>(name: N, input: Input<N>, listener: () => void): () => void {
    const entry = this.#entry(name, input);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      this.#drop();
    };
  }

  put<N extends QueryName>(name: N, input: Input<N>, value: Output<N>): void {
    const entry = this.#entry(name, input);
    entry.asked += 1;
    this.#show(entry, { state: 'ready', value, stale: false });
  }

  /** Asks again what is on screen and forgets the rest. */
  invalidate(prefixes: readonly string[]): void {
    const isOld = (name: string): boolean =>
      prefixes.some((prefix) => (prefix.endsWith('.') ? name.startsWith(prefix) : name === prefix));
    for (const [key, entry] of this.#entries) {
      if (!isOld(entry.name)) continue;
      if (entry.listeners.size === 0) {
        entry.asked += 1;
        this.#entries.delete(key);
      } else this.#ask(entry);
    }
  }

  #entry(name: QueryName, input: unknown): Entry {
    const key = `${name} ${JSON.stringify(input)}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { name, input, answer: { state: 'loading' }, asked: 0, usedAt: ++this.#clock, listeners: new Set() };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  #ask(entry: Entry): void {
    entry.asked += 1;
    const { asked } = entry;
    if (entry.answer.state === 'ready') this.#show(entry, { ...entry.answer, stale: true });
    this.#wait(1);
    void (this.#client.call(entry.name, entry.input as never) as Promise<Result<unknown>>).then((result) => {
      this.#wait(-1);
      if (entry.asked !== asked) return;
      if (result.ok) this.#show(entry, { state: 'ready', value: result.value, stale: false });
      else {
        const value = entry.answer.state === 'loading' ? undefined : entry.answer.value;
        this.#show(entry, { state: 'failed', error: result.error, value });
      }
    });
  }

  /** Whether questions are under way: what is on screen may be about to change. */
  readonly isWaiting = (): boolean => this.#waiting > 0;

  readonly watchWaiting = (listener: () => void): (() => void) => {
    this.#waitListeners.add(listener);
    return () => this.#waitListeners.delete(listener);
  };

  #wait(change: 1 | -1): void {
    const before = this.isWaiting();
    this.#waiting += change;
    if (before === this.isWaiting()) return;
    // Asking happens while a component draws; whoever listens must not be drawn again in the middle of that.
    queueMicrotask(() => {
      for (const listener of [...this.#waitListeners]) listener();
    });
  }

  #show(entry: Entry, answer: Answer<unknown>): void {
    entry.answer = answer;
    for (const listener of entry.listeners) listener();
  }

  #drop(): void {
    const unused = [...this.#entries].filter(([, entry]) => entry.listeners.size === 0);
    if (unused.length <= keptUnused) return;
    unused.sort(([, first], [, second]) => first.usedAt - second.usedAt);
    for (const [key] of unused.slice(0, unused.length - keptUnused)) this.#entries.delete(key);
  }
}
