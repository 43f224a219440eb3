import { expect, it } from 'vitest';
import { agentsOf, classesOf, link } from '../agents.test-support.ts';

it('CrewAI: both halves of an agent, the manager, delegation, tasks that ask', async () => {
  const linked = await link({
    'crew/crew.py': `from crewai import LLM, Agent, Crew, Process, Task
from crewai.project import CrewBase, agent, crew, task
from crewai.tools import BaseTool
from crewai_tools import FileReadTool, SerperDevTool

class Publish(BaseTool):
    name: str = "publish"
    description: str = "Publish the report."
    def _run(self, text: str) -> str:
        import httpx
        return httpx.post("https://cms.acme.example/posts", json={"text": text}).text

@CrewBase
class ReportCrew:
    agents_config = "config/agents.yaml"
    tasks_config = "config/tasks.yaml"

    @agent
    def finder(self) -> Agent:
        return Agent(config=self.agents_config["finder"], tools=[SerperDevTool()])

    @agent
    def editor(self) -> Agent:
        return Agent(config=self.agents_config["editor"], allow_code_execution=True)

    @task
    def find(self) -> Task:
        return Task(config=self.tasks_config["find"], tools=[FileReadTool()])

    @task
    def publish(self) -> Task:
        return Task(config=self.tasks_config["publish"], agent=self.editor(), tools=[Publish()], human_input=True)

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks, process=Process.hierarchical, manager_llm=LLM(model="openai/gpt-4.1"), memory=True)
`,
    'crew/config/agents.yaml': `finder:
  role: Finder of {topic}
  goal: Find what people say
  backstory: You read forums all day.
  llm: anthropic/claude-haiku-4-5
editor:
  role: Editor
  goal: Write one page
  backstory: You write plainly and briefly.
  allow_delegation: true
`,
    'crew/config/tasks.yaml': 'find:\n  description: Find\n  agent: finder\npublish:\n  description: Publish\n',
    'plain.py': `from crewai import Agent, Crew, Task
writer = Agent(role="Writer", goal="Write about the sea", backstory="A former sailor.", llm="gpt-4o-mini")
crew = Crew(agents=[writer], tasks=[Task(description="x", agent=writer)])
`,
  });
  expect(agentsOf(linked)).toEqual({
    Writer: {
      delegates: [],
      framework: 'crewai',
      models: ['openai:gpt-4o-mini'],
      tools: [],
    },
    'crew manager (implicit)': {
      delegates: ['editor', 'finder'],
      framework: 'crewai',
      models: ['openai:gpt-4.1'],
      tools: [],
    },
    editor: {
      delegates: ['finder'],
      framework: 'crewai',
      gates: ['human_input of task publish'],
      models: [],
      stores: ['crew memory'],
      tools: ['code_execution', 'publish'],
    },
    finder: {
      delegates: [],
      framework: 'crewai',
      models: ['anthropic:claude-haiku-4-5'],
      stores: ['crew memory'],
      tools: ['FileReadTool', 'SerperDevTool'],
    },
  });
  expect(
    linked.assets
      .filter((asset) => asset.kind === 'prompt')
      .map((asset) => [asset.name, asset.place, asset.lines?.line])
      .sort(),
  ).toEqual([
    ['Writer prompt', 'app/plain.py', 2],
    ['editor backstory', 'app/crew/config/agents.yaml', 9],
    ['editor goal', 'app/crew/config/agents.yaml', 8],
    ['finder backstory', 'app/crew/config/agents.yaml', 4],
    ['finder goal', 'app/crew/config/agents.yaml', 3],
    ['finder role', 'app/crew/config/agents.yaml', 2],
  ]);
  expect(linked.asked.toSorted()).toEqual(['crew/config/agents.yaml', 'crew/config/tasks.yaml']);
});

