import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'resource "aws_bedrock_guardrail" "main" {',
  '  name                      = "main"',
  '  blocked_input_messaging   = "no"',
  '  blocked_outputs_messaging = "no"',
  '',
  '  content_policy_config {',
  '    filters_config {',
  '      input_strength  = "HIGH"',
  '      output_strength = "NONE"',
  '      type            = "HATE"',
  '    }',
  '  }',
  '',
  '  sensitive_information_policy_config {',
  '    pii_entities_config {',
  '      action = "BLOCK"',
  '      type   = "AWS_SECRET_KEY"',
  '    }',
  '  }',
  '}',
  '',
].join('\n');
const text2 = [
  'resource "aws_bedrock_guardrail" "main" {',
  '  name                      = "main"',
  '  blocked_input_messaging   = "no"',
  '  blocked_outputs_messaging = "no"',
  '',
  '  content_policy_config {',
  '    filters_config {',
  '      input_strength  = "HIGH"',
  '      output_strength = "HIGH"',
  '      type            = "HATE"',
  '    }',
  '  }',
  '',
  '  sensitive_information_policy_config {',
  '    pii_entities_config {',
  '      action = "BLOCK"',
  '      type   = "EMAIL"',
  '    }',
  '  }',
  '}',
  '',
].join('\n');

test('no personal data, and answers unseen', async () => {
  const { found, undecided, looked } = await scanAndJudge('guardrail-partial', { 'main.tf': text });
  expect({ found, undecided, looked }).toEqual({ found: ['medium main.tf:7 main'], undecided: [], looked: 1 });
});

test('a filter for persons and for answers passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('guardrail-partial', { 'main.tf': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
