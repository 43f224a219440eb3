import type { z } from 'zod';

/**
 * A call of the engine. A query changes nothing; a command changes something, runs one at a time and is logged.
 * Input and output are parsed on both sides of every boundary: the output schema is the list of what may leave.
 */
export type Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly type: 'query' | 'command';
  readonly input: I;
  readonly output: O;
};

export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ type: 'query', input, output }) as const;
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ type: 'command', input, output }) as const;

/** Something that happened. Says what changed; whoever cares asks again. */
export type Event<P extends z.ZodType = z.ZodType> = { readonly type: 'event'; readonly payload: P };
export const event = <P extends z.ZodType>(payload: P) => ({ type: 'event', payload }) as const;
