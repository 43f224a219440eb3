import type { JsonValue } from '../../../../shared/model/facts.ts';
import { bothEffects, effectOf, unknownEffect } from '../low-code/effects.ts';
import { shortName } from '../low-code/flow-facts.ts';
import { nodeOf, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { askedAt, type CoveredTool, waitLimit } from './human-gates.ts';
import { modelChosenOf } from './model-chosen.ts';
import { modelOf } from './models.ts';
import { nodeEffect } from './node-effects.ts';
import { emitReach, storeOf } from './reach.ts';
import { type Called, edgesInto, isAgentNode, type Scene } from './scene.ts';
import { clientServer } from './servers.ts';
import { type Edge, type FlowNode, isExpression, isLangchain, parameter } from './workflow.ts';

type Tools = {
  readonly covered: readonly CoveredTool[];
  readonly disabled: readonly string[];
  readonly falseGates: readonly JsonValue[];
};

export function emitTools(scene: Scene, agent: FlowNode, ref: AssetRef): Tools {
  const { facts, workflow } = scene;
  const covered: CoveredTool[] = [];
  const disabled: string[] = [];
  const falseGates: JsonValue[] = [];
  const take = (edge: Edge, gate: FlowNode | null): void => {
    const node = edge.from;
    const asked = askedAt(node);
    const inner = edgesInto(workflow, node, 'ai_tool');
    if (inner.length > 0 && asked !== null && gate === null) {
      // A review step between tools and agent is asked for every call of the tools behind it.
      for (const one of inner) take(one, node);
      return;
    }
    if (asked !== null && inner.length === 0)
      falseGates.push(
        facts.falseGate(asked.mechanism, `${shortName(node.name)}: a tool that the model may call or not`, node.span),
      );
    if (node.disabled) disabled.push(shortName(node.name));
    if (isAgentNode(workflow, node)) {
      const target = scene.refs.get(node);
      if (target !== undefined)
        facts.relation('delegates-to', ref, target, edge.span, { how: 'tool', enabled: !node.disabled });
      return;
    }
    const made = emitTool(scene, node, ref);
    if (made === null) return;
    if (!node.disabled) covered.push({ name: node.name, ref: made });
    if (gate !== null && !gate.disabled && !node.disabled)
      facts.gate(ref, {
        key: `${scene.prefix}${gate.name}`,
        name: gate.name,
        span: gate.span,
        mechanism: 'human review of tool calls',
        grade: 'human-per-call',
        onNoAnswer: waitLimit(gate),
        covers: [made],
        coverNames: [node.name],
        properties: { stands: 'between agent and tool' },
      });
  };
  for (const edge of edgesInto(workflow, agent, 'ai_tool')) take(edge, null);
  return { covered, disabled, falseGates };
}

/** A node as a tool; an MCP client gives a server instead, and null. */
export function emitTool(scene: Scene, node: FlowNode, user: AssetRef | null): AssetRef | null {
  const { facts } = scene;
  if (node.base === 'mcpClientTool') {
    clientServer(facts, node, user);
    return null;
  }
  const chosen = modelChosenOf(node);
  const call = calledWorkflow(node);
  const effect =
    call === null
      ? nodeEffect(node, chosen)
      : bothEffects(effectOf(['delegates'], 'runs another workflow', node.span), unknownEffect);
  const description = parameter(node, 'toolDescription') ?? parameter(node, 'description');
  const ref = facts.tool(user, {
    key: `${scene.prefix}${node.name}`,
    name: node.name,
    span: node.span,
    library: node.type,
    form: isLangchain(node) ? 'langchain node' : 'node as tool',
    effect,
    enabled: !node.disabled,
    description,
    modelChosen: chosen,
    properties: {
      ...(parameter(node, 'operation') === undefined
        ? {}
        : { operation: maskText((parameter(node, 'operation') ?? '').slice(0, 100)) }),
      ...(call === null ? {} : { subWorkflow: { id: call.id ?? '', name: call.name ?? '', found: false } }),
    },
  });
  if (call !== null) scene.calls.push({ from: ref, ...call, span: node.span });
  if (node.disabled) return ref;
  emitReach(facts, ref, node, effect, chosen);
  // The documents behind a tool that only wraps a store.
  for (const edge of edgesInto(scene.workflow, node, 'ai_vectorStore')) {
    const store = storeOf(facts, edge.from);
    if (store !== null) facts.relation('reads', ref, store, node.span);
    for (const credential of edge.from.credentials)
      if (store !== null) facts.credential(store, credential.type, credential.name, credential.span);
  }
  for (const edge of edgesInto(scene.workflow, node, 'ai_languageModel'))
    modelOf(facts, ref, edge.from, 'tool', () => undefined);
  return ref;
}

/** The workflow that a tool or step runs: by id, by name, or written into the node. */
export function calledWorkflow(node: FlowNode): Called | null {
  if (!/^(?:toolWorkflow|executeWorkflow|retrieverWorkflow)$/.test(node.base)) return null;
  const id = parameter(node, 'workflowId') ?? null;
  const name = textOf(nodeOf(node.parameters, 'workflowId', 'cachedResultName')) ?? null;
  return {
    id: id === null || isExpression(id) ? null : maskText(id.slice(0, 100)),
    name: name === null ? null : maskText(name.slice(0, 200)),
    itself: /\$workflow\.id/.test(id ?? ''),
  };
}
