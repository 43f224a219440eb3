import type { ScanLimits } from '../../../shared/model/scan.ts';
import { scanLimitsSchema } from '../../../shared/model/scan.ts';

/** A limit as a person edits it: in the unit of the label, stored in the unit of the engine. */
export type LimitField = {
  readonly name: keyof ScanLimits;
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
  /** Engine units in one unit of the label. */
  readonly factor: number;
};

export const limitFields: readonly LimitField[] = [
  {
    name: 'maxFileBytes',
    label: 'Largest file',
    unit: 'kB',
    factor: 1024,
    hint: 'Larger files are listed as too large and not read.',
  },
  {
    name: 'maxFolderEntries',
    label: 'Entries of one folder',
    unit: 'entries',
    factor: 1,
    hint: 'The rest of a larger folder is listed as skipped.',
  },
  {
    name: 'maxDepth',
    label: 'Depth below a root',
    unit: 'levels',
    factor: 1,
    hint: 'Deeper folders are listed as skipped.',
  },
  {
    name: 'maxFileSeconds',
    label: 'Time for one file',
    unit: 'seconds',
    factor: 1,
    hint: 'A file that takes longer is listed as unreadable.',
  },
];

/** The limit in engine units, or the sentence that says what is wrong. */
export function readLimit(
  field: LimitField,
  text: string,
): { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string } {
  const number = Number(text.replaceAll(/[\s,_]/g, ''));
  if (text.trim() === '' || !Number.isFinite(number)) return { ok: false, message: 'This is not a number.' };
  const parsed = scanLimitsSchema.shape[field.name].safeParse(Math.round(number * field.factor));
  if (parsed.success) return { ok: true, value: parsed.data };
  const { minimum, maximum } = limitRange(field);
  return {
    ok: false,
    message: `From ${minimum.toLocaleString('en-US')} to ${maximum.toLocaleString('en-US')} ${field.unit}.`,
  };
}

/** Smallest and largest value in the unit of the label. */
export function limitRange(field: LimitField): { readonly minimum: number; readonly maximum: number } {
  const inner = scanLimitsSchema.shape[field.name].unwrap();
  return {
    minimum: Math.ceil((inner.minValue ?? 1) / field.factor),
    maximum: Math.floor((inner.maxValue ?? Number.MAX_SAFE_INTEGER) / field.factor),
  };
}

export const shownLimit = (field: LimitField, limits: ScanLimits): string => String(limits[field.name] / field.factor);

/** Libraries in the window and the terms they come under. */
export const licences: readonly { readonly name: string; readonly licence: string }[] = [
  { name: 'Countersign', licence: 'Apache-2.0' },
  { name: 'Inter, JetBrains Mono (fonts)', licence: 'OFL-1.1' },
  { name: 'React, zustand, zod, Base UI, TanStack Virtual, React Flow', licence: 'MIT' },
  { name: 'Lucide (icons)', licence: 'ISC' },
];
