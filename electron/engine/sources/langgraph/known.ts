import type { CapabilityClass } from '../../../../shared/kinds.ts';

/**
 * What names of the LangChain family mean. Everything is keyed on the package a name was imported from plus the name,
 * never on the name alone. From the frameworks table of 2026-11 (knowledge of the public packages, LangChain 0.1 to 1.x,
 * LangGraph 0.1 to 1.x).
 */

/** Packages whose names count here: the family itself and its partner packages. */
const family = /^(?:langchain|langgraph|deepagents|langmem)(?:_[a-z0-9_]+)?$/;

export type Origin = { readonly root: string; readonly symbol: string };

/** Package and last name of a dotted path that belongs to the family; null for everything else. */
export function originOf(path: string): Origin | null {
  const root = path.slice(0, Math.max(0, path.indexOf('.')));
  return family.test(root) ? { root, symbol: path.slice(path.lastIndexOf('.') + 1) } : null;
}

/** How an agent constructor takes its arguments: positions of what matters, by keyword names that have been in use. */
export type Constructor = {
  readonly roots: RegExp;
  readonly order: readonly ('model' | 'tools' | 'prompt' | 'agents' | 'agent' | 'ignored')[];
  /** The runnable alone does nothing until an executor runs it: joined with the executor that takes it. */
  readonly runnable?: true;
  /** Tools that the constructor brings along. */
  readonly builtIn?: readonly string[];
};

const classic = /^langchain(?:_classic|_community|_experimental|_core|_cohere)?$/;
const runnable: Constructor = { roots: classic, order: ['model', 'tools', 'prompt'], runnable: true };

export const agentConstructors: ReadonlyMap<string, readonly Constructor[]> = new Map<string, readonly Constructor[]>([
  ['create_react_agent', [{ roots: /^langgraph$/, order: ['model', 'tools'] }, runnable]],
  ['chat_agent_executor', []],
  ['create_tool_calling_executor', [{ roots: /^langgraph$/, order: ['model', 'tools'] }]],
  ['create_function_calling_executor', [{ roots: /^langgraph$/, order: ['model', 'tools'] }]],
  ['create_agent', [{ roots: /^langchain$/, order: ['model', 'tools'] }]],
  ['create_deep_agent', [{ roots: /^deepagents$/, order: [], builtIn: deepTools() }]],
  ['async_create_deep_agent', [{ roots: /^deepagents$/, order: [], builtIn: deepTools() }]],
  ['create_supervisor', [{ roots: /^langgraph_supervisor$/, order: ['agents'] }]],
  ['create_swarm', [{ roots: /^langgraph_swarm$/, order: ['agents'] }]],
  ['initialize_agent', [{ roots: classic, order: ['tools', 'model'] }]],
  ['AgentExecutor', [{ roots: classic, order: ['agent', 'tools'] }]],
  ['from_agent_and_tools', [{ roots: classic, order: ['agent', 'tools'] }]],
  ['create_sql_agent', [{ roots: classic, order: ['model', 'tools'], builtIn: ['SQLDatabaseToolkit'] }]],
  ['create_pandas_dataframe_agent', [{ roots: classic, order: ['model'], builtIn: ['PythonAstREPLTool'] }]],
  ['create_csv_agent', [{ roots: classic, order: ['model'], builtIn: ['PythonAstREPLTool'] }]],
  ['create_python_agent', [{ roots: classic, order: ['model', 'tools'], builtIn: ['PythonREPLTool'] }]],
  ['create_spark_dataframe_agent', [{ roots: classic, order: ['model'], builtIn: ['PythonAstREPLTool'] }]],
  ['create_json_agent', [{ roots: classic, order: ['model', 'tools'] }]],
  ['create_openapi_agent', [{ roots: classic, order: ['model', 'tools'], builtIn: ['RequestsToolkit'] }]],
  ['create_conversational_retrieval_agent', [{ roots: classic, order: ['model', 'tools'] }]],
  ['create_tool_calling_agent', [runnable]],
  ['create_openai_functions_agent', [runnable]],
  ['create_openai_tools_agent', [runnable]],
  ['create_structured_chat_agent', [runnable]],
  ['create_json_chat_agent', [runnable]],
  ['create_xml_agent', [runnable]],
  ['create_self_ask_with_search_agent', [runnable]],
  ['create_cohere_react_agent', [runnable]],
]);

