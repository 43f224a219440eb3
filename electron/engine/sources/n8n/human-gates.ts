import type { JsonValue } from '../../../../shared/model/facts.ts';
import type { AssetRef } from '../source.ts';
import { booleanOf, nodeOf } from '../parse/node.ts';
import { type FlowFacts, shortName } from '../low-code/flow-facts.ts';
import { standsBefore, stepsAround } from './triggers.ts';
import { type FlowNode, parameter, type Workflow } from './workflow.ts';

export type Asked = { readonly node: FlowNode; readonly mechanism: string };

/** A step at which a run stops until somebody answers. A `wait` for a time asks nobody. */
export function askedAt(node: FlowNode): Asked | null {
  const operation = parameter(node, 'operation');
  if (operation === 'sendAndWait') return { node, mechanism: 'sendAndWait' };
  if (node.base === 'wait' && /^(?:webhook|form)$/.test(parameter(node, 'resume') ?? ''))
    return { node, mechanism: `wait for a ${parameter(node, 'resume') ?? ''}` };
  if (/HitlTool$/.test(node.type)) return { node, mechanism: 'human review' };
  if (node.base === 'chat' && operation !== 'send') return { node, mechanism: 'chat message that waits' };
  return null;
}

export type CoveredTool = { readonly name: string; readonly ref: AssetRef };

/**
 * Gates around an agent by where they stand in the flow. Before the agent on every way: a person lets the run begin, if
 * something looks at the answer. After it: its tools have acted already, so that the question is no gate for them.
 */
export function emitFlowGates(
  facts: FlowFacts,
  workflow: Workflow,
  agent: FlowNode,
  ref: AssetRef,
  tools: readonly CoveredTool[],
  prefix: string,
): { readonly gates: readonly string[]; readonly falseGates: readonly JsonValue[] } {
  const gates: string[] = [];
  const falseGates: JsonValue[] = [];
  const before = stepsAround(workflow, agent, 'before');
  const after = stepsAround(workflow, agent, 'after');
  for (const node of workflow.nodes) {
    const asked = askedAt(node);
    if (asked === null || (!before.has(node) && !after.has(node)) || node === agent) continue;
    const say = (why: string): void => void falseGates.push(facts.falseGate(asked.mechanism, why, node.span));
    const answer = parameter(node, 'responseType') ?? 'approval';
    if (node.disabled) say(`${shortName(node.name)}: the step is switched off`);
    else if (asked.mechanism === 'sendAndWait' && answer !== 'approval')
      say(`${shortName(node.name)}: asks for words, not for an approval`);
    else if (!before.has(node))
      say(`${shortName(node.name)}: asked after the agent has run, when its tools have acted already`);
    else if (!standsBefore(workflow, node, agent, before))
      say(`${shortName(node.name)}: some ways to the agent go past it`);
    else if (asked.mechanism === 'sendAndWait' && !answerIsLookedAt(workflow, node, agent))
      say(`${shortName(node.name)}: nothing between it and the agent looks at the answer`);
    else {
      facts.gate(ref, {
        key: `${prefix}${node.name}`,
        name: node.name,
        span: node.span,
        mechanism: asked.mechanism,
        // The run is let through, not each call that the model then makes.
        grade: 'human-per-plan',
        onNoAnswer: waitLimit(node),
        covers: tools.map((tool) => tool.ref),
        coverNames: tools.map((tool) => tool.name),
        properties: { stands: 'before the agent' },
      });
      gates.push(shortName(node.name));
    }
  }
  return { gates, falseGates };
}

/** A branch between the question and the agent; without one, "declined" goes on like "approved". */
function answerIsLookedAt(workflow: Workflow, gate: FlowNode, agent: FlowNode): boolean {
  const between = stepsAround(workflow, gate, 'after');
  const before = stepsAround(workflow, agent, 'before');
  return [...between].some(
    (node) => before.has(node) && !node.disabled && /^(?:if|switch|filter|code|stopAndError)$/.test(node.base),
  );
}

/** `options.limitWaitTime` lets the flow go on when nobody answers in time. */
export function waitLimit(node: FlowNode): string {
  const limited =
    nodeOf(node.parameters, 'options', 'limitWaitTime') !== undefined ||
    booleanOf(nodeOf(node.parameters, 'limitWaitTime')) === true;
  return limited ? 'goes on' : 'waits';
}
