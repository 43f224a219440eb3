import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProject } from './resolve.ts';
import { defaultParseLimits, loadPythonParser } from './parser.ts';
import { isPackedModule, packModule, unpackModule, type PackedModule } from './packed.ts';
import { summarisePython } from './summary.ts';
import type { Value } from './values.ts';

const parser = await loadPythonParser();
const summarise = (text: string, place = 'app/a.py') => summarisePython(parser, { place, sha256: '', text });

function evaluated(files: Record<string, string>, place: string, name: string): Value | null {
  const modules = Object.entries(files).map(([path, text]) => ({
    place: path,
    content: unpackModule(summarise(text, path).content as PackedModule),
  }));
  const project = createProject(modules, 'app');
  const module = project.index.at(place);
  return module === null ? null : project.lookup(name, project.moduleScope(module));
}

/** A value without places, as short text. */
function short(value: Value | null): string {
  if (value === null) return 'nothing';
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'constant':
      return String(value.value);
    case 'symbol':
      return value.path;
    case 'list':
      return `[${value.items.map((item) => short(item.value) + (item.when === undefined ? '' : ` if ${item.when}`)).join(', ')}]`;
    case 'dict':
      return `{${value.entries.map((entry) => `${short(entry.key)}: ${short(entry.value)}`).join(', ')}}`;
    case 'choice':
      return value.options.map(short).join(' or ');
    case 'environment':
      return `$${value.name}${value.fallback === null ? '' : `:${short(value.fallback)}`}`;
    case 'function':
      return `def ${value.function.name}`;
    case 'class':
      return `class ${value.class.name}`;
    case 'template':
      return `<${value.parts.map(short).join('')}>`;
    case 'dynamic':
      return `?${value.reason}`;
    case 'call':
      return `${short(value.callee)}()`;
    case 'member':
      return `${short(value.of)}.${value.name}`;
    default:
      return value.kind;
  }
}
const value = (text: string) => short(evaluated({ 'app/a.py': text }, 'app/a.py', 'x'));

