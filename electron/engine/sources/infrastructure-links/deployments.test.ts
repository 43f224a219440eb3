import { expect, test } from 'vitest';
import { reconcile } from '../../scan/reconcile.ts';
import { agentCoreToolkit } from '../agentcore/toolkit-file.ts';
import { composeServices } from '../containers/compose.ts';
import { linkFiles } from '../infrastructure/link-files.test-support.ts';
import { readText } from '../reading.test-support.ts';
import type { AssetDraft, Reading } from '../source.ts';
import { terraformSource } from '../terraform/terraform.ts';
import { deploymentsLinker } from './deployments.ts';
import { servedServersLinker } from './served-servers.ts';

const codeAgent = (name: string, file: string, line: number): AssetDraft => ({
  kind: 'agent',
  key: `app/${file}#${name}`,
  name,
  properties: { framework: 'strands' },
  lines: { line, endLine: line },
});
const reading = (assets: readonly AssetDraft[], relations: Reading['relations'] = []): Reading => ({
  status: 'read',
  assets,
  relations,
  issues: [],
});

const toolkit = readText(
  agentCoreToolkit,
  '.bedrock_agentcore.yaml',
  `default_agent: desk
agents:
  desk: {name: desk_agent, entrypoint: agent.py, aws: {execution_role: 'arn:aws:iam::111122223333:role/desk'}}
  desk_staging: {name: desk_staging, entrypoint: agent.py, aws: {execution_role: 'arn:aws:iam::444455556666:role/desk-staging'}}
`,
  { place: 'app/agents/.bedrock_agentcore.yaml', anchor: 'app/agents' },
);

test('Terraform, the toolkit and the code speak of one agent; a second deployment is a second agent', async () => {
  const terraform = await linkFiles(terraformSource, {
    'infra/main.tf':
      'resource "aws_bedrockagentcore_agent_runtime" "x" {\n  agent_runtime_name = "anything"\n  role_arn = "arn:aws:iam::111122223333:role/desk"\n}\n',
  });
  const helper = codeAgent('helper', 'agents/agent.py', 3);
  const main = codeAgent('desk-agent', 'agents/agent.py', 9);
  const facts = reconcile(
    [
      {
        place: 'app/agents/agent.py',
        source: 'test/code',
        cap: 'high',
        reading: reading(
          [helper, main],
          [{ kind: 'delegates-to', from: main, to: helper, lines: { line: 9, endLine: 9 } }],
        ),
      },
      { place: 'app/agents/.bedrock_agentcore.yaml', source: 'agentcore/toolkit', cap: 'high', reading: toolkit },
      {
        place: 'app/infra/main.tf',
        source: 'terraform/agents',
        cap: 'high',
        reading: reading(terraform.assets, terraform.relations),
      },
    ],
    [deploymentsLinker],
  );
  expect(facts.dangling).toEqual([]);
  expect(
    facts.assets
      .filter((asset) => asset.kind === 'agent')
      .map((asset) => asset.name)
      .sort(),
  ).toEqual(['desk-agent', 'desk_staging', 'helper']);
  const runsAs = facts.relations.filter((relation) => relation.kind === 'runs-as' && relation.from.kind === 'agent');
  expect(
    runsAs.map((relation) => [
      relation.from.key,
      relation.to.key,
      relation.evidence.map(({ place, line }) => `${place}:${line}`),
    ]),
  ).toEqual([
    [
      'app/agents/agent.py#desk-agent',
      'aws-role:desk',
      ['app/agents/.bedrock_agentcore.yaml:3', 'app/infra/main.tf:3'],
    ],
    [
      'app/agents/.bedrock_agentcore.yaml#desk_staging',
      'aws-role:desk-staging',
      ['app/agents/.bedrock_agentcore.yaml:4'],
    ],
  ]);
  expect(
    facts.relations
      .filter((relation) => relation.kind === 'delegates-to')
      .map((relation) => relation.from.key)
      .sort(),
  ).toEqual(['app/agents/.bedrock_agentcore.yaml#desk_staging', 'app/agents/agent.py#desk-agent']);
});

test('a deployment whose code is not here is an agent by itself', () => {
  const facts = reconcile(
    [{ place: 'app/agents/.bedrock_agentcore.yaml', source: 'agentcore/toolkit', cap: 'high', reading: toolkit }],
    [deploymentsLinker],
  );
  expect(
    facts.assets
      .filter((asset) => asset.kind === 'agent')
      .map((asset) => [asset.name, asset.properties['code'], asset.evidence[0]?.line]),
  ).toEqual([
    ['desk_agent', 'not in the scanned folders', 3],
    ['desk_staging', 'not in the scanned folders', 4],
  ]);
});

test('a container that serves the server of a host is no second server', () => {
  const compose = readText(
    composeServices,
    'compose.yaml',
    'services:\n  a-mcp:\n    image: ghcr.io/acme/a-mcp:1\n  b-mcp:\n    build: .\n    command: python b.py\n    ports: ["8931:8931"]\n  c-mcp:\n    build: .\n    command: python c.py\n',
    { place: 'app/compose.yaml', anchor: 'app' },
  );
  const server = (key: string, properties: AssetDraft['properties']): AssetDraft => ({
    kind: 'mcp-server',
    key,
    name: key,
    properties: { configurations: [], ...properties },
    lines: { line: 1, endLine: 1 },
  });
  const hosts = reading([
    server('oci:ghcr.io/acme/a-mcp', { package: { registry: 'oci', name: 'ghcr.io/acme/a-mcp' } }),
    server('url:http://localhost:8931/mcp', { url: 'http://localhost:8931/mcp' }),
  ]);
  const facts = reconcile(
    [
      { place: 'app/.mcp.json', source: 'test/host', cap: 'high', reading: hosts },
      { place: 'app/compose.yaml', source: 'containers/compose', cap: 'high', reading: compose },
    ],
    [servedServersLinker],
  );
  expect(facts.assets.filter((asset) => asset.kind === 'mcp-server').map((asset) => asset.key)).toEqual([
    'oci:ghcr.io/acme/a-mcp',
    'url:http://localhost:8931/mcp',
    'unknown:app/compose.yaml#c-mcp',
  ]);
  expect(
    facts.relations
      .filter((relation) => relation.kind === 'exposes')
      .map((relation) => [relation.from.key, relation.to.key]),
  ).toEqual([
    ['app/compose.yaml#a-mcp', 'oci:ghcr.io/acme/a-mcp'],
    ['app/compose.yaml#b-mcp', 'url:http://localhost:8931/mcp'],
    ['app/compose.yaml#c-mcp', 'unknown:app/compose.yaml#c-mcp'],
  ]);
});
