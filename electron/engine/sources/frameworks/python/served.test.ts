import { describe, expect, it } from 'vitest';
import { agentsOf, classesOf, link } from '../agents.test-support.ts';

describe('MCP servers in Python', () => {
  it('expose decorated tools, resources, a transport and an address', async () => {
    const linked = await link({
      'server.py': `import os
import psycopg
from mcp.server.fastmcp import FastMCP as Server
from mcp.types import ToolAnnotations

mcp = Server("orders-db", instructions="Ask about orders.", host="0.0.0.0", port=8931)

@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True, title="Order"))
def get_order(order_id: int) -> dict:
    """Return one order."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return connection.execute("select * from orders where id = %s", (order_id,)).fetchone()

@mcp.tool("drop")
def wipe() -> str:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("delete from orders")
    return "gone"

def late(text: str) -> str:
    """Later."""
    return text

mcp.add_tool(late)

@mcp.resource("orders://{id}")
def order(id: str) -> str:
    return id

@mcp.prompt()
def ask() -> str:
    return "x"

if __name__ == "__main__":
    mcp.run(transport="streamable-http")
`,
    });
    const server = linked.assets.find((asset) => asset.kind === 'mcp-server');
    expect(server).toEqual({
      kind: 'mcp-server',
      key: 'code:app/server.py#mcp',
      name: 'orders-db',
      place: 'app/server.py',
      lines: { line: 6, endLine: 6 },
      confidence: 'high',
      properties: {
        framework: 'mcp',
        implementation: 'app/server.py',
        implemented: true,
        location: 'source',
        transport: 'http',
        bindAddress: '0.0.0.0',
        allInterfaces: true,
        port: '8931',
        authentication: 'none',
        resources: ['orders://{id}'],
        servedPrompts: ['ask'],
        instructionsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        instructionsPreview: 'Ask about orders.',
      },
    });
    expect(classesOf(linked)).toEqual({ get_order: ['reads-private'], drop: ['deletes'], late: [] });
    expect(linked.assets.find((asset) => asset.name === 'get_order')?.properties).toMatchObject({
      readOnlyHint: true,
      title: 'Order',
      descriptionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(linked.relations.filter((one) => one.kind === 'exposes').map((one) => one.to.key)).toEqual([
      'app/server.py#get_order',
      'app/server.py#drop',
      'app/server.py#late',
    ]);
  });

  it('of the low level list their tools and dispatch them', async () => {
    const linked = await link({
      'low.py': `from enum import Enum
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import Tool
import subprocess

class Names(str, Enum):
    LOG = "git_log"

def git_log(repository):
    return subprocess.run(["git", "log"], cwd=repository)

async def serve():
    server = Server("git")

    @server.list_tools()
    async def list_tools():
        return [Tool(name=Names.LOG.value, description="Log", inputSchema={}), Tool(name="git_tag", description="Tag", inputSchema={}, annotations={"destructiveHint": True})]

    @server.call_tool()
    async def call_tool(name, arguments):
        if name == Names.LOG:
            return git_log(arguments["repository"])

    async with stdio_server() as (read, write):
        await server.run(read, write, None)
`,
    });
    expect(linked.assets.find((asset) => asset.kind === 'mcp-server')).toMatchObject({
      name: 'git',
      properties: { transport: 'stdio' },
    });
    expect(classesOf(linked)).toEqual({ git_log: ['executes-code'], git_tag: ['executes-code'] });
  });
});

it('A2A: a card belongs to the agent that its executor runs; else it stands for itself', async () => {
  const card =
    'from a2a.types import AgentCard, AgentSkill\nfrom a2a.server.request_handlers import DefaultRequestHandler\n';
  const linked = await link({
    'known.py': `${card}from pydantic_ai import Agent
helper = Agent("openai:gpt-4o", name="helper")
class Runs:
    async def execute(self, context, queue):
        await helper.run(context)
handler = DefaultRequestHandler(agent_executor=Runs(), task_store=None)
public = AgentCard(name="Helper", url="http://0.0.0.0:9999", skills=[AgentSkill(id="help", name="Help")])
`,
    'lone.py': `${card}public = AgentCard(name="Weather desk", description="Tells the weather.", url="https://weather.example", skills=[], security_schemes={"bearer": 1})\n`,
  });
  expect(agentsOf(linked)).toEqual({
    helper: { framework: 'pydantic-ai', models: ['openai:gpt-4o'], tools: [], delegates: [], exposure: ['AgentCard'] },
    'Weather desk': { framework: 'a2a', models: [], tools: [], delegates: [], exposure: ['AgentCard'] },
  });
  expect(linked.assets.filter((asset) => asset.kind === 'agent' && asset.name === 'helper').at(-1)).toMatchObject({
    properties: { agentCard: { url: 'http://0.0.0.0:9999', skills: ['Help'], authentication: 'none' } },
  });
});

describe('model calls with tools', () => {
  const tools = `TOOLS = [{"type": "function", "function": {"name": "read_file", "description": "Read", "parameters": {}}}]
def read_file(path):
    return open(path).read()
`;
  it('are an inferred agent where the results go back in a loop', async () => {
    const linked = await link({
      'loop.py': `import json
from openai import OpenAI
client = OpenAI()
${tools}
def solve(task):
    messages = [{"role": "system", "content": "You are a careful clerk of the archive."}, {"role": "user", "content": task}]
    while True:
        answer = client.chat.completions.create(model="gpt-4.1", messages=messages, tools=TOOLS)
        if not answer.choices[0].message.tool_calls:
            return answer
        for call in answer.choices[0].message.tool_calls:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": read_file(**json.loads(call.function.arguments))})
`,
      'clerk.py': `import anthropic
class Clerk:
    def __init__(self):
        self.client = anthropic.Anthropic()
        self.tools = [{"name": "bash", "type": "bash_20250124"}]
    def run(self, text):
        messages = [{"role": "user", "content": text}]
        for turn in range(10):
            response = self.client.messages.create(model="claude-sonnet-4-5", system="You run the archive of the town.", tools=self.tools, messages=messages, max_tokens=1)
            messages.append({"role": "user", "content": [{"type": "tool_result", "tool_use_id": "x", "content": "y"}]})
`,
    });
    expect(agentsOf(linked)).toEqual({
      solve: { framework: 'raw-loop', models: ['openai:gpt-4.1'], tools: ['read_file'], delegates: [] },
      Clerk: { framework: 'raw-loop', models: ['anthropic:claude-sonnet-4-5'], tools: ['bash'], delegates: [] },
    });
    expect(classesOf(linked)).toEqual({ read_file: ['reads-private'], bash: ['executes-code'] });
    expect(linked.assets.filter((asset) => asset.kind === 'agent').map((asset) => asset.confidence)).toEqual([
      'medium',
      'medium',
    ]);
  });

  it('are none without tools, without a loop, or without results', async () => {
    const linked = await link({
      'once.py': `from openai import OpenAI
client = OpenAI()
${tools}
def extract(text):
    answer = client.chat.completions.create(model="gpt-4.1", messages=[{"role": "user", "content": text}], tools=TOOLS)
    return answer.choices[0].message.tool_calls
def chat(messages):
    while True:
        answer = client.chat.completions.create(model="gpt-4.1", messages=messages)
        messages.append({"role": "assistant", "content": answer})
def twice(messages):
    first = client.chat.completions.create(model="gpt-4.1", messages=messages, tools=TOOLS)
    messages.append({"role": "tool", "tool_call_id": "1", "content": read_file("x")})
    return client.chat.completions.create(model="gpt-4.1", messages=messages)
`,
    });
    expect(linked.assets).toEqual([]);
  });
});
