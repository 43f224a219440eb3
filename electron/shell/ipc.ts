import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Logger } from '../engine/log.ts';
import { appHost, appScheme } from './channels.ts';

/** One channel that pages may use: what may be said on it and what happens then. */
export type Channel = {
  readonly name: string;
  /** `invoke` is answered with a Result; `send` is not answered. */
  readonly type: 'invoke' | 'send';
  handle(message: unknown, contents: WebContents): Promise<Result<unknown>>;
};

/** Binds a schema and a handler, so that no handler ever sees an unparsed message. */
export function channel<S extends z.ZodType>(
  name: string,
  type: Channel['type'],
  schema: S,
  handle: (message: z.output<S>, contents: WebContents) => unknown,
): Channel {
  return {
    name,
    type,
    async handle(message, contents) {
      const parsed = schema.safeParse(message);
      if (!parsed.success) return fail('bad-request', 'The message was not understood.');
      return ok(await handle(parsed.data, contents));
    },
  };
}

type Sender = Pick<IpcMainInvokeEvent | IpcMainEvent, 'sender' | 'senderFrame'>;

/** Whether a message comes from the top frame of one of our windows, showing one of our pages. */
export function isTrustedSender(event: Sender, isOurs: (contents: WebContents) => boolean): boolean {
  const frame = event.senderFrame;
  if (!frame || event.sender.isDestroyed() || !isOurs(event.sender)) return false;
  if (frame.parent !== null || frame !== event.sender.mainFrame) return false;
  try {
    const url = new URL(frame.url);
    return url.protocol === `${appScheme}:` && url.host === appHost;
  } catch {
    return false;
  }
}

/** The one place where channels are registered. Errors leave as codes; what happened is in the log. */
export function registerChannels(
  ipcMain: Pick<IpcMain, 'handle' | 'on'>,
  list: readonly Channel[],
  isOurs: (contents: WebContents) => boolean,
  log: Logger,
): void {
  for (const entry of list) {
    const answer = async (event: Sender, args: readonly unknown[]): Promise<Result<unknown>> => {
      if (!isTrustedSender(event, isOurs)) {
        log.warn('message refused', { channel: entry.name, reason: 'sender' });
        return fail('bad-request', 'This page may not ask for that.');
      }
      if (args.length > 1) return fail('bad-request', 'The message was not understood.');
      try {
        return await entry.handle(args[0], event.sender);
      } catch (error) {
        log.error('channel failed', {
          channel: entry.name,
          error: error instanceof Error ? error.message : String(error),
        });
        return fail('internal', 'That did not work. The log has the details.');
      }
    };
    if (entry.type === 'invoke') ipcMain.handle(entry.name, (event, ...args: unknown[]) => answer(event, args));
    else ipcMain.on(entry.name, (event, ...args: unknown[]) => void answer(event, args));
  }
}