function deepTools(): readonly string[] {
  return ['write_todos', 'ls', 'read_file', 'write_file', 'edit_file', 'task'];
}

export const graphBuilders = new Set(['StateGraph', 'MessageGraph', 'Graph']);

/** Methods that hand the same runnable on, changed a little. */
export const wrappers = new Set([
  'bind',
  'bind_tools',
  'bind_functions',
  'with_structured_output',
  'with_config',
  'with_retry',
  'with_fallbacks',
  'with_types',
  'with_listeners',
  'configurable_fields',
  'configurable_alternatives',
  'assign',
  'pick',
  'pipe',
  'map',
]);

/** Provider by partner package; names as in `init_chat_model`, made equal below. */
const providersByPackage: ReadonlyMap<string, string> = new Map([
  ['langchain_openai', 'openai'],
  ['langchain_anthropic', 'anthropic'],
  ['langchain_google_genai', 'google'],
  ['langchain_google_vertexai', 'google-vertexai'],
  ['langchain_aws', 'bedrock'],
  ['langchain_azure_ai', 'azure-ai'],
  ['langchain_groq', 'groq'],
  ['langchain_mistralai', 'mistral'],
  ['langchain_cohere', 'cohere'],
  ['langchain_fireworks', 'fireworks'],
  ['langchain_together', 'together'],
  ['langchain_ollama', 'ollama'],
  ['langchain_huggingface', 'huggingface'],
  ['langchain_nvidia_ai_endpoints', 'nvidia'],
  ['langchain_ibm', 'ibm'],
  ['langchain_deepseek', 'deepseek'],
  ['langchain_xai', 'xai'],
  ['langchain_perplexity', 'perplexity'],
  ['langchain_openrouter', 'openrouter'],
  ['langchain_cerebras', 'cerebras'],
  ['langchain_sambanova', 'sambanova'],
  ['langchain_litellm', 'litellm'],
  ['langchain_databricks', 'databricks'],
]);

const providersByName: readonly (readonly [RegExp, string])[] = [
  [/azure.*openai|openai.*azure/i, 'azure-openai'],
  [/anthropic.*vertex/i, 'google-vertexai'],
  [/openrouter/i, 'openrouter'],
  [/openai/i, 'openai'],
  [/anthropic|^claude/i, 'anthropic'],
  [/vertex/i, 'google-vertexai'],
  [/google|gemini|palm/i, 'google'],
  [/bedrock/i, 'bedrock'],
  [/ollama/i, 'ollama'],
  [/groq/i, 'groq'],
  [/mistral/i, 'mistral'],
  [/cohere/i, 'cohere'],
  [/fireworks/i, 'fireworks'],
  [/together/i, 'together'],
  [/huggingface/i, 'huggingface'],
  [/litellm/i, 'litellm'],
  [/deepseek/i, 'deepseek'],
  [/xai|grok/i, 'xai'],
  [/tongyi|qwen/i, 'alibaba'],
  [/perplexity/i, 'perplexity'],
  [/databricks/i, 'databricks'],
  [/nvidia/i, 'nvidia'],
  [/watsonx|ibm/i, 'ibm'],
  [/zhipu/i, 'zhipu'],
  [/moonshot|kimi/i, 'moonshot'],
  [/llamacpp|llama_cpp/i, 'llama-cpp'],
];

const notModels =
  /^Chat(?:PromptTemplate|PromptValue|MessagePromptTemplate|MessageHistory|Message|Generation|Result|Agent|Session|Request|Response|History|MessageChunk|GenerationChunk|State|OpenAICallbackHandler)/;

