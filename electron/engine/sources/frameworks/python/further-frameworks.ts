import type { Framework } from '../framework.ts';

/**
 * Further Python frameworks whose agents one table row describes, from knowledge of the packages (2024 to 2026): Swarm,
 * Atomic Agents, Griptape, Langroid, fast-agent, Agency Swarm.
 */

export const swarm: Framework = {
  id: 'swarm',
  title: 'OpenAI Swarm',
  language: 'python',
  roots: /^swarm\./,
  keywords: ['from swarm', 'import swarm'],
  provider: 'openai',
  agents: [
    {
      symbols: ['Agent'],
      from: /^swarm\.[^()]*$/,
      needs: ['instructions', 'functions', 'model'],
      takes: { name: ['name'], model: ['model'], instructions: ['instructions'], tools: ['functions'] },
    },
  ],
  runners: [{ symbols: ['run'], from: /^swarm\.[^()]*Swarm\(\)\.run$/, agent: ['agent', 0] }],
  extra: {
    gather: (context, agent, into) => {
      // A function that returns another agent hands over to it.
      for (const tool of [...into.toolValues].flatMap((one) => context.toolsIn(one.value).tools)) {
        for (const { value } of tool.bodies) {
          const result = context.project.results(value, null, value.scope);
          for (const target of context.agentsIn(result))
            into.agents.push({ agent: target, spot: value.spot, how: `handoff ${tool.name}` });
        }
      }
      if (agent.calls.length === 0) return;
    },
  },
};

export const atomicAgents: Framework = {
  id: 'atomic-agents',
  title: 'Atomic Agents',
  language: 'python',
  roots: /^atomic_agents\./,
  keywords: ['atomic_agents'],
  agents: [
    {
      symbols: ['BaseAgent', 'AtomicAgent'],
      from: /^atomic_agents\.[^()]*$/,
      takes: {
        name: [],
        model: ['config.model', '0.model'],
        instructions: ['config.system_prompt_generator.background', 'config.system_prompt_generator.steps'],
        memory: ['config.memory', 'config.history'],
      },
      subclasses: true,
    },
  ],
  tools: [{ symbols: ['BaseTool'], from: /^atomic_agents\.[^()]*$/, kind: 'class', methods: ['run', 'run_async'] }],
};

