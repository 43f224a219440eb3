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
  'def fetch_url(url: str) -> str:',
  '    """Fetch a page."""',
  '    return httpx.get(url).text',
  '',
  '',
  '@tool',
  'def status() -> str:',
  '    """Read the status page."""',
  '    return httpx.get("https://status.acme.example/api").text',
  '',
  '',
  'agent = create_agent("openai:gpt-5", tools=[fetch_url, status], name="support")',
  '',
].join('\n');
const text2 = [
  'from crewai import Agent, Crew, Task',
  'from crewai_tools import SerperDevTool',
  '',
  'writer = Agent(role="writer", goal="g", backstory="b", tools=[SerperDevTool()])',
  'crew = Crew(agents=[writer], tasks=[Task(description="d", expected_output="e", agent=writer)])',
  '',
].join('\n');

test('the model names the address; a fixed one passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('unrestricted-egress', { 'app.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['high app.py:13 fetch_url'], undecided: [], looked: 2 });
});

test('of a ready-made search nobody can tell', async () => {
  const { found, undecided, looked } = await scanAndJudge('unrestricted-egress', { 'crew.py': text2 });
  expect({ found, undecided, looked }).toEqual({
    found: [],
    undecided: ['SerperDevTool: whether the model can give this ready-made tool an address'],
    looked: 1,
  });
});