/** Provider of a chat model or LLM class; null when the name is none. `''` for `init_chat_model`, whose arguments say it. */
export function modelProvider({ root, symbol }: Origin): string | null {
  if (symbol === 'init_chat_model' || symbol === 'load_chat_model' || symbol === 'init_embeddings')
    return root === 'langchain' || root === 'langchain_classic' ? '' : null;
  if (!isModelClass(root, symbol)) return null;
  const named = providersByName.find(([pattern]) => pattern.test(symbol))?.[1];
  return named ?? providersByPackage.get(root) ?? 'unknown';
}

function isModelClass(root: string, symbol: string): boolean {
  if (notModels.test(symbol)) return false;
  if (
    !/^(?:langchain|langchain_[a-z0-9_]+)$/.test(root) ||
    root === 'langchain_core' ||
    root === 'langchain_mcp_adapters'
  )
    return false;
  if (/^(?:Azure|Nvidia|Fake)?Chat[A-Z]\w*$/.test(symbol) || /^AzureAIChatCompletionsModel$/.test(symbol)) return true;
  return (
    /^(?:Azure|Base)?(?:OpenAI|Anthropic|Ollama|OllamaLLM|VertexAI|GoogleGenerativeAI|Bedrock|BedrockLLM|HuggingFacePipeline|HuggingFaceHub|HuggingFaceEndpoint|LlamaCpp|Cohere|Together|Fireworks|GPT4All|Replicate|WatsonxLLM|CTransformers|VLLM|MistralAI)$/.test(
      symbol,
    ) || /\w+Embeddings$/.test(symbol)
  );
}

export const isEmbedding = (symbol: string): boolean => /Embeddings?$/.test(symbol) || symbol === 'init_embeddings';

const providerAliases: ReadonlyMap<string, string> = new Map([
  ['azure_openai', 'azure-openai'],
  ['azure_ai', 'azure-ai'],
  ['google_genai', 'google'],
  ['google_vertexai', 'google-vertexai'],
  ['google_anthropic_vertex', 'google-vertexai'],
  ['bedrock_converse', 'bedrock'],
  ['mistralai', 'mistral'],
]);
export const providerNamed = (name: string): string => providerAliases.get(name) ?? name.replaceAll('_', '-');

/** Provider that `init_chat_model` infers from a bare model id. */
export function providerOfId(id: string): string {
  if (/^(?:gpt-|o[134](?:-|$)|chatgpt)/.test(id)) return 'openai';
  if (/^claude/.test(id)) return 'anthropic';
  if (/^gemini/.test(id)) return 'google';
  if (/^(?:amazon|anthropic|meta|us\.|eu\.)\S*\./.test(id)) return 'bedrock';
  if (/^(?:mistral|mixtral|codestral)/.test(id)) return 'mistral';
  if (/^command/.test(id)) return 'cohere';
  if (/^deepseek/.test(id)) return 'deepseek';
  if (/^grok/.test(id)) return 'xai';
  if (/^sonar/.test(id)) return 'perplexity';
  return '';
}

