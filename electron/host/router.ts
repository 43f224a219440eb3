import { type CallName, contract, type Input, isCallName, type Output } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Engine, Handlers } from '../engine/engine.ts';
import { AppError } from '../engine/errors.ts';
import type { Logger } from '../engine/log.ts';

/** Calls from outside, untyped, to handlers, typed. Whatever is thrown becomes a value; commands run one at a time. */
export type Router = {
  call(name: unknown, input: unknown): Promise<Result<unknown>>;
  /** The same for callers inside this process that have types. */
  ask<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>>;
};

export function createRouter(engine: Engine, log: Logger): Router {
  let lastCommand: Promise<unknown> = Promise.resolve();

  async function run(name: CallName, input: unknown): Promise<Result<unknown>> {
    const call = contract[name];
    const parsed = call.input.safeParse(input);
    if (!parsed.success) {
      const first = parsed.error.issues[0];
      return fail('bad-request', `${name}: ${first?.path.join('.') ?? ''} ${first?.message ?? 'not understood'}`);
    }
    try {
      const handler = engine.handlers[name] as Handlers[typeof name] & ((value: unknown) => unknown);
      const value = await handler(parsed.data as never);
      const output = call.output.safeParse(value);
      if (!output.success) {
        log.error('answer does not fit the contract', { call: name, issue: output.error.issues[0]?.message ?? '' });
        return fail('internal', `The answer to ${name} was not in the agreed form.`);
      }
      return ok(output.data);
    } catch (error) {
      if (error instanceof AppError) return fail(error.code, error.message);
      log.error('call failed', {
        call: name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return fail('internal', `${name} failed. The log has the details.`);
    }
  }

  async function call(name: unknown, input: unknown): Promise<Result<unknown>> {
    if (typeof name !== 'string' || !isCallName(name)) return fail('bad-request', 'There is no such call.');
    if (contract[name].type === 'query') return run(name, input);
    const turn = lastCommand.then(() => {
      log.info('command', { call: name });
      return run(name, input);
    });
    lastCommand = turn;
    return turn;
  }

  return { call, ask: call as Router['ask'] };
}
