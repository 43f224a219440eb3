import { describe, expect, it } from 'vitest';
import type { Properties } from '../../../../../shared/model/facts.ts';
import { type LinkedFiles, linkFiles } from '../engine/link-files.ts';

const link = (files: Record<string, string>): Promise<LinkedFiles> => linkFiles(new Map(Object.entries(files)));
const names = (linked: LinkedFiles, kind: string) =>
  linked.assets
    .filter((asset) => asset.kind === kind)
    .map((asset) => asset.name)
    .sort();
const relations = (linked: LinkedFiles, kind: string) =>
  linked.relations
    .filter((relation) => relation.kind === kind)
    .map(({ from, to }) => `${from.key.replace(/^.*#/, '')} -> ${to.key.replace(/^.*#/, '')}`)
    .sort();
const agent = (linked: LinkedFiles, name: string) =>
  linked.assets.find((asset) => asset.kind === 'agent' && asset.name === name);
const tool = 'from langchain_core.tools import tool\n';

/** Capabilities as the tool asset carries them. */
const capabilitiesOf = (asset: { readonly properties?: Properties }): readonly { class: string; line: number }[] =>
  (asset.properties?.['capabilities'] ?? []) as unknown as readonly { class: string; line: number }[];

describe('what counts as an agent', () => {
  it('goes by import origin and name, not by the name alone', async () => {
    const linked = await link({
      'a.py':
        'import langchain\nfrom mylib import create_agent, StateGraph\nagent = create_agent("m", tools=[])\ngraph = StateGraph(dict).compile()\n',
      'b.py':
        'import langgraph\nclass Agent:\n    pass\nagent = Agent(tools=["rm"])\nimport re\npattern = re.compile("x")\n',
      'c.py': 'from langchain.agents import create_agent as make\nhelper = make("openai:gpt-4.1", tools=[])\n',
      'd.py': 'import langgraph.prebuilt as pre\nreact = pre.create_react_agent("anthropic:claude-sonnet-4-5", [])\n',
    });
    expect(names(linked, 'agent')).toEqual(['helper', 'react']);
    expect(names(linked, 'model')).toEqual(['claude-sonnet-4-5', 'gpt-4.1']);
  });

  it('does not take a model call or a dependency for an agent', async () => {
    const linked = await link({
      'a.py': 'from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model="gpt-4.1")\nprint(llm.invoke("hi"))\n',
      'b.py':
        'from langgraph.graph import StateGraph\ndef step(state):\n    return {"x": 1}\nb = StateGraph(dict)\nb.add_node("step", step)\ng = b.compile()\n',
    });
    expect(linked.assets).toEqual([]);
  });

  it('follows re-exports, star imports and circles', async () => {
    const linked = await link({
      'pkg/__init__.py': 'from .inner import *\n',
      'pkg/inner/__init__.py': 'from langgraph.prebuilt import create_react_agent as build\nfrom ..loop import LOOP\n',
      'pkg/loop.py': 'from .inner import LOOP\n',
      'main.py': 'from pkg import *\n# langgraph\nrunner = build("openai:gpt-4.1", tools=LOOP)\n',
    });
    expect(names(linked, 'agent')).toEqual(['runner']);
    expect(agent(linked, 'runner')).toMatchObject({ dynamic: true });
  });

  it('names agents by argument, variable or function and says where they stand', async () => {
    const body = 'from langchain.agents import create_agent\n';
    const linked = await link({
      'tests/test_x.py': `${body}def test_one():\n    agent = create_agent("openai:gpt-4.1", [], name="probe")\n`,
      'examples/e.py': `${body}def build_writer():\n    agent = create_agent("openai:gpt-4.1", [])\n    return agent\n`,
      'src/s.py': `${body}planner = create_agent("openai:gpt-4.1", [])\n`,
    });
    expect(
      linked.assets
        .filter((asset) => asset.kind === 'agent')
        .map((asset) => [asset.name, asset.properties?.['location'], asset.key])
        .sort(),
    ).toEqual([
      ['build_writer', 'example', 'app/examples/e.py#build_writer.agent'],
      ['planner', 'source', 'app/src/s.py#planner'],
      ['probe', 'test', 'app/tests/test_x.py#test_one.agent'],
    ]);
  });

  it('joins a runnable with the executor that runs it', async () => {
    const linked = await link({
      'a.py': `${tool}from langchain.agents import AgentExecutor, create_tool_calling_agent\nfrom langchain_openai import ChatOpenAI\n@tool\ndef look(q: str) -> str:\n    """Look."""\n    return q\nllm = ChatOpenAI(model="gpt-4.1")\nrunnable = create_tool_calling_agent(llm, [look], None)\nassistant = AgentExecutor(agent=runnable, tools=[look])\n`,
    });
    expect(names(linked, 'agent')).toEqual(['assistant']);
    expect(relations(linked, 'uses')).toEqual(['assistant -> look', 'assistant -> openai:gpt-4.1']);
  });

  it('reads notebooks in the order of their cells, with the lines of the file', async () => {
    const cells = [
      { cell_type: 'markdown', source: ['create_react_agent'] },
      {
        cell_type: 'code',
        source: ['%pip install langgraph\n', 'from langgraph.prebuilt import create_react_agent\n'],
      },
      { cell_type: 'code', source: ['%%bash\n', 'rm -rf x'] },
      { cell_type: 'code', source: ['assistant = create_react_agent("openai:gpt-4.1", tools=[])'] },
    ];
    const text = JSON.stringify({ cells }, null, 1);
    const linked = await link({ 'n.ipynb': text });
    const line = text.slice(0, text.indexOf('assistant =')).split('\n').length;
    expect(linked.assets.find((asset) => asset.kind === 'agent')).toMatchObject({
      name: 'assistant',
      lines: { line },
      properties: { location: 'notebook' },
    });
    expect(linked.issues).toEqual([]);
  });

  it('keeps what stands around a syntax error', async () => {
    const linked = await link({
      'a.py':
        'from langchain.agents import create_agent\ndef broken(:\n    pass\n\nplanner = create_agent("openai:gpt-4.1", [])\n',
    });
    expect(names(linked, 'agent')).toEqual(['planner']);
    expect(linked.issues).toEqual(['app/a.py:2 Python syntax not understood']);
  });
});

