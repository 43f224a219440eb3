import { loadPythonParser } from '../python/parser.ts';
import { summarisePython } from '../python/summary.ts';
import type { CodeSource, FileInput, ModuleSummary } from '../source.ts';
import { readDeployFile } from './deploy-file.ts';
import { linkAgents } from './link.ts';

/** Agents that Python code builds with LangChain and LangGraph. */
export const langgraphSource: CodeSource = {
  kind: 'code',
  id: 'langgraph/agents',
  version: 3,
  title: 'Agents in Python code (LangChain, LangGraph)',
  product: 'langgraph',
  productTitle: 'LangGraph',
  extensions: ['.py', '.ipynb'],
  keywords: ['langgraph', 'langchain', 'deepagents'],
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
  link: (modules, context) => linkAgents(modules, context),
};

async function summarise(file: FileInput): Promise<ModuleSummary> {
  // Linking asks for the deployment file beside the code, to call agents by the names that they are served under.
  if (file.place.endsWith('.json')) {
    const { content, status, issues } = readDeployFile(file.text);
    return {
      place: file.place,
      sha256: file.sha256,
      status: status === 'read' ? 'read' : 'malformed',
      content,
      issues,
    };
  }
  return summarisePython(await loadPythonParser(), file);
}
