import { readyMadeCapabilities } from './known.ts';
import type { ToolFound } from './tools.ts';

/** Names under which some ready-made tools present themselves to the model. */
const libraryNames: ReadonlyMap<string, string> = new Map([
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

export const libraryToolName = (symbol: string): string => libraryNames.get(symbol) ?? symbol;

/** Names of `load_tools` by the ready-made tool behind them. */
export const loadedTools: ReadonlyMap<string, string> = new Map([
  ['serpapi', 'SerpAPIWrapper'],
  ['google-search', 'GoogleSearchRun'],
  ['google-serper', 'GoogleSerperRun'],
  ['ddg-search', 'DuckDuckGoSearchRun'],
  ['wikipedia', 'WikipediaQueryRun'],
  ['arxiv', 'ArxivQueryRun'],
  ['terminal', 'ShellTool'],
  ['python_repl', 'PythonREPLTool'],
  ['requests_all', 'RequestsToolkit'],
  ['requests_get', 'RequestsGetTool'],
  ['human', 'HumanInputRun'],
]);

/** Capability classes of a tool whose body is not in the project; null where they are not known. */
export function libraryCapabilities(tool: ToolFound): ReturnType<typeof readyMadeCapabilities> {
  if (tool.form === 'retriever') return ['reads-private'];
  if (tool.form === 'agent' || tool.form === 'handoff') return ['delegates'];
  if (tool.form === 'hosted')
    return hosted.find(([pattern]) => pattern.test(`${tool.library ?? ''} ${tool.name}`))?.[1] ?? null;
  const symbols = (tool.library ?? '').split('.').filter((part) => part !== '');
  for (const symbol of symbols.reverse()) {
    const known = readyMadeCapabilities(symbol);
    if (known !== null) return known;
  }
  return null;
}

const hosted: readonly (readonly [RegExp, NonNullable<ReturnType<typeof readyMadeCapabilities>>])[] = [
  [/web_search|google_search|web_fetch|x_search|url_context/, ['reads-untrusted', 'sends-outside']],
  [/code_interpreter|code_execution|bash|shell/, ['executes-code']],
  [/computer/, ['reads-untrusted', 'sends-outside', 'writes', 'executes-code']],
  [/text_editor|apply_patch/, ['reads-private', 'writes']],
  [/file_search|memory/, ['reads-private']],
  [/mcp/, ['reads-untrusted', 'sends-outside']],
];
