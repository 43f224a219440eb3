import { expect, test } from 'vitest';
import { assetOf, classesOf, edges, linkFiles, named } from '../low-code/flow-source.test-support.ts';
import { declarativeAgents } from './declarative-agents.ts';

const read = (text: string) => linkFiles(declarativeAgents, { 'repo/app/agent.yaml': text });

test('a prompt agent with servers, approvals and a model from the environment', async () => {
  const found = await read(`kind: Prompt
name: Librarian
instructions: Search only.
model:
  id: =Env.FOUNDRY_MODEL
  connection: {kind: key, apiKey: =Env.FOUNDRY_KEY}
tools:
  - kind: mcp
    name: docs
    url: https://learn.example/api/mcp
    approvalMode: {kind: never}
    allowedTools: [docs_search]
  - kind: function
    name: SendMail
    approvalMode: always
    parameters: {properties: {to: {kind: string}}}
  - kind: code_interpreter
`);
  expect(assetOf(found, 'agent', 'Librarian')).toMatchObject({
    dynamic: true,
    lines: { line: 2 },
    properties: {
      framework: 'agent-framework',
      falseGates: [{ mechanism: 'approvalMode', why: 'docs: never asks', line: 11 }],
      unknown: [{ reason: 'its model is FOUNDRY_MODEL at run time', line: 5 }],
    },
  });
  expect(named(found, 'approval-gate')).toEqual(['approval of SendMail']);
  expect(edges(found, 'gated-by')).toEqual(['Librarian -> approval of SendMail', 'SendMail -> approval of SendMail']);
  expect(classesOf(assetOf(found, 'tool', 'code_interpreter'))).toEqual(['executes-code']);
  expect(edges(found, 'authenticates-with')).toEqual(['Librarian -> FOUNDRY_KEY']);
  expect(named(found, 'mcp-server')).toHaveLength(1);
});

test('hosted agents of azd with a toolbox', async () => {
  const found = await linkFiles(declarativeAgents, {
    'repo/app/azure.yaml': `name: x
services:
  tools:
    host: azure.ai.toolbox
    tools:
      - {type: web_search}
      - {type: mcp, server_label: gh, server_url: https://mcp.example/, require_approval: never}
  helper:
    host: azure.ai.agent
    project: src/helper
    uses: [tools]
    env: {SEARCH_API_KEY: "\${SEARCH_API_KEY}", PORT: "1"}
  web: {host: containerapp}
`,
  });
  expect(assetOf(found, 'workload', 'helper').properties).toMatchObject({
    kind: 'agent-runtime',
    runs: 'agent',
    codeFolder: 'repo/app/src/helper',
    falseGates: [{ why: 'gh: never asks' }],
  });
  expect(edges(found, 'authenticates-with')).toEqual(['helper -> SEARCH_API_KEY']);
  expect(classesOf(assetOf(found, 'tool', 'web_search'))).toEqual(['reads-untrusted']);
});

test('a Haystack pipeline with an agent that has an agent as a tool', async () => {
  const found = await read(`components:
  assistant:
    type: haystack.components.agents.agent.Agent
    init_parameters:
      chat_generator:
        type: haystack.components.generators.chat.openai.OpenAIChatGenerator
        init_parameters: {model: gpt-4o, api_key: {type: env_var, env_vars: [OPENAI_API_KEY]}}
      system_prompt: Help.
      tools:
        - type: haystack.tools.component_tool.ComponentTool
          data: {name: search, component: {type: haystack.components.websearch.serper_dev.SerperDevWebSearch}}
        - type: haystack.tools.component_tool.ComponentTool
          data: {name: expert, component: {type: haystack.components.agents.agent.Agent, init_parameters: {}}}
  writer: {type: haystack.components.writers.DocumentWriter}
connections: []
`);
  expect(named(found, 'agent')).toEqual(['assistant.expert', 'assistant']);
  expect(edges(found, 'delegates-to')).toEqual(['assistant -> assistant.expert']);
  expect(classesOf(assetOf(found, 'tool', 'search'))).toEqual(['reads-untrusted']);
  expect(edges(found, 'authenticates-with')).toEqual(['assistant -> OPENAI_API_KEY']);
});

test('other files of these words are nothing and no mistake', async () => {
  const found = await read(
    'kind: Prompt\ntitle: a prompt library entry\n---\nservices: {a: {image: azure.ai.agent}}\n',
  );
  expect([found.assets, found.issues, found.statuses]).toEqual([[], [], { 'repo/app/agent.yaml': 'read' }]);
});
