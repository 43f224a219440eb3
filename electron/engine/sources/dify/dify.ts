import { FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent } from '../low-code/flow-source.ts';
import { atLine } from '../low-code/nested-text.ts';
import { parseJson } from '../parse/json-document.ts';
import { entryOf, type Node, textOf } from '../parse/node.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { CodeSource, FileInput, Linked, ModuleSummary, Reading } from '../source.ts';
import { emitApp } from './agents.ts';
import { type DifyApp, readApp } from './app.ts';

/** Agents in exports of Dify apps. */
export const difyApps: CodeSource = {
  kind: 'code',
  id: 'dify/apps',
  version: 1,
  title: 'Dify apps (DSL)',
  product: 'dify',
  productTitle: 'Dify',
  extensions: ['.yml', '.yaml', '.json'],
  // Stands in the head of every export, and in little else.
  keywords: ['icon_background'],
  emits: [
    'agent',
    'model',
    'prompt',
    'tool',
    'mcp-server',
    'credential',
    'data-store',
    'external-service',
    'workload',
    'approval-gate',
  ],
  summarise,
  link: (modules): Linked => ({
    readings: modules.flatMap(({ place, content }) =>
      isContent(content) ? [{ place, reading: content.reading }] : [],
    ),
    wanted: [],
  }),
};

type Content = { readonly kind: 'dify'; readonly reading: Reading };
const isContent = (content: unknown): content is Content => isFlowContent(content, 'dify');

/** The API that exports an app answers with its YAML in a text: `{"data": "app: ..."}`. */
function readWrapped(root: Node): DifyApp | null {
  const entry = entryOf(root, 'data') ?? entryOf(root, 'yaml_content');
  const text = textOf(entry?.node);
  if (entry === undefined || text === undefined || !text.includes('icon_background')) return null;
  const inner = parseYaml(text).root;
  return inner === null ? null : readApp(atLine(inner, entry.line));
}

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { root, problems } = file.place.endsWith('.json') ? parseJson(file.text) : parseYaml(file.text);
  const app = root === null ? null : (readApp(root) ?? readWrapped(root));
  if (app === null)
    return flowSummary(file, null, problems, root === null && /^kind:\s*app\s*$/m.test(file.text.slice(0, 100_000)));
  const builder = flowBuilder(file);
  for (const problem of problems) if (problem.kind !== 'comment') builder.issue(problem.line, problem.message);
  emitApp(new FlowFacts(builder, 'dify', 'medium'), app);
  const reading = builder.done();
  const content: Content = { kind: 'dify', reading: { ...reading, issues: [] } };
  return flowSummary(file, content, reading.issues, false);
}