describe('summaries', () => {
  it('are plain JSON with lines', () => {
    const summary = summarise(
      '"""doc"""\nfrom .a import b as c\n@tool("t")\ndef f(q, *rest, k=1):\n    """Say."""\n    return q\n',
    );
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    expect({ ...summary, content: unpackModule(summary.content as PackedModule) }).toEqual({
      place: 'app/a.py',
      sha256: '',
      status: 'read',
      issues: [],
      content: {
        language: 'python',
        body: [
          { kind: 'import', names: [{ binds: 'c', level: 1, module: 'a', name: 'b' }], line: 2, at: 10 },
          {
            kind: 'function',
            line: 4,
            at: 43,
            function: {
              name: 'f',
              line: 4,
              endLine: 6,
              parameters: [
                { name: 'q' },
                { name: 'rest', rest: 'list' },
                { name: 'k', fallback: { kind: 'constant', value: 1 } },
              ],
              decorators: [
                {
                  kind: 'call',
                  callee: { kind: 'name', id: 'tool' },
                  args: [{ kind: 'text', value: 't', line: 3 }],
                  keywords: [],
                  line: 3,
                  endLine: 3,
                  at: 37,
                },
              ],
              documentation: 'Say.',
              body: [{ kind: 'return', value: { kind: 'name', id: 'q' }, line: 6, at: 84 }],
            },
          },
        ],
      },
    });
  });

  it('hold no secret', () => {
    const secret = 'FAKEaB3dE5gH7jK9mN1pQ3';
    const text = `API_KEY = "${secret}"\nf(password="${secret}")\nd = {"api_key": "${secret}"}\nurl = "postgresql://me:${secret}@db/x"\nheaders = {"Authorization": "Bearer ${secret}"}\ndef g(token="${secret}"): pass\nif key == "x" and API_KEY == "sk-${secret}": g()\n`;
    expect(JSON.stringify(summarise(text))).not.toContain(secret);
  });

  it('leave harmless keys alone', () => {
    expect(value('x = {"cache_key": "user name", "reranker_key": "text"}["reranker_key"]\n')).toBe('"text"');
  });

  it('end for hostile text within a second', () => {
    const deep = [
      '('.repeat(50_000),
      `x=${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      `a${'.b()'.repeat(50_000)}`,
      `x = ${'f('.repeat(20_000)}`,
      `x = 1${' + 1'.repeat(50_000)}`,
      'if x:\n'.repeat(5000),
      `x = ${'lambda: '.repeat(30_000)}1`,
      'f"{'.repeat(10_000),
    ];
    for (const text of deep) {
      const before = performance.now();
      expect(['read', 'malformed']).toContain(summarise(text).status);
      expect(performance.now() - before).toBeLessThan(5000);
    }
  });

  it('refuse what is too large, and say so', () => {
    expect(parser.parse('x = 1\n'.repeat(100), { ...defaultParseLimits, maxNodes: 50 })).toEqual({
      ok: false,
      reason: 'too-many-nodes',
    });
    expect(parser.parse('x = 1\n'.repeat(100), { ...defaultParseLimits, maxLength: 50 })).toEqual({
      ok: false,
      reason: 'too-long',
    });
    expect(parser.parse('x = 1\n').ok).toBe(true);
  });

  it('never throw, whatever the text', () => {
    const words = fc.constantFrom(
      'def f(',
      'class C:',
      '"""',
      "'",
      'f"{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '\n',
      '    ',
      'import a',
      'from . import *',
      'x = ',
      'lambda',
      '@tool',
      ':',
      '# c',
      '\\',
      'return x',
      'if y:',
      'await z',
      '*',
      '**',
      'x.y()',
      '\u0000',
      '\ud800',
      'é',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }), (pieces) => {
        const summary = summarise(pieces.join(' '));
        const packed: unknown = JSON.parse(JSON.stringify(summary.content));
        if (!isPackedModule(packed)) throw new Error('not a module');
        const content = unpackModule(packed);
        expect(packModule(content)).toEqual(packed);
        const notebook = summarise(pieces.join(' '), 'app/n.ipynb');
        expect(notebook.status).toBe('malformed');
        createProject([{ place: 'app/a.py', content }], 'app').calls(new Set(['x']));
      }),
      { numRuns: 300 },
    );
  });
});

describe('values', () => {
  it.each([
    ['x = ["a", *["b"], "c"] + ["d"]\n', '["a", "b", "c", "d"]'],
    ['y = ["a"]\nx = y\ny = ["b"]\n', '["a"]'],
    ['x = ["a"]\nx.append("b")\nx += ["c"]\nif q:\n    x.extend(["d"])\n', '["a", "b", "c", "d" if q]'],
    ['import os\nx = os.environ.get("A", "b")\n', '$A:"b"'],
    ['from os import environ as e\nx = e["A"]\n', '$A'],
    ['x = "a" if q else "b"\n', '"a" or "b"'],
    ['if q:\n    x = "a"\nelse:\n    x = "b"\n', '"a" or "b"'],
    ['try:\n    import fast as x\nexcept ImportError:\n    x = None\n', 'fast or null'],
    ['def f(n="z"):\n    return [n, "b"]\nx = f("a")\n', '["a", "b"]'],
    ['def f(n="z"):\n    return n\nx = f()\n', '"z"'],
    ['def f():\n    return f()\nx = f()\n', '?calls itself'],
    ['x = y\ny = x\n', '?defined in a circle'],
    ['class A:\n    def __init__(self, v):\n        self.v = [v]\nx = A("q").v\n', '["q"]'],
    ['a = {"k": "v"}\na["l"] = "w"\nx = {**a, "m": 1}\n', '{"k": "v", "l": "w", "m": 1}'],
    ['x = {"k": ["v"]}["k"]\n', '["v"]'],
    ['x = [t for t in ["a", "b"] if ok(t)]\n', '["a" if filtered, "b" if filtered]'],
    ['x = f"a{1 + 2}b"\n', '<"a"?computed"b">'],
    [
      'from functools import partial\ndef f(a, b):\n    return [a, b]\ng = partial(f, "p")\nx = g(b="q")\n',
      '["p", "q"]',
    ],
    ['x = "a\\n\\x41\\u00e9" \'b\'\n', '"a\\nAéb"'],
    ['x = unknown(1)\n', 'builtins.unknown()'],
    ['a, x = "p", "q"\n', '"q"'],
    ['def f(p):\n    global x\n    return p\nx = (lambda v: [v])("a")\n', '["a"]'],
  ])('%j', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('finds modules in packages, src layouts and beside the file', () => {
    const files = {
      'app/src/pkg/__init__.py': 'from .deep.inner import NAME as PUBLIC\nfrom . import side\n',
      'app/src/pkg/deep/inner.py': 'from ..side import OTHER\nNAME = ["n", OTHER]\n',
      'app/src/pkg/side.py': 'OTHER = "o"\n',
      'app/tests/t.py': 'import pkg.side as s\nfrom pkg import PUBLIC, side\nx = [*PUBLIC, s.OTHER, side.OTHER]\n',
    };
    expect(short(evaluated(files, 'app/tests/t.py', 'x'))).toBe('["n", "o", "o", "o"]');
  });

  it('asks for modules it has not seen, never outside the root and never for libraries', () => {
    const modules = [
      {
        place: 'app/src/m.py',
        content: unpackModule(
          summarise(
            'from .p import A\nfrom ...up import B\nfrom q.r import C\nimport os, langchain\nx = [A, B, C, os.sep]\n',
            'app/src/m.py',
          ).content as PackedModule,
        ),
      },
    ];
    const project = createProject(modules, 'app');
    const module = project.index.at('app/src/m.py');
    if (module !== null) project.lookup('x', project.moduleScope(module));
    expect([...project.index.wanted].filter((place) => !place.endsWith('__init__.py')).sort()).toEqual([
      'app/q/r.py',
      'app/q/r/C.py',
      'app/src/p.py',
      'app/src/p/A.py',
      'app/src/q/r.py',
      'app/src/q/r/C.py',
      'app/src/src/q/r.py',
      'app/src/src/q/r/C.py',
    ]);
  });
});
