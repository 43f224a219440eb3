import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packText } from '../../shared/contract/columns.ts';
import { type AssetKind, assetKinds, type RelationKind, relationKinds } from '../../shared/kinds.ts';
import { buildGraphData, type GraphData, searchRows } from './graph-data.ts';
import { edgeLabel, groupAt, type GraphView, itemKey, itemName } from './graph-view.ts';
import { answerQuestion, defaultLimits, type GraphQuestion } from './questions.ts';

type Asset = { readonly name: string; readonly kind: AssetKind; readonly host?: string; readonly note?: string };
type Relation = readonly [from: number, kind: RelationKind, to: number];

function graphOf(assets: readonly Asset[], relations: readonly Relation[]): GraphData {
  const bytes = (pick: (asset: Asset) => number): Uint8Array<ArrayBuffer> => Uint8Array.from(assets, pick);
  const text = (pick: (asset: Asset, row: number) => string): string => packText(assets.map(pick));
  return buildGraphData(
    {
      scan: 1,
      count: assets.length,
      ids: text((asset, row) => `${asset.kind}:${row}`),
      names: text((asset) => asset.name),
      kinds: bytes((asset) => assetKinds.indexOf(asset.kind)),
      origins: bytes(() => 0),
      confidences: bytes(() => 0),
      dynamic: bytes(() => 0),
      hosts: text((asset) => asset.host ?? ''),
      repositories: text(() => ''),
      places: text((_, row) => `file.json:${row + 1}`),
      sources: text(() => 'test'),
      notes: text((asset) => asset.note ?? ''),
    },
    {
      scan: 1,
      count: relations.length,
      from: Uint32Array.from(relations, ([from]) => from),
      to: Uint32Array.from(relations, ([, , to]) => to),
      kinds: Uint8Array.from(relations, ([, kind]) => relationKinds.indexOf(kind)),
      origins: Uint8Array.from(relations, (_, edge) => edge % 3),
    },
  );
}

const question = (part: Partial<GraphQuestion> = {}): GraphQuestion => ({
  lens: 'all',
  focus: null,
  hops: 2,
  group: 'auto',
  hiddenKinds: 0,
  hiddenRelations: 0,
  open: new Set(),
  closed: new Set(),
  ...part,
});

const shown = (view: GraphView): string[] => Array.from({ length: view.count }, (_, item) => itemName(view, item));
const lines = (view: GraphView): string[] =>
  Array.from(
    { length: view.edgeCount },
    (_, edge) =>
      `${itemName(view, view.from[edge] as number)} ${edgeLabel(view, edge)} ${itemName(view, view.to[edge] as number)}`,
  );

const support = (tools: number): GraphData =>
  graphOf(
    [
      { name: 'support', kind: 'agent' },
      ...Array.from(
        { length: tools },
        (_, at): Asset => ({
          name: `tool-${String(at).padStart(3, '0')}`,
          kind: 'tool',
          note: at === 5 ? 'spends-money' : '',
        }),
      ),
    ],
    Array.from({ length: tools }, (_, at): Relation => [0, 'uses', at + 1]),
  );

