import { parseJson } from '../parse/json-document.ts';
import { FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent } from '../low-code/flow-source.ts';
import type { CodeSource, FileInput, Linked, ModuleSummary, Reading } from '../source.ts';
import { emitAgentFlow } from './agent-flow.ts';
import { emitChatFlow } from './chat-flow.ts';
import { type Flow, flowsIn } from './graph.ts';

/** Agents in flows of Flowise, and in exports of a whole instance. */
export const flowiseFlows: CodeSource = {
  kind: 'code',
  id: 'flowise/flows',
  version: 1,
  title: 'Flowise flows',
  product: 'flowise',
  productTitle: 'Flowise',
  extensions: ['.json'],
  keywords: ['.data.instance}}', 'agentAgentflow', 'toolAgentflow', 'llmAgentflow'],
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

type Content = { readonly kind: 'flowise'; readonly reading: Reading };
const isContent = (content: unknown): content is Content => isFlowContent(content, 'flowise');

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { root, problems } = parseJson(file.text);
  const flows = root === null ? [] : flowsIn(root);
  if (flows.length === 0)
    return flowSummary(file, null, problems, root === null && /"edges"\s*:|"flowData"\s*:/.test(file.text));
  const builder = flowBuilder(file);
  for (const problem of problems) if (problem.kind !== 'comment') builder.issue(problem.line, problem.message);
  const facts = new FlowFacts(builder, 'flowise', 'medium');
  for (const [index, flow] of flows.entries())
    emitFlow(facts, flow, flows.length === 1 ? '' : `${flow.name ?? index}/`);
  const reading = builder.done();
  const content: Content = { kind: 'flowise', reading: { ...reading, issues: [] } };
  return flowSummary(
    file,
    content,
    reading.issues,
    problems.some((one) => one.kind === 'syntax' || one.kind === 'trailing-content'),
  );
}

function emitFlow(facts: FlowFacts, flow: Flow, prefix: string): void {
  const fileName = facts.place.slice(facts.place.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const name = flow.name ?? fileName;
  const state = {
    ...(flow.isPublic === null ? {} : { public: flow.isPublic }),
    ...(flow.deployed === null ? {} : { active: flow.deployed }),
  };
  const workload = facts.workflow(prefix, name, flow.span, { product: 'Flowise', runs: 'workflow', ...state });
  const properties = { workflow: name.slice(0, 200), ...state };
  if (flow.boxes.some((box) => box.category === 'Agent Flows'))
    emitAgentFlow(facts, flow, workload, prefix, properties);
  else emitChatFlow(facts, flow, workload, prefix, properties);
}
