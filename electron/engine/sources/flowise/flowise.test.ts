import { expect, test } from 'vitest';
import { assetOf, classesOf, edges, linkFiles, named } from '../low-code/flow-source.test-support.ts';
import { flowiseFlows } from './flowise.ts';

const box = (id: string, name: string, category: string, inputs: object, more: object = {}): object => ({
  id,
  type: 'customNode',
  data: { id, label: id, name, category, inputs, ...more },
});
const use = (id: string): string => `{{${id}.data.instance}}`;
const model = box(
  'model_0',
  'chatOpenAI',
  'Chat Models',
  { modelName: 'gpt-4o-mini' },
  { inputParams: [{ name: 'credential', type: 'credential', credentialNames: ['openAIApi'] }] },
);
const read = (file: object) => linkFiles(flowiseFlows, { 'repo/flow.json': file });

test('a tool agent with model, tools, memory, store and an MCP server', async () => {
  const found = await read({
    nodes: [
      model,
      box('agent_0', 'toolAgent', 'Agents', {
        systemMessage: 'Help {name}',
        model: use('model_0'),
        memory: use('memory_0'),
        tools: ['search_0', 'docs_0', 'post_0', 'mcp_0'].map(use),
      }),
      box('memory_0', 'bufferMemory', 'Memory', {}),
      box('search_0', 'serpAPI', 'Tools', {}),
      box('docs_0', 'retrieverTool', 'Tools', { name: 'search_docs', description: 'Finds', retriever: use('store_0') }),
      box('store_0', 'pinecone', 'Vector Stores', { pineconeIndex: 'handbook' }),
      box('post_0', 'requestsPost', 'Tools', { url: '' }),
      box('mcp_0', 'customMCP', 'Tools (MCP)', {
        mcpServerConfig: '{"command": "npx", "args": ["-y", "some-server@1.2.3"]}',
        mcpActions: '["read"]',
      }),
    ],
    edges: [],
  });
  expect(edges(found, 'uses')).toEqual(
    ['gpt-4o-mini', 'mcp_0', 'post_0', 'search_0', 'search_docs'].map((name) => `agent_0 -> ${name}`),
  );
  expect(named(found, 'mcp-server')).toHaveLength(1);
  expect(classesOf(assetOf(found, 'tool', 'post_0'))).toEqual(['sends-outside', 'writes', 'reads-untrusted']);
  expect(edges(found, 'reads')).toEqual(['agent_0 -> memory_0', 'search_docs -> handbook']);
  expect(edges(found, 'authenticates-with')).toEqual(['agent_0 -> openAIApi']);
  expect(assetOf(found, 'prompt', 'agent_0 systemMessage').properties).toMatchObject({ inserted: ['name'] });
});

test('a chain is no agent; a supervisor delegates to workers that take its model', async () => {
  expect(
    named(
      await read({ nodes: [model, box('chain_0', 'llmChain', 'Chains', { model: use('model_0') })], edges: [] }),
      'agent',
    ),
  ).toEqual([]);
  const team = await read({
    nodes: [
      model,
      box('boss_0', 'supervisor', 'Multi Agents', { supervisorName: 'Boss', model: use('model_0') }),
      box('worker_0', 'worker', 'Multi Agents', {
        workerName: 'Coder',
        workerPrompt: 'Code.',
        supervisor: use('boss_0'),
      }),
    ],
    edges: [],
  });
  expect(edges(team, 'delegates-to')).toEqual(['Boss -> Coder']);
  expect(edges(team, 'uses')).toEqual(['Boss -> gpt-4o-mini', 'Coder -> gpt-4o-mini']);
});

test('agent flows: tools in the box, a gate per tool, a step that asks before or after', async () => {
  const agent = box('agentAgentflow_0', 'agentAgentflow', 'Agent Flows', {
    agentModel: 'chatAnthropic',
    agentModelConfig: { modelName: 'claude-sonnet-4-0', credential: '' },
    agentMessages: [{ role: 'system', content: '<p>Help</p>' }],
    agentTools: [
      {
        agentSelectedTool: 'gmail',
        agentSelectedToolRequiresHumanInput: true,
        agentSelectedToolConfig: { messageActions: '["sendMessage","deleteMessage"]' },
      },
    ],
    agentKnowledgeDocumentStores: [{ documentStore: '1-2:Handbook' }],
  });
  const asks = box('humanInputAgentflow_0', 'humanInputAgentflow', 'Agent Flows', {});
  const start = box('startAgentflow_0', 'startAgentflow', 'Agent Flows', { startInputType: 'chatInput' });
  const flow = (pairs: readonly (readonly [string, string])[]) =>
    read({ nodes: [start, agent, asks], edges: pairs.map(([source, target]) => ({ source, target })) });
  const before = await flow([
    ['startAgentflow_0', 'humanInputAgentflow_0'],
    ['humanInputAgentflow_0', 'agentAgentflow_0'],
  ]);
  expect(named(before, 'approval-gate')).toEqual(['approval of gmail', 'humanInputAgentflow_0']);
  expect(classesOf(assetOf(before, 'tool', 'gmail'))).toEqual(['sends-outside', 'deletes']);
  expect(edges(before, 'reads')).toContain('agentAgentflow_0 -> Handbook');
  const after = await flow([
    ['startAgentflow_0', 'agentAgentflow_0'],
    ['agentAgentflow_0', 'humanInputAgentflow_0'],
  ]);
  expect(named(after, 'approval-gate')).toEqual(['approval of gmail']);
  expect(assetOf(after, 'agent', 'agentAgentflow_0').properties['falseGates']).toMatchObject([
    { mechanism: 'human input step' },
  ]);
});

test('an export of an instance holds its flows as text', async () => {
  const flowData = JSON.stringify({
    nodes: [model, box('agent_0', 'toolAgent', 'Agents', { model: use('model_0'), tools: [] })],
    edges: [],
  });
  const found = await read({ ChatFlow: [{ id: 'x', name: 'Help desk', flowData, isPublic: true, deployed: true }] });
  expect(assetOf(found, 'agent', 'agent_0')).toMatchObject({
    properties: { workflow: 'Help desk', public: true, active: true },
    lines: { line: 6 },
  });
});
