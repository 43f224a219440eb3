import { parseYamlDocuments } from '../infrastructure/yaml-documents.ts';
import { FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent } from '../low-code/flow-source.ts';
import { type Node, nodeOf, scalarText } from '../parse/node.ts';
import type { CodeSource, FileInput, Linked, ModuleSummary, Reading } from '../source.ts';
import { emitPipeline } from './haystack.ts';
import { emitAzdProject, emitHosted } from './hosted-agent.ts';
import { emitPromptAgent } from './prompt-agent.ts';

/** Agents that are data: Agent Framework and Foundry YAML, hosted agents of azd, pipelines of Haystack. */
export const declarativeAgents: CodeSource = {
  kind: 'code',
  id: 'declarative-agents/yaml',
  version: 1,
  title: 'Agents in YAML (Agent Framework, Foundry, Haystack)',
  product: 'declarative-agents',
  productTitle: 'Declarative agents',
  extensions: ['.yaml', '.yml'],
  keywords: ['kind: Prompt', 'kind: prompt', 'kind: hosted', 'azure.ai.agent', 'components.agents.'],
  emits: ['agent', 'model', 'prompt', 'tool', 'mcp-server', 'credential', 'data-store', 'workload', 'approval-gate'],
  summarise,
  link: (modules): Linked => ({
    readings: modules.flatMap(({ place, content }) =>
      isContent(content) ? [{ place, reading: content.reading }] : [],
    ),
    wanted: [],
  }),
};

type Content = { readonly kind: 'declarative'; readonly reading: Reading };
const isContent = (content: unknown): content is Content => isFlowContent(content, 'declarative');

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const builder = flowBuilder(file);
  const fallback = (file.place.slice(file.place.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '') || 'agent').slice(0, 200);
  let found = false;
  const problems = [];
  for (const { root, problems: more } of parseYamlDocuments(file.text)) {
    problems.push(...more);
    if (root !== null && emitDocument(root, builder, fallback)) found = true;
  }
  if (!found) return flowSummary(file, null, problems, false);
  for (const problem of problems) builder.issue(problem.line, problem.message);
  const reading = builder.done();
  const content: Content = { kind: 'declarative', reading: { ...reading, issues: [] } };
  return flowSummary(file, content, reading.issues, false);
}

function emitDocument(root: Node, builder: ReturnType<typeof flowBuilder>, fallback: string): boolean {
  // The manifest of a template gallery holds the agent below `template`.
  const node = nodeOf(root, 'template')?.kind === 'map' ? (nodeOf(root, 'template') ?? root) : root;
  const kind = scalarText(nodeOf(node, 'kind'))?.toLowerCase();
  if (kind === 'prompt' && (nodeOf(node, 'instructions') !== undefined || nodeOf(node, 'model') !== undefined)) {
    emitPromptAgent(new FlowFacts(builder, 'agent-framework', 'medium'), node, fallback);
    return true;
  }
  if (kind === 'hosted' && nodeOf(node, 'protocols') !== undefined) {
    emitHosted(new FlowFacts(builder, 'foundry', 'medium'), node, fallback);
    return true;
  }
  return (
    emitAzdProject(new FlowFacts(builder, 'foundry', 'medium'), root) ||
    emitPipeline(new FlowFacts(builder, 'haystack', 'low'), root)
  );
}
