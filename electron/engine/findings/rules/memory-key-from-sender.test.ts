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
        parameters: { sessionIdType: 'customKey', sessionKey: '={{ $json.from }}' },
        type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
        typeVersion: 1,
        position: [0, 0],
        id: 'Memory',
        name: 'Memory',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Memory: { ai_memory: [[{ node: 'Agent', type: 'ai_memory', index: 0 }]] },
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
        parameters: { sessionIdType: 'customKey', sessionKey: '={{ $json.sessionId }}' },
        type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
        typeVersion: 1,
        position: [0, 0],
        id: 'Memory',
        name: 'Memory',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Memory: { ai_memory: [[{ node: 'Agent', type: 'ai_memory', index: 0 }]] },
    },
    active: true,
  },
  null,
  2,
);
const text3 = JSON.stringify(
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
        parameters: { sessionIdType: 'customKey', sessionKey: '={{ $json.ticket }}' },
        type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
        typeVersion: 1,
        position: [0, 0],
        id: 'Memory',
        name: 'Memory',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Memory: { ai_memory: [[{ node: 'Agent', type: 'ai_memory', index: 0 }]] },
    },
    active: true,
  },
  null,
  2,
);

test('the address of the sender', async () => {
  const { found, undecided, looked } = await scanAndJudge('memory-key-from-sender', { 'n8n/flow.json': text });
  expect({ found, undecided, looked }).toEqual({ found: ['medium n8n/flow.json:46 Memory'], undecided: [], looked: 1 });
});

test('a key of the product passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('memory-key-from-sender', { 'n8n/flow.json': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});

test('of another value nobody can tell', async () => {
  const { found, undecided, looked } = await scanAndJudge('memory-key-from-sender', { 'n8n/flow.json': text3 });
  expect({ found, undecided, looked }).toEqual({
    found: [],
    undecided: ['Memory: whether somebody else can choose ={{ $json.ticket }}'],
    looked: 1,
  });
});
