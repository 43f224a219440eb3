import { expect, test } from 'vitest';
import { assetsOf, issuesOf, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { agentCoreToolkit } from './toolkit-file.ts';

test('two deployments of one file', () => {
  const reading = readText(
    agentCoreToolkit,
    '.bedrock_agentcore.yaml',
    `default_agent: desk
agents:
  desk:
    name: desk
    entrypoint: src/agent.py:app
    aws:
      execution_role: arn:aws:iam::111122223333:role/desk
      account: "111122223333"
      network_configuration: {network_mode: PUBLIC}
      observability: {enabled: false}
    memory: {mode: STM_ONLY, memory_id: mem-1, event_expiry_days: 30}
  desk_staging:
    entrypoint: src/agent.py
    aws: {execution_role_auto_create: true}
    authorizer_configuration:
      customJWTAuthorizer: {discoveryUrl: "https://login.example/x", allowedClients: [a, b]}
  broken: 5
`,
  );
  expect(assetsOf(reading)).toEqual([
    'workload desk',
    'identity desk',
    'data-store AgentCore memory mem-1',
    'workload desk_staging',
  ]);
  expect(propertiesOf(reading, 'workload', 'desk')).toMatchObject({
    code: 'repo/src/agent.py',
    isDefault: true,
    observability: false,
    network: { mode: 'PUBLIC', line: 9 },
  });
  expect(propertiesOf(reading, 'workload', 'desk_staging')).toMatchObject({
    isDefault: false,
    roleMadeByToolkit: true,
    authorizer: { type: 'CUSTOM_JWT', discoveryUrl: 'https://login.example/x', allowedClients: 2, line: 16 },
  });
  expect(relationsOf(reading)).toEqual([
    'repo/.bedrock_agentcore.yaml#desk runs-as aws-role:desk',
    'repo/.bedrock_agentcore.yaml#desk reads agentcore-memory:mem-1',
    'repo/.bedrock_agentcore.yaml#desk writes agentcore-memory:mem-1',
  ]);
  expect(issuesOf(reading)).toEqual(['17: a deployment that is not a map']);
});