it('AutoGen: teams, handoffs by name, code on the host, the old and the new interface', async () => {
  const linked = await link({
    'new.py': `from autogen_agentchat.agents import AssistantAgent, CodeExecutorAgent, UserProxyAgent
from autogen_agentchat.teams import SelectorGroupChat, Swarm
from autogen_ext.models.openai import AzureOpenAIChatCompletionClient
from autogen_ext.code_executors.local import LocalCommandLineCodeExecutor
from autogen_ext.tools.mcp import McpWorkbench, StdioServerParams

client = AzureOpenAIChatCompletionClient(model="gpt-4o", azure_deployment="gpt-4o-prod", azure_endpoint="https://acme.openai.azure.com")

async def fetch_rows(query: str) -> str:
    """Fetch rows."""
    import sqlite3
    return str(sqlite3.connect("shop.db").execute(query).fetchall())

analyst = AssistantAgent("analyst", model_client=client, tools=[fetch_rows], system_message="Analyse the shop's numbers.", handoffs=["coder"])
coder = CodeExecutorAgent("coder", code_executor=LocalCommandLineCodeExecutor(work_dir="w"))
web = AssistantAgent("web", client, workbench=McpWorkbench(StdioServerParams(command="uvx", args=["mcp-server-fetch"])))
person = UserProxyAgent("person")
team = SelectorGroupChat([analyst, coder, web, person], model_client=client)
`,
    'old.py': `import autogen
from autogen import AssistantAgent, GroupChat, GroupChatManager, UserProxyAgent, register_function

llm_config = {"config_list": [{"model": "gpt-4", "api_key": "sk-FAKE0123456789abcdefFAKE"}], "temperature": 0}
helper = AssistantAgent(name="helper", llm_config=llm_config, system_message="Help with the numbers.")
proxy = UserProxyAgent(name="proxy", human_input_mode="NEVER", code_execution_config={"work_dir": "x", "use_docker": False})

@proxy.register_for_execution()
@helper.register_for_llm(description="Add")
def add(a: int, b: int) -> int:
    return a + b

def multiply(a: int, b: int) -> int:
    """Multiply."""
    return a * b

register_function(multiply, caller=helper, executor=proxy, name="times", description="Multiply")
chat = GroupChat(agents=[helper, proxy], messages=[])
manager = GroupChatManager(groupchat=chat, llm_config=llm_config)
`,
  });
  expect(agentsOf(linked)).toEqual({
    analyst: {
      delegates: ['coder'],
      framework: 'autogen',
      models: ['azure-openai:gpt-4o'],
      tools: ['fetch_rows'],
    },
    coder: {
      delegates: [],
      framework: 'autogen',
      models: [],
      tools: [],
    },
    helper: {
      delegates: [],
      framework: 'autogen',
      models: ['openai:gpt-4'],
      tools: ['add', 'times'],
    },
    manager: {
      delegates: ['helper', 'proxy'],
      framework: 'autogen',
      models: ['openai:gpt-4'],
      tools: [],
    },
    person: {
      delegates: [],
      framework: 'autogen',
      models: [],
      tools: [],
    },
    proxy: {
      delegates: [],
      falseGates: ['human_input_mode'],
      framework: 'autogen',
      models: [],
      tools: [],
    },
    team: {
      delegates: ['analyst', 'coder', 'person', 'web'],
      framework: 'autogen',
      models: ['azure-openai:gpt-4o'],
      tools: [],
    },
    web: {
      delegates: [],
      framework: 'autogen',
      models: ['azure-openai:gpt-4o'],
      servers: ['mcp-server-fetch'],
      tools: [],
    },
  });
  expect(JSON.stringify(linked)).not.toContain('FAKE0123');
});

