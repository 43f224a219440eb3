import type { JsonValue } from '../../../../shared/model/facts.ts';
import { booleanOf, nodeOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import { categoryOf } from '../low-code/services.ts';
import { type FlowNode, isExpression, parameter, type Workflow } from './workflow.ts';

/** One way in which a workflow is started. */
export type Trigger = {
  readonly node: FlowNode;
  readonly kind:
    | 'http'
    | 'chat'
    | 'form'
    | 'schedule'
    | 'mail'
    | 'workflow'
    | 'mcp'
    | 'manual'
    | 'queue'
    | 'event'
    | 'feed';
  /** `none` where anybody who knows the address may start it; null where the question does not arise. */
  readonly authentication: string | null;
  /** Whoever is outside decides what comes in. */
  readonly untrusted: boolean;
};

export function triggerOf(node: FlowNode): Trigger | null {
  const { base } = node;
  const at = (kind: Trigger['kind'], untrusted: boolean, authentication: string | null = null): Trigger => ({
    node,
    kind,
    untrusted,
    authentication,
  });
  const authentication = maskText((parameter(node, 'authentication') ?? 'none').slice(0, 60));
  switch (base) {
    case 'webhook':
      return at('http', true, authentication);
    case 'formTrigger':
      return at('form', true, authentication);
    case 'chatTrigger': {
      const open = booleanOf(nodeOf(node.parameters, 'public')) === true;
      return at('chat', open, open ? authentication : 'people who may edit the workflow');
    }
    case 'mcpTrigger':
      return at('mcp', true, authentication);
    case 'manualChatTrigger':
    case 'manualTrigger':
    case 'start':
      return at('manual', false);
    case 'executeWorkflowTrigger':
      return at('workflow', false);
    case 'scheduleTrigger':
    case 'cron':
    case 'interval':
      return at('schedule', false);
    case 'emailReadImap':
      return at('mail', true);
    case 'errorTrigger':
    case 'n8nTrigger':
    case 'workflowTrigger':
      return at('event', false);
    default:
  }
  if (!/Trigger$/.test(base)) return null;
  if (/^(?:kafka|rabbitmq|mqtt|amqp|redis|awsSns|sse)/i.test(base)) return at('queue', true);
  if (/^rss/i.test(base)) return at('feed', true);
  const category = categoryOf(base.replace(/Trigger$/, ''));
  if (category?.kind === 'mail') return at('mail', true);
  if (category?.kind === 'chat') return at('chat', true);
  return at('event', category?.openToOutsiders ?? true);
}

export const exposureJson = (trigger: Trigger, place: string): JsonValue => ({
  kind: trigger.kind,
  how: exposureWords(trigger),
  ...(trigger.authentication === null ? {} : { authentication: trigger.authentication }),
  place,
  line: trigger.node.span.line,
});

function exposureWords({ node, kind }: Trigger): string {
  const path = parameter(node, 'path');
  const shown = path === undefined || isExpression(path) ? '' : ` ${maskText(path.slice(0, 100))}`;
  const open =
    node.base === 'chatTrigger'
      ? booleanOf(nodeOf(node.parameters, 'public')) === true
        ? ' (public)'
        : ' (not public)'
      : '';
  return `${kind === 'http' || kind === 'form' || kind === 'mcp' ? `${node.base}${shown}` : node.base}${open}`;
}

const walked = new WeakMap<FlowNode, Map<'before' | 'after', ReadonlySet<FlowNode>>>();

/** Steps from which the main line leads to a step, and where it leads from there; switched-off steps let data pass. */
export function stepsAround(workflow: Workflow, node: FlowNode, direction: 'before' | 'after'): ReadonlySet<FlowNode> {
  const kept = walked.get(node) ?? new Map<'before' | 'after', ReadonlySet<FlowNode>>();
  walked.set(node, kept);
  const known = kept.get(direction);
  if (known !== undefined) return known;
  const seen = new Set<FlowNode>();
  kept.set(direction, seen);
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const edge of (direction === 'before' ? workflow.into : workflow.from).get(next) ?? []) {
      const other = direction === 'before' ? edge.from : edge.to;
      if (edge.type !== 'main' || seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  return seen;
}

/** Whether every way from a start to the step goes through the other one. */
export function standsBefore(
  workflow: Workflow,
  gate: FlowNode,
  node: FlowNode,
  before: ReadonlySet<FlowNode>,
): boolean {
  if (!before.has(gate)) return false;
  const starts = [...before].filter((one) => !(workflow.into.get(one) ?? []).some((edge) => edge.type === 'main'));
  // Steps that only a circle leads to have no start, and nothing can be said.
  if (starts.length === 0) return false;
  const seen = new Set<FlowNode>([gate]);
  const open = starts.filter((one) => one !== gate);
  for (const one of open) seen.add(one);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === node) return false;
    for (const edge of workflow.from.get(next) ?? []) {
      if (edge.type !== 'main' || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return true;
}
