import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { repository } from '../fixtures/real-engine.ts';

const tableSchema = z.strictObject({
  note: z.string(),
  rows: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-E]-\d{2,3}$/),
      group: z.string().min(1),
      status: z.enum(['done', 'part', 'open']),
      tests: z.array(z.string()),
      note: z.string().min(1).optional(),
    }),
  ),
});

test('the table of requirements names tests that are there, and says why a row is not done', () => {
  const { rows } = tableSchema.parse(JSON.parse(readFileSync(join(repository, 'test/requirements.json'), 'utf8')));
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  const faults = rows.flatMap(({ id, status, tests, note }) => [
    ...tests.filter((file) => !existsSync(join(repository, file))).map((file) => `${id}: no ${file}`),
    ...(status === 'done' && tests.length === 0 ? [`${id}: done without a test`] : []),
    ...(status !== 'done' && note === undefined ? [`${id}: ${status} without a reason`] : []),
  ]);
  expect(faults).toEqual([]);
});
