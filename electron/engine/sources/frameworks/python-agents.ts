import { summarisePythonFile } from '../python/summary.ts';
import type { CodeSource, FileInput, ModuleSummary } from '../source.ts';
import { summariseDocument } from './engine/document.ts';
import { linkAgents } from './engine/link.ts';
import { frameworks } from './registry.ts';

const own = frameworks.filter((framework) => framework.language === 'python');

/** Agents that Python code builds: one parse and one summary of a file, whatever the number of frameworks. */
export const pythonAgentsSource: CodeSource = {
  kind: 'code',
  id: 'python/agents',
  version: 1,
  title: 'Agents in Python code',
  product: 'python',
  productTitle: 'Python',
  extensions: ['.py', '.ipynb'],
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
  link: (modules, context) => linkAgents('python', modules, context),
};

async function summarise(file: FileInput): Promise<ModuleSummary> {
  // Linking asks for files beside the code, to join what both halves say.
  if (!/\.(?:py|ipynb)$/.test(file.place)) return summariseDocument(file);
  return summarisePythonFile(file);
}
