import { z } from 'zod';
import { query } from './call.ts';
import { comparisonSchema } from '../model/changes.ts';

export const changesContract = {
  /**
   * What is different between two scans, with both values and the evidence of both sides. `to` null: the latest complete
   * scan; `from` null: the complete one before it. Null where there are no two scans to compare.
   */
  'changes.between': query(
    z.strictObject({ from: z.int().min(1).nullable(), to: z.int().min(1).nullable() }),
    comparisonSchema.nullable(),
  ),
} as const;
