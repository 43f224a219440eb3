import type { CapabilityClass } from '../../../../../shared/kinds.ts';

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

/** By the name alone: these names mean the same in every framework that has them. */
export function readyMadeCapabilities(symbol: string): Known | null {
  return readyMade.find(([pattern]) => pattern.test(symbol))?.[1] ?? null;
}
