import { expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { composeServices } from './compose.ts';
import { devContainers } from './dev-container.ts';
import { dockerfiles } from './dockerfile.ts';

const compose = (text: string) => readText(composeServices, 'compose.yaml', text);

test('services that bind a model, serve MCP, or only run beside them', () => {
  const reading = compose(`services:
  assistant:
    build: ./assistant
    models: [llm]
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
      - ~/.aws:/root/.aws:ro
    ports: ["127.0.0.1:8000:8000"]
  gateway:
    image: docker/mcp-gateway
    command: ['--servers=github,fetch', --block-network]
    use_api_socket: true
  orders-mcp:
    build: .
    command: python servers/orders.py --transport streamable-http
    environment:
      DATABASE_URL: \${DATABASE_URL}
      API_TOKEN: FAKEtoken0123456789abcdEFGH
    ports: ["8931:8931"]
  db:
    image: postgres:17
models:
  llm:
    model: ai/smollm2
`);
  expect(assetsOf(reading)).toEqual([
    'workload assistant',
    'credential docker-socket',
    'credential ambient-aws',
    'model ai/smollm2',
    'workload gateway',
    'workload orders-mcp',
    'credential DATABASE_URL',
    'credential API_TOKEN',
  ]);
  expect(propertiesOf(reading, 'workload', 'assistant')).toMatchObject({
    runs: 'agent',
    because: 'it binds a model',
    dockerSocket: true,
    codeFolder: 'repo/assistant',
  });
  expect(propertiesOf(reading, 'workload', 'gateway')).toMatchObject({
    runs: 'mcp-gateway',
    gateway: {
      servers: ['github', 'fetch'],
      tools: [],
      blocksNetwork: true,
      blocksSecrets: false,
      verifiesSignatures: false,
      usesApiSocket: true,
    },
  });
  const orders = propertiesOf(reading, 'workload', 'orders-mcp');
  expect([orders['runs'], orders['code'], orders['ports']]).toEqual([
    'mcp-server',
    'repo/servers/orders.py',
    [{ host: '8931', container: '8931', address: '0.0.0.0', allInterfaces: true, line: 19 }],
  ]);
  expect((propertiesOf(reading, 'workload', 'assistant')['ports'] as readonly Properties[])[0]?.['allInterfaces']).toBe(
    false,
  );
  expect(issuesOf(reading)).toEqual(['18: API_TOKEN is written out in the compose file']);
  expect(JSON.stringify(reading)).not.toContain('FAKEtoken');
});

test('keys merged in from an anchor count, an anchor within itself does not hang', () => {
  const reading = compose(
    'x-base: &base\n  environment: {OPENAI_API_KEY: "${OPENAI_API_KEY}"}\nservices:\n  worker:\n    <<: *base\n    image: example/worker\n  loop: &loop\n    extends: *loop\n',
  );
  expect(assetsOf(reading)).toEqual(['workload worker', 'credential OPENAI_API_KEY']);
  expect(propertiesOf(reading, 'workload', 'worker')).toMatchObject({
    runs: 'perhaps-agent',
    because: 'it gets OPENAI_API_KEY',
    certain: false,
  });
});

test('an image that holds an agent host, and one that is none', () => {
  const text =
    'FROM node:22 AS build\nRUN npm i -g @openai/codex\nFROM node:22-slim\nRUN apt-get update \\\n  && npm install -g @anthropic-ai/claude-code\nENV ANTHROPIC_API_KEY=FAKEkey0123456789abcdEFGH\nENTRYPOINT ["claude", "-p", "--dangerously-skip-permissions"]\n';
  const reading = readText(dockerfiles, 'Dockerfile', text);
  expect(assetsOf(reading)).toEqual(['workload image of repo', 'credential ANTHROPIC_API_KEY']);
  expect(propertiesOf(reading, 'workload', 'image of repo')).toMatchObject({
    runs: 'agent-host',
    because: 'starts Claude Code',
    agentHosts: [{ title: 'Claude Code', line: 4 }],
    user: 'root (no USER)',
  });
  expect(issuesOf(reading)).toEqual(['6: ANTHROPIC_API_KEY is written out: it stays in the image']);
  expect(assetsOf(readText(dockerfiles, 'Dockerfile', 'FROM nginx\nCOPY . /srv\n'))).toEqual([]);
});

test('a dev container with an agent host', () => {
  const reading = readText(
    devContainers,
    '.devcontainer/devcontainer.json',
    json({
      name: 'dev',
      features: { 'ghcr.io/anthropics/devcontainer-features/claude-code:1': {} },
      mounts: ['source=${localEnv:HOME}/.ssh,target=/root/.ssh,type=bind'],
    }),
  );
  expect(assetsOf(reading)).toEqual(['workload dev', 'agent Claude Code in repo', 'credential ambient-ssh']);
  expect(relationsOf(reading)).toEqual([
    'repo/.devcontainer/devcontainer.json exposes claude-code@repo',
    'repo/.devcontainer/devcontainer.json authenticates-with ambient-ssh',
  ]);
});

test('a dev container without an agent names secrets of the machine, not what it calls them', () => {
  const reading = readText(
    devContainers,
    '.devcontainer/*/devcontainer.json',
    `{
  "image": "mcr.microsoft.com/devcontainers/base:ubuntu",
  "remoteEnv": {
    "GH_TOKEN": "\${localEnv:GITHUB_TOKEN}",
    "NPM_TOKEN": "\${localEnv:NPM_TOKEN:none}",
    "AWS_ROLE_ARN": "\${localEnv:AWS_ROLE_ARN}",
    "EDITOR": "vim"
  },
  "containerEnv": { "DATABASE_PASSWORD": "" }
}`,
    { place: 'repo/.devcontainer/ops/devcontainer.json' },
  );
  expect(assetsOf(reading)).toEqual(['credential GITHUB_TOKEN', 'credential NPM_TOKEN']);
});
