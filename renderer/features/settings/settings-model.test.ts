import { describe, expect, it } from 'vitest';
import { scanLimitsSchema } from '../../../shared/model/scan.ts';
import { type LimitField, limitFields, limitRange, readLimit, shownLimit } from './settings-model.ts';

const size = limitFields[0] as LimitField;

describe('limits', () => {
  it('covers every limit of a scan', () => {
    expect(limitFields.map((field) => field.name).toSorted()).toEqual(Object.keys(scanLimitsSchema.shape).toSorted());
  });

  it('reads what it shows', () => {
    const limits = scanLimitsSchema.parse({});
    for (const field of limitFields)
      expect(readLimit(field, shownLimit(field, limits))).toEqual({ ok: true, value: limits[field.name] });
  });

  it('accepts both ends of the range and refuses what lies outside', () => {
    const { minimum, maximum } = limitRange(size);
    expect([readLimit(size, String(minimum)).ok, readLimit(size, String(maximum)).ok]).toEqual([true, true]);
    expect(readLimit(size, String(maximum + 1))).toEqual({ ok: false, message: 'From 1 to 65,536 kB.' });
    expect(readLimit(size, 'many')).toEqual({ ok: false, message: 'This is not a number.' });
    expect(readLimit(size, ' ')).toEqual({ ok: false, message: 'This is not a number.' });
    expect(readLimit(size, '4,096')).toEqual({ ok: true, value: 4096 * 1024 });
  });
});
