import fc from 'fast-check';
import { dump } from 'js-yaml';
import { stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseJson } from './json-document.ts';
import { entryOf, nodeOf } from './node.ts';
import { plainOf } from './plain.test-support.ts';
import { parseToml } from './toml-document.ts';
import { parseYaml } from './yaml-document.ts';

const sameAs = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const kinds = (document: {
  readonly problems: readonly { readonly kind: string; readonly line: number | null }[];
}): unknown => document.problems.map((problem) => [problem.kind, problem.line]);

describe('JSON', () => {
  test('reads every JSON value as JSON.parse does, and calls it strict', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const document = parseJson(text);
        expect(document.strict).toBe(true);
        expect(sameAs(plainOf(document.root))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('never throws and keeps lines inside the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\n', '/', '*', 'a', '1', '\\', ' ') }),
        (text) => {
          const lines = text.split('\n').length;
          const document = parseJson(text);
          for (const problem of document.problems)
            if (problem.line !== null) expect(problem.line).toBeLessThanOrEqual(lines);
          if (document.strict) expect(() => JSON.parse(text)).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });

  test('agrees with JSON.parse on what is strict', () => {
    for (const text of [
      '{"a":1,}',
      '{"a":1}//x',
      '/*x*/{}',
      '{"a":1} x',
      '{a:1}',
      "{'a':1}",
      '',
      ' ',
      '{"a":01}',
      '[1,,2]',
      '{"a":"\t"}',
    ]) {
      expect(() => JSON.parse(text), text).toThrow();
      expect(parseJson(text).strict, text).toBe(false);
    }
    for (const text of ['{"a":"//no comment, ]"}', '[]', '"x"', '{"a":{"b":[1,{}]}}'])
      expect(parseJson(text).strict, text).toBe(true);
  });

  test('says where comments, trailing commas, duplicates and trailing text stand', () => {
    expect(kinds(parseJson('{\n // c\n "a": 1,\n}'))).toEqual([
      ['comment', 2],
      ['trailing-comma', 3],
    ]);
    expect(kinds(parseJson('{\n"a": 1,\n"a": 2}'))).toEqual([['duplicate-key', 3]]);
    expect(plainOf(parseJson('{"a": 1, "a": 2}').root)).toEqual({ a: 2 });
    expect(kinds(parseJson('{}\n{}'))).toEqual([['trailing-content', 2]]);
    expect(kinds(parseJson(''))).toEqual([['empty', null]]);
  });

  test('lines of keys and of the ends of their values', () => {
    const { root } = parseJson('{\n  "a": {\n    "b": [\n      1\n    ]\n  },\n  "c": 2\n}');
    expect(entryOf(root, 'a')).toMatchObject({ line: 2, endLine: 6 });
    expect(entryOf(root, 'a', 'b')).toMatchObject({ line: 3, endLine: 5 });
    expect(entryOf(root, 'c')).toMatchObject({ line: 7, endLine: 7 });
  });

  test('keeps what stands before the break', () => {
    const document = parseJson('{"mcpServers": {"a": {"command": "x"}, "b": {"comm');
    expect(document.tolerable).toBe(false);
    expect(plainOf(nodeOf(document.root, 'mcpServers', 'a') ?? null)).toEqual({ command: 'x' });
  });

  test('refuses depth and number before building anything', () => {
    expect(kinds(parseJson(`${'['.repeat(65)}${']'.repeat(65)}`))).toEqual([['limit', 1]]);
    expect(parseJson(`${'['.repeat(64)}${']'.repeat(64)}`).strict).toBe(true);
    expect(kinds(parseJson(`[${'1,'.repeat(100_001)}1]`))).toEqual([['limit', null]]);
  });

  test('a key called __proto__ is a key', () => {
    const { root } = parseJson('{"__proto__": {"polluted": 1}}');
    expect(root?.kind === 'map' && [...root.entries.keys()]).toEqual(['__proto__']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('YAML', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('node'), { maxKeys: 4 }),
    ),
  })).node;

  test('reads back what js-yaml writes', () => {
    fc.assert(
      fc.property(value, (written) => {
        const document = parseYaml(dump(written));
        expect(document.problems).toEqual([]);
        expect(sameAs(plainOf(document.root) ?? null)).toEqual(sameAs(written));
      }),
    );
  });

  test('lines', () => {
    const { root } = parseYaml('a:\n  - x\n  - b: |\n      one\n      two\nc:\n');
    expect(entryOf(root, 'a')).toMatchObject({ line: 1, endLine: 5 });
    expect(entryOf(root, 'c')).toMatchObject({ line: 6, endLine: 6, node: { line: 6, value: null } });
  });

  test('core schema: yes and dates are text, merge keys stay keys', () => {
    expect(plainOf(parseYaml('a: yes\nb: 2020-01-01\nc: 0x10\nd: 1.5\ne: "1"\nf: 12345678901234567890').root)).toEqual({
      a: 'yes',
      b: '2020-01-01',
      c: 16,
      d: 1.5,
      e: '1',
      f: '12345678901234567890',
    });
  });

  test('aliases are read, and counted before they explode', () => {
    expect(plainOf(parseYaml('a: &x {b: 1}\nc: *x').root)).toEqual({ a: { b: 1 }, c: { b: 1 } });
    const bomb = [
      'a0: &a0 [x, x, x]',
      ...Array.from(
        { length: 30 },
        (_item, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`,
      ),
    ].join('\n');
    expect(kinds(parseYaml(bomb))).toEqual([['limit', null]]);
  });

  test('broken, deep and further documents', () => {
    expect(kinds(parseYaml('a: b: c'))).toEqual([['syntax', 1]]);
    expect(kinds(parseYaml(`a: ${'['.repeat(70)}${']'.repeat(70)}`))).toEqual([['limit', 1]]);
    expect(kinds(parseYaml('a: 1\n---\nb: 2'))).toEqual([['trailing-content', null]]);
  });

  test('forty thousand keys cost no more than their number', () => {
    const text = Array.from({ length: 40_000 }, (_item, index) => `key${index}: ${index}`).join('\n');
    const started = performance.now();
    expect(parseYaml(text).problems).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe('TOML', () => {
  const key = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/),
    fc.constant('with space'),
    fc.constant('a.b'),
    fc.constant('ü'),
  );
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
  const table = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 3 })), {
    maxKeys: 5,
  });

  test('reads back what smol-toml writes, every key on the line that holds it', () => {
    fc.assert(
      fc.property(table, (written) => {
        const text = stringify(written);
        const lines = text.split('\n');
        const { root, problems } = parseToml(text);
        expect(problems).toEqual([]);
        expect(sameAs(plainOf(root))).toEqual(sameAs(written));
        if (root?.kind !== 'map') throw new Error('no table');
        for (const entry of root.entries.values()) {
          const shown = /^[A-Za-z0-9_-]+$/.test(entry.key) ? entry.key : JSON.stringify(entry.key);
          expect(lines[entry.line - 1]).toContain(shown);
        }
      }),
    );
  });

  test('lines of tables, arrays of tables, inline tables and long strings', () => {
    const { root } = parseToml(
      '[[rule]]\na = 1\n[rule.x]\ny = 2\n[[rule]]\nb = """\n[no]\n"""\nc = { d = [\n  "e",\n] }\n',
    );
    const rules = nodeOf(root, 'rule');
    const second = rules?.kind === 'list' ? rules.items[1] : undefined;
    expect(entryOf(second, 'b')).toMatchObject({ line: 6, endLine: 8 });
    expect(entryOf(second, 'c', 'd')).toMatchObject({ line: 9, endLine: 11 });
    expect(entryOf(rules?.kind === 'list' ? rules.items[0] : null, 'x', 'y')).toMatchObject({ line: 4 });
  });

  test('a broken file says where and shows nothing of the text', () => {
    const document = parseToml('a = 1\ntoken = FAKEsecret!\n');
    expect(kinds(document)).toEqual([['syntax', 2]]);
    expect(JSON.stringify(document)).not.toContain('FAKE');
  });
});
