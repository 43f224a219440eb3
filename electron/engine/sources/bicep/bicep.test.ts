import { expect, test } from 'vitest';
import { linkFiles, listed, related } from '../infrastructure/link-files.test-support.ts';
import { bicepSource } from './bicep.ts';

const account = `param name string
param deployments array = []
resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  kind: 'AIServices'
  identity: { type: 'SystemAssigned' }
  properties: {
    publicNetworkAccess: 'Disabled'
    disableLocalAuth: true
  }
  resource project 'projects' = {
    name: 'desk'
    identity: { type: 'SystemAssigned' }
  }
}
@batchSize(1)
resource models 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = [for deployment in deployments: {
  parent: account
  name: deployment.name
  properties: { model: deployment.model }
}]
resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(name)
  properties: {
    principalId: account::project.identity.principalId
    roleDefinitionId: 'b24988ac-6180-42a0-ab88-20f7382dd24c'
  }
}
`;
const main = `var small = [
  { name: 'small', model: { name: 'gpt-4.1-mini', version: '2025-04-14' } }
]
module ai './modules/ai.bicep' = {
  name: 'ai'
  params: {
    name: 'acme-ai'
    deployments: concat(small, [
      { name: 'big', model: { name: 'gpt-5' } }
    ])
  }
}
`;

test('models of a loop, with what the caller hands in; projects and their roles', async () => {
  const linked = await linkFiles(bicepSource, { 'infra/main.bicep': main, 'infra/modules/ai.bicep': account });
  expect(listed(linked)).toEqual(
    [
      'model gpt-4.1-mini-2025-04-14 app/infra/main.bicep:2',
      'model gpt-5 app/infra/main.bicep:9',
      'workload acme-ai app/infra/modules/ai.bicep:3',
      'identity system identity of acme-ai app/infra/modules/ai.bicep:6',
      'workload desk app/infra/modules/ai.bicep:11',
      'identity system identity of desk app/infra/modules/ai.bicep:13',
    ].toSorted(
      (a, b) =>
        linked.assets.findIndex((x) => a.startsWith(`${x.kind} ${x.name} `)) -
        linked.assets.findIndex((x) => b.startsWith(`${x.kind} ${x.name} `)),
    ),
  );
  expect(linked.asked).toEqual(['infra/main.bicep']);
  expect(related(linked, 'uses').toSorted()).toEqual([
    'acme-ai uses gpt-4.1-mini-2025-04-14 main.bicep:2',
    'acme-ai uses gpt-5 main.bicep:9',
    'desk uses acme-ai ai.bicep:11',
  ]);
  expect(linked.assets.find((asset) => asset.name === 'acme-ai')?.properties).toMatchObject({
    publicNetwork: 'Disabled',
    localKeys: 'disabled',
    accountKind: 'AIServices',
  });
  expect(linked.assets.find((asset) => asset.name === 'system identity of desk')?.properties?.['roles']).toEqual([
    { role: 'b24988ac-6180-42a0-ab88-20f7382dd24c', place: 'app/infra/modules/ai.bicep', line: 22 },
  ]);
});

test('a JSON template that Bicep wrote beside its source says nothing new', async () => {
  const json = JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    metadata: { _generator: { name: 'bicep' } },
    resources: [{ type: 'Microsoft.CognitiveServices/accounts', name: 'acme-ai' }],
  });
  const beside = await linkFiles(bicepSource, {
    'infra/main.bicep': main,
    'infra/main.json': json,
    'infra/modules/ai.bicep': account,
  });
  expect(beside.assets.filter((asset) => asset.place.endsWith('.json'))).toEqual([]);
  const alone = await linkFiles(bicepSource, { 'infra/main.json': json });
  expect(listed(alone)).toEqual(['workload acme-ai app/infra/main.json:1']);
});

test('infrastructure without models or agents gives nothing', async () => {
  const linked = await linkFiles(bicepSource, {
    'main.bicep': "resource id 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {\n  name: 'x'\n}\n",
  });
  expect(listed(linked)).toEqual([]);
});
