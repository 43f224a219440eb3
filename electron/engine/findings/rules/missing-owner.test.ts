import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { missingOwner } from './missing-owner.ts';

const text = [
  'on: { push: {} }',
  'permissions: { contents: read }',
  'jobs:',
  '  answer:',
  '    runs-on: ubuntu-latest',
  '    steps:',
  '      - uses: anthropics/claude-code-action@v1',
  '        with: { prompt: hello }',
  '',
].join('\n');

test('a list names it without an owner', () => {
  expect(
    judgeFiles(missingOwner, {
      '.github/workflows/agent.yml': text,
      'governance/environments.yaml': 'owners:\n  agent: ""\n',
    }).found,
  ).toEqual(['medium governance/environments.yaml:2+.github/workflows/agent.yml:7 agent']);
});

test('others have one', () => {
  expect(
    judgeFiles(missingOwner, {
      '.github/workflows/agent.yml': text,
      '.github/workflows/other.yml': text,
      'governance/environments.yaml': 'owners:\n  agent: team-a\n',
    }).found,
  ).toEqual(['low .github/workflows/other.yml:7 other']);
});

test('nobody names owners', () => {
  expect(judgeFiles(missingOwner, { '.github/workflows/agent.yml': text }).undecided).toEqual([
    'agent: no file that was read names owners',
  ]);
});

test('an owner passes', () => {
  expect(
    passed(
      judgeFiles(missingOwner, {
        '.github/workflows/agent.yml': text,
        'governance/environments.yaml': 'owners:\n  agent: team-a\n',
      }),
    ),
  ).toBe(true);
});
