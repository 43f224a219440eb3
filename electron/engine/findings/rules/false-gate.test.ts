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
      {
        parameters: {
          operation: 'sendAndWait',
          message: 'ok?',
          approvalOptions: { values: { approvalType: 'double' } },
        },
        type: 'n8n-nodes-base.slack',
        typeVersion: 1,
        position: [0, 0],
        id: 'Ask',
        name: 'Ask',
      },
    ],
    connections: {
      Hook: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      Lookup: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
      Agent: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] },
    },
    active: true,
  },
  null,
  2,
);
const text2 = [
  'import os',
  'import httpx',
  'import psycopg',
  'import stripe',
  'from langchain.agents import create_agent',
  'from langchain.agents.middleware import HumanInTheLoopMiddleware',
  'from langchain_core.tools import tool',
  '',
  'stripe.api_key = os.environ["STRIPE_API_KEY"]',
  '',
  '',
  '@tool',
  'def refund(charge: str, amount: int) -> str:',
  '    """Give money back."""',
  '    return stripe.Refund.create(charge=charge, amount=amount).id',
  '',
  '',
  '@tool',
  'def credit(invoice: str, amount: int) -> str:',
  '    """Credit an invoice."""',
  '    return stripe.CreditNote.create(invoice=invoice, amount=amount).id',
  '',
  '',
  'agent = create_agent(',
  '    "openai:gpt-5",',
  '    tools=[refund, credit],',
  '    name="support",',
  '    middleware=[HumanInTheLoopMiddleware(interrupt_on={"refund": True})],',
  ')',
  '',
].join('\n');

test('asked after the agent has run', async () => {
  const { found, undecided, looked } = await scanAndJudge('false-gate', { 'n8n/flow.json': text });
  expect({ found, undecided, looked }).toEqual({ found: ['high n8n/flow.json:74 Agent'], undecided: [], looked: 1 });
});

test('a gate before the tool passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('false-gate', { 'app.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
