import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MergedAsset } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { settingOf } from '../../facts-of-reading.test-support.ts';
import { loadShellGrammar } from '../../shell/grammar.ts';
import type { Verdict } from '../../verdict.ts';
import { claudeCodeEvaluator } from './evaluate.ts';

const grammar = await loadShellGrammar();

type RuleText = {
  readonly list: 'allow' | 'ask' | 'deny';
  readonly rule: string;
  readonly scope?: 'user' | 'project' | 'local';
};

/** Facts of a user file and a project file, without files. */
function factsOf(
  rules: readonly RuleText[],
  mode?: { readonly value: string; readonly scope: string },
): PermissionFacts {
  const agent = (key: string, scopes: readonly string[]): MergedAsset => ({
    kind: 'agent',
    key,
    name: key,
    properties: {
      host: 'claude-code',
      permissions: rules
        .map((rule, index) => ({ ...rule, scope: rule.scope ?? 'user', place: 'settings.json', line: index + 1 }))
        .filter((rule) => scopes.includes(rule.scope)),
      modes:
        mode !== undefined && scopes.includes(mode.scope)
          ? [{ key: 'permissions.defaultMode', value: mode.value, scope: mode.scope, place: 'settings.json', line: 99 }]
          : [],
    },
    origin: 'declared',
    confidence: 'high',
    dynamic: false,
    evidence: [],
  });
  const agents = [agent('claude-code@~', ['user']), agent('claude-code@app', ['project', 'local'])];
  return {
    assets: (kind) => (kind === 'agent' ? agents : []),
    relations: () => [],
    pathOf: (place) => (place === 'app' ? '/home/dev/app' : null),
    readText: () => null,
  };
}

function verdict(
  rules: readonly RuleText[],
  call: Call,
  more: Partial<Setting> = {},
  mode?: Parameters<typeof factsOf>[1],
): Verdict {
  const policy = claudeCodeEvaluator.compile({
    facts: factsOf(rules, mode),
    agent: null,
    setting: settingOf({ trusted: true, ...more }),
    grammar,
  });
  const fast = policy.verdict(call);
  expect(policy.explain(call).verdict).toBe(fast);
  return fast;
}

const run = (command: string): Call => ({ type: 'shell', command });
const allow = (...rules: string[]): RuleText[] => rules.map((rule) => ({ list: 'allow', rule }));
const deny = (...rules: string[]): RuleText[] => rules.map((rule) => ({ list: 'deny', rule }));
const ask = (...rules: string[]): RuleText[] => rules.map((rule) => ({ list: 'ask', rule }));

