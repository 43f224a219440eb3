import { csharpDialect } from '../csharp/dialect.ts';
import { csharpEndings, summariseCsharp } from '../csharp/summary.ts';
import { goDialect, goModuleAt } from '../go/dialect.ts';
import { goEndings, summariseGo } from '../go/summary.ts';
import { javaDialect } from '../java/dialect.ts';
import { javaEndings, summariseJava } from '../java/summary.ts';
import type { Dialect } from '../python/dialect.ts';
import { createProject } from '../python/resolve.ts';
import { rustDialect } from '../rust/dialect.ts';
import { rustEndings, summariseRust } from '../rust/summary.ts';
import type { CodeSource, FileInput, ModuleSummary } from '../source.ts';
import type { TypedLanguage } from '../typed-languages/grammars.ts';
import { isDocument, summariseDocument } from './engine/document.ts';
import { linkAgents } from './engine/link.ts';
import { frameworks } from './registry.ts';

/** Agents and MCP servers in C#, Java, Go and Rust code: one parse and one summary of a file. */
function typedSource(language: TypedLanguage, title: string, parts: FrontEnd): CodeSource {
  const own = frameworks.filter((framework) => framework.language === language);
  return {
    kind: 'code',
    id: `${language}/agents`,
    version: 1,
    title: `Agents in ${title} code`,
    product: language,
    productTitle: title,
    extensions: parts.endings,
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
    // Linking asks for files beside the code.
    summarise: async (file) =>
      parts.endings.some((ending) => file.place.endsWith(ending)) ? parts.summarise(file) : summariseDocument(file),
    link: (modules, context) =>
      linkAgents(language, modules, context, (loaded, rootLabel) =>
        createProject(loaded, rootLabel, parts.dialect(modules)),
      ),
  };
}

type FrontEnd = {
  readonly endings: readonly string[];
  readonly summarise: (file: FileInput) => Promise<ModuleSummary>;
  /** `modules` hold the documents that linking asked for as well. */
  readonly dialect: (modules: readonly ModuleSummary[]) => Dialect;
};

export const csharpAgentsSource: CodeSource = typedSource('csharp', 'C#', {
  endings: csharpEndings,
  summarise: summariseCsharp,
  dialect: csharpDialect,
});

export const javaAgentsSource: CodeSource = typedSource('java', 'Java', {
  endings: javaEndings,
  summarise: summariseJava,
  dialect: javaDialect,
});

export const goAgentsSource: CodeSource = typedSource('go', 'Go', {
  endings: goEndings,
  summarise: summariseGo,
  dialect: (modules) =>
    goDialect(
      modules.flatMap(({ place, content }) =>
        place.endsWith('/go.mod') && isDocument(content) ? (goModuleAt(place, content.text) ?? []) : [],
      ),
    ),
});

export const rustAgentsSource: CodeSource = typedSource('rust', 'Rust', {
  endings: rustEndings,
  summarise: summariseRust,
  dialect: rustDialect,
});
