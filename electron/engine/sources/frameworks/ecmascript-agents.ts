import { ecmascriptDialect } from '../ecmascript/dialect.ts';
import { loadEcmascriptParsers } from '../ecmascript/parser.ts';
import { isProjectFile } from '../ecmascript/project-files.ts';
import { ecmascriptEndings, summariseEcmascript } from '../ecmascript/summary.ts';
import { createProject } from '../python/resolve.ts';
import type { CodeSource, FileInput, Linked, LinkContext, ModuleSummary } from '../source.ts';
import { summariseDocument } from './engine/document.ts';
import { linkAgents } from './engine/link.ts';
import { mastraRegistries } from './ecmascript/mastra.ts';
import { frameworks } from './registry.ts';

const own = frameworks.filter((framework) => framework.language === 'javascript');

/** Agents that TypeScript and JavaScript code builds: one parse and one summary of a file, whatever the number of frameworks. */
export const ecmascriptAgentsSource: CodeSource = {
  kind: 'code',
  id: 'javascript/agents',
  version: 1,
  title: 'Agents in TypeScript and JavaScript code',
  product: 'javascript',
  productTitle: 'JavaScript',
  extensions: ecmascriptEndings,
  keywords: [...new Set(own.flatMap((framework) => framework.keywords))],
  emits: [
    'agent',
    'model',
    'prompt',
    'tool',
    'mcp-server',
    'credential',
    'data-store',
    'external-service',
    'approval-gate',
    'guardrail',
  ],
  summarise,
  link,
};

/** What a table speaks of stays what the table says, also in the framework's own repository. */
const isOfFramework = (specifier: string): boolean =>
  !/^[.@~#]\//.test(specifier) && own.some((framework) => framework.roots.test(`${specifier}.x`));

async function summarise(file: FileInput): Promise<ModuleSummary> {
  // Linking asks for files beside the code: some say which file an import means, others are a framework's own.
  const code = ecmascriptEndings.some((ending) => file.place.endsWith(ending));
  if (!code && !/(?:^|\/)(?:package|[jt]sconfig(?:\.[\w-]+)?)\.json$/.test(file.place)) return summariseDocument(file);
  return summariseEcmascript(await loadEcmascriptParsers(), file);
}

function link(modules: readonly ModuleSummary[], context: LinkContext): Linked {
  const files = modules.flatMap(({ place, content }) => (isProjectFile(content) ? [{ place, content }] : []));
  const dialect = ecmascriptDialect(files, isOfFramework, mastraRegistries);
  return linkAgents('javascript', modules, context, (loaded, rootLabel, read) =>
    createProject(loaded, rootLabel, dialect, read),
  );
}
