import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'resource "aws_s3_bucket" "docs" {',
  '  bucket = "acme-customer-exports"',
  '}',
  '',
  'resource "aws_bedrockagent_knowledge_base" "docs" {',
  '  name     = "docs"',
  '  role_arn = "arn:aws:iam::111122223333:role/kb"',
  '',
  '  knowledge_base_configuration {',
  '    type = "VECTOR"',
  '  }',
  '}',
  '',
  'resource "aws_bedrockagent_data_source" "docs" {',
  '  knowledge_base_id = aws_bedrockagent_knowledge_base.docs.id',
  '  name              = "docs"',
  '',
  '  data_source_configuration {',
  '    type = "S3"',
  '',
  '    s3_configuration {',
  '      bucket_arn = aws_s3_bucket.docs.arn',
  '    }',
  '  }',
  '}',
  '',
].join('\n');
const text2 = [
  'resource "aws_s3_bucket" "docs" {',
  '  bucket = "acme-zzz"',
  '}',
  '',
  'resource "aws_bedrockagent_knowledge_base" "docs" {',
  '  name     = "docs"',
  '  role_arn = "arn:aws:iam::111122223333:role/kb"',
  '',
  '  knowledge_base_configuration {',
  '    type = "VECTOR"',
  '  }',
  '}',
  '',
  'resource "aws_bedrockagent_data_source" "docs" {',
  '  knowledge_base_id = aws_bedrockagent_knowledge_base.docs.id',
  '  name              = "docs"',
  '',
  '  data_source_configuration {',
  '    type = "S3"',
  '',
  '    s3_configuration {',
  '      bucket_arn = aws_s3_bucket.docs.arn',
  '    }',
  '  }',
  '}',
  '',
].join('\n');

test('exports of customers', async () => {
  const { found, undecided, looked } = await scanAndJudge('regulated-data-in-kb', { 'main.tf': text });
  expect({ found, undecided, looked }).toEqual({
    found: ['high main.tf:22 knowledge base docs'],
    undecided: [],
    looked: 1,
  });
});

test('of an unknown store nobody can tell', async () => {
  const { found, undecided, looked } = await scanAndJudge('regulated-data-in-kb', { 'main.tf': text2 });
  expect({ found, undecided, looked }).toEqual({
    found: [],
    undecided: ['knowledge base docs: what s3://acme-zzz holds is not classified'],
    looked: 1,
  });
});
