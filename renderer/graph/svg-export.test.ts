import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packText } from '../../shared/contract/columns.ts';
import { assetKinds } from '../../shared/kinds.ts';
import { shorten } from './fit-text.ts';
import { buildGraphData } from './graph-data.ts';
import { kindPath, mixedPath } from './kind-paths.ts';
import { layoutGraph } from './layout/layout-graph.ts';
import { layoutRequest } from './layout-request.ts';
import { answerQuestion } from './questions.ts';
import { buildScene, type Scene } from './scene.ts';
import { escapeXml, sceneAsSvg } from './svg-export.ts';
import type { GraphTheme } from './theme.ts';

const colour = 'rgb(1, 2, 3)';
const theme: GraphTheme = {
  canvas: colour,
  panel: colour,
  raised: colour,
  select: colour,
  edge: colour,
  control: colour,
  text1: colour,
  text2: colour,
  text3: colour,
  focus: colour,
  alarm: colour,
  untold: colour,
  family: {
    agent: colour,
    mind: colour,
    tool: colour,
    data: colour,
    authority: colour,
    outside: colour,
    control: colour,
  },
  font: '"Inter", sans-serif',
};

function sceneOf(names: readonly string[]): Scene {
  const count = names.length;
  const column = (value: string): string => packText(names.map(() => value));
  const data = buildGraphData(
    {
      scan: 1,
      count,
      ids: packText(names.map((_, row) => `id${row}`)),
      names: packText(names),
      kinds: new Uint8Array(count),
      origins: new Uint8Array(count),
      confidences: new Uint8Array(count),
      dynamic: new Uint8Array(count),
      hosts: column(''),
      repositories: column(''),
      places: column('a:1'),
      sources: column('t'),
      notes: packText(names),
    },
    {
      scan: 1,
      count: count - 1,
      from: Uint32Array.from({ length: count - 1 }, (_, at) => at),
      to: Uint32Array.from({ length: count - 1 }, (_, at) => at + 1),
      kinds: new Uint8Array(count - 1),
      origins: Uint8Array.from({ length: count - 1 }, (_, at) => at % 3),
    },
  );
  const view = answerQuestion(data, {
    lens: 'all',
    focus: null,
    hops: 1,
    group: 'none',
    hiddenKinds: 0,
    hiddenRelations: 0,
    open: new Set(),
    closed: new Set(),
  });
  return buildScene(view, layoutGraph(layoutRequest(view, null)));
}

const svgOf = (names: readonly string[], title = 'Title'): Document => {
  const text = sceneAsSvg(sceneOf(names), {
    theme,
    title,
    description: `${names.length} items`,
    scale: 1,
    ground: true,
    measure: (value) => value.length * 6,
  });
  return new DOMParser().parseFromString(text, 'image/svg+xml');
};

const allowed = new Set(['svg', 'title', 'desc', 'defs', 'marker', 'path', 'rect', 'text', 'g']);

it('writes real text with title and description, and dashes by origin', () => {
  const document = svgOf(['one', 'two', 'three', 'four'], 'Support & co');
  expect(document.querySelector('svg > title')?.textContent).toBe('Support & co');
  expect(document.querySelector('svg > desc')?.textContent).toBe('4 items');
  expect([...document.querySelectorAll('text')].map((text) => text.textContent)).toEqual(
    expect.arrayContaining(['one', 'two', 'three', 'four', 'uses']),
  );
  expect(
    [...document.querySelectorAll('path[marker-end]')].map((path) => path.getAttribute('stroke-dasharray')),
  ).toEqual([null, '6 4', '1.5 4']);
});

it('stays well-formed and holds nothing but shapes and text, whatever things are called', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '</text><script>alert(1)</script>',
      '"><foreignObject onload="x">',
      ']]><!--',
      '&amp;&#0;&xxe;',
      '\u0000\u0008\ud800\u202e\ufffe',
      "' onclick='x",
      'javascript:alert(1)',
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 2, maxLength: 6 }), hostile, (names, title) => {
      const document = svgOf(names, title);
      expect(document.querySelector('parsererror')).toBeNull();
      for (const element of document.querySelectorAll('*')) {
        expect(allowed).toContain(element.localName);
        for (const attribute of element.attributes) expect(attribute.name).not.toMatch(/^on|href|^style$/i);
      }
    }),
    { numRuns: 100 },
  );
});

it('escapes what XML reads as markup', () => {
  expect(escapeXml(`<a b="c">'&'</a>\u0001`)).toBe('&lt;a b=&quot;c&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
});

it('shortens between characters, never inside one', () => {
  expect(shorten('\u{1f512}\u{1f512}\u{1f512}', (part) => part.length <= 4)).toBe('\u{1f512}\u2026');
  expect(shorten('short', () => true)).toBe('short');
});

it('has an outline for every kind', () => {
  for (const kind of assetKinds) expect(kindPath(kind)).toMatch(/^M/);
  expect(mixedPath).toMatch(/^M/);
});
