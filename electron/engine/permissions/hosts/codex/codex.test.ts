import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MergedAsset } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { settingOf } from '../../facts-of-reading.test-support.ts';
import { loadShellGrammar } from '../../shell/grammar.ts';
import type { Verdict } from '../../verdict.ts';
import { codexEvaluator } from './evaluate.ts';

const grammar = await loadShellGrammar();

type RuleText = {
  readonly list: 'allow' | 'prompt' | 'forbidden';
  readonly pattern: readonly (string | readonly string[])[];
};
type Files = {
  readonly rules?: readonly RuleText[];
  readonly approval?: string;
  readonly sandbox?: string;
  readonly network?: boolean;
};

function factsOf({ rules = [], approval, sandbox, network }: Files): PermissionFacts {
  const at = { scope: 'user', place: '~/.codex/config.toml', line: 1 };
  const user: MergedAsset = {
    kind: 'agent',
    key: 'codex@~',
    name: 'Codex, user settings',
    properties: {
      host: 'codex',
      modes: approval === undefined ? [] : [{ key: 'approval_policy', value: approval, ...at }],
      sandbox: [
        ...(sandbox === undefined ? [] : [{ key: 'sandbox_mode', value: sandbox, ...at }]),
        ...(network === undefined ? [] : [{ key: 'sandbox_workspace_write.network_access', value: network, ...at }]),
      ],
      permissions: rules.map((rule) => ({ list: rule.list, rule: 'x', pattern: [...rule.pattern], ...at })),
    },
    origin: 'declared',
    confidence: 'high',
    dynamic: false,
    evidence: [],
  };
  return {
    assets: (kind) => (kind === 'agent' ? [user] : []),
    relations: () => [],
    pathOf: () => null,
    readText: () => null,
  };
}

function verdict(files: Files, call: Call, more: Partial<Setting> = {}): Verdict {
  const policy = codexEvaluator.compile({
    facts: factsOf(files),
    agent: null,
    setting: settingOf({ trusted: true, ...more }),
    grammar,
  });
  const fast = policy.verdict(call);
  expect(policy.explain(call).verdict).toBe(fast);
  return fast;
}

const run = (command: string): Call => ({ type: 'shell', command });
const full = { approval: 'never', sandbox: 'danger-full-access' } as const;
const forbidden = (...pattern: string[]): RuleText => ({ list: 'forbidden', pattern });

// What Codex 0.169.0 did, observed with a loopback model; see the document on observed semantics.
test.each<[string, Files, Call, Partial<Setting>, Verdict]>([
  ['never and full access runs', full, run('terraform destroy -auto-approve'), {}, 'allow'],
  ['but not rm -rf', full, run('rm -rf terraform'), {}, 'deny'],
  ['which asks under on-request', { approval: 'on-request' }, run('rm -rf x'), {}, 'ask'],
  [
    'unless an allow rule covers it',
    { ...full, rules: [{ list: 'allow', pattern: ['rm'] }] },
    run('rm -rf x'),
    {},
    'allow',
  ],
  ['a forbidden rule', { ...full, rules: [forbidden('terraform')] }, run('terraform plan'), {}, 'deny'],
  ['sees into && and |', { ...full, rules: [forbidden('terraform')] }, run('ls && terraform plan'), {}, 'deny'],
  ['sees an absolute path', { ...full, rules: [forbidden('terraform')] }, run('/usr/bin/terraform plan'), {}, 'deny'],
  ['not past an assignment', { ...full, rules: [forbidden('terraform')] }, run('A=1 terraform plan'), {}, 'allow'],
  ['nor a substitution', { ...full, rules: [forbidden('terraform')] }, run('echo $(terraform plan)'), {}, 'allow'],
  ['nor a quoted name', { ...full, rules: [forbidden('terraform')] }, run('"terraform" plan'), {}, 'allow'],
  ['nor a redirection', { ...full, rules: [forbidden('terraform')] }, run('terraform plan > x'), {}, 'allow'],
  [
    'a prompt rule is refused where nobody asks',
    { ...full, rules: [{ list: 'prompt', pattern: ['git', 'push'] }] },
    run('git push'),
    {},
    'deny',
  ],
  [
    'exec never asks',
    { approval: 'on-request', rules: [{ list: 'prompt', pattern: ['git', 'push'] }] },
    run('git push'),
    { context: 'headless' },
    'deny',
  ],
  ['untrusted policy: refuses to start', { approval: 'untrusted' }, run('ls'), {}, 'deny'],
  [
    'untrusted policy of older versions: safe commands run',
    { approval: 'untrusted' },
    run('ls'),
    { version: '0.150.0' },
    'allow',
  ],
  ['an untrusted folder asks even for ls', {}, run('ls'), { trusted: false }, 'ask'],
  ['an escalation asks', {}, { type: 'shell', command: 'make', escalated: true }, {}, 'ask'],
  [
    'an escalation is refused under never',
    { approval: 'never' },
    { type: 'shell', command: 'make', escalated: true },
    {},
    'deny',
  ],
  ['a patch inside of the folder', {}, { type: 'edit', path: 'src/a.ts' }, {}, 'allow'],
  ['a patch of .git', {}, { type: 'edit', path: '.git/config' }, {}, 'ask'],
  ['a patch outside', {}, { type: 'edit', path: '/home/dev/x' }, {}, 'ask'],
  [
    'a patch in a read-only sandbox that never asks',
    { approval: 'never', sandbox: 'read-only' },
    { type: 'edit', path: 'a' },
    {},
    'deny',
  ],
  ['network without permission', {}, { type: 'fetch', url: 'https://x.example' }, {}, 'ask'],
  ['network with permission', { network: true }, { type: 'fetch', url: 'https://x.example' }, {}, 'allow'],
])('%s', (_, files, call, more, expected) => {
  expect(verdict(files, call, more)).toBe(expected);
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
const words = fc.constantFrom(
  'git',
  'push',
  'rm',
  '-rf',
  'ls',
  'terraform',
  'sudo',
  '&&',
  '|',
  ';',
  '$(x)',
  '> f',
  'A=1',
  '"rm"',
);
const someRule = fc.record({
  list: fc.constantFrom('allow' as const, 'prompt' as const, 'forbidden' as const),
  pattern: fc.array(fc.constantFrom('git', 'push', 'rm', 'ls', 'terraform', ['push', 'pull']), {
    minLength: 1,
    maxLength: 2,
  }),
});
const someFiles = fc.record({
  rules: fc.array(someRule, { maxLength: 5 }),
  approval: fc.constantFrom('on-request', 'on-failure', 'never'),
  sandbox: fc.constantFrom('read-only', 'workspace-write', 'danger-full-access'),
});
const numRuns = Number(process.env['CASES'] ?? 2000);

test('a forbidden rule never widens, the order of rules does not matter', () => {
  fc.assert(
    fc.property(someFiles, someRule, fc.array(words, { minLength: 1, maxLength: 6 }), (files, rule, parts) => {
      const call = run(parts.join(' '));
      const before = verdict(files, call);
      const after = verdict({ ...files, rules: [...files.rules, { ...rule, list: 'forbidden' }] }, call);
      expect(severity[after]).toBeGreaterThanOrEqual(severity[before]);
      expect(verdict({ ...files, rules: [...files.rules].reverse() }, call)).toBe(before);
    }),
    { numRuns },
  );
});
