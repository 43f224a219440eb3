import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import { readyMadeCapabilities } from './ready-made-names.ts';
import type { ToolFound } from './tools.ts';
import { readyMadeClasses } from './vocabulary.ts';

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
  if (tool.classes !== undefined) return tool.classes;
  if (tool.form === 'retriever') return ['reads-private'];
  if (tool.form === 'agent' || tool.form === 'handoff') return ['delegates'];
  if (tool.form === 'hosted')
    return hosted.find(([pattern]) => pattern.test(`${tool.library ?? ''} ${tool.name}`))?.[1] ?? null;
  return classesOfPath(tool.library ?? tool.name);
}

/** What a ready-made tool does, by its path: the tables of the frameworks first, then the names on the way. */
export function classesOfPath(path: string): readonly CapabilityClass[] | null {
  const told = readyMadeClasses(path);
  if (told !== null) return told;
  for (const step of path.split(/[./]/).reverse()) {
    const known = readyMadeCapabilities(step.replace(/\(\)$/, ''));
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
