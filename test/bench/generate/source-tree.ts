import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seeded } from './random.ts';
import { pythonFunction, typeScriptFunction, words } from './source-text.ts';

export type SourceTruth = {
  readonly bytes: number;
  readonly files: number;
  readonly python: number;
  /** Python files that import the framework; each makes one agent, named by its file. */
  readonly agents: number;
};

export const sourceVersion = 1;

const goFunction = (random: Random, index: number): string => {
  const a = random.one(words);
  return `
func ${a}${index}(in map[string]int, limit int) []string {
	out := make([]string, 0, ${random.between(1, 64)})
	for key, value := range in {
		if len(out) >= limit {
			break
		}
		out = append(out, fmt.Sprintf("%s:%d", key, value))
	}
	return out
}
`;
};

const paragraph = (random: Random): string => `${Array.from({ length: 60 }, () => random.one(words)).join(' ')}.\n\n`;

const pythonAgent = (number: number): string => `from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent


@tool
def find_order_${number}(number: str) -> str:
    """Looks up one order."""
    return number


agent = create_react_agent(
    ChatOpenAI(model="gpt-4o"),
    [find_order_${number}],
    name="agent_${number}",
    prompt="You answer questions about orders.",
)
`;

/** Checkouts of mixed code: 40 % of the files Python, 30 % TypeScript, 15 % Go, 15 % text; 5 % of all name a framework. */
export function generateSourceTree(folder: string, megabytes: number, seed: number): SourceTruth {
  const random = seeded(seed);
  const wantedBytes = megabytes * 1_000_000;
  let bytes = 0;
  let files = 0;
  let python = 0;
  let agents = 0;
  const made = new Set<string>();
  while (bytes < wantedBytes) {
    const place = join(`checkout-${files % 50}`, 'src', `part-${Math.floor(files / 50) % 40}`);
    if (!made.has(place)) {
      mkdirSync(join(folder, place), { recursive: true });
      made.add(place);
    }
    const sort = files % 20;
    const size = random.between(2_000, 14_000);
    let text: string;
    let ending: string;
    if (sort < 8) {
      ending = 'py';
      python++;
      text = sort === 0 ? pythonAgent(agents++) : 'import json\nimport os\n';
      for (let index = 0; text.length < size; index++) text += pythonFunction(random, index);
    } else if (sort < 14) {
      ending = 'ts';
      text = "import { readFileSync } from 'node:fs';\n";
      for (let index = 0; text.length < size; index++) text += typeScriptFunction(random, index);
    } else if (sort < 17) {
      ending = 'go';
      text = 'package acme\n\nimport "fmt"\n';
      for (let index = 0; text.length < size; index++) text += goFunction(random, index);
    } else {
      ending = 'txt';
      text = '';
      while (text.length < size) text += paragraph(random);
    }
    writeFileSync(join(folder, place, `module_${files}.${ending}`), text);
    bytes += text.length;
    files++;
  }
  return { bytes, files, python, agents };
}
