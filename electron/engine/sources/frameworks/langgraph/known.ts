import type { StoreKind } from '../framework.ts';

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

/** Names under which some ready-made tools present themselves to the model. */
export const libraryNames: ReadonlyMap<string, string> = new Map([
  ['TavilySearch', 'tavily_search'],
  ['TavilySearchResults', 'tavily_search_results_json'],
  ['DuckDuckGoSearchRun', 'duckduckgo_search'],
  ['DuckDuckGoSearchResults', 'duckduckgo_results_json'],
  ['WikipediaQueryRun', 'wikipedia'],
  ['ArxivQueryRun', 'arxiv'],
  ['ShellTool', 'terminal'],
  ['PythonREPLTool', 'Python_REPL'],
  ['PythonAstREPLTool', 'python_repl_ast'],
]);
