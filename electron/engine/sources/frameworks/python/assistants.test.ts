import { expect, it } from 'vitest';
import { agentsOf, classesOf, link } from '../agents.test-support.ts';

it('Claude Agent SDK: options, sub-agents, servers in the program, false gates', async () => {
  const linked = await link({
    'desk.py': `from claude_agent_sdk import AgentDefinition, ClaudeAgentOptions, ClaudeSDKClient, create_sdk_mcp_server, query, tool
import httpx

@tool("send_note", "Send a note", {"text": str})
async def send(args):
    return httpx.post("https://notes.acme.example/in", json=args).text

notes = create_sdk_mcp_server(name="notes", version="1.0.0", tools=[send])

def options(mode):
    return ClaudeAgentOptions(
        model="claude-sonnet-4-5",
        system_prompt="You look after the notes of the office.",
        allowed_tools=["Read", "Bash(git diff:*)", "mcp__notes__send_note"],
        mcp_servers={"notes": notes, "docs": {"type": "http", "url": "https://docs.acme.example/mcp"}},
        permission_mode=mode,
        agents={"reviewer": AgentDefinition(description="Reviews", prompt="Review every change with care.", tools=["Read", "Grep"], model="haiku")},
    )

async def main():
    async with ClaudeSDKClient(options=options("bypassPermissions")) as clerk:
        await clerk.query("hi")
    async for message in query(prompt="x", options=ClaudeAgentOptions(permission_mode="plan", can_use_tool=ask)):
        print(message)

async def ask(name, data, context):
    return True
`,
  });
  expect(agentsOf(linked)).toEqual({
    clerk: {
      delegates: ['reviewer'],
      falseGates: ['permission_mode', 'allowed_tools'],
      framework: 'claude-agent-sdk',
      models: ['anthropic:claude-sonnet-4-5'],
      servers: ['docs', 'notes'],
      tools: ['send_note'],
    },
    main: {
      delegates: [],
      framework: 'claude-agent-sdk',
      gates: ['can_use_tool', 'permission_mode'],
      models: [],
      tools: [],
    },
    reviewer: {
      delegates: [],
      framework: 'claude-agent-sdk',
      models: ['anthropic:haiku'],
      tools: [],
    },
  });
  expect(classesOf(linked)).toEqual({
    send_note: ['sends-outside', 'writes'],
  });
});

it('Pydantic AI: decorated tools, toolsets, approvals, agents in tools', async () => {
  const linked = await link({
    'bank.py': `import os
import psycopg
from pydantic_ai import Agent, RunContext, FunctionToolset
from pydantic_ai.mcp import MCPServerStreamableHTTP
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

rates = FunctionToolset()

@rates.tool
def exchange_rate(currency: str) -> float:
    """Rate."""
    return 1.0

clerk = Agent(
    "anthropic:claude-sonnet-4-5",
    deps_type=str,
    instructions="You answer questions about accounts of the bank.",
    toolsets=[rates, MCPServerStreamableHTTP("https://ledger.acme.example/mcp")],
)
scorer = Agent(OpenAIChatModel("qwen3", provider=OpenAIProvider(base_url="http://llm.internal:8000/v1", api_key=os.environ["LOCAL_KEY"])), name="risk-scorer")

@clerk.instructions
def today(ctx: RunContext[str]) -> str:
    return f"The customer is {ctx.deps}. Be short and polite."

@clerk.tool
async def balance(ctx: RunContext[str], account: str) -> str:
    """Balance of an account."""
    with psycopg.connect(os.environ["BANK_DSN"]) as connection:
        return str(connection.execute("select balance from accounts where id = %s", (account,)).fetchone())

@clerk.tool_plain(requires_approval=True)
def transfer(amount: int) -> str:
    """Move money."""
    return "done"

@clerk.tool
async def score(ctx, name: str) -> str:
    """Ask the scorer."""
    return (await scorer.run(name)).output

app = clerk.to_a2a()
`,
  });
  expect(agentsOf(linked)).toEqual({
    clerk: {
      delegates: [],
      exposure: ['to_a2a'],
      framework: 'pydantic-ai',
      gates: ['transfer approval'],
      models: ['anthropic:claude-sonnet-4-5'],
      servers: ['ledger.acme.example'],
      tools: ['balance', 'exchange_rate', 'score', 'transfer'],
    },
    'risk-scorer': {
      delegates: [],
      framework: 'pydantic-ai',
      models: ['openai:qwen3'],
      tools: [],
    },
  });
});

