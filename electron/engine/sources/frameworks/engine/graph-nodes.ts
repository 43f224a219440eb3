import type { Project } from '../../python/resolve.ts';
import type { CallSite } from '../../python/scopes.ts';
import { type CallValue, identityOf, type Spot, type Value } from '../../python/values.ts';
import type { GraphRule } from '../framework.ts';
import type { GraphNode } from './agent-found.ts';
import { given, textsOf } from './arguments.ts';

/** Nodes that one call adds to a graph. */
export function nodesOf(project: Project, site: CallSite, at: GraphRule['nodes'][string]): readonly GraphNode[] {
  const { call, scope, statement } = site;
  const spot: Spot = { place: scope.module.place, line: call.line };
  const whole: CallValue = { kind: 'call', callee: { kind: 'constant', value: null }, call, scope, spot };
  const value = (place: readonly (string | number)[] | undefined): Value | null => {
    for (const one of place ?? []) {
      const expression =
        typeof one === 'number' ? call.args[one] : call.keywords.find((keyword) => keyword.name === one)?.value;
      if (expression !== undefined) return project.evaluate(expression, scope, statement.at);
    }
    return place === undefined ? null : given(project, whole, place);
  };
  const first = value(at.name);
  const action = value(at.action);
  if (at.name === undefined) {
    const values = at.action.length > 1 ? at.action.map((one) => value([one])) : [action];
    const items = values.flatMap((one) =>
      one === null ? [] : one.kind === 'list' ? one.items.map((item) => item.value) : [one],
    );
    return items.map((item) => ({ name: nodeName(item), value: item, spot }));
  }
  if (first === null) return [];
  if (action === null) return first.kind === 'text' ? [] : [{ name: nodeName(first), value: first, spot }];
  const labels = textsOf(first);
  return [{ name: labels[0] ?? nodeName(action), value: action, spot }];
}

function nodeName(value: Value): string {
  if (value.kind === 'function') return value.function.name;
  if (value.kind === 'list' && value.items[0] !== undefined) return textsOf(value.items[0].value)[0] ?? 'node';
  if (value.kind === 'instance') return value.of.class.name;
  return 'node';
}

export function uniqueNodes(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const found = new Map<string, GraphNode>();
  for (const node of nodes) found.set(`${node.name}:${identityOf(node.value)}`, node);
  return [...found.values()];
}
