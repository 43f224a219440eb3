import { parseJson } from '../parse/json-document.ts';
import { shortName, FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent, joinReadings } from '../low-code/flow-source.ts';
import type {
  AssetRef,
  CodeSource,
  FileInput,
  LinkContext,
  Linked,
  ModuleSummary,
  Reading,
  RelationDraft,
} from '../source.ts';
import { emitAgent } from './agents.ts';
import { modelOf } from './models.ts';
import { type Call, isAgentNode, isWiredAsTool, reserveAgents, type Scene } from './scene.ts';
import { calledWorkflow, emitTool } from './tools.ts';
import { nodeEffect } from './node-effects.ts';
import { emitReach, storeOf } from './reach.ts';
import { servedServer } from './servers.ts';
import { exposureJson, triggerOf } from './triggers.ts';
import { isLangchain, type Workflow, workflowsIn } from './workflow.ts';

/** Agents in workflows of n8n, whatever the exported file is called. */
export const n8nWorkflows: CodeSource = {
  kind: 'code',
  id: 'n8n/workflows',
  version: 1,
  title: 'n8n workflows',
  product: 'n8n',
  productTitle: 'n8n',
  extensions: ['.json'],
  // The second one: a workflow without a model that agents of other files run as a tool.
  keywords: ['n8n-nodes-langchain.', 'n8n-nodes-base.executeWorkflowTrigger', 'mcpClientTool'],
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
  link,
};

/** How other files find a workflow, and what they then get. */
type Callable = {
  readonly id: string | null;
  readonly name: string | null;
  readonly ref: AssetRef;
  readonly agents: readonly AssetRef[];
  readonly capabilities: readonly unknown[];
  readonly known: boolean;
};

type Content = {
  readonly kind: 'n8n';
  readonly reading: Reading;
  /** Without a model: only of interest where an agent runs it. */
  readonly onlyIfCalled: boolean;
  readonly workflows: readonly Callable[];
  readonly calls: readonly Call[];
};

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { root, problems } = parseJson(file.text);
  const workflows = root === null ? [] : workflowsIn(root);
  const builder = flowBuilder(file);
  if (workflows.length === 0)
    return flowSummary(file, null, problems, root === null && /"connections"\s*:/.test(file.text));
  for (const problem of problems) if (problem.kind !== 'comment') builder.issue(problem.line, problem.message);
  const facts = new FlowFacts(builder, 'n8n', 'medium');
  const callables: Callable[] = [];
  const calls: Call[] = [];
  let onlyIfCalled = true;
  for (const [index, workflow] of workflows.entries()) {
    const withModel = workflow.nodes.some((node) => isLangchain(node) || node.base === 'mcpClientTool');
    if (withModel) onlyIfCalled = false;
    callables.push(emitWorkflow(facts, workflow, workflows.length === 1 ? '' : `${workflow.name ?? index}/`, calls));
  }
  const reading = builder.done();
  const content: Content = {
    kind: 'n8n',
    reading: { ...reading, issues: [] },
    onlyIfCalled,
    workflows: callables,
    calls,
  };
  return flowSummary(
    file,
    content,
    reading.issues.map(({ line, message }) => ({ line, message })),
    problems.some((one) => one.kind === 'syntax' || one.kind === 'trailing-content'),
  );
}