it('Google ADK: sub-agents, toolsets, confirmation, root agent', async () => {
  const linked = await link({
    'travel/agent.py': `import os
from google.adk.agents import LlmAgent, LoopAgent, SequentialAgent
from google.adk.agents.remote_a2a_agent import RemoteA2aAgent
from google.adk.models.lite_llm import LiteLlm
from google.adk.tools import AgentTool, FunctionTool, google_search
from google.adk.tools.mcp_tool.mcp_toolset import McpToolset, StdioConnectionParams
from mcp import StdioServerParameters
from . import prompts

def book(flight: str) -> dict:
    """Book a flight."""
    return {"status": "booked"}

def guard(tool, args, tool_context):
    return None

searcher = LlmAgent(name="searcher", model="gemini-2.5-flash", instruction="Search the web for flights.", tools=[google_search])
booker = LlmAgent(
    name="booker",
    model=LiteLlm(model="openai/gpt-4.1"),
    instruction=prompts.BOOKER,
    tools=[FunctionTool(book, require_confirmation=True), McpToolset(connection_params=StdioConnectionParams(server_params=StdioServerParameters(command="uvx", args=["seats-mcp==1.0.0"])), tool_filter=["seat_map"])],
    before_tool_callback=guard,
)
pipeline = SequentialAgent(name="pipeline", sub_agents=[searcher, booker])
partner = RemoteA2aAgent(name="hotel", agent_card="https://hotel.example/.well-known/agent-card.json")
root_agent = LlmAgent(name="travel", model=os.environ.get("TRAVEL_MODEL", "gemini-2.5-pro"), instruction="Plan the whole journey for people.", sub_agents=[pipeline, partner], tools=[AgentTool(agent=searcher)])
`,
    'travel/prompts.py': 'BOOKER = "Book only what the traveller has confirmed."\n',
    'travel/__init__.py': '',
  });
  expect(agentsOf(linked)).toEqual({
    booker: {
      delegates: [],
      framework: 'google-adk',
      gates: ['book approval'],
      models: ['openai:gpt-4.1'],
      servers: ['seats-mcp'],
      tools: ['book'],
    },
    hotel: {
      delegates: [],
      framework: 'google-adk',
      models: [],
      tools: [],
    },
    pipeline: {
      delegates: ['booker', 'searcher'],
      framework: 'google-adk',
      models: [],
      tools: [],
    },
    searcher: {
      delegates: [],
      framework: 'google-adk',
      models: ['google:gemini-2.5-flash'],
      tools: ['google_search'],
    },
    travel: {
      delegates: ['hotel', 'pipeline', 'searcher'],
      framework: 'google-adk',
      models: ['google:gemini-2.5-pro'],
      tools: ['searcher'],
    },
  });
});

it('Strands: vended tools, agents as tools, an AgentCore entry point, graphs', async () => {
  const linked = await link({
    'ops.py': `from bedrock_agentcore.runtime import BedrockAgentCoreApp
from mcp.client.streamable_http import streamablehttp_client
from strands import Agent, tool
from strands.models import BedrockModel
from strands.multiagent import GraphBuilder, Swarm
from strands.tools.mcp import MCPClient
from strands_tools import http_request, shell

app = BedrockAgentCoreApp()
metrics = MCPClient(lambda: streamablehttp_client("https://metrics.acme.example/mcp"))

@tool
def page_somebody(text: str) -> str:
    """Page."""
    import httpx
    return httpx.post("https://pager.acme.example/page", json={"text": text}).text

reader = Agent(name="reader", system_prompt="Summarise logs. Do not change anything.", tools=[])
writer = Agent(name="writer", model="us.anthropic.claude-sonnet-4-5-20250929-v1:0", tools=[page_somebody])
crowd = Swarm([reader, writer], max_handoffs=5)
builder = GraphBuilder()
builder.add_node(reader, "read")
builder.add_node(writer, "write")
builder.add_edge("read", "write")
flow = builder.build()

@app.entrypoint
def invoke(payload):
    with metrics:
        agent = Agent(name="ops", model=BedrockModel(model_id="eu.amazon.nova-pro-v1:0"), tools=[shell, http_request, reader.as_tool(name="read_logs"), *metrics.list_tools_sync()])
        return str(agent(payload["prompt"]))
`,
  });
  expect(agentsOf(linked)).toEqual({
    crowd: {
      delegates: ['reader', 'writer'],
      framework: 'strands',
      models: [],
      tools: [],
    },
    flow: {
      delegates: ['reader', 'writer'],
      framework: 'strands',
      models: [],
      tools: [],
    },
    ops: {
      delegates: ['reader'],
      framework: 'strands',
      models: ['bedrock:eu.amazon.nova-pro-v1:0'],
      servers: ['metrics.acme.example'],
      tools: ['http_request', 'read_logs', 'shell'],
    },
    reader: {
      delegates: [],
      framework: 'strands',
      models: [],
      tools: [],
    },
    writer: {
      delegates: [],
      framework: 'strands',
      models: ['bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
      tools: ['page_somebody'],
    },
  });
  expect(classesOf(linked)).toEqual({
    http_request: ['reads-untrusted', 'sends-outside', 'writes'],
    page_somebody: ['sends-outside', 'writes'],
    read_logs: ['delegates'],
    shell: ['executes-code'],
  });
});
