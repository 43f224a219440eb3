import type { Framework, Grade, GateRule } from '../framework.ts';

/** OpenAI Agents SDK for TypeScript (`@openai/agents` 0.1 to 0.3). From knowledge of the public package. */

const root = /^@openai\/agents(?:-core|-openai|-realtime)?(?:\/[\w/-]+)?(?:\.|$)/;
const plain = /^@openai\/agents(?:-core|-openai|-realtime)?(?:\/[\w/-]+)?\.[^()]*$/;
const human: { readonly grade: Grade } = { grade: 'human-per-call' };

const needsApproval: GateRule = {
  at: ['needsApproval'],
  mechanism: 'needsApproval',
  values: { true: human, given: human },
};
const requireApproval: GateRule = {
  at: ['requireApproval'],
  mechanism: 'requireApproval',
  values: { always: human, given: human, never: { grade: 'none', why: 'runs without asking' } },
};

export const openaiAgentsJs: Framework = {
  id: 'openai-agents',
  title: 'OpenAI Agents SDK (TypeScript)',
  language: 'javascript',
  roots: root,
  keywords: ['@openai/agents'],
  provider: 'openai',
  agents: [
    {
      symbols: ['Agent', 'RealtimeAgent', 'create'],
      from: /^@openai\/agents(?:-core|-realtime)?(?:\/[\w/-]+)?\.(?:Realtime)?Agent(?:\.create)?$/,
      takes: {
        name: ['name'],
        description: ['handoffDescription'],
        model: ['model'],
        instructions: ['instructions'],
        tools: ['tools'],
        servers: ['mcpServers'],
        handoffs: ['handoffs'],
        guardrails: ['inputGuardrails', 'outputGuardrails'],
      },
      settings: ['toolUseBehavior'],
      subclasses: true,
    },
  ],
  tools: [
    {
      symbols: ['tool'],
      from: plain,
      kind: 'wrapper',
      function: ['execute'],
      name: ['name'],
      description: ['description'],
      gates: [needsApproval],
    },
    { symbols: ['handoff'], from: plain, kind: 'handoff', agent: [0] },
    { symbols: ['asTool'], from: root, kind: 'agent', name: ['toolName'], description: ['toolDescription'] },
    {
      symbols: ['webSearchTool'],
      from: plain,
      kind: 'hosted',
      as: 'web_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['fileSearchTool'],
      from: plain,
      kind: 'hosted',
      as: 'file_search',
      classes: ['reads-private'],
      store: [0],
    },
    {
      symbols: ['computerTool'],
      from: plain,
      kind: 'hosted',
      as: 'computer_use',
      classes: ['reads-untrusted', 'writes', 'sends-outside'],
      gates: [needsApproval],
    },
    {
      symbols: ['codeInterpreterTool'],
      from: plain,
      kind: 'hosted',
      as: 'code_interpreter',
      classes: ['executes-code'],
    },
    {
      symbols: ['shellTool'],
      from: plain,
      kind: 'hosted',
      as: 'shell',
      classes: ['executes-code'],
      gates: [needsApproval],
    },
    {
      symbols: ['applyPatchTool'],
      from: plain,
      kind: 'hosted',
      as: 'apply_patch',
      classes: ['writes', 'deletes'],
      gates: [needsApproval],
    },
    { symbols: ['imageGenerationTool'], from: plain, kind: 'hosted', as: 'image_generation', classes: [] },
  ],
  servers: [
    {
      symbols: ['MCPServerStdio'],
      from: plain,
      name: ['name'],
      command: ['command', 'fullCommand'],
      args: ['args'],
      env: ['env'],
      transport: 'stdio',
      filter: ['toolFilter'],
    },
    {
      symbols: ['MCPServerStreamableHttp'],
      from: plain,
      name: ['name'],
      url: ['url'],
      headers: ['requestInit.headers'],
      transport: 'http',
      filter: ['toolFilter'],
    },
    {
      symbols: ['MCPServerSSE'],
      from: plain,
      name: ['name'],
      url: ['url'],
      headers: ['requestInit.headers'],
      transport: 'sse',
      filter: ['toolFilter'],
    },
    {
      symbols: ['hostedMcpTool'],
      from: plain,
      name: ['serverLabel'],
      url: ['serverUrl', 'connectorId'],
      headers: ['headers'],
      transport: 'http',
      gates: [requireApproval],
      filter: ['allowedTools'],
    },
  ],
  runners: [
    { symbols: ['run'], from: /^@openai\/agents(?:-core)?\.(?:run|Runner\(\)\.run)$/, agent: [0], memory: ['session'] },
    { symbols: ['RealtimeSession'], from: plain, agent: [0] },
  ],
  models: (path) =>
    /^@openai\/agents(?:-openai)?\.OpenAI(?:ChatCompletions|Responses)Model$/.test(path)
      ? { provider: 'openai', id: [1], client: [0] }
      : /^@openai\/agents-extensions(?:\/[\w-]+)?\.aisdk$/.test(path)
        ? { provider: '', client: [0] }
        : null,
  stores: (path) =>
    /^@openai\/agents(?:-core|-openai)?\.(?:MemorySession|OpenAIConversationsSession)$/.test(path) ? 'session' : null,
  silent:
    /^@openai\/agents(?:-core|-openai|-realtime)?\.(?:setDefault\w+|setTracing\w+|withTrace|user|assistant|system|extractAllTextOutput)$/,
};
