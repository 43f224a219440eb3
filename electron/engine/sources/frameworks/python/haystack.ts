import type { Framework } from '../framework.ts';

/** Haystack 2 (`haystack`, `haystack_integrations`), from knowledge of versions 2.9 to 2.20. */

const root = /^haystack(?:_integrations|_experimental)?\.[^()]*$/;

export const haystack: Framework = {
  id: 'haystack',
  title: 'Haystack',
  language: 'python',
  roots: /^haystack(?:_integrations|_experimental)?\./,
  keywords: ['haystack'],
  agents: [
    {
      symbols: ['Agent'],
      from: /^haystack(?:_experimental)?\.components\.agents\.[^()]*$/,
      takes: {
        model: [0, 'chat_generator'],
        tools: [1, 'tools'],
        instructions: ['system_prompt'],
        hooks: ['streaming_callback'],
      },
      settings: ['exit_conditions', 'max_agent_steps', 'raise_on_tool_invocation_failure'],
      gates: [
        {
          at: ['confirmation_strategies', 'tool_execution_hooks'],
          mechanism: 'confirmation_strategies',
          values: { given: { grade: 'human-per-call' } },
        },
      ],
      subclasses: true,
    },
  ],
  tools: [
    { symbols: ['tool'], from: root, kind: 'decorator', name: ['name'], description: ['description'] },
    {
      symbols: ['Tool', 'create_tool_from_function'],
      from: root,
      kind: 'wrapper',
      function: ['function', 0],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['ComponentTool', 'PipelineTool'],
      from: root,
      kind: 'wrapper',
      function: ['component', 'pipeline', 0],
      name: ['name'],
      description: ['description'],
    },
    { symbols: ['Toolset'], from: root, kind: 'list', tools: [0, 'tools'] },
  ],
  servers: [
    {
      symbols: ['MCPTool', 'MCPToolset'],
      from: root,
      command: ['server_info.command'],
      args: ['server_info.args'],
      env: ['server_info.env'],
      url: ['server_info.url', 'server_info.base_url'],
      headers: ['server_info.headers'],
      filter: ['tool_names'],
    },
  ],
  models: (path) => {
    const name =
      /^haystack(?:_integrations)?\.[^()]*\b(\w+?)(?:ChatGenerator|Generator|TextEmbedder|DocumentEmbedder)$/.exec(
        path,
      )?.[1];
    if (name === undefined) return null;
    const provider = /AzureOpenAI/.test(name)
      ? 'azure-openai'
      : /OpenAI/.test(name)
        ? 'openai'
        : /Google|Gemini|Vertex/.test(name)
          ? 'google'
          : /Bedrock/.test(name)
            ? 'bedrock'
            : /HuggingFace|SentenceTransformers/.test(name)
              ? 'huggingface'
              : name.toLowerCase();
    return { provider, embedding: /Embedder$/.test(path) };
  },
  stores: (path) => (/^haystack(?:_integrations)?\.[^()]*\b\w+DocumentStore$/.test(path) ? 'vector' : null),
  readyMade: (path) =>
    /^haystack\..*\b(?:SerperDevWebSearch|SearchApiWebSearch|LinkContentFetcher|TavilyWebSearch)$/.test(path)
      ? ['reads-untrusted', 'sends-outside']
      : /^haystack\..*Retriever$/.test(path)
        ? ['reads-private']
        : null,
  prompts: [{ symbols: ['from_system'], from: root, text: [0, 'text'] }],
};
