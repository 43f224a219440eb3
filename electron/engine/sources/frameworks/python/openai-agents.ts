import type { Framework, GateRule, Takes } from '../framework.ts';

/** OpenAI Agents SDK for Python (`openai-agents`, imported as `agents`), from knowledge of versions 0.1 to 0.6. */

const root = /^agents\.[^()]*$/;

const needsApproval: readonly GateRule[] = [
  {
    at: ['needs_approval'],
    mechanism: 'needs_approval',
    values: { true: { grade: 'human-per-call' }, given: { grade: 'human-per-call' } },
  },
];

const takes: Takes = {
  name: [0, 'name'],
  description: ['handoff_description'],
  instructions: ['instructions'],
  model: ['model'],
  tools: ['tools'],
  servers: ['mcp_servers'],
  handoffs: ['handoffs'],
  guardrails: ['input_guardrails', 'output_guardrails'],
};

export const openaiAgents: Framework = {
  id: 'openai-agents',
  title: 'OpenAI Agents SDK',
  language: 'python',
  roots: /^agents\./,
  keywords: ['from agents import', 'from agents.', 'import agents', 'Agent('],
  provider: 'openai',
  agents: [
    {
      symbols: ['Agent'],
      from: root,
      needs: [
        'instructions',
        'tools',
        'handoffs',
        'model',
        'mcp_servers',
        'output_type',
        'handoff_description',
        'input_guardrails',
        'output_guardrails',
        'model_settings',
        'prompt',
        'hooks',
        'tool_use_behavior',
      ],
      company: [
        'Runner',
        'function_tool',
        'handoff',
        'RunContextWrapper',
        'ModelSettings',
        'RunConfig',
        'input_guardrail',
        'output_guardrail',
        'SQLiteSession',
        'trace',
        'RunHooks',
        'AgentHooks',
      ],
      takes,
      settings: ['tool_use_behavior', 'reset_tool_choice'],
      subclasses: true,
    },
    { symbols: ['SandboxAgent', 'RealtimeAgent'], from: root, takes, subclasses: true },
  ],
  tools: [
    {
      symbols: ['function_tool'],
      from: root,
      kind: 'decorator',
      name: ['name_override'],
      description: ['description_override'],
      gates: needsApproval,
    },
    {
      symbols: ['FunctionTool'],
      from: root,
      kind: 'wrapper',
      function: ['on_invoke_tool'],
      name: ['name', 0],
      description: ['description', 1],
      gates: needsApproval,
    },
    {
      symbols: ['as_tool'],
      kind: 'agent',
      name: ['tool_name', 0],
      description: ['tool_description', 1],
      gates: needsApproval,
    },
    { symbols: ['handoff'], from: root, kind: 'handoff', agent: [0, 'agent'] },
    {
      symbols: ['WebSearchTool'],
      from: root,
      kind: 'hosted',
      as: 'web_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['FileSearchTool'],
      from: root,
      kind: 'hosted',
      as: 'file_search',
      classes: ['reads-private'],
      store: ['vector_store_ids', 0],
    },
    {
      symbols: ['ComputerTool'],
      from: root,
      kind: 'hosted',
      as: 'computer_use',
      classes: ['reads-untrusted', 'sends-outside', 'writes', 'executes-code'],
    },
    {
      symbols: ['CodeInterpreterTool'],
      from: root,
      kind: 'hosted',
      as: 'code_interpreter',
      classes: ['executes-code'],
    },
    {
      symbols: ['LocalShellTool', 'ShellTool'],
      from: root,
      kind: 'hosted',
      as: 'shell',
      classes: ['executes-code'],
      gates: needsApproval,
    },
    {
      symbols: ['ApplyPatchTool'],
      from: root,
      kind: 'hosted',
      as: 'apply_patch',
      classes: ['writes'],
      gates: needsApproval,
    },
    { symbols: ['ImageGenerationTool'], from: root, kind: 'hosted', as: 'image_generation', classes: [] },
  ],
  servers: [
    {
      symbols: ['MCPServerStdio', 'MCPServerSse', 'MCPServerStreamableHttp'],
      from: root,
      name: ['name'],
      command: ['params.command'],
      args: ['params.args'],
      env: ['params.env'],
      url: ['params.url'],
      headers: ['params.headers'],
    },
    {
      symbols: ['HostedMCPTool'],
      from: root,
      name: ['tool_config.server_label'],
      url: ['tool_config.server_url', 'tool_config.connector_id'],
      headers: ['tool_config.headers'],
      transport: 'http',
      gates: [
        {
          at: ['tool_config.require_approval'],
          mechanism: 'require_approval',
          values: {
            always: { grade: 'human-per-call' },
            never: { grade: 'none', why: 'require_approval is never: calls of the server are not asked for' },
            given: { grade: 'human-per-call' },
          },
        },
      ],
    },
  ],
  runners: [
    {
      symbols: ['run', 'run_sync', 'run_streamed'],
      from: /^agents\.[^()]*Runner\.\w+$/,
      agent: [0, 'starting_agent', 'agent'],
    },
  ],
  models: (path) =>
    /^agents\.[^()]*\b(?:OpenAIChatCompletionsModel|OpenAIResponsesModel)$/.test(path)
      ? { provider: 'openai', id: ['model', 0], client: ['openai_client', 1] }
      : /^agents\.[^()]*\bLitellmModel$/.test(path)
        ? { provider: '', id: ['model', 0] }
        : null,
  stores: (path) =>
    /^agents\.[^()]*\b(?:SQLiteSession|SQLAlchemySession|OpenAIConversationsSession|RedisSession|EncryptedSession|AdvancedSQLiteSession)$/.test(
      path,
    )
      ? 'session'
      : null,
  silent:
    /^agents\.(?:[^()]*\b)?(?:trace|custom_span|gen_trace_id|set_\w+|enable_\w+|ItemHelpers|RunConfig|ModelSettings|RunContextWrapper|GuardrailFunctionOutput)\b/,
};
