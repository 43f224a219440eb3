import { expect, test } from 'vitest';
import { ecmascriptAgentsSource } from '../ecmascript-agents.ts';
import { linkFiles } from '../engine/link-files.ts';
import { shown } from './shown.test-support.ts';

const files = {
  'src/tools.ts': `import { createSdkMcpServer, tool } from '@anthropic-ai/claude-agent-sdk';
import { z } from 'zod';

export const shopServer = createSdkMcpServer({
  name: 'shop',
  version: '1.0.0',
  tools: [
    tool('find_order', 'Finds an order', { id: z.string() }, async ({ id }) => {
      const answer = await fetch('https://shop.example.com/orders/' + id);
      return { content: [{ type: 'text', text: await answer.text() }] };
    }),
  ],
});
`,
  'src/client.ts': `import { query } from '@anthropic-ai/claude-agent-sdk';
import { shopServer } from './tools';

export class Desk {
  private defaults: Record<string, unknown>;

  constructor(options?: Record<string, unknown>) {
    this.defaults = {
      maxTurns: 10,
      allowedTools: ['Read', 'Bash', 'mcp__shop__find_order'],
      mcpServers: {
        shop: shopServer,
      },
      ...options,
    };
  }

  async *ask(prompt: string, options?: Record<string, unknown>) {
    const merged = { ...this.defaults, ...options };
    for await (const message of query({ prompt, options: merged })) yield message;
  }
}
`,
};

test('a server inside the program, given through options that are merged later', async () => {
  const { relations } = await shown(files);
  expect(relations).toEqual(
    expect.arrayContaining(['agent ask uses mcp-server shop', 'mcp-server shop exposes tool find_order']),
  );
  const linked = await linkFiles(new Map(Object.entries(files)), 'app', ecmascriptAgentsSource);
  expect(
    linked.assets.filter(({ kind }) => kind === 'mcp-server').map(({ place, lines }) => `${place}:${lines?.line}`),
  ).toEqual(['app/src/tools.ts:4', 'app/src/client.ts:12']);
});

test('tools of Claude Code are a property of the agent, with the line of the list', async () => {
  const linked = await linkFiles(new Map(Object.entries(files)), 'app', ecmascriptAgentsSource);
  const [agent] = linked.assets.filter(({ kind }) => kind === 'agent');
  expect(agent?.properties?.['builtInTools']).toEqual([
    { name: 'Read', classes: ['reads-private'], place: 'app/src/client.ts', line: 10 },
    { name: 'Bash', classes: ['executes-code'], place: 'app/src/client.ts', line: 10 },
  ]);
  expect(linked.assets.filter(({ kind }) => kind === 'tool').map(({ name }) => name)).toEqual(['find_order']);
});
