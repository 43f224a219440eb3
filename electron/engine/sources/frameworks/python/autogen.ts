import type { AgentRule, Framework, GateRule } from '../framework.ts';

/** AutoGen 0.4 and later (`autogen_agentchat`), AutoGen 0.2 and AG2 (`autogen`, `ag2`), from knowledge of the packages. */

const modern = /^autogen_(?:agentchat|ext|core)\.[^()]*$/;
const legacy = /^(?:autogen|ag2|pyautogen)\.[^()]*$/;

const hostCode = {
  class: 'executes-code' as const,
  because: 'runs code that a model wrote',
};

const humanInput: readonly GateRule[] = [
  {
    at: ['human_input_mode'],
    mechanism: 'human_input_mode',
    values: {
      always: { grade: 'human-per-call' },
      terminate: { grade: 'none', why: 'human_input_mode TERMINATE asks only when the talk ends' },
      never: { grade: 'none', why: 'human_input_mode NEVER asks nobody' },
    },
  },
];

const legacyTakes: AgentRule['takes'] = {
  name: [0, 'name'],
  instructions: ['system_message', 1],
  model: ['llm_config'],
  tools: ['functions', 'tools'],
};

const legacyRule = (symbols: readonly string[], more: Partial<AgentRule> = {}): AgentRule => ({
  symbols,
  from: legacy,
  takes: legacyTakes,
  settings: ['code_execution_config', 'max_consecutive_auto_reply'],
  gates: humanInput,
  capabilities: [
    {
      ...hostCode,
      when: {
        at: ['code_execution_config.use_docker', 'code_execution_config.executor', 'code_execution_config.work_dir'],
        values: ['*'],
      },
    },
  ],
  subclasses: true,
  ...more,
});

const chatAgent = (symbols: readonly string[], more: Partial<AgentRule> = {}): AgentRule => ({
  symbols,
  from: modern,
  takes: {
    name: [0, 'name'],
    description: ['description'],
    model: ['model_client', 1],
    instructions: ['system_message'],
    tools: ['tools', 2],
    servers: ['workbench'],
    handoffs: ['handoffs'],
    memory: ['memory'],
  },
  settings: ['max_tool_iterations', 'reflect_on_tool_use'],
  subclasses: true,
  ...more,
});

const team = (symbols: readonly string[]): AgentRule => ({
  symbols,
  from: modern,
  takes: { name: ['name'], agents: [0, 'participants'], model: ['model_client'], instructions: ['selector_prompt'] },
  settings: ['max_turns'],
  form: 'team',
});

const betaProvider = (path: string): string => {
  const name = path.slice(path.lastIndexOf('.') + 1).replace(/Config$/, '');
  return /OpenAI/.test(name) ? 'openai' : name === 'Gemini' ? 'google' : name.toLowerCase();
};

