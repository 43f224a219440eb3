import { describe, expect, test } from 'vitest';
import type { Reading } from '../source.ts';
import { assetsOf, issuesOf, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { agenticWorkflows } from './agentic-workflow.ts';
import { githubWorkflows } from './workflow.ts';

const read = (text: string, place = 'repo/.github/workflows/ci.yml'): Reading =>
  readText(githubWorkflows, '.github/workflows/*.yml', text, { place });
const step = (on: string, more: string, job = ''): Reading =>
  read(
    `name: W\non: ${on}\njobs:\n  a:\n    runs-on: x\n${job}    steps:\n      - uses: anthropics/claude-code-action@v1\n        with:\n          prompt: hi\n${more}`,
  );
const who = (reading: Reading): unknown => propertiesOf(reading, 'agent', 'W')['whoCanTrigger'];

describe('who can start it', () => {
  test.each([
    ['[issues]', '', '', 'people with write access'],
    ['[issues]', "          allowed_non_write_users: '*'\n", '', 'anyone'],
    ['[issues]', "          allowed_non_write_users: 'ann,bob'\n", '', 'people with write access, and named users'],
    ['[push]', "          allowed_non_write_users: '*'\n", '', 'people with write access'],
    [
      '[issues]',
      "          allowed_non_write_users: '*'\n",
      "    if: github.event.issue.author_association == 'OWNER'\n",
      'whom a condition lets through',
    ],
    ['[workflow_call]', '', '', 'whoever can start a calling workflow'],
    [
      '[issues, push]',
      "          allowed_non_write_users: '*'\n",
      "    if: github.event_name == 'push'\n",
      'people with write access',
    ],
  ])('%s %s %s', (on, more, job, expected) => {
    expect(who(step(on, more, job))).toBe(expected);
  });

  test('a command asks nobody itself; a fork gets no secrets', () => {
    const run = (on: string): unknown =>
      propertiesOf(read(`name: W\non: ${on}\njobs:\n  a:\n    steps:\n      - run: claude -p x\n`), 'agent', 'W')[
        'whoCanTrigger'
      ];
    expect([run('issue_comment'), run('pull_request'), run('schedule')]).toEqual([
      'anyone',
      'anyone, from a fork without secrets',
      'people with write access',
    ]);
  });
});

test('clouds, environments, servers and settings of the job', () => {
  const reading = read(`name: W
on: workflow_dispatch
permissions: write-all
jobs:
  a:
    environment: {name: production}
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::111122223333:role/ci/deployer
      - uses: google-github-actions/auth@v2
        with:
          service_account: bot@proj.iam.gserviceaccount.com
      - uses: google-github-actions/run-gemini-cli@v0
        with:
          gemini_api_key: \${{ secrets.GEMINI_API_KEY }}
          settings: |-
            {
              "tools": {"core": ["run_shell_command(echo)"]},
              "mcpServers": {"dedupe": {"command": "docker", "args": ["run", "-i", "ghcr.io/acme/dedupe@sha256:${'a'.repeat(64)}"], "env": {"T": "\${GITHUB_TOKEN}"}}}
            }
`);
  expect(assetsOf(reading)).toEqual([
    'agent W',
    'mcp-server dedupe',
    'credential GITHUB_TOKEN',
    'identity deployer',
    'identity bot@proj',
    'approval-gate environment production',
    'external-service GitHub repository of repo',
    'credential GEMINI_API_KEY',
  ]);
  expect(propertiesOf(reading, 'agent', 'W')).toMatchObject({
    tokenScopes: { all: 'write' },
    settings: { 'tools.core': ['run_shell_command(echo)'] },
    environment: 'production',
  });
  expect(relationsOf(reading)).toContain('repo/.github/workflows/ci.yml#a/3/run-gemini-cli runs-as aws-role:deployer');
  expect(propertiesOf(reading, 'identity', 'deployer')).toEqual({
    type: 'aws-role',
    arns: ['arn:aws:iam::111122223333:role/ci/deployer'],
    accounts: ['111122223333'],
  });
});

test('a job without an agent counts where it waits for an environment or acts as a cloud account', () => {
  const job = (more: string): Reading => read(`name: W\non: push\njobs:\n  a:\n${more}    steps:\n      - run: make\n`);
  expect(assetsOf(job('    environment: production\n'))).toEqual([
    'workload W / a',
    'approval-gate environment production',
  ]);
  expect(assetsOf(job('    environment: github-pages\n'))).toEqual([]);
  expect(assetsOf(job(''))).toEqual([]);
});

test('a model call without tools is no agent', () => {
  const call = (more: string): Reading =>
    read(
      `name: W\non: push\njobs:\n  a:\n    steps:\n      - uses: actions/ai-inference@v1\n        with:\n          model: openai/gpt-4o-mini\n${more}`,
    );
  expect(assetsOf(call(''))).toEqual(['workload W / a', 'model gpt-4o-mini']);
  expect(assetsOf(call('          enable-github-mcp: true\n'))[0]).toBe('agent W');
});

test('anchors, a key that stands in itself, and what is written out', () => {
  const reading = read(
    'name: W\non: push\nx: &x\n  y: *x\njobs:\n  a: &a\n    env:\n      API_TOKEN: FAKEtoken0123456789abcdEFGH\n    steps:\n      - run: codex exec "x"\n  b: *a\n',
  );
  expect(issuesOf(reading)).toContain('4: alias without anchor');
  expect(assetsOf(reading).filter((text) => text.startsWith('agent'))).toEqual(['agent W / a', 'agent W / b']);
  expect(issuesOf(reading)).toContain('8: API_TOKEN is written out in the workflow');
  expect(JSON.stringify(reading)).not.toContain('FAKEtoken');
});

test('setup steps of the coding agent count under their own name only', () => {
  const place = 'repo/.github/workflows/copilot-setup-steps.yml';
  expect(assetsOf(read('on: push\njobs:\n  copilot-setup-steps:\n    steps: [{run: npm ci}]\n', place))).toEqual([
    'agent Copilot coding agent in repo',
  ]);
  expect(issuesOf(read('on: push\njobs:\n  setup:\n    steps: [{run: npm ci}]\n', place))).toEqual([
    '-: no job is named copilot-setup-steps: the coding agent does not use this workflow',
  ]);
});

test('Markdown that is no workflow gives nothing; the heading names one that has no name', () => {
  const markdown = (text: string): Reading =>
    readText(agenticWorkflows, '.github/workflows/*.md', text, { place: 'repo/.github/workflows/digest.md' });
  expect(assetsOf(markdown('# How we build\n'))).toEqual([]);
  expect(assetsOf(markdown('---\ntools: {bash: true}\n---\nshared part\n'))).toEqual([]);
  expect(
    assetsOf(
      markdown('---\non: {schedule: daily}\nengine: {id: claude, model: claude-sonnet-4-5}\n---\n# Digest\nWrite.\n'),
    ),
  ).toEqual(['agent Digest', 'model claude-sonnet-4-5', 'prompt Digest instructions']);
});
