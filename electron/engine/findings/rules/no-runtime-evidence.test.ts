import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'default_agent: ops',
  'agents:',
  '  ops:',
  '    name: ops',
  '    entrypoint: agent.py',
  '    aws:',
  '      execution_role: arn:aws:iam::111122223333:role/ops',
  "      account: '111122223333'",
  '      region: eu-west-1',
  '      network_configuration:',
  '        network_mode: VPC',
  '      observability:',
  '        enabled: false',
  '',
].join('\n');
const text2 = [
  'default_agent: ops',
  'agents:',
  '  ops:',
  '    name: ops',
  '    entrypoint: agent.py',
  '    aws:',
  '      execution_role: arn:aws:iam::111122223333:role/ops',
  "      account: '111122223333'",
  '      region: eu-west-1',
  '      network_configuration:',
  '        network_mode: VPC',
  '      observability:',
  '        enabled: true',
  '',
].join('\n');

test('observability is off', async () => {
  const { found, undecided, looked } = await scanAndJudge('no-runtime-evidence', { '.bedrock_agentcore.yaml': text });
  expect({ found, undecided, looked }).toEqual({
    found: ['medium .bedrock_agentcore.yaml:13 ops'],
    undecided: [],
    looked: 1,
  });
});

test('on, it passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('no-runtime-evidence', { '.bedrock_agentcore.yaml': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
