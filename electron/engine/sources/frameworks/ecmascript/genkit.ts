import type { Framework } from '../framework.ts';

/**
 * Genkit (`genkit` 1.x, `@genkit-ai/*`). Everything hangs on the object that `genkit({...})` returns; `generate` with tools
 * goes on until the model calls no more of them. From knowledge of the public packages.
 */

const object = /^(?:genkit|@genkit-ai\/[\w-]+)(?:\/[\w/-]+)?\.genkit\(\)\.\w+$/;

export const genkit: Framework = {
  id: 'genkit',
  title: 'Genkit',
  language: 'javascript',
  roots: /^(?:genkit|@genkit-ai\/[\w-]+|genkitx-[\w-]+)(?:[/.]|$)/,
  keywords: ["'genkit", '"genkit', '@genkit-ai/'],
  agents: [
    {
      symbols: ['generate', 'generateStream'],
      from: object,
      takes: { name: ['name'], model: ['model'], instructions: ['system', 'prompt'], tools: ['tools'] },
      needs: ['tools'],
      settings: ['maxTurns', 'returnToolRequests'],
      immediate: true,
    },
    {
      symbols: ['definePrompt', 'defineAgent'],
      from: object,
      takes: {
        name: ['name'],
        description: ['description'],
        model: ['model'],
        instructions: ['system', 'prompt'],
        tools: ['tools'],
      },
      needs: ['tools'],
    },
    {
      symbols: ['chat'],
      from: object,
      takes: { model: ['model'], instructions: ['system'], tools: ['tools'], memory: ['store'] },
      needs: ['tools'],
    },
  ],
  tools: [
    {
      symbols: ['defineTool', 'dynamicTool'],
      from: object,
      kind: 'wrapper',
      function: [1],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['defineInterrupt'],
      from: object,
      kind: 'wrapper',
      function: [1],
      name: ['name'],
      description: ['description'],
      gates: [],
    },
  ],
  servers: [
    { symbols: ['createMcpHost', 'defineMcpHost'], from: /^@genkit-ai\/mcp\.[^()]*$/, map: ['mcpServers'] },
    { symbols: ['getActiveTools'], from: /^@genkit-ai\/mcp\.\w+\(\)\.\w+$/, handsOn: true },
  ],
  models: (path) => {
    const match = /^(?:@genkit-ai\/([\w-]+)|genkitx-([\w-]+))\.(\w+)\.model$/.exec(path);
    if (match === null) return null;
    const name = match[3] ?? '';
    return {
      provider: /google|gemini/i.test(name) ? 'google' : /vertex/i.test(name) ? 'google-vertexai' : name.toLowerCase(),
      id: [0],
    };
  },
  defaultModels: [
    { symbols: ['genkit'], from: /^(?:genkit|@genkit-ai\/[\w-]+)(?:\/[\w/-]+)?\.genkit$/, model: ['model'] },
  ],
  silent: /^(?:genkit|@genkit-ai\/[\w-]+)\.(?:z|genkit|configureGenkit)\b/,
};
