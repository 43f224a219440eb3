import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'import os',
  '',
  'import psycopg',
  'from crewai import Agent, Crew, Process, Task',
  'from crewai.tools import tool',
  '',
  '',
  '@tool("tickets")',
  'def tickets(days: int) -> str:',
  '    """Read tickets."""',
  '    with psycopg.connect(os.environ["TICKETS_DATABASE_URL"]) as connection:',
  '        return str(connection.execute("select body from tickets").fetchall())',
  '',
  '',
  'reader = Agent(role="reader", goal="g", backstory="b", tools=[tickets])',
  'writer = Agent(role="writer", goal="g", backstory="b", tools=[], allow_delegation=True)',
  'crew = Crew(agents=[reader, writer], tasks=[Task(description="d", expected_output="e", agent=writer)])',
  '',
].join('\n');
const text2 = [
  'import os',
  '',
  'import psycopg',
  'from crewai import Agent, Crew, Process, Task',
  'from crewai.tools import tool',
  '',
  '',
  '@tool("tickets")',
  'def tickets(days: int) -> str:',
  '    """Read tickets."""',
  '    with psycopg.connect(os.environ["TICKETS_DATABASE_URL"]) as connection:',
  '        return str(connection.execute("select body from tickets").fetchall())',
  '',
  '',
  'reader = Agent(role="reader", goal="g", backstory="b", tools=[tickets])',
  'writer = Agent(role="writer", goal="g", backstory="b", tools=[tickets], allow_delegation=True)',
  'crew = Crew(agents=[reader, writer], tasks=[Task(description="d", expected_output="e", agent=writer)])',
  '',
].join('\n');

test('it has others read for it', async () => {
  const { found, undecided, looked } = await scanAndJudge('delegation-wide', { 'crew.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['medium crew.py:16 writer'], undecided: [], looked: 1 });
});

test('others that can do no more pass', async () => {
  const { found, undecided, looked } = await scanAndJudge('delegation-wide', { 'crew.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});