describe('tools', () => {
  const three = `${tool}@tool\ndef one(a: str) -> str:\n    """One."""\n    return a\n@tool("second")\ndef two(a: str) -> str:\n    """Two."""\n    return a\n@tool\ndef three(a: str) -> str:\n    """Three."""\n    return a\n`;

  it('follows spreads, concatenation, helpers and conditions, and leaves comments alone', async () => {
    const linked = await link({
      'tools.py': `${three}BASE = [one]\ndef extra():\n    return [two]\n`,
      'main.py':
        'import os\nfrom langchain.agents import create_agent\nfrom tools import BASE, extra, three\ntools = [*BASE] + extra()  # , three\nif os.getenv("MORE"):\n    tools.append(three)\nplanner = create_agent("openai:gpt-4.1", tools)\n',
    });
    expect(relations(linked, 'uses')).toEqual([
      'planner -> one',
      'planner -> openai:gpt-4.1',
      'planner -> second',
      'planner -> three',
    ]);
    const conditional = linked.relations.find((relation) => relation.to.key.endsWith('#three'));
    expect(conditional).toMatchObject({ dynamic: true, properties: { when: 'os.getenv("MORE")' } });
    expect(agent(linked, 'planner')).not.toHaveProperty('dynamic');
  });

  it('says what it cannot know instead of dropping it', async () => {
    const linked = await link({
      'main.py': `${three}from langchain.agents import create_agent\nfrom plugins import load\nplanner = create_agent("openai:gpt-4.1", [one, *load()])\n`,
      'plugins.py': 'def load():\n    return [entry.load() for entry in entry_points()]\n',
    });
    expect(agent(linked, 'planner')).toMatchObject({ dynamic: true });
    expect(agent(linked, 'planner')?.properties?.['unknown']).not.toEqual([]);
    expect(relations(linked, 'uses')).toContain('planner -> one');
  });

  it('reads capabilities through helper functions and names what runs free SQL', async () => {
    const linked = await link({
      'main.py': `${tool}import subprocess, psycopg, os, httpx\nfrom langchain.agents import create_agent\ndef shell(command):\n    return subprocess.run(command, shell=True)\n@tool\ndef run(command: str) -> str:\n    """Run."""\n    return str(shell(command))\n@tool\ndef report(sql: str) -> str:\n    """Report."""\n    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:\n        return str(connection.execute(sql).fetchall())\n@tool\ndef wipe() -> str:\n    """Wipe."""\n    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:\n        connection.execute("delete from orders")\n@tool\ndef weather(city: str) -> str:\n    """Weather."""\n    return httpx.get(f"https://api.weather.example/v1/{city}").text\nops = create_agent("openai:gpt-4.1", [run, report, wipe, weather])\n`,
    });
    const classes = Object.fromEntries(
      linked.assets
        .filter((asset) => asset.kind === 'tool')
        .map((asset) => [asset.name, capabilitiesOf(asset).map((one) => `${one.class}:${one.line}`)]),
    );
    expect(classes).toEqual({
      run: ['executes-code:5'],
      report: ['reads-private:14', 'writes:14', 'deletes:14'],
      wipe: ['deletes:19'],
      weather: ['reads-untrusted:23'],
    });
    expect(relations(linked, 'authenticates-with')).toContain('report -> DATABASE_URL');
    expect(names(linked, 'external-service')).toEqual(['api.weather.example']);
  });

  it('knows classes, ready-made tools, retrievers, hosted tools and MCP servers', async () => {
    const linked = await link({
      'main.py':
        'import os\nfrom langchain.agents import create_agent\nfrom langchain_core.tools import BaseTool, StructuredTool, create_retriever_tool\nfrom langchain_tavily import TavilySearch\nfrom langchain_chroma import Chroma\nfrom langchain_mcp_adapters.client import MultiServerMCPClient\nimport os\nclass Delete(BaseTool):\n    name: str = "delete_file"\n    def _run(self, path: str):\n        os.remove(path)\ndef add(a: int) -> int:\n    """Add."""\n    return a\nclient = MultiServerMCPClient({"files": {"command": "npx", "args": ["-y", "@acme/files-mcp@1.2.3"], "transport": "stdio"}, "web": {"url": "https://mcp.acme.example/mcp", "transport": "streamable_http", "headers": {"Authorization": f"Bearer {os.environ[\'WEB_TOKEN\']}"}}})\nretriever = Chroma(collection_name="handbook").as_retriever()\nasync def build():\n    tools = await client.get_tools()\n    return create_agent("openai:gpt-4.1", [Delete(), StructuredTool.from_function(func=add, name="adder"), TavilySearch(max_results=2), create_retriever_tool(retriever, "handbook_search", "d"), {"type": "code_interpreter"}, *tools], name="clerk")\n',
    });
    const found = linked.assets
      .filter((asset) => asset.kind === 'tool')
      .map((asset) => [
        asset.name,
        asset.properties?.['form'],
        capabilitiesOf(asset)
          .map((one) => one.class)
          .join(),
      ]);
    expect(found).toEqual([
      ['delete_file', 'class', 'deletes'],
      ['adder', 'function', ''],
      ['tavily_search', 'library', 'reads-untrusted,sends-outside'],
      ['handbook_search', 'retriever', 'reads-private'],
      ['code_interpreter', 'hosted', 'executes-code'],
    ]);
    expect(
      linked.assets
        .filter((asset) => asset.kind === 'mcp-server')
        .map((asset) => [asset.name, asset.properties?.['transport']]),
    ).toEqual([
      ['files', 'stdio'],
      ['web', 'http'],
    ]);
    expect(names(linked, 'credential')).toContain('WEB_TOKEN');
    expect(relations(linked, 'reads')).toEqual(['handbook_search -> handbook']);
    expect(agent(linked, 'clerk')).not.toHaveProperty('dynamic');
  });
});

