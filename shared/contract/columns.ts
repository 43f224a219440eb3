import { z } from 'zod';

/**
 * Many rows as typed columns: ten times cheaper to send than objects. Strings travel as one text with a line feed
 * between the rows (a line feed inside a value is sent as U+2028), so that a column stays one clone.
 */
export const textColumnSchema = z.string();
export const packText = (values: readonly string[]): string =>
  values.map((value) => (value.includes('\n') ? value.replaceAll('\n', '\u2028') : value)).join('\n');
export const unpackText = (column: string, count: number): string[] => (count === 0 ? [] : column.split('\n'));

export const bytesSchema = z.instanceof(Uint8Array);
export const wordsSchema = z.instanceof(Uint32Array);
