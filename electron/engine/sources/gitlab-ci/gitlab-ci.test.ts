import { expect, test } from 'vitest';
import { assetsOf, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { gitlabPipelines } from './pipelines.ts';

test('an agent in a script, with what the job it extends gives it', () => {
  const reading = readText(
    gitlabPipelines,
    '.gitlab-ci.yml',
    `variables:
  ANTHROPIC_API_KEY: $CI_ANTHROPIC_KEY
.base:
  image: node:24
  when: manual
  before_script:
    - npm install -g @anthropic-ai/claude-code
review:
  extends: .base
  environment: production
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - echo start
    - >
      claude -p "Review $CI_MERGE_REQUEST_TITLE"
      --model claude-sonnet-4-5 --permission-mode acceptEdits
      --allowedTools "Bash(git diff:*),Read"
build:
  script: [make]
`,
  );
  expect(assetsOf(reading)).toEqual(
    [
      'agent review',
      'model claude-sonnet-4-5',
      'credential CI_ANTHROPIC_KEY',
      'approval-gate environment production',
      'approval-gate job started by hand',
    ].map((text) => text.replace('CI_ANTHROPIC_KEY', 'ANTHROPIC_API_KEY')),
  );
  expect(propertiesOf(reading, 'agent', 'review')).toMatchObject({
    host: 'claude-code',
    mode: 'acceptEdits',
    allowedTools: ['Bash(git diff:*)', 'Read'],
    trigger: 'merge_request_event',
    whoCanTrigger: 'members of the project, by hand',
    untrustedInput: [{ what: 'CI_MERGE_REQUEST_TITLE', line: 16 }],
    image: 'node:24',
  });
  expect(relationsOf(reading).filter((text) => text.includes('gated-by'))).toHaveLength(2);
});

test('pipelines without agents give nothing', () => {
  expect(
    assetsOf(
      readText(
        gitlabPipelines,
        '.gitlab-ci.yml',
        'build:\n  environment: production\n  script: [make, "gemini-build --yolo"]\n',
      ),
    ),
  ).toEqual([]);
});
