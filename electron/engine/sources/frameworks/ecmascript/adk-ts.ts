import type { Framework } from '../framework.ts';

/** Google Agent Development Kit for TypeScript (`@google/adk`). From knowledge of the public package. */

const plain = /^@google\/adk(?:\/[\w/-]+)?\.[^()]*$/;
const hooks = [
  'beforeToolCallback',
  'beforeModelCallback',
  'beforeAgentCallback',
  'afterToolCallback',
  'afterModelCallback',
  'afterAgentCallback',
];

export const adkTs: Framework = {
  id: 'google-adk',
  title: 'Google ADK (TypeScript)',
  language: 'javascript',
  roots: /^@google\/adk(?:[/.]|$)/,
  keywords: ['@google/adk'],
  provider: 'google',
  agents: [
    {
      symbols: ['LlmAgent', 'Agent'],
      from: plain,
      takes: {
        name: ['name'],
        description: ['description'],
        model: ['model'],
        instructions: ['instruction', 'globalInstruction'],
        tools: ['tools'],
        agents: ['subAgents'],
        hooks,
      },
      subclasses: true,
    },
    {
      symbols: ['SequentialAgent', 'ParallelAgent', 'LoopAgent'],
      from: plain,
      takes: { name: ['name'], description: ['description'], agents: ['subAgents'], hooks },
      form: 'team',
    },
    { symbols: ['BaseAgent'], from: plain, takes: { name: ['name'], agents: ['subAgents'] }, subclasses: true },
  ],
  tools: [
    {
      symbols: ['FunctionTool', 'LongRunningFunctionTool'],
      from: plain,
      kind: 'wrapper',
      function: ['execute', 'func'],
      name: ['name'],
      description: ['description'],
      gates: [
        {
          at: ['requireConfirmation'],
          mechanism: 'requireConfirmation',
          values: { true: { grade: 'human-per-call' }, given: { grade: 'human-per-call' } },
        },
      ],
    },
    { symbols: ['AgentTool'], from: plain, kind: 'agent', agent: ['agent'] },
    { symbols: ['BaseTool'], from: plain, kind: 'class', methods: ['runAsync', 'processLlmRequest'] },
    {
      symbols: ['GOOGLE_SEARCH', 'GoogleSearchTool'],
      from: plain,
      kind: 'hosted',
      as: 'google_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    { symbols: ['BuiltInCodeExecutor'], from: plain, kind: 'hosted', as: 'code_execution', classes: ['executes-code'] },
  ],
  servers: [
    {
      symbols: ['MCPToolset'],
      from: plain,
      command: ['serverParams.command', 'command'],
      args: ['serverParams.args', 'args'],
      env: ['serverParams.env', 'env'],
      url: ['url'],
      filter: [1, 'toolFilter'],
    },
  ],
  runners: [{ symbols: ['InMemoryRunner', 'Runner'], from: plain, agent: ['agent'], memory: ['sessionService'] }],
  models: (path) =>
    /^@google\/adk(?:\/[\w/-]+)?\.Gemini$/.test(path) ? { provider: 'google', id: ['model'], key: ['apiKey'] } : null,
  stores: (path) =>
    /^@google\/adk\.\w*SessionService$/.test(path)
      ? 'session'
      : /^@google\/adk\.\w*MemoryService$/.test(path)
        ? 'memory'
        : null,
};
