import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
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
  '    """Search tickets of all customers."""',
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
const text2 = [
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
  '    """Search tickets."""',
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

test('it says that it searches everybody', async () => {
  const { found, undecided, looked } = await scanAndJudge('no-tenant-filter', { 'app.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['high app.py:15 search_tickets'], undecided: [], looked: 1 });
});

test('without such a word nobody can tell', async () => {
  const { found, undecided, looked } = await scanAndJudge('no-tenant-filter', { 'app.py': text2 });
  expect({ found, undecided, looked }).toEqual({
    found: [],
    undecided: ['search_tickets: whether the search of tickets is filtered by customer'],
    looked: 1,
  });
});
