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
  'DATABASE = os.environ["ORDERS_DATABASE_URL"]',
  '',
  '',
  '@tool',
  'def export_customers(segment: str) -> str:',
  '    """Write the customers of a segment."""',
  '    with psycopg.connect(DATABASE) as connection:',
  '        return str(connection.execute("select * from customers where segment = %s", (segment,)).fetchall())',
  '',
  '',
  '@tool',
  'def find_customer(mail: str) -> str:',
  '    """Find one customer."""',
  '    with psycopg.connect(DATABASE) as connection:',
  '        return str(connection.execute("select * from customers where mail = %s", (mail,)).fetchall())',
  '',
  '',
  '@tool',
  'def run_query(sql: str) -> str:',
  '    """Run a query."""',
  '    with psycopg.connect(DATABASE) as connection:',
  '        return str(connection.execute(sql).fetchall())',
  '',
  '',
  'agent = create_agent("openai:gpt-5", tools=[export_customers, find_customer], name="support")',
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
  'DATABASE = os.environ["ORDERS_DATABASE_URL"]',
  '',
  '',
  '@tool',
  'def export_customers(segment: str) -> str:',
  '    """Write the customers of a segment."""',
  '    with psycopg.connect(DATABASE) as connection:',
  '        return str(connection.execute("select * from customers where segment = %s", (segment,)).fetchall())',
  '',
  '',
  '@tool',
  'def find_customer(mail: str) -> str:',
  '    """Find one customer."""',
  '    with psycopg.connect(DATABASE) as connection:',
  '        return str(connection.execute("select * from customers where mail = %s", (mail,)).fetchall())',
  '',
  '',
  '@tool',
  'def run_query(sql: str) -> str:',
  '    """Run a query."""',
  '    with psycopg.connect(DATABASE) as connection:',
  '        return str(connection.execute(sql).fetchall())',
  '',
  '',
  'agent = create_agent("openai:gpt-5", tools=[export_customers, find_customer], name="reports")',
  '',
].join('\n');

test('two agents on one account', async () => {
  const { found, undecided, looked } = await scanAndJudge('shared-credential', {
    'app.py': text,
    'other/app.py': text2,
  });
  expect({ found, undecided, looked }).toEqual({
    found: ['high app.py:12+other/app.py:12 ORDERS_DATABASE_URL'],
    undecided: [],
    looked: 1,
  });
});

test('one agent passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('shared-credential', { 'app.py': text });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
