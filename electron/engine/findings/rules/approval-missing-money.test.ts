import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
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
  '    middleware=[HumanInTheLoopMiddleware(interrupt_on={"refund": True, "credit": True})],',
  ')',
  '',
].join('\n');

test('the tool that the gate forgets', async () => {
  const { found, undecided, looked } = await scanAndJudge('approval-missing-money', { 'app.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['high app.py:19 credit'], undecided: [], looked: 2 });
});

test('every money tool behind the gate passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('approval-missing-money', { 'app.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 2 });
});
