import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadShellGrammar } from './grammar.ts';
import { readProgram } from './read-program.ts';

const grammar = await loadShellGrammar();
const read = (text: string) => readProgram(grammar, text);
const words = (text: string): readonly (readonly (string | null)[])[] =>
  read(text).commands.map((command) => command.words.map((word) => word.value));

test('operators part commands; redirections are not part of a command', () => {
  const program = read('FOO=1 sudo git push "a b" > out.txt 2>&1 && cat < in | tee -a y &');
  expect(program.commands).toMatchObject([
    {
      text: 'FOO=1 sudo git push "a b"',
      bare: 'sudo git push "a b"',
      assignments: [{ name: 'FOO', value: '1' }],
      redirections: [
        { kind: 'write', target: 'out.txt' },
        { kind: 'duplicate', target: null },
      ],
      piped: false,
    },
    { text: 'cat', redirections: [{ kind: 'read', target: 'in' }], piped: false },
    { text: 'tee -a y', redirections: [], piped: true },
  ]);
  expect([...program.structures].sort()).toEqual(['and', 'background', 'pipe', 'redirection']);
  expect(program.parts.map((part) => part.text)).toEqual(['FOO=1 sudo git push "a b"', 'cat', 'tee -a y']);
});

test.each([
  ['r"m" -rf \\/x', [['rm', '-rf', '/x']]],
  ["echo $'a\\nb' 'c d'", [['echo', 'a\nb', 'c d']]],
  ['echo $HOME/x ~/y', [['echo', null, '~/y']]],
  ['rm {a,b}', [['rm', null]]],
  ['echo "it\'s \\"x\\" \\$y"', [['echo', 'it\'s "x" $y']]],
  ['a && b || c; d\ne', [['a'], ['b'], ['c'], ['d'], ['e']]],
  ['f() { rm -rf x; }; f', [['rm', '-rf', 'x'], ['f']]],
  ['echo `id` $(ls)', [['id'], ['ls'], ['echo', null, null]]],
])('%s', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test.each([
  ['( cd a; make )', ['subshell']],
  ['{ ls; }', ['group']],
  ['for f in a; do rm $f; done', ['loop']],
  ['if true; then rm a; fi', ['if']],
  ['case x in a) rm;; esac', ['case']],
  ['! rm x', ['negation']],
  ['echo $(rm x)', ['substitution']],
])('%s: the command inside knows where it stands', (text, within) => {
  const program = read(text);
  expect(program.commands.find((command) => command.within.length > 0)?.within).toEqual(within);
});

test('a redirection of a whole group is kept with its last command', () => {
  expect(read('{ ls; pwd; } > x').commands.map((command) => command.redirections)).toEqual([
    [],
    [{ kind: 'write', target: 'x' }],
  ]);
});

test('a redirection without a program empties the file all the same', () => {
  expect(read('> x').commands).toMatchObject([{ words: [], redirections: [{ kind: 'write', target: 'x' }] }]);
});

test('an unquoted here-document is expanded, a quoted one is not', () => {
  expect(read('cat <<EOF\n$X\nEOF').commands[0]?.redirections).toEqual([
    { kind: 'here-document', target: null, expanded: true },
  ]);
  expect(read("cat <<'EOF'\n$X\nEOF").commands[0]?.redirections).toEqual([
    { kind: 'here-document', target: null, expanded: false },
  ]);
});

test.each(['echo "open', 'a && && b', `echo ${'x'.repeat(10_001)}`, '('.repeat(200)])(
  '%.20s cannot be relied on',
  (text) => {
    expect(read(text).unreadable).toBe(true);
  },
);

test('no text breaks the reader', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab $"\'`\\(){}[]<>|&;*?!=~#\n-/'), maxLength: 60 }), (text) => {
      const program = read(text);
      for (const command of program.commands) expect(program.text).toContain(command.text);
    }),
    { numRuns: 3000 },
  );
});

test('what stands in quotes is never a command', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ;&|()]{0,30}$/), (inner) => {
      expect(words(`echo '${inner}'`)).toEqual([['echo', inner]]);
    }),
    { numRuns: 500 },
  );
});
