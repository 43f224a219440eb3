import type { Framework, GateRule } from '../framework.ts';

/** Pydantic AI (`pydantic_ai`), from knowledge of versions 0.1 to 1.x. */

const root = /^pydantic_ai\.[^()]*$/;
const approval: readonly GateRule[] = [
  { at: ['requires_approval'], mechanism: 'requires_approval', values: { true: { grade: 'human-per-call' } } },
];

export const pydanticAi: Framework = {
  id: 'pydantic-ai',
  title: 'Pydantic AI',
  language: 'python',
  roots: /^pydantic_ai\./,
  keywords: ['pydantic_ai'],
  agents: [
    {
      symbols: ['Agent'],
      from: root,
      takes: {
        name: ['name'],
        model: [0, 'model'],
        instructions: ['instructions', 'system_prompt'],
        tools: ['tools'],
        servers: ['toolsets', 'mcp_servers'],
      },
      settings: ['retries', 'end_strategy', 'defer_model_check'],
      builtIn: [],
    },
  ],
  tools: [
    {
      symbols: ['Tool'],
      from: root,
      kind: 'wrapper',
      function: [0, 'function'],
      name: ['name'],
      description: ['description'],
      gates: approval,
    },
    {
      symbols: ['from_schema'],
      from: /^pydantic_ai\.[^()]*Tool\.from_schema$/,
      kind: 'wrapper',
      function: [0, 'function'],
      name: ['name'],
      description: ['description'],
    },
    { symbols: ['FunctionToolset', 'CombinedToolset'], from: root, kind: 'list', tools: [0, 'tools', 'toolsets'] },
    { symbols: ['approval_required', 'filtered', 'prefixed', 'renamed'], kind: 'list', tools: [] },
    {
      symbols: ['duckduckgo_search_tool', 'tavily_search_tool', 'WebSearchTool', 'WebFetchTool', 'UrlContextTool'],
      from: root,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    { symbols: ['CodeExecutionTool'], from: root, kind: 'hosted', as: 'code_execution', classes: ['executes-code'] },
    { symbols: ['MemoryTool'], from: root, kind: 'hosted', as: 'memory', classes: ['reads-private', 'writes'] },
    { symbols: ['ImageGenerationTool'], from: root, kind: 'hosted', as: 'image_generation', classes: [] },
    { symbols: ['tool_from_langchain'], from: root, kind: 'list', tools: [0] },
  ],
  servers: [
    {
      symbols: ['MCPServerStdio'],
      from: root,
      command: [0, 'command'],
      args: ['args', 1],
      env: ['env'],
      name: ['id', 'tool_prefix'],
      transport: 'stdio',
    },
    {
      symbols: ['MCPServerStreamableHTTP', 'MCPServerHTTP'],
      from: root,
      url: [0, 'url'],
      headers: ['headers'],
      name: ['id', 'tool_prefix'],
      transport: 'http',
    },
    {
      symbols: ['MCPServerSSE'],
      from: root,
      url: [0, 'url'],
      headers: ['headers'],
      name: ['id', 'tool_prefix'],
      transport: 'sse',
    },
    { symbols: ['MCPServerTool'], from: root, url: ['url'], name: ['id'], headers: ['headers'], transport: 'http' },
    { symbols: ['FastMCPToolset'], from: root, url: [0] },
    { symbols: ['load_mcp_servers'], from: root, handsOn: true },
  ],
  attaches: [
    { symbols: ['tool', 'tool_plain'], as: 'tool', name: ['name'], gates: approval },
    { symbols: ['system_prompt', 'instructions'], as: 'instructions' },
    { symbols: ['output_validator', 'result_validator'], as: 'guardrail' },
    { symbols: ['toolset'], as: 'hook' },
  ],
  exposers: [
    { symbols: ['to_a2a'], kind: 'a2a' },
    { symbols: ['to_ag_ui', 'to_web', 'to_cli', 'to_cli_sync'], kind: 'http' },
  ],
  models: (path) => {
    const name = /^pydantic_ai\.models\.[^()]*?\b(\w+?)(?:Responses|Chat)?Model$/.exec(path)?.[1];
    if (name === undefined || /^(?:Test|Function)$/.test(name)) return null;
    if (/^(?:Fallback|Instrumented|Wrapper)$/.test(name)) return null;
    const provider = name.toLowerCase();
    return {
      provider: provider === 'gemini' ? 'google' : provider === 'openai' ? 'openai' : provider,
      id: [0, 'model_name', 'model'],
      client: ['provider'],
    };
  },
  silent: /^pydantic_ai\.[^()]*(?:RunContext|UsageLimits|ModelRetry|ModelSettings|capture_run_messages)\b/,
};
