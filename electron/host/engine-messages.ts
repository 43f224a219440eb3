import { z } from 'zod';

/**
 * What the window's process and the engine's process tell each other besides the calls, which travel over ports of
 * their own. `serve` carries one port.
 */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('serve') }),
  /** After a restart: open again what was open. */
  z.strictObject({ type: z.literal('reopen'), path: z.string().max(4096) }),
  z.strictObject({ type: z.literal('close') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('workspace'), path: z.string().nullable(), name: z.string().nullable() }),
  z.strictObject({
    type: z.literal('recent'),
    workspaces: z.array(z.strictObject({ path: z.string(), name: z.string() })).max(10),
  }),
  z.strictObject({ type: z.literal('theme'), theme: z.enum(['system', 'light', 'dark']) }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
