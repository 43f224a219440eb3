import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seeded } from './random.ts';
import { pythonFunction, typeScriptFunction } from './source-text.ts';

export type RepositoryTruth = {
  readonly files: number;
  readonly bytes: number;
  /** Paths below the folder that name an agent framework; each makes one agent. */
  readonly related: readonly string[];
  /** Tools that agents import from files that name no framework: only who follows the imports finds what they do. */
  readonly imported: number;
};

export const repositoryVersion = 1;

const filesPerPackage = 250;

/** One agent, the tool in its own file, and a client below that: two steps of imports. */
const python = (number: number): Readonly<Record<string, string>> => ({
  [`agent_${number}.py`]: `from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent

from .work_${number} import cancel_order_${number}

agent = create_react_agent(
    ChatOpenAI(model="gpt-4o"),
    [cancel_order_${number}],
    name="agent_${number}",
    prompt="You cancel orders that a customer names.",
)
`,
  [`work_${number}.py`]: `from .shop_client import post_order


def cancel_order_${number}(order: str) -> str:
    """Cancels one order."""
    return post_order(order, "cancelled")
`,
});

const typeScript = (number: number): Readonly<Record<string, string>> => ({
  [`agent-${number}.ts`]: `import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { cancelOrder${number} } from './work-${number}.js';

export const agent = new Agent({
  name: 'agent_${number}',
  model: 'gpt-4o',
  instructions: 'You cancel orders that a customer names.',
  tools: [
    tool({
      name: 'cancel_order_${number}',
      description: 'Cancels one order.',
      parameters: z.object({ order: z.string() }),
      execute: async ({ order }) => cancelOrder${number}(order),
    }),
  ],
});
`,
  [`work-${number}.ts`]: `import { postOrder } from './shop-client.js';

export const cancelOrder${number} = (order: string): Promise<string> => postOrder(order, 'cancelled');
`,
});

const pythonClient = `import requests


def post_order(order: str, state: str) -> str:
    return requests.post(f"https://shop.acme.example/orders/{order}", json={"state": state}).text
`;
const typeScriptClient = `export async function postOrder(order: string, state: string): Promise<string> {
  const answer = await fetch(\`https://shop.acme.example/orders/\${order}\`, { method: 'POST', body: state });
  return answer.text();
}
`;

/** One repository of packages, half of them Python, half TypeScript; agents are spread evenly over all of them. */
export function generateRepository(folder: string, files: number, agents: number, seed: number): RepositoryTruth {
  const random = seeded(seed);
  const related: string[] = [];
  let written = 0;
  let bytes = 0;
  const write = (path: string, text: string): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written++;
    bytes += text.length;
  };
  const packages = Math.ceil(files / filesPerPackage);
  write('.git/HEAD', 'ref: refs/heads/main\n');
  let made = 0;
  for (let index = 0; index < packages; index++) {
    const script = index % 2 === 1;
    const base = `packages/part-${index}`;
    const until = Math.round(((index + 1) * agents) / packages);
    const limit = Math.min(files, written + filesPerPackage);
    if (script) write(`${base}/package.json`, `{"name": "@acme/part-${index}", "version": "1.0.0"}\n`);
    else write(`${base}/src/orders/__init__.py`, '');
    write(
      `${base}/src/orders/${script ? 'shop-client.ts' : 'shop_client.py'}`,
      script ? typeScriptClient : pythonClient,
    );
    for (; made < until; made++) {
      for (const [name, text] of Object.entries(script ? typeScript(made) : python(made))) {
        const path = `${base}/src/orders/${name}`;
        write(path, text);
        if (name.startsWith('agent')) related.push(path);
      }
    }
    for (let number = 0; written < limit; number++) {
      const size = random.between(500, 6000);
      let text = script ? "import { readFileSync } from 'node:fs';\n" : 'import json\nimport os\n';
      for (let part = 0; text.length < size; part++)
        text += script ? typeScriptFunction(random, part) : pythonFunction(random, part);
      write(`${base}/src/area-${number % 12}/module_${number}.${script ? 'ts' : 'py'}`, text);
    }
  }
  return { files: written, bytes, related, imported: made };
}
