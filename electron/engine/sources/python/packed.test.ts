import { describe, expect, it } from 'vitest';
import { lastName, mayMention, mentionedNames, type PackedModule, unpackModule } from './packed.ts';
import { loadPythonParser } from './parser.ts';
import { createProject, type Project } from './resolve.ts';
import { type PythonModule, summarisePython } from './summary.ts';
import type { Value } from './values.ts';

const parser = await loadPythonParser();
const unpacked = (text: string, place = 'app/a.py'): PythonModule =>
  unpackModule(summarisePython(parser, { place, sha256: '', text }).content as PackedModule);
/** The same module as plain objects, of which nobody knows what they mention: everything is looked into. */
const plain = (module: PythonModule): PythonModule => JSON.parse(JSON.stringify(module)) as PythonModule;

const source = `
from toolkit import build as make_it, register
alias = toolkit.build

def outer(value=toolkit.build()):
    from toolkit import build as hidden
    def inner():
        renamed = toolkit.register
        return toolkit.run(lambda: [register(one) for one in value])
    class Holder:
        made = build()
        @register(1)
        def method(self):
            return self.made.run()
    return inner() or (alias)()

def quiet(a, b):
    total = a + b
    return total
`;

describe('names that bodies mention', () => {
  it('are what a body calls, imports and gives another name, nested ones included', () => {
    const module = unpacked(source);
    const functions = module.body.flatMap((statement) => (statement.kind === 'function' ? [statement.function] : []));
    const [outer, quiet] = functions;
    if (outer === undefined || quiet === undefined) throw new Error('functions are missing');
    const mentioned = (names: string[]) => names.filter((name) => mayMention(outer, new Set([name])));
    expect(mentioned(['build', 'register', 'run', 'inner', 'alias', 'Holder', 'value', 'renamed', 'hidden'])).toEqual([
      'build',
      'register',
      'run',
      'inner',
      'alias',
    ]);
    expect(mayMention(quiet, new Set(mentionedNames(module)))).toBe(false);
    expect(mentionedNames(plain(module))).toBe(null);
    expect(mayMention({ ...quiet }, new Set())).toBe(true);
    // A set may grow between two questions.
    const growing = new Set(['nothing']);
    const before = mayMention(outer, growing);
    expect([before, mayMention(outer, growing.add('run'))]).toEqual([false, true]);
  });

  it('lead to the same calls as looking into every body', () => {
    const module = unpacked(source);
    const calls = (content: PythonModule, names: ReadonlySet<string>) =>
      createProject([{ place: 'app/a.py', content }], 'app')
        .calls(names)
        .map(({ call, statement, whole }) => [lastName(call.callee), call.line, call.at, statement.line, whole]);
    const all = mentionedNames(module) ?? [];
    expect(calls(module, new Set(all)).length).toBe(7);
    for (const names of [all, ...all.map((name) => [name]), ['nothing'], ['']])
      expect(calls(unpacked(source), new Set(names))).toEqual(calls(plain(module), new Set(names)));
  });
});

describe('values', () => {
  const modules = {
    'app/a.py': `
def make(x):
    def inner():
        return x
    class Kept:
        held = x
    return [inner, Kept]
one = make("one")
two = make("two")
def used(model):
    return [model]
`,
    'app/b.py':
      'from .a import used\ndef run():\n    def deeper():\n        return used("from a body")\n    return deeper\n',
  };
  const project = (form: (module: PythonModule) => PythonModule): Project =>
    createProject(
      Object.entries(modules).map(([place, text]) => ({ place, content: form(unpacked(text, place)) })),
      'app',
    );
  const texts = (value: Value): unknown =>
    value.kind === 'text'
      ? value.text
      : value.kind === 'choice'
        ? value.options.map(texts)
        : value.kind === 'list'
          ? value.items.map((item) => texts(item.value))
          : value.kind;
  const scopeOf = (of: Project) => {
    const module = of.index.at('app/a.py');
    if (module === null) throw new Error('no module');
    return of.moduleScope(module);
  };

  it('of what a function makes do not depend on which call of it was looked at first', () => {
    const results = (first: string) => {
      const of = project((module) => module);
      const scope = scopeOf(of);
      const made = of.lookup(first, scope);
      const inner = made?.kind === 'list' ? made.items[0]?.value : undefined;
      const kept = made?.kind === 'list' ? made.items[1]?.value : undefined;
      if (inner?.kind !== 'function' || kept === undefined) throw new Error('nothing was made');
      return [texts(of.results(inner, null, scope)), texts(of.member(kept, 'held'))];
    };
    expect(results('one')).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    expect(results('two')).toEqual(results('one'));
  });

  it.each([
    ['read when they are needed', (module: PythonModule) => module],
    ['read in full', plain],
  ])('passed by calls inside bodies are found where bodies are %s', (_, form) => {
    const of = project(form);
    const scope = scopeOf(of);
    const used = of.lookup('used', scope);
    if (used?.kind !== 'function') throw new Error('no function');
    expect(texts(of.results(used, null, scope))).toEqual(['from a body']);
  });
});
