import type { Framework, Takes } from '../framework.ts';

/** Semantic Kernel for Python (`semantic_kernel`), from knowledge of versions 1.0 to 1.37. */

const root = /^semantic_kernel\.[^()]*$/;
const takes: Takes = {
  name: ['name'],
  description: ['description'],
  instructions: ['instructions', 'prompt_template_config.template'],
  model: ['service'],
  tools: ['plugins'],
  memory: ['thread'],
};
const orchestration = [
  'SequentialOrchestration',
  'ConcurrentOrchestration',
  'HandoffOrchestration',
  'GroupChatOrchestration',
  'MagenticOrchestration',
];

export const semanticKernel: Framework = {
  id: 'semantic-kernel',
  title: 'Semantic Kernel',
  language: 'python',
  roots: /^semantic_kernel\./,
  keywords: ['semantic_kernel'],
  agents: [
    {
      symbols: [
        'ChatCompletionAgent',
        'OpenAIAssistantAgent',
        'AzureAssistantAgent',
        'AzureAIAgent',
        'OpenAIResponsesAgent',
        'AzureResponsesAgent',
        'BedrockAgent',
        'CopilotStudioAgent',
      ],
      from: root,
      takes,
      settings: ['function_choice_behavior'],
      subclasses: true,
    },
    {
      symbols: orchestration,
      from: root,
      takes: { agents: ['members', 0], handoffs: ['handoffs'], model: ['manager.chat_completion_service'] },
      form: 'team',
    },
    { symbols: ['AgentGroupChat'], from: root, takes: { agents: ['agents', 0] }, form: 'team' },
  ],
  tools: [
    { symbols: ['kernel_function'], from: root, kind: 'decorator', name: ['name'], description: ['description'] },
    { symbols: ['CodeInterpreterTool', 'SessionsPythonTool'], from: root, kind: 'hosted', classes: ['executes-code'] },
    {
      symbols: ['HttpPlugin', 'WebSearchEnginePlugin'],
      from: root,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    { symbols: ['TextMemoryPlugin'], from: root, kind: 'hosted', classes: ['reads-private', 'writes'] },
    { symbols: ['TimePlugin', 'MathPlugin', 'TextPlugin', 'WaitPlugin'], from: root, kind: 'hosted', classes: [] },
  ],
  servers: [
    {
      symbols: ['MCPStdioPlugin'],
      from: root,
      name: ['name'],
      command: ['command'],
      args: ['args'],
      env: ['env'],
      transport: 'stdio',
    },
    {
      symbols: ['MCPSsePlugin', 'MCPStreamableHttpPlugin'],
      from: root,
      name: ['name'],
      url: ['url'],
      headers: ['headers'],
    },
  ],
  models: (path) => {
    const name = /^semantic_kernel\.[^()]*\b(\w+?)(?:ChatCompletion|TextEmbedding|TextCompletion)$/.exec(path)?.[1];
    if (name === undefined) return null;
    const provider =
      /^Azure(?:Chat)?$|AzureOpenAI/.test(name) || name === 'Azure'
        ? 'azure-openai'
        : /AzureAI/.test(name)
          ? 'azure-ai'
          : /OpenAI/.test(name)
            ? 'openai'
            : /Google|Vertex/.test(name)
              ? 'google'
              : name.toLowerCase();
    return { provider, id: ['ai_model_id', 'deployment_name'], embedding: /TextEmbedding$/.test(path) };
  },
  stores: (path) =>
    /^semantic_kernel\.connectors\.memory\.[^()]*\b\w+(?:Store|Collection)$/.test(path) ? 'vector' : null,
  extra: {
    gather: (context, agent, into) => {
      // A kernel that the agent is given carries its services and plugins.
      const { project } = context;
      for (const { call } of agent.calls) {
        const keyword = call.call.keywords.find((one) => one.name === 'kernel');
        if (keyword === undefined) continue;
        const kernel = project.evaluate(keyword.value, call.scope, call.call.at);
        if (kernel.kind !== 'call') continue;
        for (const site of project.calls(new Set(['add_service', 'add_plugin', 'add_plugins', 'add_function']))) {
          const callee = site.call.callee;
          if (callee.kind !== 'attribute') continue;
          const of = project.evaluate(callee.of, site.scope, site.statement.at);
          if (of.kind !== 'call' || of.call.at !== kernel.call.at || of.spot.place !== kernel.spot.place) continue;
          const first =
            site.call.args[0] ??
            site.call.keywords.find((one) => /^(?:plugin|service|plugins)$/.test(one.name ?? ''))?.value;
          if (first === undefined) continue;
          const value = project.evaluate(first, site.scope, site.statement.at);
          if (callee.name === 'add_service')
            for (const model of context.modelsIn(value)) into.models.set(`${model.spot.place}:${model.call.at}`, model);
          else into.toolValues.push({ value });
        }
      }
    },
  },
};
