import type { JsonValue, Properties } from '../../shared/model/facts.ts';
import { isObject, valueText } from './property-words.ts';

/**
 * One property that differs. `members`: a list of which some members came or went, each as text. `value`: anything else,
 * as text on both sides; null where a side has none.
 */
export type Difference =
  | { readonly form: 'value'; readonly name: string; readonly before: string | null; readonly after: string | null }
  | {
      readonly form: 'members';
      readonly name: string;
      readonly removed: readonly string[];
      readonly added: readonly string[];
    };

/** Where a thing stands is no part of what it is: a line that moved is no difference. */
const placeKeys: ReadonlySet<string> = new Set(['line', 'endLine']);

export function withoutLines(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutLines(item as JsonValue));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !placeKeys.has(key))
      .map(([key, item]) => [key, withoutLines(item)]),
  );
}

/** The same text for the same value, whatever the order of its keys. */
function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item as JsonValue)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`)
    .join(',')}}`;
}

export const sameValue = (first: JsonValue, second: JsonValue): boolean =>
  canonical(withoutLines(first)) === canonical(withoutLines(second));

/** Without what says nothing: a person reads what is set. */
function spoken(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => spoken(item as JsonValue));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null && item !== '' && !(Array.isArray(item) && item.length === 0))
      .map(([key, item]) => [key, spoken(item)]),
  );
}
/** A value as text, without lines and without what says nothing. */
export const spokenText = (value: JsonValue): string => valueText(spoken(withoutLines(value)));

const textOf = (value: JsonValue | undefined): string | null => {
  if (value === undefined || value === null || value === '') return null;
  const text = spokenText(value);
  return text === '' ? 'none' : text;
};

/** How one property differs between two sides; null where it does not. */
export function differenceOf(
  name: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Difference | null {
  if (sameValue(before ?? null, after ?? null)) return null;
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, fresh] = [memberTexts(before), memberTexts(after)];
    const removed = old.filter(([key]) => !fresh.some(([other]) => other === key)).map(([, text]) => text);
    const added = fresh.filter(([key]) => !old.some(([other]) => other === key)).map(([, text]) => text);
    if (removed.length + added.length > 0) return { form: 'members', name, removed, added };
  }
  return { form: 'value', name, before: textOf(before), after: textOf(after) };
}

const memberTexts = (list: readonly JsonValue[]): readonly (readonly [string, string])[] =>
  list.map((item) => [canonical(withoutLines(item)), spokenText(item)] as const);

/** Properties that differ between two forms of one thing, by name. */
export function differencesOf(before: Properties, after: Properties): readonly Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => differenceOf(name, before[name], after[name]) ?? []);
}
