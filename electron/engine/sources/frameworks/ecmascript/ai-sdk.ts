import type { AgentRule, Framework, GateRule, ModelRule, Takes } from '../framework.ts';

/**
 * Vercel AI SDK (`ai` 3 to 6, `@ai-sdk/*`). A call of `generateText` is an agent only where it may take several steps;
 * from knowledge of the public packages.
 */

const root =
  /^(?:ai|@ai-sdk\/[\w-]+|@openrouter\/ai-sdk-provider|ollama-ai-provider(?:-v2)?|workers-ai-provider)(?:[/.]|$)/;
const ai = /^ai(?:\/[\w/-]+)?\.[^()]*$/;

const takes: Takes = {
  name: ['id', 'name'],
  model: ['model'],
  instructions: ['instructions', 'system'],
  tools: ['tools'],
};
const settings = ['stopWhen', 'maxSteps', 'toolChoice', 'activeTools'];

const needsApproval: GateRule = {
  at: ['needsApproval'],
  mechanism: 'needsApproval',
  values: { true: { grade: 'human-per-call' }, given: { grade: 'human-per-call' } },
};

const agents: readonly AgentRule[] = [
  {
    symbols: ['ToolLoopAgent', 'Experimental_Agent', 'Agent', 'DurableAgent'],
    from: /^(?:ai|@workflow\/ai)(?:\/[\w/-]+)?\.[^()]*$/,
    takes,
    settings,
    subclasses: true,
  },
  {
    symbols: ['generateText', 'streamText', 'streamUI'],
    from: ai,
    takes,
    settings,
    needs: ['stopWhen', 'maxSteps', 'prepareStep', 'maxToolRoundtrips', 'maxAutomaticRoundtrips'],
    immediate: true,
  },
];

const providers: ReadonlyMap<string, string> = new Map([
  ['azure', 'azure-openai'],
  ['google-vertex', 'google-vertexai'],
  ['amazon-bedrock', 'bedrock'],
  ['togetherai', 'together'],
  ['openai-compatible', 'unknown'],
]);

/** The gateway has a key of its own, whoever provides the model ("AI Gateway provider", documentation of AI SDK 6). */
const gatewayKey = 'AI_GATEWAY_API_KEY';

function models(path: string): ModelRule | null {
  const gateway = /^(?:ai|@ai-sdk\/gateway)\.(?:gateway|createGateway\(\))(?:\.(?:languageModel))?$/.exec(path);
  if (gateway !== null) return { provider: '', id: [0], readsKey: gatewayKey };
  const match =
    /^(?:@ai-sdk\/([\w-]+)(?:\/[\w/-]+)?|@(openrouter)\/ai-sdk-provider|(ollama)-ai-provider(?:-v2)?)\.(create\w+\(\)|[a-z]\w*)(?:\.(\w+))?$/.exec(
      path,
    );
  if (match === null) return null;
  const [, scoped, openrouter, ollama, maker = '', method = ''] = match;
  const name = scoped ?? openrouter ?? ollama ?? '';
  if (
    /^(?:react|rsc|vue|svelte|angular|solid|ui-utils|provider|provider-utils|mcp|langchain|llamaindex|codemod|devtools)$/.test(
      name,
    )
  )
    return null;
  if (/^create\w+$/.test(maker)) return null;
  if (/^(?:tools|image|imageModel|speech|transcription)$/.test(method)) return null;
  return {
    provider: providers.get(name) ?? name,
    id: [0],
    embedding: /embedding/i.test(method),
    client: [],
  };
}

export const aiSdk: Framework = {
  id: 'ai-sdk',
  title: 'Vercel AI SDK',
  language: 'javascript',
  roots: root,
  keywords: ["'ai'", '"ai"', '@ai-sdk/', "'ai/rsc", '"ai/rsc'],
  agents,
  readsKey: gatewayKey,
  tools: [
    {
      symbols: ['tool', 'dynamicTool'],
      from: ai,
      kind: 'wrapper',
      function: ['execute', 'generate'],
      name: ['name'],
      description: ['description'],
      gates: [needsApproval],
    },
    {
      symbols: [
        'webSearch',
        'webSearchPreview',
        'webSearch_20250305',
        'googleSearch',
        'urlContext',
        'webFetch_20250910',
        'webFetch',
      ],
      from: /^@ai-sdk\/[\w-]+\.\w+\.tools\.\w+$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['fileSearch'],
      from: /^@ai-sdk\/[\w-]+\.\w+\.tools\.\w+$/,
      kind: 'hosted',
      classes: ['reads-private'],
      store: ['vectorStoreIds'],
    },
    {
      symbols: [
        'codeInterpreter',
        'codeExecution',
        'codeExecution_20250522',
        'codeExecution_20250825',
        'bash_20241022',
        'bash_20250124',
        'localShell',
      ],
      from: /^@ai-sdk\/[\w-]+\.\w+\.tools\.\w+$/,
      kind: 'hosted',
      classes: ['executes-code'],
    },
    {
      symbols: ['computer_20241022', 'computer_20250124'],
      from: /^@ai-sdk\/[\w-]+\.\w+\.tools\.\w+$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'writes', 'sends-outside'],
    },
    {
      symbols: ['textEditor_20241022', 'textEditor_20250124', 'textEditor_20250429', 'textEditor_20250728'],
      from: /^@ai-sdk\/[\w-]+\.\w+\.tools\.\w+$/,
      kind: 'hosted',
      classes: ['reads-private', 'writes'],
    },
  ],
  servers: [
    {
      symbols: ['tools', 'listTools'],
      from: /^(?:ai|@ai-sdk\/mcp)\.(?:experimental_)?createMCPClient\(\)\.\w+$/,
      handsOn: true,
    },
    {
      symbols: ['createMCPClient', 'experimental_createMCPClient'],
      from: /^(?:ai|@ai-sdk\/mcp)\.[^()]*$/,
      name: ['name'],
      url: ['transport.url'],
      headers: ['transport.headers'],
      command: ['transport.command'],
      args: ['transport.args'],
      env: ['transport.env'],
    },
  ],
  models,
  silent:
    /^(?:ai|@ai-sdk\/(?:react|ui-utils|provider-utils|provider|rsc))\.(?:stepCountIs|hasToolCall|convertToModelMessages|convertToCoreMessages|createUIMessage\w*|toUIMessageStream\w*|pipe\w+|smoothStream|createIdGenerator|generateId|jsonSchema|asSchema|validateUIMessages|safeValidateUIMessages|cosineSimilarity|createDataStream\w*|appendResponseMessages|simulateReadableStream|wrapLanguageModel|customProvider|extractReasoningMiddleware|tool|dynamicTool)\b/,
};
