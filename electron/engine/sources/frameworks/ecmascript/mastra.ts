import type { Registry } from '../../ecmascript/dialect.ts';
import type { Framework } from '../framework.ts';

/** Mastra (`@mastra/core` 0.10 to 1.x). From knowledge of the public packages. */

const core = /^@mastra\/core(?:\/[\w/-]+)?\.[^()]*$/;

/** Tools and workflows get agents from the `Mastra` object, by the keys that it was given them under. */
export const mastraRegistries: readonly Registry[] = [
  { symbol: 'Mastra', from: /^@mastra\/core(?:\/[\w/-]+)?\.Mastra$/, field: 'agents', method: 'getAgent' },
];

export const mastra: Framework = {
  id: 'mastra',
  title: 'Mastra',
  language: 'javascript',
  roots: /^@mastra\/[\w-]+(?:[/.]|$)/,
  keywords: ['@mastra/'],
  agents: [
    {
      symbols: ['Agent'],
      from: core,
      takes: {
        name: ['name', 'id'],
        description: ['description'],
        model: ['model'],
        instructions: ['instructions'],
        tools: ['tools'],
        agents: ['agents'],
        memory: ['memory'],
        guardrails: ['inputProcessors', 'outputProcessors'],
        hooks: ['workflows'],
      },
      gates: [
        {
          at: ['defaultOptions.requireToolApproval', 'defaultStreamOptions.requireToolApproval', 'requireToolApproval'],
          mechanism: 'requireToolApproval',
          values: { true: { grade: 'human-per-call' } },
        },
      ],
      subclasses: true,
    },
    {
      symbols: ['AgentNetwork', 'NewAgentNetwork'],
      from: core,
      takes: {
        name: ['name', 'id'],
        model: ['model'],
        instructions: ['instructions'],
        agents: ['agents'],
        tools: ['tools'],
        memory: ['memory'],
      },
      form: 'team',
    },
  ],
  tools: [
    {
      symbols: ['createTool', 'Tool'],
      from: core,
      kind: 'wrapper',
      function: ['execute'],
      name: ['id', 'name'],
      description: ['description'],
      gates: [{ at: ['requireApproval'], mechanism: 'requireApproval', values: { true: { grade: 'human-per-call' } } }],
    },
    {
      symbols: ['createVectorQueryTool', 'createGraphRAGTool'],
      from: /^@mastra\/rag\.[^()]*$/,
      kind: 'hosted',
      as: 'vector_query',
      classes: ['reads-private'],
      store: ['vectorStoreName'],
    },
  ],
  servers: [
    {
      symbols: ['getTools', 'listTools', 'getToolsets', 'listToolsets'],
      from: /^@mastra\/mcp\.MCP(?:Client|Configuration)\(\)\.\w+$/,
      handsOn: true,
    },
    { symbols: ['MCPClient', 'MCPConfiguration'], from: /^@mastra\/mcp\.[^()]*$/, map: ['servers'] },
  ],
  stores: (path) => {
    const symbol = /^@mastra\/[\w-]+(?:\/[\w/-]+)?\.(\w+)$/.exec(path)?.[1] ?? '';
    if (
      /^(?:PgVector|PineconeVector|QdrantVector|ChromaVector|LibSQLVector|UpstashVector|AstraVector|MongoDBVector|OpenSearchVector|LanceVectorStore|TurbopufferVector|CouchbaseVector|CloudflareVector|ElasticSearchVector)$/.test(
        symbol,
      )
    )
      return 'vector';
    return /^(?:PostgresStore|LibSQLStore|UpstashStore|MongoDBStore|DynamoDBStore|ClickhouseStore|CloudflareStore|MSSQLStore|LanceStorage|D1Store|InMemoryStore)$/.test(
      symbol,
    )
      ? 'memory'
      : null;
  },
  models: (path) =>
    /^@mastra\/core(?:\/[\w/-]+)?\.ModelRouterLanguageModel$/.test(path) ? { provider: '', id: [0] } : null,
  exposers: [
    { symbols: ['registerApiRoute', 'chatRoute'], from: /^@mastra\/(?:core\/server|ai-sdk)\.[^()]*$/, kind: 'http' },
  ],
  silent:
    /^@mastra\/(?:core\/(?:logger|workflows|di|request-context|runtime-context|utils)|loggers|evals|deployer\S*|observability)(?:[/.]|$)/,
};