export const griptape: Framework = {
  id: 'griptape',
  title: 'Griptape',
  language: 'python',
  roots: /^griptape\./,
  keywords: ['griptape'],
  agents: [
    {
      symbols: ['Agent'],
      from: /^griptape\.structures\.[^()]*$/,
      takes: {
        name: ['id'],
        model: ['prompt_driver'],
        tools: ['tools'],
        instructions: ['rules', 'rulesets', 'input'],
        memory: ['conversation_memory'],
      },
    },
  ],
  tools: [
    { symbols: ['BaseTool'], from: /^griptape\.[^()]*$/, kind: 'toolkit' },
    {
      symbols: ['WebScraperTool', 'WebSearchTool'],
      from: /^griptape\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    { symbols: ['FileManagerTool'], from: /^griptape\.[^()]*$/, kind: 'hosted', classes: ['reads-private', 'writes'] },
    { symbols: ['ComputerTool'], from: /^griptape\.[^()]*$/, kind: 'hosted', classes: ['executes-code'] },
    {
      symbols: ['SqlTool', 'AwsS3Tool', 'AwsIamTool'],
      from: /^griptape\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-private', 'writes'],
    },
    {
      symbols: ['EmailTool'],
      from: /^griptape\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['RestApiTool'],
      from: /^griptape\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside', 'writes'],
    },
    {
      symbols: ['VectorStoreTool', 'RagTool', 'QueryTool'],
      from: /^griptape\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-private'],
    },
    {
      symbols: ['CalculatorTool', 'DateTimeTool', 'PromptSummaryTool', 'TaskMemoryTool'],
      from: /^griptape\.[^()]*$/,
      kind: 'hosted',
      classes: [],
    },
  ],
  models: (path) => {
    const name = /^griptape\.drivers\.[^()]*\b(\w+?)PromptDriver$/.exec(path)?.[1];
    return name === undefined
      ? null
      : {
          provider: /AzureOpenAi/.test(name)
            ? 'azure-openai'
            : /OpenAi/.test(name)
              ? 'openai'
              : /Bedrock/.test(name)
                ? 'bedrock'
                : name.toLowerCase(),
        };
  },
};

export const langroid: Framework = {
  id: 'langroid',
  title: 'Langroid',
  language: 'python',
  roots: /^langroid\./,
  keywords: ['langroid'],
  agents: [
    {
      symbols: [
        'ChatAgent',
        'ToolAgent',
        'DocChatAgent',
        'SQLChatAgent',
        'TableChatAgent',
        'Neo4jChatAgent',
        'OpenAIAssistant',
      ],
      from: /^langroid\.[^()]*$/,
      takes: {
        name: ['config.name', '0.name'],
        model: ['config.llm', '0.llm'],
        instructions: ['config.system_message', '0.system_message'],
      },
      subclasses: true,
    },
  ],
  tools: [{ symbols: ['ToolMessage'], from: /^langroid\.[^()]*$/, kind: 'class', methods: ['handle'] }],
  attaches: [{ symbols: ['enable_message'], as: 'tool', what: [0] }],
  models: (path) =>
    /^langroid\.[^()]*\b(?:OpenAIGPTConfig|AzureConfig)$/.test(path)
      ? { provider: /Azure/.test(path) ? 'azure-openai' : 'openai', id: ['chat_model', 'deployment_name'] }
      : null,
};

export const fastAgent: Framework = {
  id: 'fast-agent',
  title: 'fast-agent',
  language: 'python',
  roots: /^(?:fast_agent|mcp_agent)\./,
  keywords: ['fast_agent', 'mcp_agent'],
  agents: [
    {
      symbols: [
        'agent',
        'custom',
        'orchestrator',
        'router',
        'parallel',
        'chain',
        'evaluator_optimizer',
        'iterative_planner',
      ],
      from: /^(?:fast_agent|mcp_agent)\..*FastAgent\(\)\.\w+$/,
      takes: {
        name: ['name', 0],
        instructions: ['instruction'],
        model: ['model'],
        agents: ['agents', 'sequence', 'fan_out'],
      },
      form: 'entry',
      settings: ['servers', 'human_input'],
    },
    {
      symbols: ['Agent'],
      from: /^mcp_agent\.[^()]*$/,
      takes: { name: ['name', 0], instructions: ['instruction', 1], tools: ['functions'] },
      settings: ['server_names', 'human_input_callback'],
    },
  ],
};

export const agencySwarm: Framework = {
  id: 'agency-swarm',
  title: 'Agency Swarm',
  language: 'python',
  roots: /^agency_swarm\./,
  keywords: ['agency_swarm'],
  provider: 'openai',
  agents: [
    {
      symbols: ['Agent'],
      from: /^agency_swarm\.[^()]*$/,
      takes: {
        name: ['name'],
        description: ['description'],
        instructions: ['instructions'],
        model: ['model'],
        tools: ['tools'],
        servers: ['mcp_servers'],
      },
      subclasses: true,
    },
  ],
  tools: [
    { symbols: ['BaseTool'], from: /^agency_swarm\.[^()]*$/, kind: 'class', methods: ['run'] },
    { symbols: ['function_tool'], from: /^agency_swarm\.[^()]*$/, kind: 'decorator', name: ['name_override'] },
    {
      symbols: ['CodeInterpreter'],
      from: /^agency_swarm\.[^()]*$/,
      kind: 'hosted',
      as: 'code_interpreter',
      classes: ['executes-code'],
    },
    {
      symbols: ['FileSearch'],
      from: /^agency_swarm\.[^()]*$/,
      kind: 'hosted',
      as: 'file_search',
      classes: ['reads-private'],
    },
  ],
};
