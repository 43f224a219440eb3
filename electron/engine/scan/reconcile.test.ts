import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssetDraft, FactIndex, Linker, RelationDraft } from '../sources/source.ts';
import { mergeProperties, type PlacedFacts, reconcile } from './reconcile.ts';

const placed = (
  place: string,
  assets: AssetDraft[],
  relations: RelationDraft[] = [],
  changes: Partial<PlacedFacts> = {},
): PlacedFacts => ({
  place,
  source: 's',
  cap: 'high',
  reading: { assets, relations },
  ...changes,
});
const agent: AssetDraft = { kind: 'agent', key: 'a', name: 'A' };
const tool: AssetDraft = { kind: 'tool', key: 't', name: 'T' };
const uses: RelationDraft = { kind: 'uses', from: agent, to: tool };
const at = (place: string, line = 1, endLine = line) => ({ place, line, endLine, source: 's' });

describe('drafts of one kind and key', () => {
  test('become one asset with the evidence of all', () => {
    const merged = reconcile(
      [
        placed('r/b', [
          {
            ...agent,
            name: 'later',
            properties: { host: 'y', only: 1, tags: ['b', 'c'] },
            lines: { line: 7, endLine: 9 },
          },
        ]),
        placed('r/a', [{ ...agent, properties: { host: 'x', tags: ['a', 'b'] } }]),
      ],
      [],
    );
    expect(merged).toEqual({
      assets: [
        {
          kind: 'agent',
          key: 'a',
          name: 'A',
          properties: { host: 'x', only: 1, tags: ['a', 'b', 'c'] },
          origin: 'declared',
          confidence: 'high',
          dynamic: false,
          evidence: [at('r/a'), at('r/b', 7, 9)],
        },
      ],
      relations: [],
      dangling: [],
    });
  });

  test('the same kind with another key, and the same key in another kind, stay apart', () => {
    const merged = reconcile([placed('r/a', [agent, { ...agent, key: 'b' }, { ...tool, key: 'a' }])], []);
    expect(merged.assets.map(({ kind, key }) => `${kind} ${key}`)).toEqual(['agent a', 'agent b', 'tool a']);
  });

  test('the best confidence that a place allows counts, the better of two places wins', () => {
    const confidence = (...readings: PlacedFacts[]): string | undefined =>
      reconcile(readings, []).assets[0]?.confidence;
    expect(confidence(placed('a', [agent], [], { cap: 'low' }))).toBe('low');
    expect(confidence(placed('a', [{ ...agent, confidence: 'medium' }]))).toBe('medium');
    expect(confidence(placed('a', [{ ...agent, confidence: 'low' }], [], { cap: 'medium' }))).toBe('low');
    expect(confidence(placed('a', [agent], [], { cap: 'low' }), placed('b', [agent], [], { cap: 'medium' }))).toBe(
      'medium',
    );
  });

  test('what any of them declares is declared, what any of them leaves to run time is dynamic', () => {
    const observed = placed('a', [{ ...agent, origin: 'observed' }]);
    expect(reconcile([observed], []).assets[0]?.origin).toBe('observed');
    expect(reconcile([observed, placed('b', [agent])], []).assets[0]?.origin).toBe('declared');
    expect(reconcile([placed('a', [agent]), placed('b', [{ ...agent, dynamic: true }])], []).assets[0]?.dynamic).toBe(
      true,
    );
  });

  test('what a file says under its own name comes before what it says through a link', () => {
    const own = placed('r/a', [{ ...agent, properties: { role: 'instructions' } }], [], { source: 'z' });
    const linked = placed('r/a', [{ ...agent, properties: { role: 'rule' } }], [], { source: 'a', linked: true });
    expect(reconcile([linked, own], []).assets[0]?.properties).toEqual({ role: 'instructions' });
    expect(reconcile([own, linked], []).assets[0]?.properties).toEqual({ role: 'instructions' });
  });

  test('a name that UTF-8 cannot hold becomes one that it can, so that ids stay apart or fall together for good', () => {
    const merged = reconcile(
      [
        placed('a', [
          { ...agent, key: '\ud800', name: 'x\ud800' },
          { ...agent, key: '\ud801' },
        ]),
      ],
      [],
    );
    expect(merged.assets.map(({ key, name }) => [key, name])).toEqual([['\ufffd', 'x\ufffd']]);
  });
});

