import { assetKinds, relationKinds } from '../../../shared/kinds.ts';
import { lensIds } from '../../graph/lenses.ts';
import { type GraphQuestion, groupings, largestHops } from '../../graph/questions.ts';

/** All of the graph screen that an address says, apart from the selected asset. */
export type GraphAddress = {
  readonly question: GraphQuestion;
  readonly table: boolean;
  /** Key of a group whose members the table lists; '' for what is drawn. */
  readonly members: string;
  /** Key of the selected group; '' where an asset or nothing is selected. */
  readonly item: string;
};

const defaultHops = 2;
const longest = 200;

/** Reads an address; what it does not know is as if it were absent. */
export function parseGraphAddress(search: URLSearchParams): GraphAddress {
  const lens = search.get('lens');
  const group = search.get('group');
  const hops = Number(search.get('hops') ?? defaultHops);
  return {
    question: {
      lens: isOneOf(lensIds, lens) ? lens : 'all',
      focus: search.get('focus') || null,
      hops: Number.isInteger(hops) && hops >= 1 && hops <= largestHops ? hops : defaultHops,
      group: isOneOf(groupings, group) ? group : 'auto',
      hiddenKinds: bitsOf(assetKinds, search.get('hide')),
      hiddenRelations: bitsOf(relationKinds, search.get('hide-relations')),
      open: new Set(search.getAll('open').slice(0, longest)),
      closed: new Set(search.getAll('closed').slice(0, longest)),
    },
    table: search.get('show') === 'table',
    members: search.get('members') ?? '',
    item: search.get('item') ?? '',
  };
}

/** Writes it back; what is as it would be anyway is left out. */
export function formatGraphAddress({ question, table, members, item }: GraphAddress): URLSearchParams {
  const search = new URLSearchParams();
  const set = (name: string, value: string, plain: string): void => {
    if (value !== plain) search.set(name, value);
  };
  set('lens', question.lens, 'all');
  set('focus', question.focus ?? '', '');
  set('hops', String(question.hops), String(defaultHops));
  set('group', question.group, 'auto');
  set('hide', namesOf(assetKinds, question.hiddenKinds), '');
  set('hide-relations', namesOf(relationKinds, question.hiddenRelations), '');
  for (const key of question.open) search.append('open', key);
  for (const key of question.closed) search.append('closed', key);
  set('show', table ? 'table' : '', '');
  set('members', members, '');
  set('item', item, '');
  return search;
}

const isOneOf = <T extends string>(values: readonly T[], value: string | null): value is T =>
  values.some((known) => known === value);

function bitsOf(kinds: readonly string[], text: string | null): number {
  const named = new Set((text ?? '').split(','));
  return kinds.reduce((bits, kind, bit) => (named.has(kind) ? bits | (1 << bit) : bits), 0);
}

const namesOf = (kinds: readonly string[], bits: number): string =>
  kinds.filter((_, bit) => ((bits >> bit) & 1) === 1).join(',');

/** Name of the layout that a person's places belong to: the question without what is opened and filtered. */
export const layoutName = ({ lens, focus, group }: GraphQuestion): string =>
  `${lens} ${group} ${focus ?? ''}`.slice(0, 500);

export const withToggled = (set: ReadonlySet<string>, key: string, on: boolean): ReadonlySet<string> => {
  const next = new Set(set);
  if (on) next.add(key);
  else next.delete(key);
  return next;
};
