import { expect, test } from 'vitest';
import { link } from '../agents.test-support.ts';

const keysOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await link(files)).assets
    .filter(({ kind }) => kind === 'credential')
    .map(
      ({ name, confidence, properties }) =>
        `${name} ${confidence}${properties?.['implied'] === true ? ' implied' : ''}`,
    );

const agent = (model: string): string => `from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent

def look_up(order: str) -> str:
    """Look up an order."""
    return order

desk = create_react_agent(${model}, tools=[look_up])
`;

test('a key that nobody names is implied, with low confidence', async () => {
  expect(await keysOf({ 'desk/agent.py': agent("ChatOpenAI(model='gpt-5')") })).toEqual(['OPENAI_API_KEY low implied']);
});

test('an address of somebody else implies no key', async () => {
  expect(
    await keysOf({ 'desk/agent.py': agent("ChatOpenAI(model='gpt-5', base_url='https://llm.example.com/v1')") }),
  ).toEqual([]);
});

test('a variable that the code around asks for counts instead of the usual one', async () => {
  const settings = `import os
from langchain_core.tools import tool

REQUIRED = {"desk": "GEMINI_API_KEY"}

def check(name):
    if not os.environ.get(REQUIRED[name]):
        raise SystemExit(name)
`;
  const model = "ChatGoogleGenerativeAI(model='gemini-2.5-pro')";
  expect(await keysOf({ 'desk/agent.py': agent(model), 'desk/settings.py': settings })).toEqual([
    'GEMINI_API_KEY low implied',
  ]);
  expect(await keysOf({ 'desk/agent.py': agent(model), 'other/settings.py': settings })).toEqual([
    'GOOGLE_API_KEY low implied',
  ]);
});
