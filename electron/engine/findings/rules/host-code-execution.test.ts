import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'from smolagents import CodeAgent, InferenceClientModel',
  '',
  'local = CodeAgent(tools=[], model=InferenceClientModel("m"), name="local")',
  'boxed = CodeAgent(tools=[], model=InferenceClientModel("m"), name="boxed", executor_type="docker")',
  '',
].join('\n');
const text2 = [
  'from crewai import Agent, Crew, Task',
  '',
  'writer = Agent(role="writer", goal="g", backstory="b", allow_code_execution=True, code_execution_mode="unsafe")',
  'careful = Agent(role="careful", goal="g", backstory="b", allow_code_execution=True, code_execution_mode="safe")',
  'crew = Crew(agents=[writer, careful], tasks=[Task(description="d", expected_output="e", agent=writer)])',
  '',
].join('\n');

test('by the setting of the framework', async () => {
  const { found, undecided, looked } = await scanAndJudge('host-code-execution', { 'app.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['critical app.py:3 local'], undecided: [], looked: 2 });
});

test('a crew in unsafe mode, and one in safe mode', async () => {
  const { found, undecided, looked } = await scanAndJudge('host-code-execution', { 'crew.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: ['critical crew.py:3 writer'], undecided: [], looked: 2 });
});
