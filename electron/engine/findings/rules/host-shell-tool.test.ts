import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'from strands import Agent',
  'from strands_tools import http_request, shell',
  '',
  'ops = Agent(name="ops", tools=[shell, http_request])',
  '',
].join('\n');
const text2 = [
  'from strands import Agent',
  'from strands_tools import http_request',
  '',
  'ops = Agent(name="ops", tools=[http_request])',
  '',
].join('\n');

test('a ready-made shell; an agent without one passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('host-shell-tool', { 'ops.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['critical ops.py:4 shell'], undecided: [], looked: 1 });
});

test('without a shell there is nothing to look at', async () => {
  const { found, undecided, looked } = await scanAndJudge('host-shell-tool', { 'ops.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 0 });
});
