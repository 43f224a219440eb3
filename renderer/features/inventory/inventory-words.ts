import type { AssetKind } from '../../../shared/kinds.ts';
import type { DeclaredState } from '../../../shared/model/records.ts';
import type { InventoryTable } from '../../client/inventory-table.ts';
import { clock } from '../../ui/words.ts';

/**
 * A cell that has no value says which of two things that means. `unknown`: there may be one, nobody could tell.
 * `not applicable`: things of this kind have none.
 */
export const unknown = 'unknown';
export const notApplicable = 'not applicable';
export const isSilent = (text: string): boolean => text === unknown || text === notApplicable;

/** Kinds that a register speaks of and that people approve. */
const registrable: ReadonlySet<AssetKind> = new Set(['agent', 'mcp-server']);
export const isRegistrable = (kind: AssetKind): boolean => registrable.has(kind);

/** What a declared state says where nobody declared one. */
export const stateWords = {
  registered: 'registered, no state',
  ambiguous: 'ambiguous in the register',
  unregistered: 'unregistered',
  undeclared: 'not declared',
  gone: 'gone',
  'not-applicable': notApplicable,
  unknown,
} as const;
type StateWord = DeclaredState | keyof typeof stateWords;

/**
 * The state of a row: what people or a register declared, else what the register says of it. `unregistered`: a register
 * speaks of such things and not of this one. `undeclared`: no register speaks of such things, nobody declared anything.
 */
export function stateOf(table: InventoryTable, row: number): StateWord {
  const declared = table.states[row];
  if (declared === 'proposed' || declared === 'approved' || declared === 'retired') return declared;
  if (row >= table.live) return 'gone';
  if (!table.knowsBeside) return unknown;
  switch (table.registered[row]) {
    case 'yes':
      return 'registered';
    case 'ambiguous':
      return 'ambiguous';
    case 'no':
      return 'unregistered';
    default:
      return isRegistrable(table.kind(row)) ? 'undeclared' : 'not-applicable';
  }
}

export const stateWord = (state: string): string =>
  Object.hasOwn(stateWords, state) ? stateWords[state as keyof typeof stateWords] : state;

const lifecycleWords: Readonly<Record<string, string>> = {
  new: 'new',
  changed: 'changed',
  unchanged: 'unchanged',
  gone: 'gone',
  first: 'in the first scan',
  unscanned: 'not from a scan',
};
export const lifecycleWord = (value: string): string => lifecycleWords[value] ?? unknown;

const locationWords: Readonly<Record<string, string>> = {
  source: 'source code',
  notebook: 'notebook',
  ci: 'CI workflow',
  cloud: 'cloud',
  cluster: 'cluster',
  service: 'service',
  saas: 'SaaS, imported',
  manual: 'entered by hand',
};
export const locationWord = (value: string): string => locationWords[value] ?? value;

/** Kinds that belong to an agent host where they are not code. */
const hosted: ReadonlySet<AssetKind> = new Set(['agent', 'mcp-server', 'hook', 'skill', 'plugin']);

export function hostText(table: InventoryTable, row: number): string {
  const host = table.hostNames[row] ?? '';
  if (host !== '') return host;
  if ((table.frameworks[row] ?? '') !== '') return notApplicable;
  return hosted.has(table.kind(row)) ? unknown : notApplicable;
}

export function frameworkText(table: InventoryTable, row: number): string {
  const framework = table.frameworks[row] ?? '';
  if (framework !== '') return framework;
  const kind = table.kind(row);
  const inCode = table.locations[row] === 'source' || table.locations[row] === 'notebook';
  if (!table.knowsBeside && (kind === 'agent' || kind === 'tool')) return unknown;
  return inCode && (kind === 'agent' || kind === 'tool') ? unknown : notApplicable;
}

export function repositoryText(table: InventoryTable, row: number): string {
  const repository = table.repositories[row] ?? '';
  if (repository !== '') return repository;
  return (table.places[row] ?? '') === '' ? notApplicable : unknown;
}

/** Kinds whose fact is a finding of the scan: silence there means that nothing could be told. */
const telling: ReadonlySet<AssetKind> = new Set(['agent', 'mcp-server', 'tool', 'model', 'credential', 'data-store']);
export const noteText = (table: InventoryTable, row: number): string =>
  (table.notes[row] ?? '') || (telling.has(table.kind(row)) ? unknown : notApplicable);

export function ownerText(table: InventoryTable, row: number): string {
  const owner = table.owners[row] ?? '';
  if (owner !== '') return table.ownerGuessed(row) ? `guess: ${owner}` : owner;
  return table.kind(row) === 'person' ? notApplicable : unknown;
}

export const placeText = (table: InventoryTable, row: number): string => {
  const place = table.places[row] ?? '';
  if (place !== '') return place;
  if (row >= table.live) return unknown;
  const provenance = table.provenance(row);
  return provenance === 'saas' || provenance === 'manual' ? 'imported' : 'follows from other facts';
};

export function lastSeenText(table: InventoryTable, row: number, now: number): string {
  const gone = table.goneSince(row);
  if (gone !== null) return `before ${clock(gone, now)}`;
  const seen = table.lastSeen(row);
  if (seen !== null) return clock(seen, now);
  return table.lifecycle(row) === 'unscanned' || table.kind(row) === 'person' ? notApplicable : unknown;
}

/** Days after which what a scan said counts as old. */
export const staleAfterDays = 7;
const day = 24 * 60 * 60 * 1000;

/** Whether the last look is recent enough to rely on. */
export function freshnessText(table: InventoryTable, row: number, now: number): string {
  if (table.goneSince(row) !== null) return 'gone';
  const seen = table.lastSeen(row);
  if (seen === null)
    return table.lifecycle(row) === 'unscanned' || table.kind(row) === 'person' ? notApplicable : unknown;
  const days = Math.floor((now - seen) / day);
  return days > staleAfterDays ? `stale, ${days} days` : 'current';
}
