import { expect, it } from 'vitest';
import { packText } from '../../../shared/contract/columns.ts';
import { assetKinds, relationKinds } from '../../../shared/kinds.ts';
import { buildGraphData } from '../../graph/graph-data.ts';
import { answerQuestion } from '../../graph/questions.ts';
import { type GraphAddress, parseGraphAddress } from './graph-address.ts';
import { closeBox, collapseItem, openItem, summarySentence } from './graph-steps.ts';

/** An agent, `tools` tools of host cursor, and one model behind the first tool. */
function graph(tools: number) {
  const count = tools + 2;
  const each = (pick: (row: number) => string): string =>
    packText(Array.from({ length: count }, (_, row) => pick(row)));
  const kinds = Uint8Array.from({ length: count }, (_, row) =>
    assetKinds.indexOf(row === 0 ? 'agent' : row === count - 1 ? 'model' : 'tool'),
  );
  return buildGraphData(
    {
      scan: 1,
      count,
      ids: each((row) => `id${row}`),
      names: each((row) => `n${row}`),
      kinds,
      origins: new Uint8Array(count),
      confidences: new Uint8Array(count),
      dynamic: new Uint8Array(count),
      hosts: each((row) => (row === 0 ? 'codex' : 'cursor')),
      repositories: each(() => ''),
      places: each(() => ''),
      sources: each(() => ''),
      notes: each(() => ''),
    },
    {
      scan: 1,
      count: tools + 1,
      from: Uint32Array.from({ length: tools + 1 }, (_, edge) => (edge < tools ? 0 : 1)),
      to: Uint32Array.from({ length: tools + 1 }, (_, edge) => edge + 1),
      kinds: new Uint8Array(tools + 1).fill(relationKinds.indexOf('uses')),
      origins: new Uint8Array(tools + 1),
    },
  );
}

const at = (text: string): GraphAddress => parseGraphAddress(new URLSearchParams(text));
const view = (tools: number, address: GraphAddress) => answerQuestion(graph(tools), address.question);

it('opens a group in place, a large one as a table, and closes it again', () => {
  const estate = at('group=host');
  const opened = openItem(estate, view(70, estate), 0);
  expect([...(opened?.question.open ?? [])]).toEqual(['host:cursor']);
  const large = openItem(estate, view(250, estate), 0);
  expect([large?.table, large?.members]).toEqual([true, 'host:cursor']);
  expect([...closeBox(opened ?? estate, 'host:cursor').question.closed]).toEqual(['host:cursor']);
});

it('expands an asset, takes that back, and asks for its neighbourhood where nothing is hidden', () => {
  const near = at('focus=id0&hops=1');
  const expanded = openItem(near, view(3, near), 1);
  expect([...(expanded?.question.open ?? [])]).toEqual(['id1']);
  expect(collapseItem(expanded ?? near, view(3, expanded ?? near), 1)?.question).toEqual(near.question);
  expect(openItem(near, view(3, near), 2)?.question.focus).toBe('id2');
  expect(openItem(near, view(3, near), 0)).toBeNull();
});

it('says how much of what is shown', () => {
  expect(summarySentence(view(3, at('focus=id0&hops=1')))).toBe('4 items shown, 3 relations');
  expect(summarySentence(view(40, at('focus=id0&hops=1')))).toBe('1 of 41 items shown, rest folded');
  expect(summarySentence(view(70, at('group=kind')))).toBe('2 of 72 items shown, rest folded');
});