/** Environment variables that the libraries read by themselves when no key is given. */
export const defaultKeys: ReadonlyMap<string, string> = new Map([
  ['openai', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['azure-openai', 'AZURE_OPENAI_API_KEY'],
  ['google', 'GOOGLE_API_KEY'],
  ['groq', 'GROQ_API_KEY'],
  ['mistral', 'MISTRAL_API_KEY'],
  ['cohere', 'COHERE_API_KEY'],
  ['fireworks', 'FIREWORKS_API_KEY'],
  ['together', 'TOGETHER_API_KEY'],
  ['deepseek', 'DEEPSEEK_API_KEY'],
  ['xai', 'XAI_API_KEY'],
  ['perplexity', 'PPLX_API_KEY'],
  ['nvidia', 'NVIDIA_API_KEY'],
  ['tavily', 'TAVILY_API_KEY'],
]);

/** pinned: a dated or numbered version · alias: a word that moves by design · floating: a family name. */
export function channelOf(id: string): 'pinned' | 'floating' | 'alias' {
  if (/latest$/i.test(id) || /^(?:sonnet|opus|haiku|default|auto)$/i.test(id)) return 'alias';
  return /(?:-\d{8}|-\d{4}-\d{2}-\d{2}|@\d{8}|-\d{4}|-00\d|-v\d+:\d+|@sha256:\w+)(?:$|[-:])/.test(id)
    ? 'pinned'
    : 'floating';
}

export type StoreKind = 'vector' | 'checkpoint' | 'memory' | 'database' | 'saas' | 'files' | 'graph-database';

const vectorStores =
  /^(?:Chroma|FAISS|PGVector|PGVectorStore|Pinecone|PineconeVectorStore|PineconeHybridSearchRetriever|Qdrant|QdrantVectorStore|Weaviate|WeaviateVectorStore|Milvus|Zilliz|Redis|RedisVectorStore|LanceDB|ElasticsearchStore|ElasticVectorSearch|OpenSearchVectorSearch|MongoDBAtlasVectorSearch|Neo4jVector|AzureSearch|AzureCosmosDB\w*|InMemoryVectorStore|SKLearnVectorStore|SupabaseVectorStore|DocArray\w*|Annoy|Vectara|Typesense|Cassandra|AstraDBVectorStore|CouchbaseVectorStore|SingleStoreDB|DeepLake|Clickhouse|TiDBVectorStore|UpstashVectorStore|DuckDB|SQLiteVec|USearch|BigQueryVectorStore|VertexAI\w*Search|VertexAISearchRetriever|MatchingEngine|AmazonKnowledgeBasesRetriever|AmazonKendraRetriever|AzureAISearchRetriever|ElasticsearchRetriever|BM25Retriever|ParentDocumentRetriever|DatabricksVectorSearch|OracleVS|SurrealDBStore|ValkeyVectorStore)$/;

/** Data store behind a class or function of the family; null when it is none. */
export function storeKind({ root, symbol }: Origin): StoreKind | null {
  if (vectorStores.test(symbol)) return 'vector';
  if (root === 'langgraph' || root.startsWith('langgraph_')) {
    if (/Saver$/.test(symbol)) return 'checkpoint';
    if (/^(?:InMemory|Postgres|AsyncPostgres|Redis|AsyncRedis|Sqlite|AsyncSqlite|MongoDB)Store$/.test(symbol))
      return 'memory';
  }
  if (symbol === 'SQLDatabase') return 'database';
  if (/^(?:Neo4jGraph|MemgraphGraph|ArangoGraph|NebulaGraph|KuzuGraph|NeptuneGraph)$/.test(symbol))
    return 'graph-database';
  return null;
}

/** Approval and limit middleware of LangChain 1.x; the rest is reported by name. */
export const guardMiddleware = new Set([
  'PIIMiddleware',
  'ModelCallLimitMiddleware',
  'ToolCallLimitMiddleware',
  'OpenAIModerationMiddleware',
  'ToolRetryMiddleware',
]);

type Known = readonly CapabilityClass[];

/** What ready-made tools and toolkits do, by class or function name. */
const readyMade: readonly (readonly [RegExp, Known])[] = [
  [
    /^(?:Tavily\w*|DuckDuckGo\w*|GoogleSearch\w*|GoogleSerper\w*|SerpAPI\w*|Serp\w*|Brave\w*|Bing\w*|Exa\w*|SearxSearch\w*|YouSearch\w*|MetaphorSearch\w*|JinaSearch|SearchApi\w*|Perplexity\w*|LinkupSearch\w*|Firecrawl\w*|Scrape\w*|BrightData\w*|WebSearch\w*)$/,
    ['reads-untrusted', 'sends-outside'],
  ],
  [
    /^(?:Wikipedia\w*|Arxiv\w*|PubMed\w*|Pubmed\w*|StackExchange\w*|Reddit\w*|YouTubeSearchTool|YahooFinanceNewsTool|GoogleScholar\w*|GoogleTrends\w*|SemanticScholar\w*|HackerNews\w*|OpenWeatherMap\w*|WolframAlpha\w*|Polygon\w*|Wikidata\w*|NasaToolkit)$/,
    ['reads-untrusted', 'sends-outside'],
  ],
  [
    /^(?:ShellTool|BashTool|BashProcess|PythonREPL|PythonREPLTool|PythonAstREPLTool|E2BDataAnalysisTool|BearlyInterpreterTool|RizaCode\w*|SessionsPythonREPLTool|DaytonaSandbox\w*|PyodideSandboxTool|terminal|python_repl)$/,
    ['executes-code'],
  ],
  [/^(?:FileManagementToolkit)$/, ['reads-private', 'writes', 'deletes']],
  [/^(?:ReadFileTool|ListDirectoryTool|FileSearchTool|read_file|ls)$/, ['reads-private']],
  [/^(?:WriteFileTool|CopyFileTool|write_file|edit_file|write_todos)$/, ['writes']],
  [/^(?:MoveFileTool)$/, ['writes', 'deletes']],
  [/^(?:DeleteFileTool)$/, ['deletes']],
  [/^(?:RequestsGetTool|requests_get)$/, ['reads-untrusted', 'sends-outside']],
  [
    /^(?:RequestsToolkit|RequestsPostTool|RequestsPutTool|RequestsPatchTool|RequestsDeleteTool|OpenAPIToolkit|requests_all|requests_post)$/,
    ['reads-untrusted', 'sends-outside', 'writes'],
  ],
  [/^(?:SQLDatabaseToolkit|QuerySQLDataBaseTool|QuerySQLDatabaseTool)$/, ['reads-private', 'writes', 'deletes']],
  [/^(?:InfoSQLDatabaseTool|ListSQLDatabaseTool|SparkSQLToolkit)$/, ['reads-private']],
  [
    /^(?:GmailToolkit|O365Toolkit|SlackToolkit|GmailSendMessage|GmailCreateDraft)$/,
    ['reads-untrusted', 'reads-private', 'sends-outside', 'writes'],
  ],
  [
    /^(?:GitHubToolkit|GithubToolkit|GitLabToolkit|JiraToolkit|ClickupToolkit)$/,
    ['reads-untrusted', 'reads-private', 'writes', 'sends-outside'],
  ],
  [/^(?:Gmail(?:Search|GetMessage|GetThread)|SlackGet\w*)$/, ['reads-untrusted', 'reads-private']],
  [
    /^(?:SlackSendMessage|SlackScheduleMessage|ZapierNLA\w*|ZapierToolkit|TwilioAPIWrapper|DiscordSendMessages)$/,
    ['sends-outside', 'writes'],
  ],
  [
    /^(?:PlayWrightBrowserToolkit|MultiOnToolkit|NavigateTool|AzureBrowser\w*)$/,
    ['reads-untrusted', 'sends-outside', 'writes'],
  ],
  [/^(?:GoogleDrive\w*|Office365\w*|CalendarToolkit|GoogleCalendar\w*)$/, ['reads-private']],
  [/^(?:create_retriever_tool|VectorStoreQATool|VectorStoreToolkit)$/, ['reads-private']],
  [/^(?:create_manage_memory_tool)$/, ['writes']],
  [/^(?:create_search_memory_tool)$/, ['reads-private']],
  [/^(?:create_handoff_tool|task)$/, ['delegates']],
  [/^(?:HumanInputRun)$/, []],
];

export function readyMadeCapabilities(symbol: string): Known | null {
  return readyMade.find(([pattern]) => pattern.test(symbol))?.[1] ?? null;
}
