import { FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent } from '../low-code/flow-source.ts';
import { parseJson } from '../parse/json-document.ts';
import type { CodeSource, FileInput, Linked, ModuleSummary, Reading } from '../source.ts';
import { emitFlow } from './agents.ts';
import { flowsIn } from './flow.ts';

/** Agents in flows of Langflow. */
export const langflowFlows: CodeSource = {
  kind: 'code',
  id: 'langflow/flows',
  version: 1,
  title: 'Langflow flows',
  product: 'langflow',
  productTitle: 'Langflow',
  extensions: ['.json'],
  keywords: ['genericNode', 'load_from_db'],
  emits: ['agent', 'model', 'prompt', 'tool', 'mcp-server', 'credential', 'data-store', 'external-service', 'workload'],
  summarise,
  link: (modules): Linked => ({
    readings: modules.flatMap(({ place, content }) =>
      isContent(content) ? [{ place, reading: content.reading }] : [],
    ),
    wanted: [],
  }),
};

type Content = { readonly kind: 'langflow'; readonly reading: Reading };
const isContent = (content: unknown): content is Content => isFlowContent(content, 'langflow');

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { root, problems } = parseJson(file.text);
  const flows = root === null ? [] : flowsIn(root);
  if (flows.length === 0) return flowSummary(file, null, problems, root === null && /"edges"\s*:/.test(file.text));
  const builder = flowBuilder(file);
  for (const problem of problems) if (problem.kind !== 'comment') builder.issue(problem.line, problem.message);
  const facts = new FlowFacts(builder, 'langflow', 'medium');
  const fileName = file.place.slice(file.place.lastIndexOf('/') + 1).replace(/\.json$/, '');
  for (const [index, flow] of flows.entries())
    emitFlow(facts, flow, flows.length === 1 ? '' : `${flow.name ?? index}/`, fileName);
  const reading = builder.done();
  const content: Content = { kind: 'langflow', reading: { ...reading, issues: [] } };
  return flowSummary(
    file,
    content,
    reading.issues,
    problems.some((one) => one.kind === 'syntax' || one.kind === 'trailing-content'),
  );
}
