import { z } from 'zod';
import { assetRecordSchema, recordChangesSchema, recordEntrySchema } from '../model/records.ts';
import { command, event, query } from './call.ts';

const idSchema = z.string().min(1).max(200);
/** Who says it, as people write their name: this product has no accounts. */
export const bySchema = z.string().trim().min(1).max(200);

export const namedRecordSchema = z.strictObject({ asset: z.string(), record: assetRecordSchema });
export type NamedRecord = z.infer<typeof namedRecordSchema>;

export const recordsContract = {
  /** What people said about an asset, and every change of it, newest first. An asset without a record has an empty one. */
  'records.get': query(
    z.strictObject({ asset: idSchema }),
    z.strictObject({ record: assetRecordSchema, history: z.array(recordEntrySchema) }),
  ),
  /** Assets that anybody said anything about. */
  'records.list': query(z.strictObject({}), z.array(namedRecordSchema)),
  /** Changes one or several records; a field that is given the value it has adds nothing to the history. */
  'records.set': command(
    z.strictObject({ assets: z.array(idSchema).min(1).max(1000), by: bySchema, changes: recordChangesSchema }),
    z.array(namedRecordSchema),
  ),
} as const;

/** Records or imports changed: whoever shows owners, states or labels asks again. */
export const recordsEvents = { 'records.changed': event(z.strictObject({})) } as const;