it('Microsoft Agent Framework and Semantic Kernel', async () => {
  const linked = await link({
    'maf.py': `from typing import Annotated
from agent_framework import ChatAgent, HostedCodeInterpreterTool, MCPStreamableHTTPTool, SequentialBuilder, ai_function
from agent_framework.azure import AzureOpenAIChatClient
import os

@ai_function(approval_mode="always_require")
def delete_user(name: Annotated[str, "name"]) -> str:
    """Delete a user."""
    return name

chat = AzureOpenAIChatClient(deployment_name=os.environ["DEPLOYMENT"])
admin = ChatAgent(chat_client=chat, name="admin", instructions="You look after the users.", tools=[delete_user, HostedCodeInterpreterTool()])
docs = chat.create_agent(name="docs", instructions="You answer from the documents.", tools=MCPStreamableHTTPTool(name="learn", url="https://learn.acme.example/mcp", approval_mode="never_require"))
both = SequentialBuilder().participants([admin, docs]).build()
`,
    'sk.py': `from semantic_kernel import Kernel
from semantic_kernel.agents import ChatCompletionAgent, HandoffOrchestration
from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion
from semantic_kernel.functions import kernel_function
import requests

class MenuPlugin:
    @kernel_function(description="Menu of the day")
    def specials(self) -> str:
        return requests.get("https://menu.acme.example/today").text

    def helper(self):
        return 1

host = ChatCompletionAgent(service=AzureChatCompletion(deployment_name="gpt-4o"), name="Host", instructions="Answer questions about the menu.", plugins=[MenuPlugin()])
guest = ChatCompletionAgent(service=AzureChatCompletion(), name="Guest", instructions="Ask questions about the menu.")
talk = HandoffOrchestration(members=[host, guest], handoffs=None)
`,
  });
  expect(agentsOf(linked)).toEqual({
    Guest: {
      delegates: [],
      framework: 'semantic-kernel',
      models: ['azure-openai:?app/sk.py:16'],
      tools: [],
    },
    Host: {
      delegates: [],
      framework: 'semantic-kernel',
      models: ['azure-openai:gpt-4o'],
      tools: ['specials'],
    },
    admin: {
      delegates: [],
      framework: 'agent-framework',
      gates: ['delete_user approval'],
      models: ['azure-openai:?DEPLOYMENT'],
      tools: ['code_interpreter', 'delete_user'],
    },
    both: {
      delegates: ['admin', 'docs'],
      framework: 'agent-framework',
      models: [],
      tools: [],
    },
    docs: {
      delegates: [],
      falseGates: ['approval_mode'],
      framework: 'agent-framework',
      models: ['azure-openai:?DEPLOYMENT'],
      servers: ['learn'],
      tools: [],
    },
    talk: {
      delegates: ['Guest', 'Host'],
      framework: 'semantic-kernel',
      models: [],
      tools: [],
    },
  });
});

