import type { RegistryComparison } from '../../../shared/contract/registry.ts';
import type { ImportSummary } from '../../../shared/contract/imports.ts';
import { counted } from '../../ui/words.ts';

/** Parts of the comparison, as the address names them. */
export const views = ['shadow', 'both', 'gone', 'ambiguous', 'imported'] as const;
export type RegistryView = (typeof views)[number];

export const isView = (text: string): text is RegistryView => (views as readonly string[]).includes(text);

const titles: { readonly [V in RegistryView]: string } = {
  shadow: 'Shadow',
  both: 'Found and registered',
  gone: 'Registered, not found',
  ambiguous: 'Ambiguous',
  imported: 'Imported agents',
};
export const viewTitle = (view: RegistryView): string => titles[view];

export const viewCount = (comparison: RegistryComparison, view: RegistryView): number => comparison[view].length;

/** What a part means, in one sentence. */
export function viewSentence(view: RegistryView): string {
  switch (view) {
    case 'shadow':
      return 'Found by a scan, and no register speaks of it.';
    case 'both':
      return 'A scan found it and a register speaks of it.';
    case 'gone':
      return 'A register speaks of it, and the latest scan did not find it: it may be gone, or lie where nobody looked.';
    case 'ambiguous':
      return 'An entry that fits several things. None of them counts as registered or as shadow.';
    case 'imported':
      return 'Agents that no scan can see, from lists or entered by hand.';
  }
}

/** The first part that has something to say. */
export const firstView = (comparison: RegistryComparison): RegistryView =>
  comparison.files.length === 0 && comparison.imported.length > 0
    ? 'imported'
    : (views.find((view) => comparison[view].length > 0) ?? 'shadow');

/** "Tools, data, can execute", and what could not be told is not claimed. */
export function reachWords(item: RegistryComparison['shadow'][number]): string {
  const words = [item.hasTools ? 'tools' : '', item.hasData ? 'data' : '', item.canExecute ? 'executes' : ''].filter(
    Boolean,
  );
  return words.length === 0 ? 'none seen' : words.join(', ');
}

const typeWords: { readonly [T in ImportSummary['type']]: string } = {
  registry: 'Register',
  agents: 'Agents no scan sees',
  context: 'Labels of the organisation',
  tools: 'MCP tool lists',
};
export const typeWord = (type: ImportSummary['type']): string => typeWords[type];

/** "12 entries", "3 stores, 2 environments". Words for one and for many. */
const rowWords: Readonly<Record<string, readonly [string, string]>> = {
  entries: ['entry', 'entries'],
  stores: ['store', 'stores'],
  environments: ['environment', 'environments'],
  owners: ['owner', 'owners'],
  servers: ['server', 'servers'],
  tools: ['tool', 'tools'],
};
export function rowsSentence(rows: ImportSummary['rows']): string {
  const words = Object.entries(rows)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => counted(number, ...(rowWords[name] ?? ([name, name] as const))));
  return words.length === 0 ? 'no rows' : words.join(', ');
}

/** Imports that count first, then what they replaced, each newest first. */
export const orderImports = (imports: readonly ImportSummary[]): readonly ImportSummary[] =>
  imports.toSorted(
    (first, second) =>
      Number(first.endedAt !== null) - Number(second.endedAt !== null) || second.at - first.at || second.id - first.id,
  );
