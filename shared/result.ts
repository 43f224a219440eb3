import { z } from 'zod';

/** Codes of expected failures. Clients decide by code, people read the message. */
export const errorCodes = [
  'bad-request',
  'not-found',
  'unavailable',
  'cancelled',
  'busy',
  'read-only',
  'file-unreadable',
  'workspace-newer',
  'workspace-damaged',
  'workspace-foreign',
  'workspace-locked',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** A failure that crosses a boundary: a code and a sentence, never a path of the code or a stack. */
export const failureSchema = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string().max(2000),
});
export type Failure = z.infer<typeof failureSchema>;

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (code: ErrorCode, message: string): Result<never> => ({ ok: false, error: { code, message } });