it('LlamaIndex, smolagents, Haystack and Agno', async () => {
  const linked = await link({
    'li.py': `from llama_index.core import Settings, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.core.tools import FunctionTool, QueryEngineTool
from llama_index.llms.openai import OpenAI
from llama_index.tools.mcp import BasicMCPClient, McpToolSpec

Settings.llm = OpenAI(model="gpt-4o-mini")
index = VectorStoreIndex.from_documents(SimpleDirectoryReader("handbook").load_data())

def add(a: int, b: int) -> int:
    """Add."""
    return a + b

mcp = McpToolSpec(client=BasicMCPClient("http://127.0.0.1:8000/sse"))
reader = FunctionAgent(name="reader", description="Reads", system_prompt="Read the handbook of the company.", tools=[QueryEngineTool.from_defaults(query_engine=index.as_query_engine(), name="handbook"), FunctionTool.from_defaults(fn=add)], can_handoff_to=["writer"])
writer = FunctionAgent(name="writer", tools=mcp.to_tool_list(), llm=OpenAI(model="gpt-4.1"))
flow = AgentWorkflow(agents=[reader, writer], root_agent="reader")
`,
    'smol.py': `from smolagents import CodeAgent, LiteLLMModel, Tool, ToolCallingAgent, VisitWebpageTool, tool
import os

@tool
def rate(currency: str) -> float:
    """Rate."""
    return 1.0

class Mailer(Tool):
    name = "mailer"
    description = "Sends mail"
    inputs = {}
    output_type = "string"
    def forward(self, text: str) -> str:
        import smtplib
        smtplib.SMTP("mail.acme.example").sendmail("a@acme.example", "b@acme.example", text)
        return "sent"

model = LiteLLMModel(model_id="anthropic/claude-sonnet-4-5", api_key=os.environ["ANTHROPIC_API_KEY"])
surfer = ToolCallingAgent(tools=[VisitWebpageTool()], model=model, name="surfer", description="Reads pages")
boss = CodeAgent(tools=[rate, Mailer()], model=model, managed_agents=[surfer], additional_authorized_imports=["*"])
`,
    'hay.py': `from haystack.components.agents import Agent
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.tools import ComponentTool, Tool, tool
from haystack.components.websearch import SerperDevWebSearch

@tool
def weather(city: str) -> str:
    """Weather."""
    return "sunny"

assistant = Agent(chat_generator=OpenAIChatGenerator(model="gpt-4o-mini"), system_prompt="Answer questions with the tools you have.", tools=[weather, ComponentTool(component=SerperDevWebSearch(), name="web_search")])
`,
    'ag.py': `from agno.agent import Agent
from agno.team import Team
from agno.models.anthropic import Claude
from agno.db.sqlite import SqliteDb
from agno.tools import tool
from agno.tools.duckduckgo import DuckDuckGoTools
from agno.os import AgentOS

@tool(requires_confirmation=True)
def refund(order: str) -> str:
    """Refund an order."""
    return order

web = Agent(name="Web", role="Searches the web for people", model=Claude(id="claude-sonnet-4-5"), tools=[DuckDuckGoTools()])
shop = Agent(name="Shop", model=Claude(id="claude-sonnet-4-5"), tools=[refund], db=SqliteDb(db_file="shop.db"))
team = Team(name="Desk", members=[web, shop], model=Claude(id="claude-opus-4-1"))
desk = AgentOS(agents=[web], teams=[team])
`,
  });
  expect(agentsOf(linked)).toEqual({
    Desk: {
      delegates: ['Shop', 'Web'],
      exposure: ['AgentOS'],
      framework: 'agno',
      models: ['anthropic:claude-opus-4-1'],
      tools: [],
    },
    Shop: {
      delegates: [],
      framework: 'agno',
      gates: ['refund approval'],
      models: ['anthropic:claude-sonnet-4-5'],
      stores: ['SqliteDb memory'],
      tools: ['refund'],
    },
    Web: {
      delegates: [],
      exposure: ['AgentOS'],
      framework: 'agno',
      models: ['anthropic:claude-sonnet-4-5'],
      tools: ['DuckDuckGoTools'],
    },
    assistant: {
      delegates: [],
      framework: 'haystack',
      models: ['openai:gpt-4o-mini'],
      tools: ['weather', 'web_search'],
    },
    boss: {
      delegates: ['surfer'],
      framework: 'smolagents',
      models: ['anthropic:claude-sonnet-4-5'],
      tools: ['mailer', 'rate'],
    },
    flow: {
      delegates: ['reader', 'writer'],
      framework: 'llama-index',
      models: ['openai:gpt-4o-mini'],
      tools: [],
    },
    reader: {
      delegates: ['writer'],
      framework: 'llama-index',
      models: ['openai:gpt-4o-mini'],
      tools: ['add', 'handbook'],
    },
    surfer: {
      delegates: [],
      framework: 'smolagents',
      models: ['anthropic:claude-sonnet-4-5'],
      tools: ['VisitWebpageTool'],
    },
    writer: {
      delegates: [],
      framework: 'llama-index',
      models: ['openai:gpt-4.1'],
      servers: ['127.0.0.1:8000'],
      tools: [],
    },
  });
  expect(classesOf(linked)).toEqual({
    DuckDuckGoTools: ['reads-untrusted', 'sends-outside'],
    VisitWebpageTool: ['reads-untrusted', 'sends-outside'],
    add: [],
    handbook: ['reads-private'],
    mailer: ['sends-outside', 'writes'],
    rate: [],
    refund: [],
    weather: [],
    web_search: ['reads-untrusted', 'sends-outside'],
  });
});