export const autogen: Framework = {
  id: 'autogen',
  title: 'AutoGen, AG2',
  language: 'python',
  roots: /^(?:autogen|ag2|pyautogen)(?:_\w+)?\./,
  keywords: ['autogen', 'import ag2', 'from ag2'],
  agents: [
    chatAgent([
      'AssistantAgent',
      'OpenAIAssistantAgent',
      'OpenAIAgent',
      'SocietyOfMindAgent',
      'MessageFilterAgent',
      'BaseChatAgent',
    ]),
    chatAgent(['CodeExecutorAgent'], {
      takes: {
        name: [0, 'name'],
        model: ['model_client'],
        instructions: ['system_message'],
        description: ['description'],
      },
      capabilities: [hostCode],
      settings: ['code_executor'],
    }),
    chatAgent(['MultimodalWebSurfer'], {
      builtIn: [{ name: 'web_surfer', classes: ['reads-untrusted', 'sends-outside', 'writes'] }],
    }),
    chatAgent(['FileSurfer'], { builtIn: [{ name: 'file_surfer', classes: ['reads-private'] }] }),
    chatAgent(['MagenticOneCoderAgent']),
    {
      symbols: ['UserProxyAgent'],
      from: modern,
      takes: { name: [0, 'name'], description: ['description'] },
    },
    team(['RoundRobinGroupChat', 'SelectorGroupChat', 'Swarm', 'MagenticOneGroupChat', 'GraphFlow']),
    {
      symbols: ['MagenticOne'],
      from: modern,
      takes: { model: [0, 'client'] },
      form: 'team',
      builtIn: [
        { name: 'web_surfer', classes: ['reads-untrusted', 'sends-outside', 'writes'] },
        { name: 'file_surfer', classes: ['reads-private'] },
        { name: 'code_executor', classes: ['executes-code'] },
      ],
    },
    {
      symbols: ['RoutedAgent'],
      from: /^autogen_core\.[^()]*$/,
      takes: { description: [0, 'description'] },
      subclasses: true,
    },
    legacyRule([
      'AssistantAgent',
      'ConversableAgent',
      'GPTAssistantAgent',
      'RetrieveAssistantAgent',
      'MultimodalConversableAgent',
      'TeachableAgent',
      'CaptainAgent',
      'ReasoningAgent',
      'SwarmAgent',
      'DeepResearchAgent',
      'WebSurferAgent',
    ]),
    legacyRule(['UserProxyAgent', 'RetrieveUserProxyAgent'], {
      capabilities: [
        { ...hostCode, when: { at: ['code_execution_config'], values: ['absent', '', 'given'] } },
        {
          ...hostCode,
          when: {
            at: [
              'code_execution_config.use_docker',
              'code_execution_config.executor',
              'code_execution_config.work_dir',
            ],
            values: ['*'],
          },
        },
      ],
    }),
    {
      // The `beta` of AG2 1.x.
      symbols: ['Agent', 'A2UIAgent', 'RealtimeAgent'],
      from: legacy,
      takes: {
        name: [0, 'name'],
        instructions: ['prompt', 'system_message'],
        model: ['config', 'llm_config'],
        tools: ['tools', 'functions'],
        middleware: ['middleware'],
      },
      subclasses: true,
    },
    {
      symbols: ['GroupChatManager'],
      from: legacy,
      takes: { name: ['name'], agents: ['groupchat.agents'], model: ['llm_config'], instructions: ['system_message'] },
      settings: ['groupchat.max_round', 'groupchat.speaker_selection_method'],
      gates: humanInput,
      form: 'team',
    },
  ],
  tools: [
    {
      symbols: ['FunctionTool'],
      from: modern,
      kind: 'wrapper',
      function: [0, 'func'],
      name: ['name'],
      description: ['description', 1],
    },
    { symbols: ['tool'], from: legacy, kind: 'decorator', name: ['name'], description: ['description'] },
    { symbols: ['BaseTool'], from: modern, kind: 'class', methods: ['run'] },
    { symbols: ['AgentTool', 'TeamTool'], from: modern, kind: 'agent', agent: [0, 'agent', 'team'], name: ['name'] },
    { symbols: ['as_tool'], from: /^(?:autogen|ag2)\./, kind: 'agent', name: ['name'], description: ['description'] },
    { symbols: ['Handoff'], from: modern, kind: 'handoff', agent: ['target'] },
    {
      symbols: ['PythonCodeExecutionTool'],
      from: modern,
      kind: 'hosted',
      as: 'CodeExecutor',
      classes: ['executes-code'],
    },
    {
      symbols: ['HttpTool'],
      from: modern,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside', 'writes'],
      name: ['name'],
    },
    {
      symbols: ['GraphRAGGlobalSearchTool', 'GraphRAGLocalSearchTool', 'AzureAISearchTool', 'from_settings'],
      from: modern,
      kind: 'hosted',
      classes: ['reads-private'],
    },
  ],
  servers: [
    {
      symbols: ['McpWorkbench', 'mcp_server_tools', 'StdioMcpToolAdapter', 'SseMcpToolAdapter', 'from_server_params'],
      from: modern,
      command: ['server_params.command'],
      args: ['server_params.args'],
      env: ['server_params.env'],
      url: ['server_params.url'],
      headers: ['server_params.headers'],
    },
    {
      symbols: ['StdioServerParams'],
      from: modern,
      command: ['command'],
      args: ['args'],
      env: ['env'],
      transport: 'stdio',
    },
    { symbols: ['SseServerParams', 'StreamableHttpServerParams'], from: modern, url: ['url'], headers: ['headers'] },
  ],
  attaches: [
    { symbols: ['register_for_llm'], as: 'tool', name: ['name'] },
    { symbols: ['register_function'], from: legacy, as: 'tool', to: ['caller'], what: [0], name: ['name'] },
    { symbols: ['register_nested_chats'], as: 'agent', what: ['trigger'] },
  ],
  models: (path) =>
    /^autogen_ext\.models\.[^()]*ChatCompletionClient$/.test(path)
      ? {
          provider: /AzureOpenAI/.test(path)
            ? 'azure-openai'
            : /Anthropic/.test(path)
              ? 'anthropic'
              : /Ollama/.test(path)
                ? 'ollama'
                : /AzureAI/.test(path)
                  ? 'azure-ai'
                  : 'openai',
        }
      : /^(?:autogen|ag2)\.[^()]*LLMConfig$/.test(path)
        ? { provider: '', id: ['model', 'config_list.model'] }
        : /^(?:autogen|ag2)\.beta\.config\.[^()]*Config$/.test(path)
          ? { provider: betaProvider(path) }
          : null,
  provider: 'openai',
  stores: (path) => (/^autogen_(?:core|ext)\.[^()]*Memory$/.test(path) ? 'memory' : null),
  silent: /^autogen_(?:core|agentchat)\.[^()]*(?:Message|TextMentionTermination|MaxMessageTermination|Console)$/,
};
