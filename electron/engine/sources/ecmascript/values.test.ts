import { describe, expect, it } from 'vitest';
import { isPackedModule, unpackModule } from '../python/packed.ts';
import { createProject } from '../python/resolve.ts';
import type { Value } from '../python/values.ts';
import { ecmascriptDialect } from './dialect.ts';
import { loadEcmascriptParsers } from './parser.ts';
import { isProjectFile } from './project-files.ts';
import { summariseEcmascript } from './summary.ts';

const parsers = await loadEcmascriptParsers();

function project(files: Readonly<Record<string, string>>) {
  const summaries = Object.entries(files).map(([place, text]) =>
    summariseEcmascript(parsers, { place, sha256: '', text }),
  );
  const modules = summaries.flatMap(({ place, content }) =>
    isPackedModule(content) ? [{ place, content: unpackModule(content) }] : [],
  );
  const configs = summaries.flatMap(({ place, content }) => (isProjectFile(content) ? [{ place, content }] : []));
  return createProject(modules, 'app', ecmascriptDialect(configs));
}

function evaluated(files: Readonly<Record<string, string>>, place: string, name: string): string {
  const made = project(files);
  const module = made.index.at(place);
  return module === null ? 'no module' : short(made.lookup(name, made.moduleScope(module)));
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
      return `{${value.entries.map((entry) => `${entry.key === null ? '...' : short(entry.key)}: ${short(entry.value)}`).join(', ')}}`;
    case 'choice':
      return value.options.map(short).join(' or ');
    case 'environment':
      return `$${value.name}${value.fallback === null ? '' : `:${short(value.fallback)}`}`;
    case 'function':
      return `function ${value.function.name.replace(/@\d+$/, '')}`;
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
    case 'instance':
      return `new ${value.of.class.name}`;
    default:
      return value.kind;
  }
}
const value = (text: string): string => evaluated({ 'app/a.ts': text }, 'app/a.ts', 'x');

describe('values', () => {
  it.each([
    [
      'objects',
      `const b = { k: 1 }; const x = { 'a-b': "t", ...b, [name]: f, m() {} };`,
      '{"a-b": "t", "k": 1, builtins.name: builtins.f, "m": function m}',
    ],
    ['casts', `const x = <const>{ a: ['b'] as const, c: d! satisfies E };`, '{"a": ["b"], "c": builtins.d}'],
    ['templates', 'const who = `a\\n${"b"}`; const x = `${who}!${n}`;', '<"a\\nb""!"builtins.n>'],
    [
      'spreads with conditions',
      `const x = [...(a ? [b] : []), ...[1, 2], c && d];`,
      '[builtins.b if one of several, 1, 2, builtins.d or false]',
    ],
    [
      'what is pushed',
      `const x: T[] = []; x.push(a, ...[b, c]); if (on) { x.push(d) }`,
      '[builtins.a, builtins.b, builtins.c, builtins.d if on]',
    ],
    ['keys that are set', `const x = {}; x.a = 1; x['b'] = 2; x.c = x.a;`, '{"a": 1, "b": 2, "c": 1}'],
    ['maps', `const m = new Map([['a', 1]]); m.set('b', 2); const x = [...m.values()];`, '[1, 2]'],
    ['destructuring', `const { a: { b = 'z' }, ...rest } = { a: { c: 1 } }; const [, x] = [b, 1];`, '1'],
    [
      'environment',
      `const { A_KEY, B: c = 'd' } = process.env; const x = [A_KEY, c, import.meta.env.V, process.env['Q'] ?? 'q', process.env.Z!];`,
      '[$A_KEY, $B:"d", $V, $Q:"q", $Z]',
    ],
    [
      'environment checked by a schema',
      `import { z } from 'zod'; const env = z.object({ A_KEY: z.string() }).parse(process.env); const x = env.A_KEY;`,
      '$A_KEY',
    ],
    [
      'environment of a configuration service',
      `class S { constructor(private config: ConfigService) {} go() { return this.config.get('A_KEY'); } } const x = new S(c).go();`,
      '$A_KEY',
    ],
    [
      'functions with arguments',
      `function make({ model }: O, extra = 'e') { return [model, extra]; } const x = make({ model: 'm' });`,
      '["m", "e"]',
    ],
    [
      'arrow functions',
      `const make = (name: string) => ({ name }); const x = ['a', 'b'].map((n) => make(n));`,
      '[{"name": "a"}, {"name": "b"}]',
    ],
    ['promises', `const load = async () => 'm'; const x = await load().then((m) => [m]);`, '["m"]'],
    [
      'classes',
      `class A { private t = [1]; static s = 'st'; constructor(private q: string) { this.t.push(2); } get all() { return [this.t, this.q, A.s]; } } const x = new A('w').all;`,
      '[[1, 2], "w", "st"]',
    ],
    [
      'classes that come from others',
      `class A { name = 'a'; go() { return this.name; } } class B extends A { name = 'b'; } const x = new B().go();`,
      '"b"',
    ],
    [
      'required modules',
      `const cp = require('node:child_process'); const { exec: run } = require("child_process"); const x = [cp.exec, run, require('fs/promises').readFile];`,
      '[child_process.exec, child_process.exec, fs/promises.readFile]',
    ],
    [
      'imports',
      `import A, { type T, B as C } from 'p'; import * as n from '@s/p/q.js'; import type { D } from 'd'; const x = [A, C, n.m, (await import('node:fs')).y];`,
      '[p, p.B, @s/p/q.m, fs.y]',
    ],
    ['either', `const x = on ? 'a' : 'b';`, '"b" or "a"'],
    ['enumerations', `enum M { Big = 'gpt', Small = 'mini' } const x = M.Big;`, '"gpt"'],
    ['what is not there yet', `const x = f(); function f() { return y; } const y = 1;`, '1'],
    ['circles', `const x = [x]; `, '[?defined in a circle]'],
  ])('%s', (_name, text, expected) => {
    const shown = value(text);
    if (expected.includes(' or ') && !expected.startsWith('[')) {
      expect(new Set(shown.split(' or '))).toEqual(new Set(expected.split(' or ')));
    } else expect(shown).toBe(expected);
  });

  it('masks secrets under the names of keys and variables', () => {
    const text = `const apiKey = 'FAKEq8Zr2Lw6Xs9Tb4'; const x = [apiKey, { password: "FAKEhunter2!" }, f({ Authorization: 'Bearer FAKEabcdef0123456789' })];`;
    const summary = JSON.stringify(summariseEcmascript(parsers, { place: 'app/a.ts', sha256: '', text }));
    expect([summary.includes('FAKE'), summary.includes('Authorization')]).toEqual([false, true]);
  });
});