describe('neighbourhood', () => {
  it('shows few neighbours one by one and folds many, the alarming ones standing alone', () => {
    expect(shown(answerQuestion(support(4), question({ focus: 'agent:0' })))).toEqual([
      'support',
      'tool-000',
      'tool-001',
      'tool-002',
      'tool-003',
    ]);
    const view = answerQuestion(support(46), question({ focus: 'agent:0' }));
    expect(shown(view)).toEqual(['support', 'tool-005', 'Other tools']);
    expect([view.shown, view.total]).toEqual([2, 47]);
    expect(lines(view)).toEqual(['support uses \u00d745 Other tools', 'support uses tool-005']);
  });

  it('opens a fold in place, and not one of more than 200', () => {
    const open = new Set(['fold:agent:0:out:tool']);
    expect(answerQuestion(support(46), question({ focus: 'agent:0', open })).shown).toBe(47);
    expect(answerQuestion(support(201), question({ focus: 'agent:0', open })).count).toBe(3);
  });

  it('follows as many hops as asked, further where expanded, not where collapsed', () => {
    const chain = graphOf(
      Array.from({ length: 6 }, (_, at) => ({ name: `a${at}`, kind: 'agent' }) as const),
      Array.from({ length: 5 }, (_, at): Relation => [at, 'delegates-to', at + 1]),
    );
    expect(shown(answerQuestion(chain, question({ focus: 'agent:0', hops: 2 })))).toEqual(['a0', 'a1', 'a2']);
    expect(shown(answerQuestion(chain, question({ focus: 'agent:0', hops: 2, open: new Set(['agent:2']) })))).toEqual([
      'a0',
      'a1',
      'a2',
      'a3',
    ]);
    expect(shown(answerQuestion(chain, question({ focus: 'agent:0', hops: 5, closed: new Set(['agent:1']) })))).toEqual(
      ['a0', 'a1'],
    );
  });

  it('never shows more cards than its budget and accounts for every asset, whatever the graph', () => {
    const kinds = fc.constantFrom<AssetKind>('agent', 'tool', 'credential', 'data-store');
    const graph = fc
      .integer({ min: 1, max: 120 })
      .chain((count) =>
        fc.tuple(
          fc.array(kinds, { minLength: count, maxLength: count }),
          fc.array(
            fc.tuple(
              fc.nat({ max: count - 1 }),
              fc.constantFrom<RelationKind>('uses', 'reads', 'writes'),
              fc.nat({ max: count - 1 }),
            ),
            { maxLength: 400 },
          ),
        ),
      );
    fc.assert(
      fc.property(
        graph,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom<'all' | 'data-flow'>('all', 'data-flow'),
        ([of, relations], hops, lens) => {
          const data = graphOf(
            of.map((kind, row) => ({ name: `n${row}`, kind })),
            relations,
          );
          const view = answerQuestion(data, question({ focus: data.ids[0] as string, hops, lens }), {
            ...defaultLimits,
            neighbourhood: 20,
          });
          const grouped = view.groups.reduce((sum, group) => sum + group.rows.length, 0);
          expect(view.shown + grouped).toBeLessThanOrEqual(view.total);
          expect(new Set(Array.from({ length: view.count }, (_, item) => itemKey(view, item))).size).toBe(view.count);
          for (let row = 0; row < data.count; row++) {
            const item = view.itemOf[row] as number;
            if (item !== -1) expect(view.row[item] === row || groupAt(view, item)?.rows.includes(row)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the focus even where the lens would leave it out', () => {
    const data = graphOf([{ name: 'KEY', kind: 'credential' }], []);
    expect(shown(answerQuestion(data, question({ focus: 'credential:0', lens: 'data-flow' })))).toEqual(['KEY']);
  });
});

describe('estate', () => {
  const data = graphOf(
    [
      ...Array.from({ length: 70 }, (_, at): Asset => ({ name: `server-${at}`, kind: 'mcp-server', host: 'cursor' })),
      { name: 'KEY', kind: 'credential', host: 'codex' },
      { name: 'shell', kind: 'tool', host: 'codex', note: 'executes-code' },
      { name: 'lonely', kind: 'skill' },
    ],
    [
      [0, 'authenticates-with', 70],
      [1, 'authenticates-with', 70],
    ],
  );

  it('opens in groups with counts, what alarms first, and never as everything', () => {
    const view = answerQuestion(data, question());
    expect(shown(view)).toEqual(['cursor', 'codex', 'lonely']);
    expect(groupAt(view, 1)?.facts).toEqual([
      { text: '1 run code', alarming: true },
      { text: '1 credential', alarming: true },
      { text: '1 tool', alarming: false },
    ]);
    expect(lines(view)).toEqual(['cursor authenticates with \u00d72 codex']);
    expect([view.shown, view.total]).toEqual([1, 73]);
  });

  it('opens a group in place as a box', () => {
    const view = answerQuestion(data, question({ open: new Set(['host:codex']) }));
    expect(view.containers.map((box) => [box.label, box.detail])).toEqual([['codex', '2 items']]);
    expect(shown(view)).toEqual(['cursor', 'shell', 'KEY', 'lonely']);
  });

  it('shows all only when asked to', () => {
    expect(answerQuestion(data, question({ group: 'none' })).shown).toBe(73);
    expect(answerQuestion(data, question({ group: 'none' }), { ...defaultLimits, everything: 50 }).count).toBeLessThan(
      10,
    );
  });

  it('filters kinds and relations', () => {
    const hiddenKinds = 1 << assetKinds.indexOf('mcp-server');
    expect(shown(answerQuestion(data, question({ group: 'none', hiddenKinds })))).toEqual(['KEY', 'shell', 'lonely']);
    const hiddenRelations = 1 << relationKinds.indexOf('authenticates-with');
    expect(answerQuestion(data, question({ group: 'none', hiddenRelations })).edgeCount).toBe(0);
  });
});

it('draws flows the way data moves', () => {
  const data = graphOf(
    [
      { name: 'support', kind: 'agent' },
      { name: 'get_ticket', kind: 'tool' },
      { name: 'zendesk', kind: 'external-service' },
      { name: 'send_email', kind: 'tool' },
      { name: 'mail', kind: 'external-service' },
      { name: 'AGENTS.md', kind: 'prompt' },
      { name: 'KEY', kind: 'credential' },
    ],
    [
      [0, 'uses', 1],
      [1, 'ingests', 2],
      [0, 'uses', 3],
      [3, 'egresses-to', 4],
      [0, 'uses', 5],
      [3, 'authenticates-with', 6],
    ],
  );
  expect(lines(answerQuestion(data, question({ lens: 'data-flow', group: 'none' }))).sort()).toEqual([
    'AGENTS.md uses support',
    'get_ticket uses support',
    'send_email egresses to mail',
    'support uses send_email',
    'zendesk ingests get_ticket',
  ]);
});

it('leaves out relations whose ends are not there, and counts them', () => {
  expect(graphOf([{ name: 'a', kind: 'agent' }], [[0, 'uses', 9]]).relationsLeftOut).toBe(1);
});

it('finds whole names before starts before parts before notes', () => {
  const data = graphOf(
    [
      { name: 'x', kind: 'tool', note: 'mail' },
      { name: 'send_mail', kind: 'tool' },
      { name: 'mailer', kind: 'tool' },
      { name: 'Mail', kind: 'tool' },
    ],
    [],
  );
  expect(searchRows(data, ' mail ', 10)).toEqual([3, 2, 1, 0]);
  expect(searchRows(data, '', 10)).toEqual([]);
});
