import { describe, expect, test } from 'vitest';
import { faultsOf, hostileInputs, inputAt } from './conformance.ts';
import { linkers, sources } from './registry.ts';
import type { FileSource } from './source.ts';

const fileSources = sources.filter((source): source is FileSource => source.kind === 'file');
const inputs = hostileInputs();

/** What names hosts nobody reads yet, and what only says something about facts of others. */
const withoutFacts = new Set([
  'other-hosts/not-supported',
  'git/head',
  'owners/catalog',
  'owners/codeowners',
  'owners/manifests',
  'context-files/lists',
]);

test('every source and linker has an id of its own, and says what it is', () => {
  const ids = [...sources, ...linkers].map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const source of sources) {
    expect(source.id).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
    expect(source.title.length * source.productTitle.length).toBeGreaterThan(0);
    expect([source.id, source.emits.length > 0]).toEqual([source.id, !withoutFacts.has(source.id)]);
  }
});

test('places are of the form that the runner understands', () => {
  for (const source of fileSources) {
    expect(source.locations.length, source.id).toBeGreaterThan(0);
    for (const { path, base } of source.locations) {
      expect(path.includes('\\') || path.endsWith('/') || path.endsWith('**'), `${source.id} ${path}`).toBe(false);
      expect(path.startsWith('/') || /^[A-Z]:\//.test(path), `${source.id} ${path}`).toBe(base === 'machine');
      expect(path.split('/')[0] === '**', `${source.id} ${path}`).toBe(false);
    }
  }
});

describe.each(fileSources.map((source) => [source.id, source] as const))('%s', (_id, source) => {
  const shapes = new Map(
    source.locations.map((location) => [
      `${location.base} ${location.scope} ${location.path.split('/').at(-1) ?? ''}`,
      location,
    ]),
  );

  test('survives hostile input in under a second, keeps secrets, tells lines', () => {
    const faults: string[] = [];
    const endings = new Set<string>();
    for (const location of shapes.values()) {
      const ending = location.path.split('.').at(-1) ?? '';
      const first = !endings.has(ending);
      endings.add(ending);
      for (const { name, text } of inputs) {
        if (text.length > 500_000 && !first) continue;
        const input = inputAt(location, text);
        const started = performance.now();
        const reading = source.read(input);
        const took = performance.now() - started;
        if (took > 1000) faults.push(`${name} at ${location.path}: ${Math.round(took)} ms`);
        faults.push(...faultsOf(source, input, reading).map((fault) => `${name} at ${location.path}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('the same file gives the same reading', () => {
    const location = source.locations[0];
    if (location === undefined) throw new Error('no location');
    for (const { text } of inputs.filter((input) => input.text.length < 10_000)) {
      expect(source.read(inputAt(location, text))).toEqual(source.read(inputAt(location, text)));
    }
  });
});
