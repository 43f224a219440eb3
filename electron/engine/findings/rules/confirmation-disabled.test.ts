import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'resource "aws_bedrockagent_agent" "ops" {',
  '  agent_name              = "ops"',
  '  agent_resource_role_arn = "arn:aws:iam::111122223333:role/ops"',
  '  foundation_model        = "anthropic.claude-3-5-haiku-20241022-v1:0"',
  '  instruction             = "Help people who operate the databases."',
  '}',
  '',
  'resource "aws_bedrockagent_agent_action_group" "ops" {',
  '  action_group_name = "ops"',
  '  agent_id          = aws_bedrockagent_agent.ops.agent_id',
  '  agent_version     = "DRAFT"',
  '',
  '  action_group_executor {',
  '    lambda = "arn:aws:lambda:eu-west-1:111122223333:function:ops"',
  '  }',
  '',
  '  api_schema {',
  '    payload = file("${path.module}/ops.yaml")',
  '  }',
  '}',
  '',
].join('\n');
const text2 = [
  'openapi: 3.0.0',
  'info: { title: ops, version: "1" }',
  'paths:',
  '  /databases/delete:',
  '    post:',
  '      operationId: delete_database',
  '      description: Delete a database',
  '      x-requireConfirmation: DISABLED',
  '      responses: { "200": { description: ok } }',
  '',
].join('\n');
const text3 = [
  'openapi: 3.0.0',
  'info: { title: ops, version: "1" }',
  'paths:',
  '  /databases/delete:',
  '    post:',
  '      operationId: delete_database',
  '      description: Delete a database',
  '      x-requireConfirmation: ENABLED',
  '      responses: { "200": { description: ok } }',
  '',
].join('\n');

test('declared to need none', async () => {
  const { found, undecided, looked } = await scanAndJudge('confirmation-disabled', {
    'main.tf': text,
    'ops.yaml': text2,
  });
  expect({ found, undecided, looked }).toEqual({
    found: ['critical ops.yaml:8 delete_database'],
    undecided: [],
    looked: 1,
  });
});

test('a confirmation passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('confirmation-disabled', {
    'main.tf': text,
    'ops.yaml': text3,
  });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