describe('modules', () => {
  it.each([
    ['without an ending', `import { v } from './b'; const x = v;`, { 'app/src/b.tsx': `export const v = 1;` }, '1'],
    [
      'with the ending of what it compiles to',
      `import { v } from './b.js'; const x = v;`,
      { 'app/src/b.ts': `export const v = 1;` },
      '1',
    ],
    ['a folder', `import v from '..'; const x = v;`, { 'app/index.ts': `export default 1;` }, '1'],
    [
      're-exported',
      `import { w as x } from './b';`,
      { 'app/src/b.ts': `export { v as w } from './c';`, 'app/src/c.ts': `export { y as v }; const y = 1;` },
      '1',
    ],
    [
      're-exported by a star',
      `import * as b from './b'; const x = [b.v, b.n.w];`,
      {
        'app/src/b.ts': `export * from './c'; export * as n from './c'; export const w = 2;`,
        'app/src/c.ts': `export const v = 1; export const w = 3;`,
      },
      '[1, 3]',
    ],
    [
      'exported by assignment',
      `const b = require('./b'); const { w } = require('./c'); const x = [b.v, w];`,
      {
        'app/src/b.cjs': '',
        'app/src/b.ts': `module.exports = { v: 1 };`,
        'app/src/c.js': `exports.w = 2;`,
        'app/src/c.ts': `exports.w = 2;`,
      },
      '[1, 2]',
    ],
    [
      'by paths of tsconfig.json',
      `import { v } from '@/lib/b'; const x = v;`,
      {
        'app/tsconfig.json': `{ // comment\n "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./code/*"], } } }`,
        'app/code/lib/b.ts': `export const v = 1;`,
      },
      '1',
    ],
    [
      'by imports of package.json',
      `import { v } from '#lib/b.js'; const x = v;`,
      {
        'app/package.json': `{ "imports": { "#lib/*": { "types": "./t/*", "default": "./lib/*" } } }`,
        'app/lib/b.ts': `export const v = 1;`,
      },
      '1',
    ],
    [
      'of the same workspace',
      `import { v } from '@acme/b'; import { w } from '@acme/b/more'; const x = [v, w];`,
      {
        'app/package.json': `{ "name": "root", "dependencies": { "@acme/b": "workspace:*" } }`,
        'app/packages/b/package.json': `{ "name": "@acme/b", "main": "dist/index.js" }`,
        'app/packages/b/src/index.ts': `export const v = 1;`,
        'app/packages/b/src/more.ts': `export const w = 2;`,
      },
      '[1, 2]',
    ],
    [
      'that a registry gives',
      `import { v } from '@acme/b'; const x = v;`,
      {
        'app/package.json': `{ "dependencies": { "@acme/b": "^1.0.0" } }`,
        'app/packages/b/package.json': `{ "name": "@acme/b" }`,
        'app/packages/b/src/index.ts': `export const v = 1;`,
      },
      '@acme/b.v',
    ],
    ['that are not there', `import { v } from './gone'; const x = v;`, {}, '?./gone could not be read'],
    [
      'out of the root',
      `import { v } from '../../../../etc/b'; const x = v;`,
      {},
      '?../../../../etc/b could not be read',
    ],
  ])('%s', (_name, text, files, expected) => {
    expect(evaluated({ 'app/src/a.ts': text, ...(files as Record<string, string>) }, 'app/src/a.ts', 'x')).toBe(
      expected,
    );
  });

  it('asks for files that an import may mean, and for nothing outside', () => {
    const made = project({
      'app/src/a.ts': `import { v } from './b.js'; import { w } from '../../x'; import 'y'; const x = [v, w];`,
    });
    const module = made.index.at('app/src/a.ts');
    if (module !== null) made.lookup('x', made.moduleScope(module));
    expect([...made.index.wanted]).toEqual(['app/src/b.ts', 'app/src/b.tsx', 'app/src/b.js']);
  });
});
