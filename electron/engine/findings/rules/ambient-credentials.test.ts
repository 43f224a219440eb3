import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'services:',
  '  agent:',
  '    build: .',
  '    command: langgraph up --host 0.0.0.0 --port 8123',
  '    ports: ["8123:8123"]',
  '    volumes:',
  '      - ./data:/data',
  '      - ~/.aws:/home/app/.aws:ro',
  '      - /var/run/docker.sock:/var/run/docker.sock',
  '  tools:',
  '    build: .',
  '    command: python server.py --transport streamable-http --host 0.0.0.0 --port 8931',
  '    ports: ["8931:8931"]',
  '',
].join('\n');
const text2 = JSON.stringify({ dependencies: ['.'], graphs: { support: './app.py:graph' } }, null, 2);
const text3 = [
  'import os',
  '',
  'from langchain.agents import create_agent',
  'from langchain_core.messages import SystemMessage',
  'from langchain_core.tools import tool',
  'from langchain_openai import ChatOpenAI, OpenAIEmbeddings',
  'from langchain_postgres import PGVector',
  'from langgraph.graph import START, MessagesState, StateGraph',
  '',
  'store = PGVector(embeddings=OpenAIEmbeddings(model="e"), collection_name="tickets", connection=os.environ["DATABASE_URL"])',
  'model = ChatOpenAI(model="gpt-5")',
  '',
  '',
  '@tool',
  'def search_tickets(question: str) -> str:',
  '    """Search tickets of one customer."""',
  '    return str(store.similarity_search(question, k=20))',
  '',
  '',
  'def answer(state):',
  '    docs = store.similarity_search("q", k=6)',
  '    system = SystemMessage("Help.")',
  '    return {"messages": [model.bind_tools([search_tickets]).invoke([system, *state["messages"]])]}',
  '',
  '',
  'builder = StateGraph(MessagesState)',
  'builder.add_node("answer", answer)',
  'builder.add_edge(START, "answer")',
  'graph = builder.compile()',
  '',
].join('\n');
const text4 = [
  'from mcp.server.fastmcp import FastMCP',
  '',
  'mcp = FastMCP("tools")',
  '',
  '',
  '@mcp.tool()',
  'def ping() -> str:',
  '    """Answer."""',
  '    return "pong"',
  '',
  '',
  'mcp.run(transport="streamable-http")',
  '',
].join('\n');
const text5 = [
  'services:',
  '  agent:',
  '    build: .',
  '    command: langgraph up --host 0.0.0.0 --port 8123',
  '    ports: ["8123:8123"]',
  '    volumes:',
  '      - ./data:/data',
  '  tools:',
  '    build: .',
  '    command: python server.py --transport streamable-http --host 0.0.0.0 --port 8931',
  '    ports: ["8931:8931"]',
  '',
].join('\n');

test('a cloud folder and the socket of Docker', async () => {
  const { found, undecided, looked } = await scanAndJudge('ambient-credentials', {
    'docker-compose.yml': text,
    'langgraph.json': text2,
    'app.py': text3,
    'server.py': text4,
  });
  expect({ found, undecided, looked }).toEqual({
    found: ['critical docker-compose.yml:9 agent', 'high docker-compose.yml:8 agent'],
    undecided: [],
    looked: 2,
  });
});

test('a folder of the project passes', async () => {
  const { found, undecided, looked } = await scanAndJudge('ambient-credentials', {
    'docker-compose.yml': text5,
    'langgraph.json': text2,
    'app.py': text3,
    'server.py': text4,
  });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 2 });
});
