import type { Framework } from '../framework.ts';

/** Strands Agents for TypeScript (`@strands-agents/sdk`). From knowledge of the public package. */

const plain = /^@strands-agents\/sdk(?:\/[\w/-]+)?\.[^()]*$/;

export const strandsTs: Framework = {
  id: 'strands',
  title: 'Strands Agents (TypeScript)',
  language: 'javascript',
  roots: /^@strands-agents\/[\w-]+(?:[/.]|$)/,
  keywords: ['@strands-agents/'],
  provider: 'bedrock',
  agents: [
    {
      symbols: ['Agent'],
      from: plain,
      takes: {
        name: ['name', 'agentId', 'id'],
        description: ['description'],
        model: ['model'],
        tools: ['tools'],
        instructions: ['systemPrompt'],
        hooks: ['hooks'],
        memory: ['sessionManager'],
      },
    },
    { symbols: ['Swarm', 'Graph'], from: plain, takes: { agents: ['nodes', 'agents', 0] }, form: 'team' },
  ],
  tools: [
    {
      symbols: ['tool'],
      from: plain,
      kind: 'wrapper',
      function: ['callback'],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['FunctionTool'],
      from: plain,
      kind: 'wrapper',
      function: ['callback'],
      name: ['name'],
      description: ['description'],
    },
    { symbols: ['asTool'], from: /^@strands-agents\//, kind: 'agent', name: ['name'], description: ['description'] },
  ],
  servers: [
    {
      symbols: ['McpClient'],
      from: plain,
      name: ['applicationName'],
      command: ['transport.command'],
      args: ['transport.args'],
      env: ['transport.env'],
      url: ['transport.url'],
    },
  ],
  models: (path) => {
    const symbol = /^@strands-agents\/sdk(?:\/[\w/-]+)?\.(\w+)Model$/.exec(path)?.[1];
    if (symbol === undefined) return null;
    const provider =
      symbol === 'Bedrock'
        ? 'bedrock'
        : symbol === 'OpenAI'
          ? 'openai'
          : symbol === 'Anthropic'
            ? 'anthropic'
            : symbol === 'Gemini'
              ? 'google'
              : 'unknown';
    return { provider, id: ['modelId', 'model'], key: ['apiKey'] };
  },
  readyMade: (path) => {
    if (!path.startsWith('@strands-agents/')) return null;
    if (/\.bash$/.test(path)) return ['executes-code'];
    if (/\.fileEditor$/.test(path)) return ['reads-private', 'writes'];
    if (/\.httpRequest$/.test(path)) return ['reads-untrusted', 'sends-outside', 'writes'];
    return /\.notebook$/.test(path) ? ['writes'] : null;
  },
};
