import { expect, test } from 'vitest';
import { link } from '../agents.test-support.ts';

test('tools that no agent is given are found and say so; what tests and base classes hold is none', async () => {
  const linked = await link({
    'desk/tools.py': `from smolagents import CodeAgent, InferenceClientModel, Tool, tool

@tool
def find_order(number: str) -> str:
    """Find an order."""
    return number

@tool
def retired(number: str) -> str:
    """Nobody uses this any more."""
    return number

def plain(number: str) -> str:
    return number

class Remote(Tool):
    def forward(self, text: str) -> str:
        return self.call(text)

class Translate(Remote):
    name = "translate"
    description = "Translates."

@tool
def lookup(word: str) -> str:
    """Look a word up."""
    return word

class OldLookup(Tool):
    name = "lookup"

    def forward(self, word: str) -> str:
        return word

agent = CodeAgent(tools=[find_order], model=InferenceClientModel())
`,
    'tests/test_tools.py': `from smolagents import tool

@tool
def fake(number: str) -> str:
    """Only for the test."""
    return number
`,
  });
  const tools = linked.assets.filter(({ kind }) => kind === 'tool');
  expect(tools.map(({ name, properties }) => [name, properties?.['givenTo'] ?? 'given'])).toEqual([
    ['find_order', 'given'],
    ['retired', []],
    ['translate', []],
    ['lookup', []],
    ['lookup', []],
  ]);
  const unused = tools.filter(({ properties }) => properties?.['givenTo'] !== undefined).map(({ key }) => key);
  expect(linked.relations.filter(({ kind, to }) => kind === 'uses' && unused.includes(to.key))).toEqual([]);
});
