import { describe, expect, it } from 'vitest';
import { agentsOf, classesOf, link } from '../agents.test-support.ts';

describe('OpenAI Agents SDK', () => {
  it('reads agents, tools, handoffs, guardrails, servers, approvals and the way in', async () => {
    const linked = await link({
      'app/base.py': 'from agents import Agent as BaseAgent\n\nAgent = BaseAgent\n',
      'app/tools.py': `import os
import subprocess
import httpx
from agents import function_tool, RunContextWrapper

@function_tool(name_override="lookup_order")
async def lookup(ctx: RunContextWrapper, order_id: str) -> str:
    """Look up an order."""
    return httpx.get("https://orders.acme.example/v1/" + order_id, headers={"Authorization": os.environ["ORDERS_TOKEN"]}).text

@function_tool(needs_approval=True)
def run_command(command: str) -> str:
    """Run a command."""
    return subprocess.check_output(command, shell=True).decode()

COMMON = [lookup]
`,
      'app/team.py': `import os
from pydantic import BaseModel
from agents import (
    FileSearchTool, GuardrailFunctionOutput, HostedMCPTool, OpenAIChatCompletionsModel, Runner, WebSearchTool, handoff, input_guardrail,
)
from agents.mcp import MCPServerStdio
from openai import AsyncOpenAI
from .base import Agent
from .tools import COMMON, run_command

client = AsyncOpenAI(base_url="https://llm.acme.example/v1", api_key=os.environ["LLM_KEY"])
checker = Agent(name="Checker", instructions="Say whether the text is about the shop.", model="gpt-4.1-mini")

@input_guardrail
async def on_topic(ctx, agent, text):
    result = await Runner.run(checker, text)
    return GuardrailFunctionOutput(output_info=result, tripwire_triggered=False)

files = MCPServerStdio(name="files", params={"command": "npx", "args": ["-y", "@acme/files-mcp"]})
billing = Agent(
    name="Billing",
    instructions="Answer questions about invoices. Never promise a refund.",
    model=OpenAIChatCompletionsModel(model=os.getenv("BILLING_MODEL", "gpt-4o"), openai_client=client),
    tools=[*COMMON, FileSearchTool(vector_store_ids=["vs_1"])],
)
extra = [WebSearchTool()] if os.getenv("WEB") else []
ops = Agent[dict](
    name="Ops",
    instructions="You repair things on the server.",
    tools=COMMON + extra + [run_command, HostedMCPTool(tool_config={"type": "mcp", "server_label": "wiki", "server_url": "https://wiki.acme.example/mcp", "require_approval": "never"})],
    mcp_servers=[files],
)
triage = Agent(name="Triage", instructions="Send people on.", handoffs=[billing, handoff(ops)], input_guardrails=[on_topic], tools=[billing.as_tool(tool_name="ask_billing", tool_description="Ask")])
billing.handoffs.append(triage)
`,
      'app/api.py': `from fastapi import FastAPI
from agents import Runner
from .team import triage

app = FastAPI()

@app.post("/chat")
async def chat(text: str):
    result = await Runner.run(starting_agent=triage, input=text)
    return result.final_output
`,
    });
    expect(agentsOf(linked)).toEqual({
      Billing: {
        delegates: ['Triage'],
        framework: 'openai-agents',
        models: ['openai:gpt-4o'],
        tools: ['file_search', 'lookup_order'],
      },
      Checker: {
        delegates: [],
        framework: 'openai-agents',
        models: ['openai:gpt-4.1-mini'],
        tools: [],
      },
      Ops: {
        delegates: [],
        falseGates: ['require_approval'],
        framework: 'openai-agents',
        gates: ['run_command approval'],
        models: [],
        servers: ['files', 'wiki'],
        tools: ['lookup_order', 'run_command', 'web_search'],
      },
      Triage: {
        delegates: ['Billing', 'Checker', 'Ops'],
        exposure: ['post /chat'],
        framework: 'openai-agents',
        guardrails: ['on_topic'],
        models: [],
        tools: ['ask_billing'],
      },
    });
    expect(classesOf(linked)).toEqual({
      ask_billing: ['delegates'],
      file_search: ['reads-private'],
      lookup_order: ['reads-private'],
      run_command: ['executes-code'],
      web_search: ['reads-untrusted', 'sends-outside'],
    });
  });

  it('does not take what looks like it', async () => {
    const linked = await link({
      'sim/agents.py':
        'class Agent:\n    def __init__(self, name, model=None, tools=None):\n        self.name = name\n',
      'sim/run.py': 'from agents import Agent\nwalker = Agent(name="walker", model="grid", tools=[])\n',
      'src/vendor/kit/bot.py':
        'from agents import Agent\nbot = Agent(name="bot", instructions="Vendored.", tools=[])\n',
      'docs/guide.md': '```python\nfrom agents import Agent\nAgent(name="doc", tools=[])\n```\n',
      'mesa.py': 'from mesa import Agent\nsheep = Agent(1, model=None)\n',
      'other.py': 'from agents import Agent\nbidder = Agent(7, budget=100)\n',
      'call.py':
        'from openai import OpenAI\n# from agents import nothing\nprint(OpenAI().chat.completions.create(model="gpt-4o", messages=[]))\n',
    });
    expect(linked.assets).toEqual([]);
  });
});
