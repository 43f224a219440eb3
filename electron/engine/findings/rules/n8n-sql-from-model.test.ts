import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = JSON.stringify(
  {
    name: 'Intake',
    nodes: [
      {
        parameters: { path: 'in' },
        type: 'n8n-nodes-base.webhook',
        typeVersion: 1,
        position: [0, 0],
        id: 'Hook',
        name: 'Hook',
      },
      {
        parameters: { text: '={{ $json.text }}' },
        type: '@n8n/n8n-nodes-langchain.agent',
        typeVersion: 1,
        position: [0, 0],
        id: 'Agent',
        name: 'Agent',
      },
      {
        parameters: { model: 'gpt-4.1-mini' },
        type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
        typeVersion: 1,
        position: [0, 0],
        id: 'Model',
        name: 'Model',
      },
      {
        parameters: { operation: 'executeQuery', query: "={{ $fromAI('sql') }}" },
        type: 'n8n-nodes-base.postgresTool',
        typeVersion: 1,
        position: [0, 0],
        id: 'Lookup',
        name: 'Lookup',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Lookup: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
    },
    active: true,
  },
  null,
  2,
);
const text2 = JSON.stringify(
  {
    name: 'Intake',
    nodes: [
      {
        parameters: { path: 'in' },
        type: 'n8n-nodes-base.webhook',
        typeVersion: 1,
        position: [0, 0],
        id: 'Hook',
        name: 'Hook',
      },
      {
        parameters: { text: '={{ $json.text }}' },
        type: '@n8n/n8n-nodes-langchain.agent',
        typeVersion: 1,
        position: [0, 0],
        id: 'Agent',
        name: 'Agent',
      },
      {
        parameters: { model: 'gpt-4.1-mini' },
        type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
        typeVersion: 1,
        position: [0, 0],
        id: 'Model',
        name: 'Model',
      },
      {
        parameters: { operation: 'executeQuery', query: 'select 1' },
        type: 'n8n-nodes-base.postgresTool',
        typeVersion: 1,
        position: [0, 0],
        id: 'Lookup',
        name: 'Lookup',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Lookup: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
    },
    active: true,
  },
  null,
  2,
);

test('the whole statement', async () => {
  const { found, undecided, looked } = await scanAndJudge('n8n-sql-from-model', { 'n8n/flow.json': text });
  expect({ found, undecided, looked }).toEqual({
    found: ['critical n8n/flow.json:55+n8n/flow.json:46 Lookup'],
    undecided: [],
    looked: 1,
  });
});

test('a written statement passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('n8n-sql-from-model', { 'n8n/flow.json': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
