import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFrontMatter } from './front-matter.ts';
import { entryOf, nodeOf, textOf, textsOf } from './node.ts';
import { plainOf } from './plain.test-support.ts';

describe('front matter', () => {
  test('YAML with lines of the file', () => {
    const matter = parseFrontMatter('---\nname: a\ntools:\n  - Read\n---\n\nbody\n');
    expect(plainOf(matter.header)).toEqual({ name: 'a', tools: ['Read'] });
    expect(entryOf(matter.header, 'tools')).toMatchObject({ line: 3, endLine: 4 });
    expect([matter.body, matter.bodyLine, matter.headerLines, matter.problems]).toEqual([
      '\nbody\n',
      6,
      { line: 1, endLine: 5 },
      [],
    ]);
  });

  test('no header, an open one, an empty one', () => {
    expect(parseFrontMatter('# Title\n---\n').header).toBeNull();
    expect(parseFrontMatter('---\nname: a\n').problems.map((problem) => problem.kind)).toEqual(['syntax']);
    expect(parseFrontMatter('---\n---\nx').header?.entries.size).toBe(0);
  });

  test('what people write although it is not YAML is read, and said', () => {
    const matter = parseFrontMatter(
      '---\nname: helper\ndescription: Use this: when <example>user: "x"</example>\n  more: of it\nmodel: opus\ntools: [Read, "Grep"]\n---\nbody',
    );
    expect(textOf(nodeOf(matter.header, 'name'))).toBe('helper');
    expect(textOf(nodeOf(matter.header, 'description'))).toContain('<example>');
    expect(textOf(nodeOf(matter.header, 'model'))).toBe('opus');
    expect(textsOf(nodeOf(matter.header, 'tools'))).toEqual(['Read', 'Grep']);
    expect(entryOf(matter.header, 'model')?.line).toBe(5);
    expect(matter.problems.map((problem) => problem.kind)).toEqual(['lenient']);
  });

  test('a flow list whose bracket closes at the margin', () => {
    const matter = parseFrontMatter("---\nname: x\nargs: [\n  'a',\n]\nenv:\n  K: v\n---\n");
    expect(plainOf(matter.header)).toEqual({ name: 'x', args: ['a'], env: { K: 'v' } });
    expect(entryOf(matter.header, 'env', 'K')?.line).toBe(7);
    expect(matter.problems.map((problem) => problem.kind)).toEqual(['lenient']);
  });

  test('a value that looks like an alias', () => {
    expect(plainOf(parseFrontMatter('---\nglobs: *.ts\nx: 1\n---\n').header)).toEqual({ globs: '*.ts', x: 1 });
  });

  test('a value that is no YAML leaves the structure of the others whole', () => {
    const matter = parseFrontMatter(
      '---\nname: a\ndescription: Use when: x\ntools: *\nhooks:\n  Stop:\n    - hooks:\n        - type: command\n---\nbody',
    );
    expect(plainOf(matter.header)).toEqual({
      name: 'a',
      description: 'Use when: x',
      tools: '*',
      hooks: { Stop: [{ hooks: [{ type: 'command' }] }] },
    });
    expect(entryOf(matter.header, 'hooks', 'Stop')?.line).toBe(6);
    expect(matter.problems.map((problem) => problem.kind)).toEqual(['lenient']);
  });

  test('globs that start with a star, in a list', () => {
    const matter = parseFrontMatter('---\npaths:\n  - **/*.cs\n  - "**/*.ts"\n---\n');
    expect(plainOf(matter.header)).toEqual({ paths: ['**/*.cs', '**/*.ts'] });
    expect(matter.problems.map((problem) => problem.kind)).toEqual(['lenient']);
  });

  test('a broken map below a key is lost, and that is said as an error', () => {
    const matter = parseFrontMatter('---\nname: a\nhooks:\n  Stop: b: c\n---\n');
    expect(plainOf(matter.header)).toEqual({ name: 'a', hooks: null });
    expect(matter.problems.map(({ kind, line }) => [kind, line])).toEqual([['syntax', 3]]);
  });

  test('Windows line ends', () => {
    expect(plainOf(parseFrontMatter('---\r\nname: a\r\nx: true\r\n---\r\nbody').header)).toEqual({
      name: 'a',
      x: true,
    });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('-', '\n', ':', ' ', 'a', '[', ']', '{', '}', '"', "'", '*', '&', '#', '|'),
        }),
        (text) => {
          expect(() => parseFrontMatter(`---\n${text}\n---\n`)).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });
});
