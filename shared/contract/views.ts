import { z } from 'zod';
import { command, event, query } from './call.ts';

/** A named address inside the workspace: filters, columns, lens, selection. */
export const savedViewSchema = z.strictObject({
  id: z.string(),
  name: z.string().min(1).max(120),
  screen: z.enum(['inventory', 'graph']),
  /** The query part of the address, as the router writes it. */
  search: z.string().max(4000),
  createdAt: z.int(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const viewsContract = {
  'views.list': query(z.strictObject({}), z.array(savedViewSchema)),
  'views.save': command(
    z.strictObject({
      id: z.string().nullable(),
      name: z.string().trim().min(1).max(120),
      screen: z.enum(['inventory', 'graph']),
      search: z.string().max(4000),
    }),
    savedViewSchema,
  ),
  'views.remove': command(z.strictObject({ id: z.string() }), z.null()),
  /** Positions that a person gave to graph cards, kept across rescans. */
  'views.positions': query(
    z.strictObject({ layout: z.string().max(500) }),
    z.array(z.strictObject({ id: z.string(), x: z.number(), y: z.number() })),
  ),
  'views.setPositions': command(
    z.strictObject({
      layout: z.string().max(500),
      positions: z.array(z.strictObject({ id: z.string(), x: z.number(), y: z.number() })).max(10_000),
    }),
    z.null(),
  ),
} as const;

export const viewsEvents = { 'views.changed': event(z.strictObject({})) } as const;
