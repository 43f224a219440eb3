import type { Framework } from '../framework.ts';

/**
 * Python frameworks whose agents one table row describes, from knowledge of the packages (2024 to 2026): DSPy, CAMEL,
 * Letta, browser-use.
 */

export const dspy: Framework = {
  id: 'dspy',
  title: 'DSPy',
  language: 'python',
  roots: /^dspy\./,
  keywords: ['dspy'],
  agents: [
    {
      symbols: ['ReAct'],
      from: /^dspy\.[^()]*$/,
      takes: { instructions: ['signature', 0], tools: [1, 'tools'] },
      settings: ['max_iters'],
    },
    {
      symbols: ['CodeAct', 'ProgramOfThought'],
      from: /^dspy\.[^()]*$/,
      takes: { instructions: ['signature', 0], tools: [1, 'tools'] },
      capabilities: [{ class: 'executes-code', because: 'runs code that a model wrote' }],
      settings: ['max_iters'],
    },
  ],
  tools: [
    {
      symbols: ['Tool'],
      from: /^dspy\.[^()]*$/,
      kind: 'wrapper',
      function: [0, 'func'],
      name: ['name'],
      description: ['desc'],
    },
  ],
  models: (path) => (/^dspy\.[^()]*\bLM$/.test(path) ? { provider: '', id: [0, 'model'] } : null),
  defaultModels: [{ symbols: ['configure'], from: /^dspy\.(?:settings\.)?configure$/, model: ['lm', 0] }],
};

export const camel: Framework = {
  id: 'camel',
  title: 'CAMEL',
  language: 'python',
  roots: /^camel\./,
  keywords: ['camel'],
  agents: [
    {
      symbols: [
        'ChatAgent',
        'CriticAgent',
        'TaskSpecifyAgent',
        'KnowledgeGraphAgent',
        'SearchAgent',
        'MCPAgent',
        'EmbodiedAgent',
      ],
      from: /^camel\.[^()]*$/,
      takes: {
        instructions: [0, 'system_message'],
        model: ['model', 1],
        tools: ['tools'],
        memory: ['memory'],
        name: ['agent_id'],
      },
      settings: ['max_iteration', 'token_limit'],
      subclasses: true,
    },
    {
      symbols: ['RolePlaying'],
      from: /^camel\.[^()]*$/,
      takes: {
        model: ['model', 'assistant_agent_kwargs.model'],
        tools: ['assistant_agent_kwargs.tools'],
        instructions: ['task_prompt'],
      },
      form: 'team',
    },
    {
      symbols: ['Workforce'],
      from: /^camel\.[^()]*$/,
      takes: { name: [0, 'description'], agents: ['children', 'coordinator_agent', 'task_agent'] },
      form: 'team',
    },
  ],
  tools: [
    { symbols: ['FunctionTool', 'OpenAIFunction'], from: /^camel\.[^()]*$/, kind: 'wrapper', function: [0, 'func'] },
  ],
  servers: [{ symbols: ['MCPToolkit', 'MCPClient'], from: /^camel\.[^()]*$/, map: ['config_dict.mcpServers'] }],
  attaches: [
    { symbols: ['add_tool', 'add_tools'], as: 'tool', what: [0] },
    { symbols: ['add_single_agent_worker'], as: 'agent', what: [1, 'worker'] },
  ],
  models: (path) =>
    /^camel\.models\.[^()]*ModelFactory\.create$/.test(path) ? { provider: '', id: ['model_type', 1] } : null,
  stores: (path) => (/^camel\.(?:memories|storages)\.[^()]*(?:Memory|Storage)$/.test(path) ? 'memory' : null),
};

export const letta: Framework = {
  id: 'letta',
  title: 'Letta',
  language: 'python',
  roots: /^letta(?:_client)?\./,
  keywords: ['letta'],
  agents: [
    {
      symbols: ['create'],
      written: /(?:^|\.)agents\.create$/,
      from: /^letta_client\.[^()]*(?:Async)?Letta\(\)\.agents\.create$/,
      takes: {
        name: ['name'],
        description: ['description'],
        model: ['model'],
        instructions: ['system'],
        tools: ['tools'],
      },
      settings: ['agent_type', 'embedding', 'include_base_tools', 'tool_ids'],
      builtIn: [
        { name: 'core_memory_append', classes: ['writes', 'changes-own-configuration'] },
        { name: 'core_memory_replace', classes: ['writes', 'changes-own-configuration'] },
        { name: 'archival_memory_insert', classes: ['writes'] },
        { name: 'archival_memory_search', classes: ['reads-private'] },
        { name: 'conversation_search', classes: ['reads-private'] },
      ],
    },
    {
      symbols: ['create_agent'],
      from: /^letta\.[^()]*\(\)\.create_agent$/,
      takes: { name: ['name'], model: ['llm_config.model', 'model'], instructions: ['system'], tools: ['tools'] },
    },
  ],
  tools: [
    {
      symbols: ['create_from_function', 'upsert_from_function', 'create_or_update_tool'],
      kind: 'wrapper',
      function: ['func', 0],
    },
  ],
};

export const browserUse: Framework = {
  id: 'browser-use',
  title: 'browser-use',
  language: 'python',
  roots: /^browser_use\./,
  keywords: ['browser_use'],
  agents: [
    {
      symbols: ['Agent'],
      from: /^browser_use\.[^()]*$/,
      takes: {
        model: ['llm', 1],
        instructions: ['extend_system_message', 'override_system_message', 'task', 0],
        tools: ['tools', 'controller'],
      },
      settings: [
        'sensitive_data',
        'max_actions_per_step',
        'use_vision',
        'allowed_domains',
        'browser_profile.allowed_domains',
      ],
      builtIn: [{ name: 'browser', classes: ['reads-untrusted', 'sends-outside', 'writes'] }],
      subclasses: true,
    },
  ],
  tools: [{ symbols: ['Controller', 'Tools'], from: /^browser_use\.[^()]*$/, kind: 'list', tools: [] }],
  models: (path) => {
    const name = /^browser_use\.(?:llm\.)?(?:[^()]*\.)?Chat(\w+)$/.exec(path)?.[1];
    if (name === undefined) return null;
    return {
      provider: /Azure/.test(name)
        ? 'azure-openai'
        : /BrowserUse/.test(name)
          ? 'browser-use'
          : /Bedrock/.test(name)
            ? 'bedrock'
            : name.toLowerCase(),
    };
  },
};
