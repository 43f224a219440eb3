import { langgraphDeployments } from '../langgraph/deployed.ts';
import { readyMadeCapabilities } from '../engine/ready-made-names.ts';
import type { AgentRule, Framework, ModelRule, StoreKind, Takes, ToolRule } from '../framework.ts';

/**
 * Agents of LangChain.js, LangGraph.js and Deep Agents. From knowledge of the public packages (langchain 0.1 to 1.x,
 * `@langchain/langgraph` 0.1 to 1.x), not from a read document.
 */

const family = /^(?:langchain|@langchain\/[\w-]+|deepagents)(?:[/.]|$)/;
const graph = /^@langchain\/langgraph(?:\/[\w/-]+)?\.[^()]*$/;
const classic = /^(?:langchain|@langchain\/(?:classic|community))(?:\/[\w/-]+)?\.[^()]*$/;

const common = {
  name: ['name', 'supervisorName'],
  description: ['description'],
  middleware: ['middleware'],
  interruptOn: ['interruptOn'],
  hooks: ['preModelHook', 'postModelHook'],
  checkpoints: ['checkpointer', 'checkpointSaver'],
  memory: ['store'],
  pauseBefore: ['interruptBefore'],
  pauseAfter: ['interruptAfter'],
} satisfies Takes;

const takes: Takes = {
  ...common,
  model: ['model', 'llm'],
  tools: ['tools'],
  instructions: [
    'systemPrompt',
    'prompt',
    'stateModifier',
    'messageModifier',
    'instructions',
    'systemMessage',
    'prefix',
  ],
};

const builtIn = (name: string) => ({ name, classes: readyMadeCapabilities(name) ?? [] });

const agents: readonly AgentRule[] = [
  { symbols: ['createAgent'], from: /^langchain(?:\/[\w/-]+)?\.[^()]*$/, takes },
  { symbols: ['createReactAgent'], from: graph, takes, framework: 'langgraph' },
  {
    symbols: ['createDeepAgent'],
    from: /^deepagents\.[^()]*$/,
    takes: { ...takes, described: ['subagents'] },
    framework: 'deepagents',
    builtIn: ['write_todos', 'ls', 'read_file', 'write_file', 'edit_file', 'task'].map(builtIn),
  },
  {
    symbols: ['createSupervisor'],
    from: /^@langchain\/langgraph-supervisor\.[^()]*$/,
    takes: { ...takes, agents: ['agents'] },
    framework: 'langgraph',
    form: 'team',
  },
  {
    symbols: ['createSwarm'],
    from: /^@langchain\/langgraph-swarm\.[^()]*$/,
    takes: { ...takes, agents: ['agents'] },
    framework: 'langgraph',
    form: 'team',
  },
  {
    symbols: [
      'createReactAgent',
      'createToolCallingAgent',
      'createOpenAIFunctionsAgent',
      'createOpenAIToolsAgent',
      'createStructuredChatAgent',
      'createXmlAgent',
      'createJsonChatAgent',
    ],
    from: classic,
    takes,
    form: 'runnable',
  },
  {
    symbols: ['AgentExecutor', 'fromAgentAndTools'],
    from: classic,
    takes: { ...takes, runs: ['agent'] },
    form: 'executor',
  },
  {
    symbols: ['initializeAgentExecutorWithOptions'],
    from: classic,
    takes: { ...takes, tools: [0], model: [1] },
  },
  { symbols: ['entrypoint'], from: graph, takes: common, framework: 'langgraph' },
  {
    symbols: ['createOpenApiAgent', 'createSqlAgent', 'createVectorStoreAgent'],
    from: classic,
    takes: { ...takes, model: [0], tools: [1] },
  },
];

const anyTool = /^(?:langchain|@langchain\/[\w-]+)(?:\/[\w/-]+)?\.[^()]*$/;
const tools: readonly ToolRule[] = [
  { symbols: ['tool'], from: anyTool, kind: 'wrapper', function: [0], name: ['name'], description: ['description'] },
  {
    symbols: ['DynamicStructuredTool', 'DynamicTool'],
    from: anyTool,
    kind: 'wrapper',
    function: ['func'],
    name: ['name'],
    description: ['description'],
  },
  {
    symbols: ['StructuredTool', 'Tool', 'StructuredToolInterface'],
    from: anyTool,
    kind: 'class',
    methods: ['_call', 'invoke', 'call'],
  },
  { symbols: ['ToolNode'], from: anyTool, kind: 'list', tools: [0, 'tools'] },
];