function emitWorkflow(facts: FlowFacts, workflow: Workflow, prefix: string, calls: Call[]): Callable {
  const { builder } = facts;
  const fileName = facts.place.slice(facts.place.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const scene: Scene = { facts, workflow, prefix, refs: new Map(), calls };
  const triggers = workflow.nodes.flatMap((node) => (node.disabled ? [] : (triggerOf(node) ?? [])));
  const capabilities: unknown[] = [];
  let known = true;
  const ref = facts.workflow(prefix, workflow.name ?? fileName, workflow.span, {
    product: 'n8n',
    runs: 'workflow',
    ...(workflow.active === null ? {} : { active: workflow.active }),
    ...(triggers.length === 0 ? {} : { exposure: triggers.map((trigger) => exposureJson(trigger, facts.place)) }),
    ...(workflow.tags.length === 0 ? {} : { tags: workflow.tags.map(shortName) }),
    disabledSteps: workflow.nodes
      .filter((node) => node.disabled)
      .map((node) => ({ name: shortName(node.name), place: facts.place, line: node.span.line }))
      .slice(0, 100),
  });
  for (const span of workflow.dangling)
    builder.issue(span.line, 'a connection names a step that is not in the workflow');
  if (workflow.omitted > 0) builder.issue(workflow.span.line, `${workflow.omitted} further steps were not looked at`);
  const agents = reserveAgents(scene);
  for (const node of agents) {
    const agent = emitAgent(scene, node);
    if (!isWiredAsTool(workflow, node)) facts.relation('executes', ref, agent, node.span, { enabled: !node.disabled });
  }
  for (const node of workflow.nodes) {
    if (node.base === 'mcpTrigger') {
      const server = servedServer(facts, node, prefix, workflow.active);
      facts.relation('exposes', ref, server, node.span);
      for (const edge of workflow.into.get(node) ?? []) {
        if (edge.type !== 'ai_tool') continue;
        const tool = isAgentNode(workflow, edge.from) ? scene.refs.get(edge.from) : emitTool(scene, edge.from, null);
        if (tool !== null && tool !== undefined)
          facts.relation('exposes', server, tool, edge.span, { enabled: !edge.from.disabled });
      }
      continue;
    }
    if (node.disabled || isAgentNode(workflow, node) || isWiredAsTool(workflow, node)) continue;
    if (isSupport(node.base)) continue;
    const call = calledWorkflow(node);
    if (call !== null) calls.push({ from: ref, ...call, span: node.span });
    const effect = nodeEffect(node, []);
    if (triggerOf(node) === null && !isLangchain(node)) {
      capabilities.push(...effect.capabilities.map((one) => facts.capability(one)));
      if (!effect.known && !/Trigger$/.test(node.base)) known = false;
    }
    emitReach(facts, ref, node, effect, []);
    if (effect.capabilities.length > 0 && triggerOf(node) === null)
      facts.step(ref, { name: node.name, library: node.type, effect, span: node.span });
    if (triggerOf(node)?.kind === 'mail') {
      const store = storeOf(facts, node);
      if (store !== null) facts.relation('reads', ref, store, node.span);
    }
    // A chain: a model without tools, which makes no agent.
    for (const edge of workflow.into.get(node) ?? [])
      if (edge.type === 'ai_languageModel') modelOf(facts, ref, edge.from, 'chain', () => undefined);
    if (/^(?:openAi|anthropic|googleGemini)$/.test(node.base) && isLangchain(node))
      modelOf(facts, ref, node, 'chain', () => undefined);
  }
  return {
    id: workflow.id,
    name: workflow.name,
    ref,
    agents: agents.filter((node) => !isWiredAsTool(workflow, node)).map((node) => scene.refs.get(node) ?? ref),
    capabilities,
    known,
  };
}

/** Nodes that only serve another node; they are read where they are wired in. */
const isSupport = (base: string): boolean =>
  /^(?:lm|memory(?!Manager)|embeddings|outputParser|textSplitter|document[A-Z]|retriever|reranker|modelSelector|stickyNote$)/.test(
    base,
  );

const isContent = (content: unknown): content is Content => isFlowContent(content, 'n8n');

function link(modules: readonly ModuleSummary[], _context: LinkContext): Linked {
  const placed = modules
    .flatMap(({ place, content }) => (isContent(content) ? [{ place, content }] : []))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const all = placed.flatMap(({ place, content }) => content.workflows.map((workflow) => ({ place, workflow })));
  const called = new Set<string>();
  const more = new Map<string, { assets: Reading['assets'][number][]; relations: RelationDraft[] }>();
  for (const { place, content } of placed) {
    if (content.onlyIfCalled) continue;
    for (const call of content.calls) {
      const target = targetOf(call, place, all);
      if (target === null) continue;
      called.add(target.place);
      const extra = more.get(place) ?? { assets: [], relations: [] };
      more.set(place, extra);
      const lines = { line: call.span.line, endLine: call.span.endLine };
      const kind = call.from.kind === 'tool' ? 'delegates-to' : 'executes';
      const ends = target.workflow.agents.length > 0 ? target.workflow.agents : [];
      for (const to of ends)
        extra.relations.push({
          kind,
          from: call.from,
          to,
          lines,
          confidence: 'medium',
          properties: { how: 'sub-workflow' },
        });
      extra.relations.push({
        kind: 'executes',
        from: call.from,
        to: target.workflow.ref,
        lines,
        confidence: 'medium',
        properties: { how: 'sub-workflow' },
      });
      if (call.from.kind === 'tool') {
        const tool = content.reading.assets.find((asset) => asset.kind === 'tool' && asset.key === call.from.key);
        if (tool !== undefined) extra.assets.push(withSubWorkflow(tool, target.workflow));
      }
    }
  }
  const readings = placed
    .filter(({ place, content }) => !content.onlyIfCalled || called.has(place))
    .map(({ place, content }) => ({ place, reading: joinReadings(content.reading, more.get(place)) }));
  return { readings, wanted: [] };
}

/** By id, which is unique in one instance; by name only where one workflow has it. */
function targetOf(
  call: Call,
  place: string,
  all: readonly { readonly place: string; readonly workflow: Callable }[],
): { readonly place: string; readonly workflow: Callable } | null {
  if (call.itself) {
    const here = all.filter((one) => one.place === place);
    return here.length === 1 ? (here[0] ?? null) : null;
  }
  const byId = call.id === null ? [] : all.filter(({ workflow }) => workflow.id === call.id);
  if (byId.length === 1) return byId[0] ?? null;
  if (byId.length > 1) return null;
  const byName =
    call.name === null
      ? []
      : all.filter(({ workflow }) => workflow.name !== null && plain(workflow.name) === plain(call.name ?? ''));
  return byName.length === 1 ? (byName[0] ?? null) : null;
}

const plain = (text: string): string => text.trim().toLowerCase();

/** What the steps of the sub-workflow do, the tool does. */
function withSubWorkflow(tool: Reading['assets'][number], workflow: Callable): Reading['assets'][number] {
  const own = tool.properties?.['capabilities'];
  const more = workflow.capabilities as readonly (typeof own)[];
  return {
    ...tool,
    properties: {
      ...tool.properties,
      capabilities: [...(Array.isArray(own) ? own : []), ...more.filter((one) => one !== undefined)].slice(0, 200),
      capabilitiesKnown: workflow.known && workflow.agents.length === 0,
      subWorkflow: { id: workflow.id ?? '', name: workflow.name ?? '', found: true },
    },
  };
}
