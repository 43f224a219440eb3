import type { AgentRule, Framework } from '../framework.ts';

/** smolagents of Hugging Face, from knowledge of versions 1.0 to 1.22. */

const root = /^smolagents\.[^()]*$/;
const rule: AgentRule = {
  symbols: ['ToolCallingAgent', 'MultiStepAgent'],
  from: root,
  takes: {
    name: ['name'],
    description: ['description'],
    tools: [0, 'tools'],
    model: [1, 'model'],
    agents: ['managed_agents'],
    instructions: ['instructions', 'system_prompt', 'prompt_templates.system_prompt'],
    guardrails: ['final_answer_checks'],
  },
  settings: ['max_steps', 'executor_type', 'additional_authorized_imports', 'add_base_tools', 'planning_interval'],
  subclasses: true,
};

export const smolagents: Framework = {
  id: 'smolagents',
  title: 'smolagents',
  language: 'python',
  roots: /^smolagents\./,
  keywords: ['smolagents'],
  provider: 'huggingface',
  agents: [
    rule,
    {
      ...rule,
      symbols: ['CodeAgent'],
      capabilities: [{ class: 'executes-code', because: 'runs Python that a model wrote; executor_type says where' }],
    },
  ],
  tools: [
    { symbols: ['tool'], from: root, kind: 'decorator' },
    { symbols: ['Tool'], from: root, kind: 'class', methods: ['forward', '__call__'] },
    {
      symbols: [
        'WebSearchTool',
        'DuckDuckGoSearchTool',
        'GoogleSearchTool',
        'ApiWebSearchTool',
        'VisitWebpageTool',
        'WikipediaSearchTool',
      ],
      from: root,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['PythonInterpreterTool'],
      from: root,
      kind: 'hosted',
      as: 'python_interpreter',
      classes: ['executes-code'],
    },
    { symbols: ['FinalAnswerTool', 'UserInputTool', 'SpeechToTextTool'], from: root, kind: 'hosted', classes: [] },
    {
      symbols: ['load_tool', 'from_hub', 'from_space', 'from_gradio', 'from_langchain'],
      from: root,
      kind: 'hosted',
      name: ['name', 0],
      classes: ['reads-untrusted', 'sends-outside'],
    },
  ],
  servers: [
    {
      symbols: ['MCPClient'],
      from: root,
      url: ['server_parameters.url', '0.url'],
      command: ['server_parameters.command'],
    },
    { symbols: ['from_mcp'], from: root, url: ['server_parameters.url'], command: ['server_parameters.command'] },
    { symbols: ['get_tools'], from: /^smolagents\.[^()]*MCPClient\(\)\.get_tools$/, handsOn: true },
  ],
  models: (path) => {
    const name = /^smolagents\.[^()]*?\b(\w+)Model$/.exec(path)?.[1];
    if (name === undefined) return null;
    const provider = /^(?:OpenAI|OpenAIServer)$/.test(name)
      ? 'openai'
      : /Azure/.test(name)
        ? 'azure-openai'
        : /LiteLLM/.test(name)
          ? ''
          : /Bedrock/.test(name)
            ? 'bedrock'
            : /^(?:InferenceClient|HfApi|Transformers|VLLM|MLX)$/.test(name)
              ? 'huggingface'
              : null;
    return provider === null ? null : { provider, id: [0, 'model_id'] };
  },
  exposers: [{ symbols: ['GradioUI'], from: root, kind: 'chat', agent: [0, 'agent'] }],
};