const providers: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google-genai', 'google'],
  ['google-vertexai', 'google-vertexai'],
  ['google-vertexai-web', 'google-vertexai'],
  ['google-gauth', 'google'],
  ['aws', 'bedrock'],
  ['groq', 'groq'],
  ['mistralai', 'mistral'],
  ['cohere', 'cohere'],
  ['ollama', 'ollama'],
  ['deepseek', 'deepseek'],
  ['xai', 'xai'],
  ['cerebras', 'cerebras'],
  ['azure-openai', 'azure-openai'],
]);

const byClass: readonly (readonly [RegExp, string])[] = [
  [/Azure/, 'azure-openai'],
  [/Bedrock/, 'bedrock'],
  [/OpenAI/, 'openai'],
  [/Anthropic/, 'anthropic'],
  [/VertexAI/, 'google-vertexai'],
  [/Google/, 'google'],
  [/Ollama/, 'ollama'],
  [/Fireworks/, 'fireworks'],
  [/Together/, 'together'],
  [/Cloudflare/, 'cloudflare'],
  [/HuggingFace/, 'huggingface'],
  [/LlamaCpp/, 'llama-cpp'],
  [/Perplexity/, 'perplexity'],
];

function models(path: string): ModelRule | null {
  const match = /^(?:langchain|@langchain\/([\w-]+))(?:\/[\w/-]+)?\.([A-Za-z]\w*)$/.exec(path);
  if (match === null) return null;
  const [, scope = '', symbol = ''] = match;
  if (symbol === 'initChatModel') return { provider: '', id: [0, 'model'] };
  const embedding = /\w+Embeddings$/.test(symbol);
  const chat =
    /^(?:Azure)?Chat[A-Z]\w*$/.test(symbol) && !/^Chat(?:Prompt|Message|Generation|Result|Agent|History)/.test(symbol);
  const plain =
    /^(?:Azure)?(?:OpenAI|Ollama|Bedrock|VertexAI|GoogleVertexAI|HuggingFaceInference|Cohere|LlamaCpp|Replicate)$/.test(
      symbol,
    );
  if ((!embedding && !chat && !plain) || scope === 'core') return null;
  const provider = byClass.find(([pattern]) => pattern.test(symbol))?.[1] ?? providers.get(scope) ?? 'unknown';
  return {
    provider,
    id: ['model', 'modelName', 'azureOpenAIApiDeploymentName', 'deploymentName', 'modelId', 0],
    base: ['baseURL', 'baseUrl', 'configuration.baseURL', 'azureOpenAIEndpoint', 'azureOpenAIBasePath', 'endpoint'],
    key: ['apiKey', 'openAIApiKey', 'anthropicApiKey', 'azureOpenAIApiKey', 'configuration.apiKey'],
    embedding,
  };
}

const vector =
  /^(?:Chroma|FaissStore|PGVectorStore|PineconeStore|QdrantVectorStore|WeaviateStore|Milvus|RedisVectorStore|LanceDB|ElasticVectorSearch|OpenSearchVectorStore|MongoDBAtlasVectorSearch|Neo4jVectorStore|AzureAISearchVectorStore|MemoryVectorStore|HNSWLib|SupabaseVectorStore|UpstashVectorStore|CloudflareVectorizeStore|TypeORMVectorStore|PrismaVectorStore|ConvexVectorStore|AstraDBVectorStore|LibSQLVectorStore|AmazonKnowledgeBaseRetriever|AmazonKendraRetriever|TavilySearchAPIRetriever)$/;

function stores(path: string): StoreKind | null {
  if (!family.test(path) || path.includes('()')) return null;
  const symbol = path.slice(path.lastIndexOf('.') + 1);
  if (vector.test(symbol)) return 'vector';
  if (/Saver$/.test(symbol)) return 'checkpoint';
  if (/^(?:InMemory|Postgres|Redis)Store$/.test(symbol)) return 'memory';
  if (/^(?:SqlDatabase)$/.test(symbol)) return 'database';
  return /^(?:Neo4jGraph)$/.test(symbol) ? 'graph-database' : null;
}

