import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'import os',
  '',
  'import httpx',
  'from crewai import Agent, Crew, Task',
  'from crewai.tools import tool',
  '',
  '',
  '@tool("post")',
  'def post(text: str) -> str:',
  '    """Post a message."""',
  '    httpx.post(os.environ["HOOK_URL"], json={"text": text})',
  '    return "posted"',
  '',
  '',
  'writer = Agent(role="writer", goal="g", backstory="b", tools=[post])',
  'write = Task(description="Write", expected_output="Text", agent=writer, human_input=True)',
  'crew = Crew(agents=[writer], tasks=[write])',
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

test('asked about the text, not at the post', async () => {
  const { found, undecided, looked } = await scanAndJudge('misplaced-approval', { 'src/crew.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['medium src/crew.py:16 writer'], undecided: [], looked: 1 });
});

test('a gate before the tool passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('misplaced-approval', { 'app.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
