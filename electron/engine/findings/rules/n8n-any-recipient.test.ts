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
        parameters: { toEmail: "={{ $fromAI('to') }}", subject: 's', text: 't' },
        type: 'n8n-nodes-base.emailSendTool',
        typeVersion: 1,
        position: [0, 0],
        id: 'Answer',
        name: 'Answer',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Answer: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
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
        parameters: { toEmail: 'desk@acme.example', subject: 's', text: "={{ $fromAI('text') }}" },
        type: 'n8n-nodes-base.emailSendTool',
        typeVersion: 1,
        position: [0, 0],
        id: 'Answer',
        name: 'Answer',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Answer: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
    },
    active: true,
  },
  null,
  2,
);

test('the model fills the address', async () => {
  const { found, undecided, looked } = await scanAndJudge('n8n-any-recipient', { 'n8n/flow.json': text });
  expect({ found, undecided, looked }).toEqual({
    found: ['high n8n/flow.json:56+n8n/flow.json:45 Answer'],
    undecided: [],
    looked: 1,
  });
});

test('a written address passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('n8n-any-recipient', { 'n8n/flow.json': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
