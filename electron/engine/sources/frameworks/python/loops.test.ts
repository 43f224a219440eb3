import { expect, test } from 'vitest';
import { agentsOf, link } from '../agents.test-support.ts';

test('tools that a loop over written pairs registers, and one that is registered by hand', async () => {
  const linked = await link({
    'desk/agents.py': `import os
from autogen import AssistantAgent, UserProxyAgent

def find_invoice(number: str) -> str:
    """Find an invoice."""
    return number

def pay_invoice(number: str) -> str:
    """Pay an invoice."""
    return number

def close_case(case: str) -> str:
    return case

def unused(case: str) -> str:
    return case

clerk = AssistantAgent(name="clerk", llm_config={"config_list": [{"model": "gpt-4o", "api_key": os.environ["OPENAI_API_KEY"]}]})
runner = UserProxyAgent(name="runner", code_execution_config=False)

for function, description in [
    (find_invoice, "Finds one."),
    (
        pay_invoice,
        "Pays one.",
    ),
]:
    runner.register_for_execution()(function)
    clerk.register_for_llm(description=description)(function)

registered = clerk.register_for_llm(description="Closes a case.")(close_case)
`,
  });
  expect(agentsOf(linked)['clerk']?.tools).toEqual(['close_case', 'find_invoice', 'pay_invoice']);
});

test('agents that a loop over written names builds, and tools that a loop adds to a list', async () => {
  const linked = await link({
    'crew.py': `from agents import Agent, function_tool

@function_tool
def look_up(order: str) -> str:
    """Look up an order."""
    return order

@function_tool
def refund(order: str) -> str:
    """Give money back."""
    return order

tools = []
for tool in (look_up, refund):
    tools.append(tool)

desk = Agent(name="desk", tools=tools)
`,
  });
  expect(agentsOf(linked)['desk']?.tools).toEqual(['look_up', 'refund']);
});
