import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleBody } from './module-body.ts';
import { loadPythonParser } from './parser.ts';
import { plainModule } from './plain-module.ts';
import type { Statement } from './summary.ts';

const parser = await loadPythonParser();
const same = (line: number): number => line;

/** What the grammar's tree gives; null where it does not fit. */
function byTree(text: string): readonly Statement[] | null {
  const parsed = parser.parse(text);
  if (!parsed.ok || parsed.tree.errorLines.length > 0) return null;
  return moduleBody(parsed.tree, parser.grammar, same).body;
}

describe('plain Python gives the statements that the grammar gives', () => {
  it.each([
    [
      'imports',
      'import a.b.c, d as e\nfrom . import f\nfrom ...g.h import (i, # one\n j as k,\n)\nfrom l import *\nfrom __future__ import m\n',
    ],
    [
      'assignments',
      'a = b = c, d = 1, 2\n(e, [f, *g]) = h\ni.j[0]["k"] += 3\nl: dict[str, int] = {}\nm: int\nn, = o\np = *q, r\ns = yield t\n',
    ],
    ['numbers', 'x = [1, 0x1F, 0b11, 0o17, 1_000, 1., .5, 1e5, 1.5e-3, 3j, 2 ** -1, -4]\n'],
    [
      'texts',
      `a = "x" 'y' r"\\d\\n" b"z" "\\x41\\u00e9\\
b"\nc = """one
two""" """three"""\nd = ''\n`,
    ],
    [
      'formatted texts',
      `a = f"{b}{{c}} {d!r:>{e}} {f['g']}" "tail"\nh = rf'\\d{i}'\nj = f"""
{k(
  1)} and
{l=}"""\nm = f"" f"{'n'}"\n`,
    ],
    [
      'operators',
      'x = a + b + (c + d) - e * f / g / h // i % j @ k | l | (m & n) ^ o << p >> q\ny = not a == b < c is not d not in e and f or g or (h or i)\n',
    ],
    ['calls', 'a.b(c)(d, *e, f=g, **h)[i](j for j in k if l)\nm(n=1).o(\n  p\n).q(\n  r\n)\nawait s(t)\n'],
    ['indexes', 'a[1:2, ::3]\nb[c]\nd[:]\ne[f:][g](h())\n'],
    ['collections', 'x = [(), (a,), (b, c), [], [*d, e], {}, {f}, {*g, h}, {"i": j, **k, l: m}, ...]\n'],
    [
      'comprehensions',
      'a = [b(c) for c, (d, *e) in f() if g(c) if h]\ni = {j: k for j in l}\nm = {n async for n in o}\np = (q for q in r for s in t)\n',
    ],
    ['lambdas and choices', 'a = lambda b, *c, d=e(), **f: g if h else i if j else k\nl = (m := n(o)) or p\n'],
    [
      'functions',
      '@a.b(c)\n@d\nasync def e(f, /, g: int = h(1), *, i="x", **j) -> list[k]:\n    """Says   so.\n\n    More."""\n    return f, g\ndef l(): pass\ndef m(): "doc"; n()\n',
    ],
    [
      'classes',
      'class A:\n    x = 1\nclass B(C, D[E], metaclass=F, **G):\n    """Doc."""\n    def h(self): return self.x\n',
    ],
    [
      'conditions',
      'if a(b) and c:\n    d = 1\nelif e:\n    f = 2\nelse:\n    g = 3\nif (\n  h  # why\n  or i\n): j()\nwhile k():\n    l()\n    break\nelse:\n    m()\n',
    ],
    [
      'loops',
      'for a, b in c(), d:\n    e(a)\nelse:\n    f()\nasync def g():\n    async for h in i:\n        continue\n',
    ],
    [
      'with',
      'with a() as b, c(): d()\nwith (e() as f, g()): h()\nwith (i(), j()) as k: l()\nwith (m or n).o() as (p, q):\n    r()\nwith (s()): t()\nasync def u():\n    async with v() as w.x:\n        y()\n',
    ],
    [
      'try',
      'try:\n    a()\nexcept (B, C) as d:\n    e()\nexcept:\n    f()\nelse:\n    g()\nfinally:\n    h()\ntry:\n    i()\nexcept* J:\n    k()\n',
    ],
    [
      'simple statements',
      'assert a(b), "c"\ndel d, e[f]\nraise G(h) from i\nglobal_ = 1; j(); k, l()\ndef m():\n    global n, o\n    yield\n    yield from p()\n    yield q, r\n    raise\n    return\n',
    ],
    [
      'secrets',
      'api_key = "FAKEaB3dE5gH7jK9mN1pQ3"\nf(password="FAKEhunter2hunter2", x={"token": "FAKEaB3dE5gH7jK9mN1pQ3"})\ndef g(secret="FAKEaB3dE5gH7jK9mN1pQ3"): pass\n',
    ],
    [
      'comments at the end of blocks',
      'def a():\n    if b:\n        c()\n        # of the condition\n    # of the function\n# of the file\n\n\ndef d():\n    e()\n  # less than the block\n    # not of it any more\nclass F:\n    def g(self):\n        pass\n    # of the class\n',
    ],
    ['lines', 'a = (1 +\n  2)\nb = c \\\n  .d(\n    e)\r\nf = """\r\n"""\r\nif g:\r\n\th()\n'],
    ['no end of line', 'def a():\n    return b'],
    ['nothing', '# only this'],
    ['words that are names', 'print(a)\nmatch = case = type\nmatch.group(1)\ntype_ = match[0]\n_ = é + 变量\n'],
  ])('%s', (_, text) => {
    const plain = plainModule(text, same);
    expect(plain).not.toBeNull();
    expect(plain).toEqual(byTree(text));
  });

  it('also where lines are those of something else', () => {
    const text = 'def a(\n  b="c",\n):\n    """Doc."""\n    return f(\n      b)\nx = f"""{a}\n"""\n';
    const parsed = parser.parse(text);
    if (!parsed.ok) throw new Error('not parsed');
    const moved = (line: number): number => line * 10 + 3;
    expect(plainModule(text, moved)).toEqual(moduleBody(parsed.tree, parser.grammar, moved).body);
  });

  it('for whatever is put together of expressions and blocks', () => {
    const name = fc.constantFrom('a', 'b', 'self', 'api_key');
    const { expression } = fc.letrec<{ expression: string }>((tie) => {
      const inner = tie('expression');
      const infix = fc.constantFrom('+', '-', '|', '/', '*', 'and', 'or', '==', 'in', 'is not', '**');
      return {
        expression: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          name,
          fc.constantFrom('1', '2.5', 'None', 'True', '"text"', "r'raw'", 'f"{a} of {b!r}"', '"""x\ny"""', '...'),
          fc.tuple(inner, infix, inner).map(([left, sign, right]) => `(${left}) ${sign} ${right}`),
          fc.tuple(name, inner, inner).map(([called, first, second]) => `${called}(${first}, *b, key=${second}, **c)`),
          fc.tuple(inner, inner).map(([first, second]) => `[${first},\n${second}]`),
          fc.tuple(inner, inner).map(([key, value]) => `{${key}: ${value}, **d}`),
          fc.tuple(inner, inner, inner).map(([first, test, second]) => `(${first} if ${test} else ${second})`),
          fc
            .tuple(inner, inner)
            .map(([first, second]) => `[${first} for x in ${second} if y]`.replace(/in (.*) if/s, 'in ($1) if')),
          inner.map((value) => `a.b[${value}].c`),
          inner.map((value) => `not ${value}`),
          inner.map((value) => `(lambda x, y=1: ${value})`),
        ),
      };
    });
    const line = fc.oneof(
      expression,
      expression.map((value) => `a = b.c = ${value}`),
      expression.map((value) => `a[0], *b = ${value}`),
      expression.map((value) => `return ${value}`),
      expression.map((value) => `assert ${value}  # so`),
      fc.constantFrom('pass', '# comment', '', 'import a.b', '"""Doc."""'),
    );
    const block = fc.tuple(
      fc.constantFrom('if a:', 'def f(x: int = 1):', 'class C(B):', 'for a, b in c:', 'with a() as b:', 'while a:'),
      fc.array(line, { maxLength: 4 }),
      fc.array(line, { maxLength: 2 }),
    );
    const program = fc
      .array(block, { maxLength: 4 })
      .map((blocks) =>
        blocks
          .map(([head, inside, after]) =>
            [head, ...inside.map((one) => `    ${one}`), '    x()', ...after, ''].join('\n'),
          )
          .join(''),
      );
    let taken = 0;
    fc.assert(
      fc.property(program, (text) => {
        const plain = plainModule(text, same);
        const tree = byTree(text);
        if (plain === null || tree === null) return;
        taken += 1;
        expect(plain).toEqual(tree);
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(300);
  });
});

describe('what is rare or wrong is left to the grammar', () => {
  it.each([
    'match a:\n    case 1:\n        pass\n',
    'print "hello"\n',
    'print >>f, "hello"\n',
    'try:\n    pass\nexcept A, b:\n    pass\n',
    'x = 10L\n',
    'type X = int\n',
    'def f[T](a): pass\n',
    'a = f"{x:=5}"\n',
    'a = f"{x["y"]}"\n',
    'a = "\n',
    'a = (1, 2\n',
    'a = [1)\n',
    'a = b c\n',
    'a = = b\n',
    'def f(:\n    pass\n',
    'def f():\n',
    'if a:\nb()\n',
    '  a()\n',
    'if a:\n    b()\n  c()\n',
    'if a:\n    b()\n      c()\n',
    'else:\n    a()\n',
    'try:\n    a()\n',
    'a = 1 if b\n',
    'x := 1\n',
    '*a\n',
    'a = {*b: c}\n',
    'a = $b\n',
    'a = b?\n',
    'a = 1\0\n',
    'a\u00a0= 1\n',
    '@a\nb = 1\n',
    `a = ${'('.repeat(60)}b${')'.repeat(60)}\n`,
    `a = ${'not '.repeat(200)}b\n`,
    `a = ${'b - '.repeat(200)}b\n`,
    `${Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')}${' '.repeat(60)}b()\n`,
  ])('%j', (text) => {
    expect(plainModule(text, same)).toBeNull();
  });

  it('never takes what the grammar finds broken, whatever was left out or put in', () => {
    const text =
      '@tool("a", b=[1, "two"])\ndef f(c, *d, e: int = 3, **g) -> str:\n    """Doc."""\n    with h(c) as i, j: k = {l: m[1:] for l in n}\n    if o and not p: return f"{q} {r!s}"\n    x, y = (lambda: s)(), t.u(v, *w)\n';
    // No line feed: inside brackets the grammar takes some that are right for wrong (`f(*`, line feed, `a)`).
    const piece = fc.constantFrom(
      '',
      '(',
      ')',
      ']',
      '{',
      ':',
      ',',
      '=',
      '"',
      "'",
      '.',
      'if ',
      'else',
      'in ',
      'def ',
      '0',
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.integer({ min: 0, max: 3 }), piece, (at, length, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + length);
        const plain = plainModule(changed, same);
        if (plain !== null) expect([changed, plain]).toEqual([changed, byTree(changed)]);
      }),
      { numRuns: 1500 },
    );
  });

  it.each(["'a\\", 'f"a\\', '"""a\\', "x = 'a\\"])(
    '%j: a backslash at the very end of an open text ends as well',
    (text) => {
      expect(plainModule(text, same)).toBeNull();
    },
  );

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(() => plainModule(text, same)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