// What Claude Code 2.1.328 did, observed with a loopback model; see the document on observed semantics.
test.each<[string, readonly RuleText[], Call, Verdict]>([
  ['deny sees through sudo', deny('Bash(terraform *)'), run('sudo terraform apply'), 'deny'],
  ['deny sees through env', deny('Bash(terraform *)'), run('env A=1 terraform apply'), 'deny'],
  ['deny sees through an absolute path', deny('Bash(terraform *)'), run('/usr/bin/terraform apply'), 'deny'],
  ['deny sees through quotes', deny('Bash(terraform *)'), run('terra"form" apply'), 'deny'],
  ['deny sees through a variable', deny('Bash(terraform *)'), run('X=terraform; $X apply'), 'deny'],
  ['deny sees into substitutions', deny('Bash(terraform *)'), run('echo $(terraform apply)'), 'deny'],
  ['deny sees into functions', deny('Bash(terraform *)'), run('f() { terraform apply; }; f'), 'deny'],
  [
    'deny does not see into bash -c',
    [...allow('Bash'), ...deny('Bash(terraform *)')],
    run("bash -c 'terraform apply'"),
    'allow',
  ],
  [
    'deny does not see into eval',
    [...allow('Bash'), ...deny('Bash(terraform *)')],
    run('eval "terraform apply"'),
    'allow',
  ],
  ['allow does not strip sudo', allow('Bash(make *)'), run('sudo make all'), 'ask'],
  ['an allowed prefix does not reach into a subshell', allow('Bash(make *)'), run('(make all)'), 'ask'],
  ['an allowed prefix does not cover a variable', allow('Bash(make *)'), run('make $TARGET'), 'ask'],
  ['a prefix for a reader does not lift the folder check', allow('Bash(cat *)'), run('cat /etc/hostname'), 'ask'],
  ['bare Bash does', allow('Bash'), run('cat /etc/hostname'), 'allow'],
  ['bare Bash covers a redirection outside', allow('Bash'), run('echo x > /home/dev/x.txt'), 'allow'],
  ['a prefix does not, even inside', allow('Bash(echo *)'), run('echo x > x.txt'), 'ask'],
  ['a protected path asks in both', allow('Bash'), run('echo x > .claude/settings.json'), 'ask'],
  ['Read deny covers cat', deny('Read(./.env)'), run('cat .env'), 'deny'],
  ['Read deny covers base64', deny('Read(./.env)'), run('base64 .env'), 'deny'],
  ['Read deny is evaded by a glob', deny('Read(./.env)'), run('cat .e*'), 'allow'],
  ['./name is not anchored', deny('Read(./.env)'), { type: 'read', path: 'sub/.env' }, 'deny'],
  ['letters compare without case', deny('Read(./secrets/**)'), { type: 'read', path: 'SECRETS/x' }, 'deny'],
  ['bare Edit does not allow Write', allow('Edit'), { type: 'write', path: 'a.txt' }, 'ask'],
  ['bare Write allows Write', allow('Write'), { type: 'write', path: 'a.txt' }, 'allow'],
  [
    'bare Edit in deny does not stop Write',
    [...allow('Write'), ...deny('Edit')],
    { type: 'write', path: 'a.txt' },
    'allow',
  ],
  ['Edit with a path governs Write', allow('Edit(docs/**)'), { type: 'write', path: 'docs/a.md' }, 'allow'],
  ['Agent(name) in ask is not consulted', ask('Agent(x)'), { type: 'agent', name: 'x' }, 'allow'],
  ['bare Agent in ask is', ask('Agent'), { type: 'agent', name: 'x' }, 'ask'],
  ['Task(name) in deny is', deny('Task(x)'), { type: 'agent', name: 'x' }, 'deny'],
  [
    'an MCP rule with parentheses is inert',
    deny('mcp__db__list(*)'),
    { type: 'mcp', server: 'db', name: 'list' },
    'ask',
  ],
  ['a documentation host needs no approval', [], { type: 'fetch', url: 'https://docs.python.org/3/' }, 'allow'],
  ['another does', [], { type: 'fetch', url: 'https://x.example/' }, 'ask'],
  ['env is not in the read-only set', [], run('env'), 'ask'],
  ['docker ps is', [], run('docker ps'), 'allow'],
  ['rm of the home asks whatever is allowed', allow('Bash'), run('rm -rf ~'), 'ask'],
])('%s', (_, rules, call, expected) => {
  expect(verdict(rules, call)).toBe(expected);
});

test('bypass from a local file has no effect and hides the mode of the user, from the user it works', () => {
  expect(verdict([], run('make'), {}, { value: 'bypassPermissions', scope: 'local' })).toBe('ask');
  expect(verdict([], run('make'), {}, { value: 'bypassPermissions', scope: 'user' })).toBe('allow');
  expect(verdict([], run('make'), { version: '2.1.240' }, { value: 'bypassPermissions', scope: 'local' })).toBe(
    'allow',
  );
});

test('deny and ask still count in bypass', () => {
  const mode = { value: 'bypassPermissions', scope: 'user' };
  expect(verdict(deny('Bash(rm *)'), run('rm x'), {}, mode)).toBe('deny');
  expect(verdict(ask('Bash(rm *)'), run('rm x'), {}, mode)).toBe('ask');
  expect(verdict(ask('Bash(rm *)'), run('rm x'), { context: 'headless' }, mode)).toBe('deny');
});

