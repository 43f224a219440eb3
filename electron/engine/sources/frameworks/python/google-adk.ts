import type { Framework, Takes } from '../framework.ts';

/** Google Agent Development Kit (`google.adk`), from knowledge of versions 1.0 to 1.18. */

const root = /^google\.adk\.[^()]*$/;

const takes: Takes = {
  name: ['name'],
  description: ['description'],
  model: ['model'],
  instructions: ['instruction', 'global_instruction', 'static_instruction'],
  tools: ['tools'],
  agents: ['sub_agents'],
  hooks: [
    'before_tool_callback',
    'after_tool_callback',
    'before_model_callback',
    'after_model_callback',
    'before_agent_callback',
    'after_agent_callback',
  ],
};

export const googleAdk: Framework = {
  id: 'google-adk',
  title: 'Google Agent Development Kit',
  language: 'python',
  roots: /^google\.adk\./,
  keywords: ['google.adk'],
  provider: 'google',
  agents: [
    {
      symbols: ['Agent', 'LlmAgent'],
      from: root,
      takes,
      subclasses: true,
      settings: [
        'output_key',
        'disallow_transfer_to_parent',
        'disallow_transfer_to_peers',
        'code_executor',
        'include_contents',
      ],
      capabilities: [
        {
          class: 'executes-code',
          because: 'runs code that a model wrote',
          when: { at: ['code_executor'], values: ['*'] },
        },
      ],
    },
    {
      symbols: ['SequentialAgent', 'ParallelAgent', 'LoopAgent'],
      from: root,
      takes,
      form: 'team',
      settings: ['max_iterations'],
      subclasses: true,
    },
    { symbols: ['BaseAgent'], from: root, takes, subclasses: true },
    {
      symbols: ['RemoteA2aAgent'],
      from: root,
      takes: { name: ['name'], description: ['description'] },
      settings: ['agent_card'],
    },
    {
      symbols: ['LangGraphAgent'],
      from: root,
      takes: { name: ['name'], instructions: ['instruction'], agents: ['graph'] },
    },
  ],
  tools: [
    {
      symbols: ['FunctionTool', 'LongRunningFunctionTool'],
      from: root,
      kind: 'wrapper',
      function: [0, 'func'],
      gates: [
        {
          at: ['require_confirmation'],
          mechanism: 'require_confirmation',
          values: { true: { grade: 'human-per-call' }, given: { grade: 'human-per-call' } },
        },
      ],
    },
    { symbols: ['AgentTool'], from: root, kind: 'agent', agent: [0, 'agent'] },
    { symbols: ['BaseTool'], from: root, kind: 'class', methods: ['run_async'] },
    {
      symbols: ['google_search', 'GoogleSearchTool', 'google_maps_grounding', 'enterprise_web_search', 'url_context'],
      from: root,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['built_in_code_execution', 'BuiltInCodeExecutionTool'],
      from: root,
      kind: 'hosted',
      classes: ['executes-code'],
    },
    {
      symbols: [
        'VertexAiSearchTool',
        'VertexAiRagRetrieval',
        'LlamaIndexRetrieval',
        'FilesRetrieval',
        'load_memory',
        'preload_memory',
        'load_artifacts',
      ],
      from: root,
      kind: 'hosted',
      name: ['name'],
      classes: ['reads-private'],
    },
    {
      symbols: ['BigQueryToolset', 'SpannerToolset', 'BigtableToolset'],
      from: root,
      kind: 'hosted',
      classes: ['reads-private', 'writes', 'deletes'],
    },
    {
      symbols: [
        'OpenAPIToolset',
        'APIHubToolset',
        'ApplicationIntegrationToolset',
        'GmailToolset',
        'CalendarToolset',
        'DocsToolset',
        'SheetsToolset',
        'YoutubeToolset',
      ],
      from: root,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside', 'writes'],
    },
    { symbols: ['LangchainTool', 'CrewaiTool'], from: root, kind: 'list', tools: [0, 'tool'] },
    { symbols: ['transfer_to_agent'], from: root, kind: 'hosted', classes: ['delegates'] },
    { symbols: ['exit_loop'], from: root, kind: 'hosted', classes: [] },
    { symbols: ['get_user_choice'], from: root, kind: 'hosted', classes: [] },
  ],
  servers: [
    {
      symbols: ['McpToolset', 'MCPToolset'],
      from: root,
      filter: ['tool_filter'],
      command: ['connection_params.command', 'connection_params.server_params.command'],
      args: ['connection_params.args', 'connection_params.server_params.args'],
      env: ['connection_params.env', 'connection_params.server_params.env'],
      url: ['connection_params.url'],
      headers: ['connection_params.headers'],
    },
    {
      symbols: ['from_server'],
      from: /^google\.adk\.[^()]*M[Cc][Pp]Toolset\.from_server$/,
      command: ['connection_params.command'],
      args: ['connection_params.args'],
      env: ['connection_params.env'],
      url: ['connection_params.url'],
      headers: ['connection_params.headers'],
    },
    {
      symbols: ['ToolboxToolset', 'ToolboxSyncClient'],
      from: /^(?:google\.adk|toolbox_core)\./,
      url: [0, 'server_url', 'url'],
      transport: 'http',
    },
  ],
  runners: [
    { symbols: ['Runner', 'InMemoryRunner'], from: root, agent: ['agent', 0] },
    { symbols: ['AdkApp'], from: /^vertexai\./, agent: ['agent', 0] },
  ],
  exposers: [
    { symbols: ['to_a2a'], from: root, kind: 'a2a', agent: [0, 'agent'] },
    { symbols: ['AdkApp'], from: /^vertexai\./, kind: 'http', agent: ['agent', 0] },
  ],
  models: (path) =>
    /^google\.adk\.[^()]*\bLiteLlm$/.test(path)
      ? { provider: '', id: ['model', 0] }
      : /^google\.adk\.models\.[^()]*\b(?:Gemini|Gemma|Claude|Anthropic\w*)$/.test(path)
        ? { provider: /Claude|Anthropic/.test(path) ? 'anthropic' : 'google' }
        : null,
  stores: (path) =>
    /^google\.adk\.[^()]*(?:SessionService)$/.test(path)
      ? 'session'
      : /^google\.adk\.[^()]*(?:MemoryService)$/.test(path)
        ? 'memory'
        : null,
  silent:
    /^google\.(?:adk|genai\.types)\.[^()]*(?:ToolContext|CallbackContext|Content|Part|types|GenerateContentConfig)\b/,
};
