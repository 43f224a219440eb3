import type { Framework } from '../framework.ts';

/** LlamaIndex.TS (`llamaindex` 0.5 to 0.12, `@llamaindex/*`). From knowledge of the public packages. */

const plain = /^(?:llamaindex|@llamaindex\/[\w-]+)(?:\/[\w/-]+)?\.[^()]*$/;
const takes = {
  name: ['name'],
  description: ['description'],
  model: ['llm'],
  tools: ['tools'],
  instructions: ['systemPrompt'],
  handoffs: ['canHandoffTo'],
  memory: ['memory'],
} as const;

export const llamaindexTs: Framework = {
  id: 'llamaindex',
  title: 'LlamaIndex.TS',
  language: 'javascript',
  roots: /^(?:llamaindex|@llamaindex\/[\w-]+)(?:[/.]|$)/,
  keywords: ["'llamaindex", '"llamaindex', '@llamaindex/'],
  agents: [
    { symbols: ['agent'], from: plain, takes },
    {
      symbols: [
        'OpenAIAgent',
        'AnthropicAgent',
        'ReActAgent',
        'LLMAgent',
        'FunctionAgent',
        'OllamaAgent',
        'GeminiAgent',
      ],
      from: plain,
      takes,
    },
    {
      symbols: ['multiAgent', 'AgentWorkflow'],
      from: plain,
      takes: { ...takes, agents: ['agents', 'rootAgent'] },
      form: 'team',
    },
  ],
  tools: [
    {
      symbols: ['tool'],
      from: plain,
      kind: 'wrapper',
      function: ['execute', 0],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['from'],
      from: /FunctionTool\.from$/,
      kind: 'wrapper',
      function: [0],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['FunctionTool'],
      from: plain,
      kind: 'wrapper',
      function: [0],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['QueryEngineTool'],
      from: plain,
      kind: 'hosted',
      as: 'query_engine',
      classes: ['reads-private'],
      store: ['queryEngine'],
    },
  ],
  servers: [
    { symbols: ['tools'], from: /^@llamaindex\/tools\.mcp\(\)\.tools$/, handsOn: true },
    {
      symbols: ['mcp'],
      from: /^@llamaindex\/tools\.mcp$/,
      name: ['clientName'],
      command: ['command'],
      args: ['args'],
      env: ['env'],
      url: ['url'],
    },
  ],
  models: (path) => {
    const match = /^(?:llamaindex|@llamaindex\/([\w-]+))(?:\/[\w/-]+)?\.(\w+)$/.exec(path);
    const symbol = match?.[2] ?? '';
    const provider = [
      [/^(?:OpenAI|openai|OpenAIEmbedding|openaiResponses)$/, 'openai'],
      [/^(?:Anthropic|anthropic)$/, 'anthropic'],
      [/^(?:Gemini|gemini|GeminiEmbedding)$/, 'google'],
      [/^(?:Ollama|ollama|OllamaEmbedding)$/, 'ollama'],
      [/^(?:Groq|groq)$/, 'groq'],
      [/^(?:MistralAI|mistral)$/, 'mistral'],
      [/^(?:Bedrock|bedrock)$/, 'bedrock'],
      [/^(?:DeepSeekLLM)$/, 'deepseek'],
    ].find(([pattern]) => (pattern as RegExp).test(symbol))?.[1];
    return typeof provider === 'string'
      ? { provider, id: ['model'], key: ['apiKey'], base: ['baseURL'], embedding: /Embedding$/.test(symbol) }
      : null;
  },
  defaultModels: [{ assigned: /^(?:llamaindex|@llamaindex\/core(?:\/[\w/-]+)?)\.Settings\.llm$/ }],
  stores: (path) =>
    /^(?:llamaindex|@llamaindex\/[\w-]+)(?:\/[\w/-]+)?\.(?:\w*VectorStore|VectorStoreIndex|SimpleVectorStore)(?:\.\w+)?$/.test(
      path,
    )
      ? 'vector'
      : null,
};
