import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { MergedAsset, MergedRelation } from '../sources/source.ts';
import type { Call } from './call.ts';
import { launchContexts, type PermissionFacts } from './evaluator.ts';
import { settingOf } from './facts-of-reading.test-support.ts';
import { evaluatorNamed, evaluators } from './registry.ts';
import { loadShellGrammar } from './shell/grammar.ts';

const grammar = await loadShellGrammar();
/** A slice in every run; CASES=100000 for the whole. */
const numRuns = Number(process.env['CASES'] ?? 400);

test('every host has one evaluator, whatever it is called', () => {
  const names = evaluators.flatMap((one) => [one.host, ...(one.aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(evaluatorNamed(name)?.title.length).toBeGreaterThan(0);
});

const words = fc.constantFrom(
  'allow',
  'ask',
  'deny',
  'prompt',
  'forbidden',
  '*',
  '**',
  '',
  '(',
  'Bash(',
  'Bash(*)',
  'Shell(git)',
  'Exec(rm)',
  'Read(**)',
  '/re(/',
  '/^git/i',
  'git *',
  '[a-',
  '(a+)+$',
  '~',
  '../..',
  'mcp__x',
  '@server',
  'execute_bash',
  'never',
  'yolo',
  'default',
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  words,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(words, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('approve', 'matchCommandLine', 'x'), fc.boolean(), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
);
const member: fc.Arbitrary<Properties> = fc
  .dictionary(
    fc.constantFrom(
      'list',
      'rule',
      'key',
      'value',
      'tool',
      'pattern',
      'argument',
      'path',
      'toolName',
      'commandPrefix',
      'commandRegex',
      'finalPriority',
      'modes',
      'order',
      'trusted',
      'level',
      'mcpName',
      'caseSensitive',
    ),
    value,
    { maxKeys: 8, noNullPrototype: true },
  )
  .chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      scope: fc.constantFrom('managed', 'user', 'project', 'local'),
      line: fc.integer({ min: 1, max: 50 }),
    }),
  )
  .map(({ facts, scope, line }) => ({ ...facts, scope, line, place: 'app/settings.json' }));
const properties = fc.dictionary(
  fc.constantFrom(
    'permissions',
    'modes',
    'settings',
    'sandbox',
    'projects',
    'inert',
    'ignoredPermissions',
    'startProblems',
    'requirements',
    'tools',
    'subAgent',
    'mode',
    'permissionMode',
    'allowedTools',
    'dangerousFlags',
  ),
  fc.oneof(fc.array(member, { maxLength: 5 }), value),
  { maxKeys: 6, noNullPrototype: true },
);

const asset = (kind: MergedAsset['kind'], key: string, own: Properties): MergedAsset => ({
  kind,
  key,
  name: key,
  properties: own,
  origin: 'declared',
  confidence: 'high',
  dynamic: false,
  evidence: [{ place: 'app/.github/workflows/a.yml', line: 1, endLine: 1, source: 'test/source' }],
});

function factsOf(host: string, all: readonly Properties[]): PermissionFacts {
  const keys = [`${host}@`, `${host}@~`, `${host}@app`];
  const agents = keys.map((key, index) => asset('agent', key, all[index] ?? {}));
  const servers = [
    asset('mcp-server', 'command:x', {
      configurations: [
        { ...all[3], host, agent: `${host}@app`, name: 'db', scope: 'project', place: 'app/.mcp.json', line: 2 },
      ],
      states: [{ ...all[4], agent: `${host}@app`, state: 'odd' }],
    }),
  ];
  const relations: readonly MergedRelation[] = [];
  return {
    assets: (kind) => (kind === 'agent' ? agents : kind === 'mcp-server' ? servers : []),
    relations: () => relations,
    pathOf: (place) => (place.startsWith('app') ? `/home/dev/${place}` : null),
    readText: () => null,
  };
}

const call: fc.Arbitrary<Call> = fc.oneof(
  fc
    .string({ unit: fc.constantFrom(...'rm -f/~$(){};|&><"\'\\ ab*'), maxLength: 25 })
    .map((command): Call => ({ type: 'shell', command })),
  fc
    .constantFrom('git push', 'rm -rf /', 'sudo rm x', 'cat .env', 'A=1 b', 'echo $(id) > x')
    .map((command): Call => ({ type: 'shell', command })),
  fc
    .tuple(
      fc.constantFrom('read' as const, 'write' as const, 'edit' as const, 'delete' as const, 'list' as const),
      fc.constantFrom('', '.', '/', '~', '../../..', 'a b', '.git/config', '/etc/passwd', 'C:\\x'),
    )
    .map(([type, path]): Call => ({ type, path })),
  fc.constantFrom<Call>(
    { type: 'fetch', url: '' },
    { type: 'fetch', url: 'not a url' },
    { type: 'fetch', url: 'https://x.example/a?b' },
    { type: 'mcp', server: 'db', name: 'drop' },
    { type: 'mcp', server: '', name: '' },
    { type: 'agent', name: 'x' },
    { type: 'skill', name: '' },
    { type: 'code', language: 'python', text: 'x' },
    { type: 'search', pattern: '(' },
    { type: 'search-web', query: '' },
    { type: 'tool', name: 'toString', input: {} },
    { type: 'connect', server: 'db' },
    { type: 'hook', name: 'x' },
    { type: 'flag', flag: '--yolo' },
  ),
);

test.each(evaluators.map((one) => [one.host, one] as const))(
  '%s: no facts and no call break it, and the quick answer is the explained one',
  (host, evaluator) => {
    fc.assert(
      fc.property(
        fc.array(properties, { minLength: 5, maxLength: 5 }),
        call,
        fc.constantFrom(...launchContexts),
        fc.constantFrom(null, 'yolo', 'plan', 'bypassPermissions', 'toString', ''),
        fc.constantFrom(true, false, null),
        fc.constantFrom(null, '0.1', '99', 'x', ''),
        (all, one, context, mode, trusted, version) => {
          const facts = factsOf(host, all);
          const agent = facts.assets('agent')[2] ?? null;
          const policy = evaluator.compile({
            facts,
            agent,
            setting: settingOf({ context, mode, trusted, version }),
            grammar,
          });
          const answer = policy.explain(one);
          expect(policy.verdict(one)).toBe(answer.verdict);
          expect(answer.decidedBy.rule.length).toBeGreaterThan(0);
          expect(answer.chain.at(-1)?.outcome).toBe('decided');
        },
      ),
      { numRuns },
    );
  },
);
