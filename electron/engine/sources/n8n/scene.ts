import type { FlowFacts } from '../low-code/flow-facts.ts';
import type { Span } from '../parse/node.ts';
import type { AssetRef } from '../source.ts';
import { askedAt } from './human-gates.ts';
import { type Edge, type FlowNode, isLangchain, parameter, type Workflow } from './workflow.ts';

/** `itself`: the id is that of the running workflow. */
export type Called = { readonly id: string | null; readonly name: string | null; readonly itself: boolean };

/** A tool or step that runs another workflow. */
export type Call = Called & { readonly from: AssetRef; readonly span: Span };

export type Scene = {
  readonly facts: FlowFacts;
  readonly workflow: Workflow;
  /** Before the keys of everything in it, where a file holds several workflows. */
  readonly prefix: string;
  readonly refs: Map<FlowNode, AssetRef>;
  readonly calls: Call[];
};

/** What is wired into a step by one kind of connection. */
export const edgesInto = (workflow: Workflow, node: FlowNode, type: string): readonly Edge[] =>
  (workflow.into.get(node) ?? []).filter((edge) => edge.type === type);

/**
 * A node is an agent where its type says so, or where tools are wired into a node that talks to a model. A chain is none:
 * it has a model and no tools.
 */
export function isAgentNode(workflow: Workflow, node: FlowNode): boolean {
  if (!isLangchain(node)) return false;
  if (/^(?:agent|agentTool|openAiAssistant)$/.test(node.base)) return true;
  if (/^mcpTrigger$|^toolExecutor$/.test(node.base) || askedAt(node) !== null || isWiredAsTool(workflow, node))
    return false;
  if (node.base === 'openAi' && parameter(node, 'resource') === 'assistant')
    return /^message$/.test(parameter(node, 'operation') ?? 'message');
  return edgesInto(workflow, node, 'ai_tool').some((edge) => !edge.from.disabled);
}

export const isWiredAsTool = (workflow: Workflow, node: FlowNode): boolean =>
  (workflow.from.get(node) ?? []).some((edge) => edge.type === 'ai_tool');

export const agentKey = (scene: Scene, node: FlowNode): string => `${scene.prefix}${node.name}`;

/** Around each agent the whole flow is walked: more than anybody draws would take too long. */
const mostAgents = 100;

/** Refs first, so that agents can name each other. */
export function reserveAgents(scene: Scene): readonly FlowNode[] {
  const found = scene.workflow.nodes.filter((node) => isAgentNode(scene.workflow, node));
  const agents = found.slice(0, mostAgents);
  if (found.length > agents.length)
    scene.facts.builder.issue(
      scene.workflow.span.line,
      `${found.length - agents.length} further agents of the workflow were not looked at`,
    );
  for (const node of agents) scene.refs.set(node, scene.facts.ref('agent', agentKey(scene, node)));
  return agents;
}