describe('models, gates, delegation', () => {
  it('marks a model from the environment as dynamic and keeps its default', async () => {
    const linked = await link({
      'a.py':
        'import os\nfrom langchain.chat_models import init_chat_model\nfrom langchain.agents import create_agent\nMODEL = os.getenv("MODEL") or "openai:gpt-4.1"\nplanner = create_agent(init_chat_model(MODEL), [])\nother = create_agent(os.environ["OTHER_MODEL"], [])\n',
    });
    expect(
      linked.assets
        .filter((asset) => asset.kind === 'model')
        .map(({ key, dynamic, properties }) => [key, dynamic, properties?.['environment']]),
    ).toEqual([
      ['openai:gpt-4.1', true, 'MODEL'],
      [':?OTHER_MODEL', true, 'OTHER_MODEL'],
    ]);
  });

  it('never carries the value of a key', async () => {
    const key = 'sk-FAKE0123456789abcdefFAKE';
    const linked = await link({
      'a.py': `from langchain_openai import ChatOpenAI\nfrom langchain.agents import create_agent\nPROMPT = "You are a helper. Use ${key} for calls."\nplanner = create_agent(ChatOpenAI(model="gpt-4.1", api_key="${key}"), [], system_prompt=PROMPT)\n`,
    });
    expect(JSON.stringify(linked)).not.toContain(key);
    expect(linked.assets.find((asset) => asset.kind === 'credential')).toMatchObject({
      name: 'api_key (literal)',
      properties: { literal: true },
      lines: { line: 4 },
    });
    expect(names(linked, 'prompt')).toEqual(['PROMPT']);
  });

  it('ties gates to tools: middleware, pauses before a node, interrupts in a tool', async () => {
    const linked = await link({
      'a.py': `${tool}from langchain.agents import create_agent\nfrom langchain.agents.middleware import HumanInTheLoopMiddleware\nfrom langgraph.graph import StateGraph\nfrom langgraph.prebuilt import ToolNode\nfrom langgraph.types import interrupt\n@tool\ndef pay(amount: int) -> str:\n    """Pay."""\n    return interrupt({"amount": amount})\n@tool\ndef mail(text: str) -> str:\n    """Mail."""\n    return text\nfirst = create_agent("openai:gpt-4.1", [pay, mail], middleware=[HumanInTheLoopMiddleware(interrupt_on={"mail": True, "pay": False})])\nb = StateGraph(dict)\nb.add_node("tools", ToolNode([mail]))\nsecond = b.compile(interrupt_before=["tools"])\n`,
    });
    const gates = linked.assets
      .filter((asset) => asset.kind === 'approval-gate')
      .map(({ properties }) => [properties?.['mechanism'], properties?.['covers'], properties?.['notAsked'] ?? null]);
    expect(gates).toEqual([
      ['interrupt_before', ['mail'], null],
      ['interrupt in the tool', ['pay'], null],
      ['interrupt_on', ['mail'], ['pay']],
    ]);
  });

  it('follows delegation: supervisors, graphs as nodes, agents called from tools and nodes', async () => {
    const linked = await link({
      'a.py': `${tool}from langgraph.prebuilt import create_react_agent\nfrom langgraph_supervisor import create_supervisor\nfrom langgraph.graph import StateGraph\nfrom langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model="gpt-4.1")\nmaths = create_react_agent(llm, [], name="maths")\nwriter = create_react_agent(llm, [], name="writer")\nboss = create_supervisor([maths, writer], model=llm).compile()\n@tool\ndef ask(q: str) -> str:\n    """Ask."""\n    return maths.invoke(q)\nhost = create_react_agent(llm, [ask])\ndef node(state):\n    return writer.invoke(state)\nflow = StateGraph(dict).add_node("boss", boss).add_node(node).compile()\n`,
    });
    expect(relations(linked, 'delegates-to')).toEqual([
      'ask -> maths',
      'boss -> maths',
      'boss -> writer',
      'flow -> boss',
      'flow -> writer',
    ]);
  });

  it('looks into classes that build their agent in methods', async () => {
    const linked = await link({
      'a.py': `${tool}from langgraph.graph import StateGraph\nfrom langchain_anthropic import ChatAnthropic\n@tool\ndef look(q: str) -> str:\n    """Look."""\n    return q\nclass Desk:\n    def __init__(self, tools):\n        self.tools = tools\n        self.model = ChatAnthropic(model="claude-sonnet-4-5").bind_tools(self.tools)\n        self.graph = self.build()\n    def call(self, state):\n        return self.model.invoke(state["messages"])\n    def build(self):\n        builder = StateGraph(dict)\n        builder.add_node("call", self.call)\n        return builder.compile()\ndesk = Desk([look])\n`,
    });
    expect(names(linked, 'agent')).toEqual(['Desk']);
    expect(relations(linked, 'uses')).toEqual([
      'Desk.build.builder -> anthropic:claude-sonnet-4-5',
      'Desk.build.builder -> look',
    ]);
  });
});
