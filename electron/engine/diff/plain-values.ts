import type { JsonValue } from '../../../shared/model/facts.ts';

/** Numbers of lines: where something stands in its file, not what it is. */
const lineKeys = new Set(['line', 'endLine', 'lines', 'firstLine', 'column']);

/** The value without the numbers of lines; lists sorted, because the order in which files are read is none of the facts. */
export function withoutLines(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[])
      .map(withoutLines)
      .map((item) => ({ item, text: JSON.stringify(item) }))
      .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
      .map(({ item }) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !lineKeys.has(key))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => [key, withoutLines(item as JsonValue)]),
  );
}

/** For values that went through `withoutLines`. */
export const sameValue = (a: JsonValue, b: JsonValue): boolean => JSON.stringify(a) === JSON.stringify(b);
