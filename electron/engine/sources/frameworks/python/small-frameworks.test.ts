import { expect, it } from 'vitest';
import { agentsOf, link } from '../agents.test-support.ts';

it('one row of a table describes an agent of a small framework', async () => {
  const linked = await link({
    'd.py': `import dspy
dspy.configure(lm=dspy.LM("openai/gpt-4o-mini"))
def search(query: str) -> str:
    """Search."""
    return query
solver = dspy.ReAct("question -> answer", tools=[search])
`,
    'c.py': `from camel.agents import ChatAgent
from camel.models import ModelFactory
from camel.toolkits import SearchToolkit
from camel.types import ModelPlatformType, ModelType
model = ModelFactory.create(model_platform=ModelPlatformType.OPENAI, model_type=ModelType.GPT_4O)
camel = ChatAgent("You are a helpful guide through the desert.", model=model, tools=[SearchToolkit().search_duckduckgo])
`,
    'l.py': `from letta_client import Letta
client = Letta(token="x")
keeper = client.agents.create(name="keeper", model="openai/gpt-4.1", embedding="openai/text-embedding-3-small", tools=["web_search"])
`,
    'b.py': `from browser_use import Agent, ChatOpenAI
async def main():
    surfer = Agent(task="Find the cheapest train to Lyon", llm=ChatOpenAI(model="gpt-4.1-mini"))
    await surfer.run()
`,
    's.py': `from swarm import Swarm, Agent
def to_refunds():
    """Hand over."""
    return refunds
desk = Agent(name="Desk", instructions="Send people on to the right agent.", functions=[to_refunds])
refunds = Agent(name="Refunds", instructions="Refund what is asked for politely.", model="gpt-4o")
Swarm().run(agent=desk, messages=[])
`,
    'g.py': `from griptape.structures import Agent
from griptape.tools import WebScraperTool, FileManagerTool
reader = Agent(tools=[WebScraperTool(), FileManagerTool()])
`,
    'r.py': `import langroid as lr
import langroid.language_models as lm
class Pay(lr.ToolMessage):
    request = "pay"
    purpose = "Pay a bill"
    def handle(self):
        return "paid"
payer = lr.ChatAgent(lr.ChatAgentConfig(name="payer", llm=lm.OpenAIGPTConfig(chat_model="gpt-4o"), system_message="Pay the bills of the house."))
payer.enable_message(Pay)
`,
    'a.py': `import os
from azure.ai.projects import AIProjectClient
from azure.ai.agents.models import CodeInterpreterTool
from azure.identity import DefaultAzureCredential
project = AIProjectClient(endpoint=os.environ["PROJECT"], credential=DefaultAzureCredential())
with project:
    code = CodeInterpreterTool()
    analyst = project.agents.create_agent(model=os.environ["MODEL"], name="analyst", instructions="You draw charts of the numbers.", tools=code.definitions)
`,
    'o.py': `from openai import OpenAI
client = OpenAI()
tutor = client.beta.assistants.create(name="Tutor", model="gpt-4o", instructions="You teach mathematics to children.", tools=[{"type": "code_interpreter"}])
`,
  });
  expect(agentsOf(linked)).toEqual({
    Desk: {
      delegates: ['Refunds'],
      framework: 'swarm',
      models: [],
      tools: ['to_refunds'],
    },
    Refunds: {
      delegates: [],
      framework: 'swarm',
      models: ['openai:gpt-4o'],
      tools: [],
    },
    Tutor: {
      delegates: [],
      framework: 'openai-assistants',
      models: ['openai:gpt-4o'],
      tools: ['code_interpreter'],
    },
    analyst: {
      delegates: [],
      framework: 'azure-ai-agents',
      models: [':?MODEL'],
      tools: ['code_interpreter'],
    },
    camel: {
      delegates: [],
      framework: 'camel',
      models: ['openai:gpt-4o'],
      tools: ['search_duckduckgo'],
    },
    keeper: {
      delegates: [],
      framework: 'letta',
      models: ['openai:gpt-4.1'],
      tools: [
        'archival_memory_insert',
        'archival_memory_search',
        'conversation_search',
        'core_memory_append',
        'core_memory_replace',
        'web_search',
      ],
    },
    payer: {
      delegates: [],
      framework: 'langroid',
      models: ['openai:gpt-4o'],
      tools: ['pay'],
    },
    reader: {
      delegates: [],
      framework: 'griptape',
      models: [],
      tools: ['FileManagerTool', 'WebScraperTool'],
    },
    solver: {
      delegates: [],
      framework: 'dspy',
      models: ['openai:gpt-4o-mini'],
      tools: ['search'],
    },
    surfer: {
      delegates: [],
      framework: 'browser-use',
      models: ['openai:gpt-4.1-mini'],
      tools: ['browser'],
    },
  });
});
