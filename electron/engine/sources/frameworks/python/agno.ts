import type { AgentRule, Framework, Takes } from '../framework.ts';

/** Agno (`agno`; before it `phi`), from knowledge of versions 1.x and 2.x. */

const root = /^(?:agno|phi)\.[^()]*$/;
const takes: Takes = {
  name: ['name'],
  description: ['role', 'description'],
  instructions: ['instructions', 'description', 'role', 'system_message', 'introduction', 'additional_context', 'goal'],
  model: ['model', 'llm', 'provider'],
  tools: ['tools'],
  memory: ['db', 'storage', 'memory', 'memory_manager'],
  knowledge: ['knowledge', 'knowledge_base'],
  hooks: ['tool_hooks'],
  guardrails: ['pre_hooks', 'post_hooks'],
};
const settings = [
  'add_history_to_context',
  'add_history_to_messages',
  'enable_user_memories',
  'enable_agentic_memory',
  'search_knowledge',
  'update_knowledge',
  'tool_call_limit',
  'reasoning',
  'mode',
];
const rule = (symbols: readonly string[], more: Partial<AgentRule> = {}): AgentRule => ({
  symbols,
  from: root,
  takes,
  settings,
  subclasses: true,
  ...more,
});
const kits: readonly (readonly [
  RegExp,
  readonly ('reads-untrusted' | 'reads-private' | 'sends-outside' | 'writes' | 'deletes' | 'executes-code')[],
])[] = [
  [/^(?:Shell|Python|E2B|Daytona|Docker)Tools$/, ['executes-code']],
  [
    /^(?:DuckDuckGo|GoogleSearch|Tavily|Exa|SerpApi|Serper|Brave\w*|Baidu\w*|Searxng|Linkup|Firecrawl|Crawl4ai|Spider|Newspaper4?k?|Website|HackerNews|Wikipedia|Arxiv|Pubmed|Youtube|YouTube|Reddit|YFinance|OpenBB|JinaReader|Webbrowser|WebBrowser|WebSearch|OxyLabs|Apify|ScrapeGraph|BrightData|Trafilatura)(?:Search)?Tools$/,
    ['reads-untrusted', 'sends-outside'],
  ],
  [/^(?:File|LocalFileSystem|Csv|CSV)(?:System)?Tools$/, ['reads-private', 'writes']],
  [
    /^(?:SQL|Postgres|DuckDb|PandasTools|Neo4j|GoogleBigQuery|Redshift)(?:Tools)?$/,
    ['reads-private', 'writes', 'deletes'],
  ],
  [
    /^(?:Email|Gmail|Resend|Slack|Discord|Telegram|Twilio|WhatsApp|X|AWSSES|Zendesk|Webex)Tools?$/,
    ['reads-untrusted', 'sends-outside', 'writes'],
  ],
  [
    /^(?:Github|Jira|Linear|Confluence|ClickUp|Trello|Todoist|Bitbucket|GoogleSheets|GoogleCalendar|Notion)Tools$/,
    ['reads-untrusted', 'reads-private', 'writes', 'sends-outside'],
  ],
  [/^(?:AWSLambda|Airflow|CustomApi|Api)Tools$/, ['sends-outside', 'writes', 'reads-untrusted']],
  [/^(?:Calculator|Sleep|Reasoning|Thinking|UserControlFlow|Visualization)Tools$/, []],
  [/^(?:Knowledge|Mem0|Zep\w*|Memory)Tools$/, ['reads-private', 'writes']],
  [/^Browserbase\w*$/, ['reads-untrusted', 'sends-outside', 'writes']],
];

export const agno: Framework = {
  id: 'agno',
  title: 'Agno',
  language: 'python',
  roots: /^(?:agno|phi)\./,
  keywords: ['agno', 'from phi.', 'import phi.'],
  agents: [
    rule(['Agent', 'Assistant']),
    rule(['Team'], { takes: { ...takes, agents: ['members'] }, form: 'team' }),
    {
      symbols: ['Workflow'],
      from: root,
      takes: { name: ['name'], description: ['description'], agents: ['steps'], memory: ['db', 'storage'] },
      form: 'team',
      subclasses: true,
    },
  ],
  tools: [
    {
      symbols: ['tool'],
      from: root,
      kind: 'decorator',
      name: ['name'],
      description: ['description'],
      gates: [
        {
          at: ['requires_confirmation'],
          mechanism: 'requires_confirmation',
          values: { true: { grade: 'human-per-call' } },
        },
      ],
    },
    { symbols: ['Toolkit'], from: root, kind: 'toolkit' },
  ],
  servers: [
    {
      symbols: ['MCPTools'],
      from: root,
      command: [0, 'command', 'server_params.command'],
      args: ['server_params.args'],
      url: ['url', 'server_params.url'],
      env: ['env', 'server_params.env'],
      headers: ['server_params.headers'],
      filter: ['include_tools'],
    },
    { symbols: ['MultiMCPTools'], from: root, command: [0, 'commands'], url: ['urls'], env: ['env'] },
  ],
  exposers: [
    {
      symbols: ['AgentOS', 'FastAPIApp', 'Playground', 'SlackAPI', 'WhatsappAPI', 'serve_playground_app'],
      from: root,
      kind: 'http',
      agent: ['agents', 'teams', 'agent', 0],
    },
  ],
  models: (path) => {
    const match = /^(?:agno\.models|phi\.model|phi\.llm)\.([a-z_]+)(?:\.[^()]*)?\.(\w+)$/.exec(path);
    const [, folder = '', name = ''] = match ?? [];
    if (match === null || !/^[A-Z]/.test(name)) {
      const embedder = /^(?:agno\.knowledge\.embedder|agno\.embedder|phi\.embedder)\.(\w+)\.\w+$/.exec(path)?.[1];
      return embedder === undefined ? null : { provider: embedder, id: ['id', 'model', 0], embedding: true };
    }
    if (/^(?:Message|ModelResponse|Model|Metrics)$/.test(name)) return null;
    const provider =
      folder === 'aws'
        ? 'bedrock'
        : folder === 'azure'
          ? 'azure-openai'
          : folder === 'vertexai'
            ? 'google-vertexai'
            : folder.replaceAll('_', '-');
    return { provider, id: ['id', 'model', 0] };
  },
  readyMade: (path) => {
    const name = /^(?:agno|phi)\.tools?\.(?:.*\.)?(\w+)$/.exec(path)?.[1];
    return name === undefined ? null : (kits.find(([pattern]) => pattern.test(name))?.[1] ?? null);
  },
  stores: (path) =>
    /^(?:agno|phi)\.vectordb\.[^()]*\.\w+$/.test(path) && !/SearchType|Distance|HNSW/.test(path)
      ? 'vector'
      : /^(?:agno|phi)\.(?:db|storage|memory)\.[^()]*(?:Db|Storage|Memory)$/.test(path)
        ? 'memory'
        : null,
};