test('acceptEdits lets seven commands through, inside of the folder', () => {
  const mode = { value: 'acceptEdits', scope: 'user' };
  expect(verdict([], run('mkdir -p a/b && touch a/b/c'), {}, mode)).toBe('allow');
  expect(verdict([], run('rm ../x'), {}, mode)).toBe('ask');
  expect(verdict([], run('rm .git/config'), {}, mode)).toBe('ask');
  expect(verdict([], { type: 'edit', path: 'src/a.ts' }, {}, mode)).toBe('allow');
});

const severity: Readonly<Record<Verdict, number>> = {
  allow: 0,
  classifier: 1,
  conditional: 1,
  ask: 2,
  unknown: 2,
  deny: 3,
  hidden: 3,
};

const ruleTexts = fc.constantFrom(
  'Bash',
  'Bash(*)',
  'Bash(git *)',
  'Bash(git push *)',
  'Bash(rm *)',
  'Bash(ls*)',
  'Bash(npm run:*)',
  'Read',
  'Read(./.env)',
  'Read(//etc/**)',
  'Edit',
  'Edit(src/**)',
  'Edit(/x.ts)',
  'Write',
  'WebFetch',
  'WebFetch(domain:x.example)',
  'mcp__db',
  'mcp__db__list',
  'mcp__*',
  'mcp__db__*',
  'Agent',
  'Agent(x)',
  'Skill(y)',
  'Broken(',
  'Bash(command:x)',
  '*',
);
const someRules = fc.array(
  fc.record({
    list: fc.constantFrom('allow' as const, 'ask' as const, 'deny' as const),
    rule: ruleTexts,
    scope: fc.constantFrom('user' as const, 'project' as const, 'local' as const),
  }),
  { maxLength: 8 },
);
const someCall: fc.Arbitrary<Call> = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'git push',
        'git status',
        'rm -rf x',
        'ls',
        'lsof',
        'npm run a',
        'sudo rm y',
        '&&',
        '|',
        ';',
        '> f',
        '$(id)',
        '(',
        ')',
        '"',
        'cat .env',
        '~',
        '/etc/x',
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts): Call => run(parts.join(' '))),
  fc
    .constantFrom('read' as const, 'write' as const, 'edit' as const, 'delete' as const)
    .chain((type) =>
      fc
        .constantFrom('.env', 'src/a.ts', '/etc/passwd', '~/x', '.claude/settings.json')
        .map((path): Call => ({ type, path })),
    ),
  fc.constantFrom<Call>(
    { type: 'mcp', server: 'db', name: 'list' },
    { type: 'fetch', url: 'https://x.example/' },
    { type: 'agent', name: 'x' },
    { type: 'skill', name: 'y' },
  ),
);
const someSetting = fc.record({
  mode: fc.constantFrom(null, 'default', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions'),
  context: fc.constantFrom('interactive' as const, 'headless' as const, 'ide' as const, 'ci' as const),
  trusted: fc.constantFrom(true, false),
  version: fc.constantFrom(null, '2.1.240'),
});

// A slice in every run; CASES=100000 for the whole.
const numRuns = Number(process.env['CASES'] ?? 2000);

test('adding a deny rule never widens', () => {
  fc.assert(
    fc.property(someRules, ruleTexts, someCall, someSetting, (rules, rule, call, setting) => {
      const before = verdict(rules, call, setting);
      const after = verdict([...rules, { list: 'deny', rule, scope: 'user' }], call, setting);
      expect(severity[after]).toBeGreaterThanOrEqual(severity[before]);
    }),
    { numRuns },
  );
});

test('adding an allow rule never narrows', () => {
  fc.assert(
    fc.property(someRules, ruleTexts, someCall, someSetting, (rules, rule, call, setting) => {
      const before = verdict(rules, call, setting);
      const after = verdict([...rules, { list: 'allow', rule, scope: 'user' }], call, setting);
      expect(severity[after]).toBeLessThanOrEqual(severity[before]);
    }),
    { numRuns },
  );
});

test('the order of rules does not matter', () => {
  fc.assert(
    fc.property(someRules, someCall, someSetting, (rules, call, setting) => {
      expect(verdict([...rules].reverse(), call, setting)).toBe(verdict(rules, call, setting));
    }),
    { numRuns },
  );
});
