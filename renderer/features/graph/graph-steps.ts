import { groupAt, type GraphView, itemKey } from '../../graph/graph-view.ts';
import { defaultLimits, hiddenNeighbours } from '../../graph/questions.ts';
import { type GraphAddress, withToggled } from './graph-address.ts';

/** The address after a step of a person; null where the step changes nothing. Pure. */

/** Asks for the neighbourhood of an asset. */
export const focusOn = (address: GraphAddress, id: string | null): GraphAddress => ({
  ...address,
  members: '',
  item: '',
  question: { ...address.question, focus: id, open: new Set(), closed: new Set(), group: 'auto' },
});

/** Enter or a double click: a group opens, in place or as a table; an asset shows more of its neighbours, then its own neighbourhood. */
export function openItem(address: GraphAddress, view: GraphView, item: number): GraphAddress | null {
  const { question } = address;
  const key = itemKey(view, item);
  const group = groupAt(view, item);
  if (group !== null) {
    if (group.rows.length > defaultLimits.openMembers) return { ...address, table: true, members: key };
    return {
      ...address,
      item: '',
      question: {
        ...question,
        open: withToggled(question.open, key, true),
        closed: withToggled(question.closed, key, false),
      },
    };
  }
  if (question.focus === key) return null;
  if (question.focus === null) return focusOn(address, key);
  const row = view.row[item] as number;
  if (question.closed.has(key))
    return { ...address, question: { ...question, closed: withToggled(question.closed, key, false) } };
  if (hiddenNeighbours(view.data, question, view.itemOf, row) > 0 && !question.open.has(key))
    return { ...address, question: { ...question, open: withToggled(question.open, key, true) } };
  return focusOn(address, key);
}

/** Backspace or minus: takes back what opening did, else folds the neighbours of an asset away. */
export function collapseItem(address: GraphAddress, view: GraphView, item: number): GraphAddress | null {
  const { question } = address;
  const key = itemKey(view, item);
  const folds = [...question.open].filter((open) => open === key || open.startsWith(`fold:${key}:`));
  if (folds.length > 0) {
    const open = new Set(question.open);
    for (const fold of folds) open.delete(fold);
    return { ...address, question: { ...question, open } };
  }
  const box = view.containers[view.container[item] as number];
  if (box?.closable === true) return closeBox(address, box.key);
  if (groupAt(view, item) !== null || question.focus === null) return null;
  if (question.focus === key)
    return question.hops > 1 ? { ...address, question: { ...question, hops: question.hops - 1 } } : null;
  return question.closed.has(key)
    ? null
    : { ...address, question: { ...question, closed: withToggled(question.closed, key, true) } };
}

export const closeBox = (address: GraphAddress, key: string): GraphAddress => ({
  ...address,
  item: key,
  question: {
    ...address.question,
    open: withToggled(address.question.open, key, false),
    closed: withToggled(address.question.closed, key, true),
  },
});

/** What is shown, in one sentence: "17 of 46 items shown, rest folded". */
export function summarySentence(view: GraphView): string {
  const items = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'item' : 'items'}`;
  if (view.shown === view.total)
    return `${items(view.total)} shown, ${view.edgeCount.toLocaleString('en')} ${view.edgeCount === 1 ? 'relation' : 'relations'}`;
  if (view.shown === 0)
    return `${items(view.total)} in ${view.groups.length.toLocaleString('en')} ${view.groups.length === 1 ? 'group' : 'groups'}`;
  return `${view.shown.toLocaleString('en')} of ${items(view.total)} shown, rest folded`;
}
