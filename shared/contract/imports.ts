import { z } from 'zod';
import { importedAgentSchema, importIssueSchema } from '../model/imports.ts';
import { command, query } from './call.ts';
import { bySchema } from './records.ts';

export const importSummarySchema = z.strictObject({
  id: z.int(),
  type: z.enum(['registry', 'agents', 'context', 'tools']),
  name: z.string(),
  sha256: z.string(),
  /** Rows that were understood, by what they are: `entries`, or `stores`, `environments`, `owners`, or `servers`, `tools`. */
  rows: z.record(z.string(), z.int()),
  issues: z.array(importIssueSchema),
  by: z.string(),
  at: z.int(),
  /** Null while it counts; else it was replaced or taken out. */
  endedAt: z.int().nullable(),
  endedBy: z.string().nullable(),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;

export const importsContract = {
  /** Imports that count and those that did, newest first. */
  'imports.list': query(z.strictObject({}), z.array(importSummarySchema)),
  /**
   * Imports a file of this machine, or a text that was dropped on the page. What it is - registry, agents, classification,
   * environments, lists of MCP tools - is told by its content. The same name and type again takes the place of the earlier one.
   */
  'imports.add': command(
    z.strictObject({
      file: z.union([
        z.strictObject({ path: z.string().min(1).max(4096) }),
        z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(8 * 1024 * 1024) }),
      ]),
      /** For lists of tools that do not say whose they are: id of the server. */
      server: z.string().max(200).optional(),
      by: bySchema,
    }),
    importSummarySchema,
  ),
  /** Takes an import out; it stays in the list as history. */
  'imports.remove': command(z.strictObject({ id: z.int(), by: bySchema }), z.null()),
  /** Enters one agent that no scan can see. It is kept like an imported one, in a list called "entered by hand". */
  'imports.addAgent': command(
    z.strictObject({
      agent: importedAgentSchema.omit({ line: true }).partial().required({ name: true }),
      by: bySchema,
    }),
    z.strictObject({ id: z.string() }),
  ),
  'imports.removeAgent': command(z.strictObject({ id: z.string().max(200), by: bySchema }), z.null()),
} as const;
