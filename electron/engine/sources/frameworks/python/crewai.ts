import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type { Framework, Takes } from '../framework.ts';
import { crewFiles } from './crewai-files.ts';

/** CrewAI (`crewai`, `crewai_tools`), from knowledge of versions 0.28 to 1.x. */

const root = /^crewai(?:_tools)?\.[^()]*$/;
const takes: Takes = {
  name: ['role'],
  instructions: ['role', 'goal', 'backstory', 'system_template', 'prompt_template'],
  model: ['llm'],
  tools: ['tools'],
  servers: ['mcps'],
  knowledge: ['knowledge_sources'],
  guardrails: ['guardrail', 'guardrails'],
  hooks: ['step_callback'],
};
const flags = [
  'allow_delegation',
  'allow_code_execution',
  'code_execution_mode',
  'max_iter',
  'max_rpm',
  'max_execution_time',
  'verbose',
  'memory',
  'process',
];

const kits: readonly (readonly [RegExp, readonly CapabilityClass[]])[] = [
  [
    /^(?:SerperDev|BraveSearch|EXASearch|Exa\w*|Tavily\w*|Linkup\w*|SerpApi\w*|SerplyWeb\w*|Serply\w*|ScrapeWebsite|ScrapeElementFromWebsite|Firecrawl\w*|Spider|Jina\w*|WebsiteSearch|YoutubeVideoSearch|YoutubeChannelSearch|CodeDocsSearch|SeleniumScraping|ScrapflyScrapeWebsite|Scrapegraph\w*|Oxylabs\w*|BrightData\w*|ApifyActors|Hyperbrowser\w*|ParallelSearch|Arxiv\w*)Tool$/,
    ['reads-untrusted', 'sends-outside'],
  ],
  [/^(?:BrowserbaseLoad|MultiOn|Stagehand\w*|Browserbase\w*)Tool$/, ['reads-untrusted', 'sends-outside', 'writes']],
  [
    /^(?:FileRead|DirectoryRead|DirectorySearch|PDFSearch|TXTSearch|DOCXSearch|CSVSearch|JSONSearch|XMLSearch|MDXSearch|Rag|LlamaIndex|QdrantVectorSearch|WeaviateVectorSearch|MongoDBVectorSearch|PGSearch|MySQLSearch|SingleStoreSearch|S3Reader|Bedrock\w*Retriever|SnowflakeSearch|Vision|OCR|CouchbaseFTSVectorSearch)Tool$/,
    ['reads-private'],
  ],
  [/^(?:FileWriter|S3Writer|PDFTextWriting|FileCompressor)Tool$/, ['writes']],
  [/^(?:NL2SQL|DatabricksQuery)Tool$/, ['reads-private', 'writes', 'deletes']],
  [/^(?:CodeInterpreter|E2B\w*|Daytona\w*|Bash|ShellExecution)Tool$/, ['executes-code']],
  [/^(?:GithubSearch)Tool$/, ['reads-untrusted', 'reads-private']],
  [
    /^(?:Composio|ZapierActions|EnterpriseAction|AIMind|InvokeCrewAIAutomation)\w*$/,
    ['reads-untrusted', 'sends-outside', 'writes'],
  ],
  [/^(?:DallE|Sleep)Tool$/, []],
];

export const crewai: Framework = {
  id: 'crewai',
  title: 'CrewAI',
  language: 'python',
  roots: /^crewai(?:_tools)?\./,
  keywords: ['crewai'],
  provider: 'openai',
  agents: [
    {
      symbols: ['Agent', 'LiteAgent'],
      from: root,
      takes,
      subclasses: true,
      settings: flags,
      builtIn: [{ name: 'code_execution', classes: ['executes-code'], when: ['allow_code_execution'] }],
    },
  ],
  tools: [
    { symbols: ['tool'], from: root, kind: 'decorator', name: [0] },
    { symbols: ['BaseTool', 'Tool'], from: root, kind: 'class', methods: ['_run', '_arun'] },
    {
      symbols: ['Tool', 'from_langchain'],
      from: root,
      kind: 'wrapper',
      function: ['func', 0],
      name: ['name'],
      description: ['description'],
    },
  ],
  servers: [
    {
      symbols: ['MCPServerAdapter'],
      from: root,
      command: ['serverparams.command', 'server_params.command'],
      args: ['serverparams.args'],
      url: ['serverparams.url'],
      headers: ['serverparams.headers'],
    },
    {
      symbols: ['MCPServerStdio', 'MCPServerHTTP', 'MCPServerSSE'],
      from: root,
      command: ['command'],
      args: ['args'],
      env: ['env'],
      url: ['url'],
      headers: ['headers'],
    },
  ],
  models: (path) => (/^crewai\.[^()]*\bLLM$/.test(path) ? { provider: '', id: [0, 'model'] } : null),
  stores: (path) =>
    /^crewai\.[^()]*(?:KnowledgeSource|CrewDoclingSource)$/.test(path)
      ? 'files'
      : /^crewai\.(?:memory|utilities\.\w*memory)[^()]*(?:Memory|Storage)$/.test(path)
        ? 'memory'
        : null,
  readyMade: (path) => {
    const name = /^crewai_tools\.(?:.*\.)?(\w+)$/.exec(path)?.[1];
    return name === undefined ? null : (kits.find(([pattern]) => pattern.test(name))?.[1] ?? null);
  },
  extra: crewFiles(() => crewai),
};
