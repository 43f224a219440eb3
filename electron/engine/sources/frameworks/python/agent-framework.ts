import type { AgentRule, Framework, GateRule, Takes } from '../framework.ts';

/** Microsoft Agent Framework for Python (`agent_framework`), from knowledge of the 2025 and 2026 previews and 1.0. */

const root = /^agent_framework(?:_\w+)?\.[^()]*$/;
const takes: Takes = {
  name: ['name'],
  description: ['description'],
  model: ['chat_client', 'client', 0],
  instructions: ['instructions', 1],
  tools: ['tools', 'tool'],
  middleware: ['middleware'],
  memory: ['context_providers', 'context_provider', 'chat_message_store_factory'],
};
const approval: readonly GateRule[] = [
  {
    at: ['approval_mode'],
    mechanism: 'approval_mode',
    values: {
      always_require: { grade: 'human-per-call' },
      never_require: { grade: 'none', why: 'approval_mode is never_require' },
      given: { grade: 'human-per-call' },
    },
  },
];
const builder = (
  symbols: readonly string[],
  nodes: Record<string, { name?: readonly (string | number)[]; action: readonly (string | number)[] }>,
) => ({
  symbols,
  from: root,
  finish: ['build'],
  nodes,
  edges: [
    'add_edge',
    'add_chain',
    'add_fan_out_edges',
    'add_fan_in_edges',
    'add_switch_case_edge_group',
    'add_handoff',
  ],
  takes: {},
});
const clients =
  /^agent_framework(?:_\w+)?\.[^()]*\b(\w+?)(?:Chat|Responses|Assistants|Agent|AgentChat|AIAgent)?Client$/;

export const agentFramework: Framework = {
  id: 'agent-framework',
  title: 'Microsoft Agent Framework',
  language: 'python',
  roots: /^agent_framework(?:_\w+)?\./,
  keywords: ['agent_framework'],
  agents: [
    {
      symbols: ['ChatAgent', 'Agent', 'RawAgent'],
      from: root,
      takes,
      subclasses: true,
      settings: ['tool_choice', 'temperature'],
    },
    {
      symbols: ['create_agent', 'as_agent'],
      from: /^agent_framework(?:_\w+)?\..*(?:Client|Provider)\(\)\.(?:create_agent|as_agent|get_agent)$/,
      takes: { ...takes, model: [], instructions: ['instructions'] },
    } satisfies AgentRule,
    { symbols: ['BaseAgent'], from: root, takes, subclasses: true },
    { symbols: ['A2AAgent', 'CopilotStudioAgent', 'GitHubCopilotAgent', 'ClaudeAgent'], from: root, takes },
  ],
  graphs: [
    builder(['WorkflowBuilder'], {
      add_agent: { action: [0] },
      add_edge: { action: [0, 1] },
      set_start_executor: { action: [0] },
    }),
    builder(['SequentialBuilder', 'ConcurrentBuilder', 'HandoffBuilder', 'MagenticBuilder', 'GroupChatBuilder'], {
      participants: { action: [0, 'participants'] },
    }),
  ],
  tools: [
    {
      symbols: ['ai_function', 'tool'],
      from: root,
      kind: 'decorator',
      name: ['name'],
      description: ['description'],
      gates: approval,
    },
    {
      symbols: ['AIFunction', 'FunctionTool'],
      from: root,
      kind: 'wrapper',
      function: ['func', 'function'],
      name: ['name'],
      description: ['description'],
      gates: approval,
    },
    { symbols: ['as_tool'], from: /^agent_framework/, kind: 'agent', name: ['name'], description: ['description'] },
    {
      symbols: ['HostedCodeInterpreterTool', 'get_code_interpreter_tool'],
      from: /^agent_framework/,
      kind: 'hosted',
      as: 'code_interpreter',
      classes: ['executes-code'],
    },
    {
      symbols: ['HostedWebSearchTool', 'get_web_search_tool'],
      from: /^agent_framework/,
      kind: 'hosted',
      as: 'web_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['HostedFileSearchTool', 'get_file_search_tool'],
      from: /^agent_framework/,
      kind: 'hosted',
      as: 'file_search',
      classes: ['reads-private'],
    },
    { symbols: ['HostedImageGenerationTool'], from: root, kind: 'hosted', as: 'image_generation', classes: [] },
  ],
  servers: [
    {
      symbols: ['MCPStdioTool'],
      from: root,
      name: ['name', 0],
      command: ['command', 1],
      args: ['args'],
      env: ['env'],
      transport: 'stdio',
      gates: approval,
      filter: ['allowed_tools'],
    },
    {
      symbols: ['MCPStreamableHTTPTool', 'HostedMCPTool', 'get_mcp_tool'],
      from: /^agent_framework/,
      name: ['name', 0],
      url: ['url', 1],
      headers: ['headers'],
      transport: 'http',
      gates: approval,
      filter: ['allowed_tools'],
    },
    { symbols: ['MCPWebsocketTool'], from: root, name: ['name', 0], url: ['url', 1], transport: 'ws', gates: approval },
  ],
  models: (path) => {
    const name = clients.exec(path)?.[1];
    if (name === undefined) return null;
    const provider = /^AzureOpenAI/.test(name)
      ? 'azure-openai'
      : /^Azure|Foundry/.test(name)
        ? 'azure-ai'
        : /Anthropic/.test(name)
          ? 'anthropic'
          : /Bedrock/.test(name)
            ? 'bedrock'
            : /Ollama/.test(name)
              ? 'ollama'
              : /OpenAI/.test(name)
                ? 'openai'
                : null;
    return provider === null
      ? null
      : { provider, id: ['model_id', 'deployment_name', 'model', 'model_deployment_name', 'ai_model_id'] };
  },
  exposers: [
    { symbols: ['serve'], from: /^agent_framework[^()]*devui[^()]*\.serve$/, kind: 'http', agent: ['entities', 0] },
    { symbols: ['add_agent_framework_fastapi_endpoint'], from: root, kind: 'http', agent: [1, 'agent'] },
    { symbols: ['AgentFunctionApp'], from: root, kind: 'http', agent: ['agents', 0] },
  ],
  interrupts: [{ symbols: ['RequestInfoExecutor', 'request_info'], from: /^agent_framework/ }],
  extra: {
    gather: (context, agent, into) => {
      // `client.create_agent(...)`: the model is what the method is called on.
      const callee = agent.calls[0]?.call.callee;
      if (callee?.kind !== 'member') return;
      for (const model of context.modelsIn(callee.of)) into.models.set(`${model.spot.place}:${model.call.at}`, model);
    },
  },
};
