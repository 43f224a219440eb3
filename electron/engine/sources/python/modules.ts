import { isPackedModule, unpackModule } from './packed.ts';
import type { ImportedName } from './summary.ts';
import { type LoadedModule, namesOf } from './scopes.ts';

/**
 * Which file an import means. Python's search path is not known, so the folders above the importing file are tried,
 * nearest first, each also with `src/` below it.
 */
export type ModuleIndex = {
  find(fromPlace: string, imported: Pick<ImportedName, 'level' | 'module'>): LoadedModule | null;
  /** Module below a package: `from package import module`. */
  submodule(of: Pick<ImportedName, 'level' | 'module'>, fromPlace: string, name: string): LoadedModule | null;
  at(place: string): LoadedModule | null;
  /** Places that were looked for and are not loaded. */
  readonly wanted: ReadonlySet<string>;
};

/** What a further file says that an import leads to, as its front end summarised it; null = not there. */
export type ReadContent = (place: string) => unknown;

/** Modules by their places. What `read` gives is added to them: who looks through all modules later finds it there. */
export function moduleReader(
  modules: LoadedModule[],
  read: ReadContent | undefined,
): (place: string) => LoadedModule | null {
  const byPlace = new Map<string, LoadedModule | null>(modules.map((module) => [module.place, module]));
  return (place) => {
    const known = byPlace.get(place);
    if (known !== undefined || read === undefined) return known ?? null;
    const content = read(place);
    const module = isPackedModule(content) ? { place, content: unpackModule(content) } : null;
    byPlace.set(place, module);
    if (module !== null) modules.push(module);
    return module;
  };
}

const maxAncestors = 8;
const maxWanted = 20_000;

export function moduleIndex(modules: LoadedModule[], rootLabel: string, read?: ReadContent): ModuleIndex {
  const at = moduleReader(modules, read);
  const wanted = new Set<string>();
  const found = new Map<string, LoadedModule | null>();

  const want = (place: string): void => {
    if (read === undefined && wanted.size < maxWanted) wanted.add(place);
  };
  const look = (bases: readonly string[], path: string): LoadedModule | null => {
    const missing: string[] = [];
    for (const base of bases) {
      for (const candidate of [`${base}/${path}.py`, `${base}/${path}/__init__.py`]) {
        const module = at(candidate);
        if (module !== null) {
          // A nearer file that has not been read yet would win.
          for (const place of missing) want(place);
          return module;
        }
        missing.push(candidate);
      }
    }
    for (const place of missing) want(place);
    return null;
  };

  const find = (
    fromPlace: string,
    { level, module }: Pick<ImportedName, 'level' | 'module'>,
    below = '',
  ): LoadedModule | null => {
    const dotted = [module, below].filter((part) => part !== '').join('.');
    if (level === 0 && isOutside(dotted)) return null;
    const folder = fromPlace.slice(0, Math.max(0, fromPlace.lastIndexOf('/')));
    const key = `${level}|${folder}|${dotted}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    let result: LoadedModule | null;
    if (level > 0) {
      const base = folder
        .split('/')
        .slice(0, folder.split('/').length - (level - 1))
        .join('/');
      const path = dotted.replaceAll('.', '/');
      const init = `${base}/__init__.py`;
      if (path !== '') result = inRoot(base) ? look([base], path) : null;
      else {
        result = inRoot(base) ? at(init) : null;
        if (result === null) want(init);
      }
    } else result = isLibraryItself(dotted, folder) ? null : look(basesAbove(folder), dotted.replaceAll('.', '/'));
    found.set(key, result);
    return result;
  };
  /** In the repository of a library its name means the library all the same: what it is, is known. */
  const isLibraryItself = (dotted: string, folder: string): boolean => {
    const [top = ''] = dotted.split('.');
    const names = libraryNames.get(top);
    const init = names === undefined ? null : look(basesAbove(folder), top);
    if (names === undefined || init === null) return false;
    const { bindings } = namesOf(init.content.body);
    return names.every((name) => bindings.has(name));
  };
  const inRoot = (folder: string): boolean => folder === rootLabel || folder.startsWith(`${rootLabel}/`);
  const basesAbove = (folder: string): readonly string[] => {
    const bases: string[] = [];
    let above = folder;
    for (let index = 0; index < maxAncestors && inRoot(above); index += 1) {
      bases.push(above, `${above}/src`);
      above = above.slice(0, Math.max(0, above.lastIndexOf('/')));
    }
    return bases;
  };
  return {
    find: (fromPlace, imported) => find(fromPlace, imported),
    submodule: (of, fromPlace, name) => find(fromPlace, of, name),
    at,
    wanted,
  };
}

/** Top-level packages that are never a file of the project: the standard library's usual ones and well-known libraries. */
const outside = new Set(
  `__future__ abc argparse ast asyncio base64 builtins collections concurrent contextlib contextvars copy csv dataclasses datetime decimal difflib email
  enum fnmatch functools getpass glob hashlib hmac html http importlib inspect io itertools json logging math mimetypes multiprocessing operator os
  pathlib pickle platform pprint queue random re secrets shlex shutil signal smtplib socket sqlite3 ssl statistics string struct subprocess sys tempfile
  textwrap threading time traceback types typing typing_extensions unicodedata unittest urllib uuid warnings weakref xml zipfile zoneinfo
  aiohttp anthropic bs4 boto3 botocore chromadb dotenv faiss fastapi flask google httpx IPython jinja2 langchain langchain_anthropic langchain_aws
  langchain_chroma langchain_classic langchain_cohere langchain_community langchain_core langchain_experimental langchain_fireworks langchain_google_genai
  langchain_google_vertexai langchain_groq langchain_huggingface langchain_mcp_adapters langchain_mistralai langchain_ollama langchain_openai
  langchain_pinecone langchain_postgres langchain_qdrant langchain_tavily langchain_text_splitters langgraph langgraph_sdk langgraph_supervisor
  langgraph_swarm langmem langsmith deepagents matplotlib numpy openai pandas playwright psycopg psycopg2 psycopg_pool pydantic pydantic_settings pytest
  redis requests rich scipy selenium sklearn slack_sdk sqlalchemy starlette streamlit stripe tavily tenacity tiktoken torch tqdm transformers twilio uvicorn
  yaml
  agent_framework agno atomic_agents autogen autogen_agentchat autogen_core autogen_ext azure bedrock_agentcore browser_use camel claude_agent_sdk
  composio crewai crewai_tools dspy fastmcp griptape haystack haystack_integrations instructor langroid letta_client litellm llama_index mcp phi
  pydantic_ai pydantic_ai_slim pydantic_graph qdrant_client semantic_kernel smolagents strands strands_tools pinecone weaviate pymilvus`.split(
    /\s+/,
  ),
);

/** Libraries whose name a project may well give to a folder of its own, and what only the library gives out. */
const libraryNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['agents', ['Agent', 'Runner', 'RunContextWrapper', 'ModelSettings', 'function_tool', 'handoff']],
]);

const isOutside = (dotted: string): boolean => outside.has(dotted.split('.')[0] ?? '');
