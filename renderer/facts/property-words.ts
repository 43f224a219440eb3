import type { JsonValue, Properties } from '../../shared/model/facts.ts';
import { sentenceCase } from '../ui/kind-words.ts';

/** "apiBaseUrl" reads "API base URL", "envNames" reads "Env names". */
export const propertyTitle = (name: string): string => sentenceCase(propertyWord(name));

/** The same inside a sentence: "API base URL", "env names". */
export function propertyWord(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]/g, ' ')
    .toLowerCase()
    .replaceAll(/\b(url|api|id|mcp|cli|http|ide|sha256|uri)\b/g, (word) => word.toUpperCase());
}

export const isObject = (value: JsonValue): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text of a value in one line. */
export function valueText(value: JsonValue): string {
  if (value === null) return 'not set';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((item) => valueText(item as JsonValue)).join(', ');
  return Object.entries(value)
    .map(([key, item]) => `${propertyWord(key)}: ${valueText(item)}`)
    .join(', ');
}