export const langchainJs: Framework = {
  id: 'langchain',
  title: 'LangChain.js, LangGraph.js, Deep Agents',
  language: 'javascript',
  roots: family,
  keywords: ['@langchain/', "'langchain", '"langchain', "'deepagents", '"deepagents'],
  agents,
  graphs: [
    {
      symbols: ['StateGraph', 'MessageGraph', 'Graph'],
      from: graph,
      finish: ['compile'],
      nodes: { addNode: { name: [0], action: [1] }, addSequence: { action: [0] } },
      edges: ['addEdge', 'addConditionalEdges'],
      takes: common,
      framework: 'langgraph',
    },
  ],
  tools,
  servers: [
    {
      symbols: ['getTools', 'getClient'],
      from: /^@langchain\/mcp-adapters\.MultiServerMCPClient\(\)\.\w+$/,
      handsOn: true,
    },
    { symbols: ['loadMcpTools'], from: family, handsOn: true },
    { symbols: ['MultiServerMCPClient'], from: /^@langchain\/mcp-adapters\.[^()]*$/, map: ['mcpServers', 0] },
  ],
  guards: [
    {
      symbols: [
        'piiMiddleware',
        'piiRedactionMiddleware',
        'modelCallLimitMiddleware',
        'toolCallLimitMiddleware',
        'openAIModerationMiddleware',
      ],
      from: family,
    },
  ],
  models,
  stores,
  prompts: [
    {
      symbols: ['SystemMessage', 'SystemMessagePromptTemplate', 'fromMessages', 'fromTemplate', 'PromptTemplate'],
      from: /^(?:langchain|@langchain\/core)(?:\/[\w/-]+)?\.[^()]*$/,
      text: [0, 'content', 'template'],
    },
    { symbols: ['pull'], from: /\/hub(?:\/node)?\.pull$/, text: [0], pulled: true },
  ],
  interrupts: [{ symbols: ['interrupt'], from: graph }],
  effects: [
    {
      path: /^(?:langchain|@langchain\/community)\/document_loaders\/web\/[^()]*\(\)\.(?:load|lazyLoad)$/,
      classes: ['reads-untrusted', 'sends-outside'],
      because: 'reads web pages',
      channel: 'http',
    },
    {
      path: /^(?:langchain|@langchain\/community)\/document_loaders\/[^()]*\(\)\.(?:load|lazyLoad)$/,
      classes: ['reads-private'],
      because: 'loads documents',
      channel: 'file-path',
    },
    {
      path: /\.(?:similaritySearch\w*|maxMarginalRelevanceSearch)$|\.asRetriever\(\)\.(?:invoke|getRelevantDocuments|batch)$/,
      classes: ['reads-private'],
      because: 'searches stored documents',
      channel: 'vector',
    },
    {
      path: /\.(?:addDocuments|addVectors)$/,
      classes: ['writes'],
      because: 'adds to stored documents',
      channel: 'vector',
    },
    { path: /SqlDatabase(?:\.\w+)?\(\)\.run$/, classes: [], because: 'runs SQL', channel: 'sql' },
  ],
  silent:
    /^(?:@langchain\/(?:core|langgraph|textsplitters|langgraph-sdk)|langsmith|langchain\/(?:text_splitter|output_parsers|schema))(?:[/.]|$)/,
  readyMade: (path) => {
    const match = /^(?:langchain|@langchain\/[\w-]+)(?:\/[\w/-]+)?\.(\w+)$/.exec(path);
    const symbol = match?.[1];
    if (symbol === undefined) return null;
    if (/^(?:SqlToolkit|QuerySqlTool)$/.test(symbol)) return ['reads-private', 'writes', 'deletes'];
    if (/^(?:WebBrowser|RequestsGetTool|AIPluginTool)$/.test(symbol)) return ['reads-untrusted', 'sends-outside'];
    if (/^(?:RequestsPostTool|OpenApiToolkit)$/.test(symbol)) return ['reads-untrusted', 'sends-outside', 'writes'];
    if (/^(?:Calculator)$/.test(symbol)) return [];
    return readyMadeCapabilities(symbol);
  },
  extra: {
    ...langgraphDeployments,
    gather(context, agent, into) {
      // `entrypoint({ name }, async (input) => ...)`: the function is the agent.
      if (agent.symbol !== 'entrypoint') return;
      for (const { call } of agent.calls) {
        const work = call.call.args[1];
        const value = work === undefined ? null : context.project.evaluate(work, call.scope, call.call.at);
        if (value?.kind === 'function') into.functions.push({ value, scope: null });
      }
    },
  },
};