describe('properties', () => {
  test('the first scalar stays, null gives way, lists are united once, objects merge, kinds are not mixed', () => {
    const first = { a: 1, b: null, list: [1, { x: 1 }], deep: { one: 1, list: ['x'] }, mixed: 'text' };
    const second = { a: 2, b: 2, list: [{ x: 1 }, 2, 2], deep: { two: 2, list: ['y', 'x'] }, mixed: ['list'], c: 3 };
    expect(mergeProperties(first, second)).toEqual({
      a: 1,
      b: 2,
      list: [1, { x: 1 }, 2],
      deep: { one: 1, two: 2, list: ['x', 'y'] },
      mixed: 'text',
      c: 3,
    });
    expect(first.list).toEqual([1, { x: 1 }]);
  });

  test('names of prototypes are names', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":"x"}') as Record<
      string,
      never
    >;
    const merged = mergeProperties(mergeProperties({}, hostile), hostile);
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"polluted":true},"constructor":1,"toString":"x"}');
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect((Object.prototype as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('one server in five thousand files costs no square of comparisons', () => {
    const readings = Array.from({ length: 5000 }, (_, index) =>
      placed(`r/${index}`, [{ ...agent, properties: { list: [{ index }, { common: true }] } }]),
    );
    const started = performance.now();
    const list = reconcile(readings, []).assets[0]?.properties['list'];
    expect(Array.isArray(list) && list.length).toBe(5001);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('a server is on when any of its configurations is', () => {
    const enabled = (...states: (boolean | undefined)[]): unknown =>
      reconcile(
        states.map((state, index) =>
          placed(`r/${index}`, [
            {
              kind: 'mcp-server',
              key: 's',
              name: 's',
              properties: { configurations: [{ index, ...(state === undefined ? {} : { enabled: state }) }] },
            },
          ]),
        ),
        [],
      ).assets[0]?.properties['enabled'];
    expect([enabled(false), enabled(false, true), enabled(undefined), enabled(false, false)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('relations', () => {
  test('ends may stand in other files, the same relation is one, a discriminator keeps two apart', () => {
    const merged = reconcile(
      [placed('a', [agent], [uses, { ...uses, discriminator: 'x' }]), placed('b', [tool], [uses])],
      [],
    );
    expect(
      merged.relations.map(({ kind, from, to, discriminator, evidence }) => ({
        kind,
        from,
        to,
        discriminator,
        evidence,
      })),
    ).toEqual([
      {
        kind: 'uses',
        from: { kind: 'agent', key: 'a' },
        to: { kind: 'tool', key: 't' },
        discriminator: '',
        evidence: [at('a'), at('b')],
      },
      {
        kind: 'uses',
        from: { kind: 'agent', key: 'a' },
        to: { kind: 'tool', key: 't' },
        discriminator: 'x',
        evidence: [at('a')],
      },
    ]);
  });

  test('one whose end nothing describes is told, not stored', () => {
    const merged = reconcile([placed('a', [agent], [uses])], []);
    expect(merged.relations).toEqual([]);
    expect(merged.dangling).toEqual([
      { source: 's', place: 'a', message: 'uses names the tool "t", which nothing describes' },
    ]);
  });
});

describe('linkers', () => {
  const linker = (link: Linker['link'], id = 'linker'): Linker => ({ id, version: 1, link });

  test('add facts that are derived and stand on the evidence of what they join', () => {
    const link = (facts: FactIndex) => ({
      assets: [{ kind: 'person', key: 'p', name: 'P' } as const],
      relations: facts
        .assets('agent')
        .map(({ kind, key }) => ({ kind: 'owned-by', from: { kind, key }, to: { kind: 'person', key: 'p' } }) as const),
    });
    const merged = reconcile([placed('r/a', [agent])], [linker(link)]);
    expect(merged.assets[1]).toMatchObject({ kind: 'person', origin: 'derived', evidence: [] });
    expect(merged.relations).toMatchObject([{ kind: 'owned-by', origin: 'derived', evidence: [at('r/a')] }]);
  });

  test('see what linkers before them added, and change no origin and no evidence of what is known', () => {
    const add = linker(() => ({ assets: [{ ...agent, properties: { extra: true } }], relations: [] }), 'one');
    const count = linker(
      (facts) => ({ assets: [{ ...tool, name: String(facts.asset(agent)?.properties['extra']) }], relations: [] }),
      'two',
    );
    const merged = reconcile([placed('r/a', [agent])], [add, count]);
    expect(merged.assets[0]).toMatchObject({ properties: { extra: true }, origin: 'declared', evidence: [at('r/a')] });
    expect(merged.assets[1]?.name).toBe('true');
  });

  test('what one copies from an asset does not grow with its copy', () => {
    const list = (...items: string[]): AssetDraft => ({ ...agent, properties: { list: items } });
    const copy = linker(
      (facts) => ({
        assets: [{ ...tool, properties: { list: facts.asset(agent)?.properties['list'] ?? [] } }],
        relations: [],
      }),
      'one',
    );
    const grow = linker(() => ({ assets: [{ ...tool, properties: { list: ['tool only'] } }], relations: [] }), 'two');
    const merged = reconcile([placed('a', [list('x')]), placed('b', [list('y')])], [copy, grow]);
    expect(merged.assets.map(({ properties }) => properties['list'])).toEqual([
      ['x', 'y'],
      ['x', 'y', 'tool only'],
    ]);
  });

  test('one that throws is told, and the others are heard', () => {
    const broken = linker(() => {
      throw new Error('no');
    }, 'broken');
    const good = linker(() => ({ assets: [tool], relations: [] }), 'good');
    const merged = reconcile([placed('r/a', [agent])], [broken, good]);
    expect(merged.assets.map(({ kind }) => kind)).toEqual(['agent', 'tool']);
    expect(merged.dangling).toEqual([{ source: 'broken', place: '', message: 'broken failed (no)' }]);
  });
});

const key = fc.constantFrom('a', 'b', 'c');
const value = fc.oneof(
  fc.constantFrom(1, 'x', null, true),
  fc.array(fc.constantFrom<1 | 'x'>(1, 'x'), { maxLength: 3 }),
  fc.record({ deep: fc.constantFrom(1, 2) }),
);
const draft = fc.record({
  kind: fc.constantFrom('agent' as const, 'tool' as const),
  key,
  name: fc.constantFrom('n1', 'n2'),
  properties: fc.dictionary(key, value, { noNullPrototype: true }),
  confidence: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
  dynamic: fc.boolean(),
});
const relation = fc.record({
  kind: fc.constantFrom('uses' as const, 'reads' as const),
  from: fc.record({ kind: fc.constant('agent' as const), key }),
  to: fc.record({ kind: fc.constant('tool' as const), key }),
  properties: fc.dictionary(key, value, { noNullPrototype: true }),
});
const reading = fc.record({
  place: fc.constantFrom('r/a', 'r/b', 'r/c'),
  source: fc.constantFrom('s1', 's2'),
  cap: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
  reading: fc.record({ assets: fc.array(draft, { maxLength: 4 }), relations: fc.array(relation, { maxLength: 3 }) }),
});

test('the order in which files were read makes no difference to anything', () => {
  const shuffled = fc
    .array(reading, { maxLength: 8 })
    .chain((readings) =>
      fc.tuple(fc.constant(readings), fc.shuffledSubarray(readings, { minLength: readings.length })),
    );
  fc.assert(
    fc.property(
      shuffled,
      ([readings, other]) =>
        void expect(JSON.stringify(reconcile(other, []))).toBe(JSON.stringify(reconcile(readings, []))),
    ),
    { numRuns: 500 },
  );
});
