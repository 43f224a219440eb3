import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { CallName, EventName, EventPayload, Input, Output } from '../../shared/contract/index.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { Client } from './client.ts';
import { type Answer, QueryCache, type QueryName } from './query-cache.ts';

const ClientContext = createContext<{ readonly client: Client; readonly cache: QueryCache } | null>(null);

export function ClientProvider({ client, children }: { readonly client: Client; readonly children: ReactNode }) {
  const value = useMemo(() => ({ client, cache: new QueryCache(client) }), [client]);
  useEffect(() => value.cache.connect(), [value]);
  return <ClientContext value={value}>{children}</ClientContext>;
}

function useClientContext() {
  const value = use(ClientContext);
  if (value === null) throw new Error('ClientProvider is missing above this component.');
  return value;
}

export const useClient = (): Client => useClientContext().client;
export const useQueryCache = (): QueryCache => useClientContext().cache;

const loading = { state: 'loading' } as const;
const noSubscription = (): (() => void) => () => {};

/** The answer of a query, kept up to date by events. `input` null: not asked (stays loading). */
export function useCall<N extends QueryName>(name: N, input: Input<N> | null): Answer<Output<N>> {
  const cache = useQueryCache();
  const key = input === null ? null : JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input, whose identity changes with each render
  const [watch, read] = useMemo(() => {
    if (input === null) return [noSubscription, () => loading];
    return [(listener: () => void) => cache.watch(name, input, listener), () => cache.read(name, input)] as const;
  }, [cache, name, key]);
  return useSyncExternalStore(watch, read);
}

/** Whether any question to the engine is under way. */
export function useIsWaiting(): boolean {
  const cache = useQueryCache();
  return useSyncExternalStore(cache.watchWaiting, cache.isWaiting);
}

/** Value of an answer, fresh or not; undefined while there is none. */
export const valueOf = <T,>(answer: Answer<T>): T | undefined =>
  answer.state === 'loading' ? undefined : answer.value;

export function useEvent<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): void {
  const client = useClient();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.subscribe(name, (payload) => latest.current(payload)), [client, name]);
}

/** A command with its state, for buttons: what runs and what failed last. */
export function useCommand<N extends CallName>(name: N) {
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const run = useCallback(
    async (input: Input<N>): Promise<Result<Output<N>>> => {
      setRunning(true);
      setError(null);
      const result = await client.call(name, input);
      setRunning(false);
      if (!result.ok) setError(result.error);
      return result;
    },
    [client, name],
  );
  return { run, running, error, clearError: useCallback(() => setError(null), []) };
}
