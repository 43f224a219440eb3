import { lastName, mayMention } from '../python/packed.ts';
import type { Project } from '../python/resolve.ts';
import type { CallSite, Scope } from '../python/scopes.ts';
import type { Statement } from '../python/summary.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf, type Spot, type Value } from '../python/values.ts';
import { agentConstructors, type Constructor } from './known.ts';
import { agentsIn, argumentOf, buildersIn, constructorOf, textsOf } from './recognise.ts';

/** An agent as the code builds it. */
export type AgentFound = {
  /** Identity of the construct that everything else refers to: the builder of a graph, the call of a constructor. */
  readonly id: string;
  readonly form: 'graph' | 'constructor' | 'executor' | 'functional';
  readonly symbol: string;
  /** Package that the construct comes from. */
  readonly library: string;
  readonly call: CallValue;
  readonly constructor: Constructor | null;
  /** `compile(...)` calls of a graph, the executor of a runnable. */
  readonly finishing: readonly CallValue[];
  readonly site: CallSite;
  readonly spot: Spot;
  readonly nodes: readonly GraphNode[];
  readonly edges: number;
  readonly entry: FunctionValue | null;
  /** Given name, else null; the caller falls back to deployment and variable. */
  readonly givenName: string | null;
  readonly variable: string;
};

export type GraphNode = { readonly name: string; readonly value: Value; readonly spot: Spot; readonly scope: Scope };

const graphMethods = new Set(['add_node', 'add_edge', 'add_conditional_edges', 'add_sequence']);

export function findAgents(project: Project): readonly AgentFound[] {
  const names = interestingNames(project);
  const graphs = new Map<string, { builder: CallValue; compiled: { site: CallSite; call: CallValue }[] }>();
  const constructs = new Map<string, { call: CallValue; rule: Constructor; site: CallSite; finishing: CallValue[] }>();
  const compiledLater: { id: string; call: CallValue; site: CallSite }[] = [];
  const entries: AgentFound[] = [];
  const nodes = new Map<string, GraphNode[]>();
  const edges = new Map<string, number>();
  const consumed = new Set<string>();

  for (const site of project.calls(names)) {
    const callee = site.call.callee;
    const last = lastName(callee);
    if (graphMethods.has(last) && callee.kind === 'attribute') {
      for (const builder of buildersIn(project.evaluate(callee.of, site.scope, site.statement.at))) {
        const id = identityOf(builder);
        if (last === 'add_edge' || last === 'add_conditional_edges') edges.set(id, (edges.get(id) ?? 0) + 1);
        else nodes.set(id, [...(nodes.get(id) ?? []), ...nodesOf(project, site)]);
      }
      continue;
    }
    for (const option of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      const call: CallValue = {
        kind: 'call',
        callee: option,
        call: site.call,
        scope: site.scope,
        spot: { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine },
      };
      if (last === 'compile' && option.kind === 'member') {
        for (const builder of buildersIn(option.of)) {
          const id = identityOf(builder);
          const graph = graphs.get(id) ?? { builder, compiled: [] };
          graph.compiled.push({ site, call });
          graphs.set(id, graph);
        }
        for (const inner of agentsIn(option.of)) compiledLater.push({ id: identityOf(inner), call, site });
      }
      const rule = constructorOf(call);
      if (rule !== null) {
        const id = identityOf(call);
        if (!constructs.has(id)) constructs.set(id, { call, rule, site, finishing: [] });
      }
      if (
        option.kind === 'symbol' &&
        /^langgraph\.func(?:\..*)?\.entrypoint$/.test(option.path) &&
        site.statement.kind === 'function'
      ) {
        entries.push(entryAgent(site, call, site.statement));
      }
    }
  }

  // What `create_supervisor` returns is compiled afterwards: the compiled one is what people name and call.
  for (const { id, call, site } of compiledLater) {
    const construct = constructs.get(id);
    if (construct === undefined) continue;
    if (construct.finishing.length === 0 && site.statement.kind === 'assign') construct.site = site;
    construct.finishing.push(call);
  }

  // An executor runs a runnable: one agent, known by the executor.
  for (const construct of constructs.values()) {
    if (!construct.rule.order.includes('agent')) continue;
    const inner = argumentOf(project, construct.call, construct.rule.order.indexOf('agent'), 'agent');
    for (const agent of inner === null ? [] : agentsIn(inner)) {
      const known = constructs.get(identityOf(agent));
      if (known === undefined || known === construct) continue;
      construct.finishing.push(known.call);
      consumed.add(identityOf(agent));
    }
  }

  const found: AgentFound[] = [...entries];
  for (const [id, { builder, compiled }] of graphs) {
    const first = compiled[0];
    if (first === undefined) continue;
    const name = compiled
      .map(({ call }) => textsOf(argumentOf(project, call, null, 'name'))[0])
      .find((one) => one !== undefined);
    found.push({
      id,
      form: 'graph',
      symbol: 'StateGraph',
      library: 'langgraph',
      call: builder,
      constructor: null,
      finishing: compiled.map(({ call }) => call),
      site: first.site,
      spot: first.call.spot,
      nodes: uniqueNodes(nodes.get(id) ?? []),
      edges: edges.get(id) ?? 0,
      entry: null,
      givenName: name ?? null,
      variable: variableOf(first.site, 'graph'),
    });
  }
  for (const [id, { call, rule, site, finishing }] of constructs) {
    if (consumed.has(id)) continue;
    const path = call.callee.kind === 'symbol' ? call.callee.path : '';
    found.push({
      id,
      form: rule.order.includes('agent') ? 'executor' : 'constructor',
      symbol:
        path.slice(path.lastIndexOf('.') + 1) === 'from_agent_and_tools'
          ? 'AgentExecutor'
          : path.slice(path.lastIndexOf('.') + 1),
      library: path.slice(0, Math.max(0, path.indexOf('.'))),
      call,
      constructor: rule,
      finishing,
      site,
      spot: call.spot,
      nodes: [],
      edges: 0,
      entry: null,
      givenName: textsOf(argumentOf(project, call, null, 'name', 'supervisor_name', 'agent_name'))[0] ?? null,
      variable: variableOf(site, 'agent'),
    });
  }
  return found;
}

function entryAgent(site: CallSite, call: CallValue, statement: Extract<Statement, { kind: 'function' }>): AgentFound {
  const definition = statement.function;
  const place = site.scope.module.place;
  const spot: Spot = { place, line: definition.line, endLine: definition.endLine };
  return {
    id: identityOf(call),
    form: 'functional',
    symbol: 'entrypoint',
    library: 'langgraph',
    call,
    constructor: null,
    finishing: [call],
    site,
    spot,
    nodes: [],
    edges: 0,
    entry: { kind: 'function', function: definition, scope: site.scope, spot },
    givenName: null,
    variable: definition.name,
  };
}

function nodesOf(project: Project, site: CallSite): readonly GraphNode[] {
  const { call, scope, statement } = site;
  const spot: Spot = { place: scope.module.place, line: call.line };
  const value = (position: number): Value | null => {
    const expression = call.args[position];
    return expression === undefined ? null : project.evaluate(expression, scope, statement.at);
  };
  const named = (name: string): Value | null => {
    const keyword = call.keywords.find((one) => one.name === name);
    return keyword === undefined ? null : project.evaluate(keyword.value, scope, statement.at);
  };
  if (call.callee.kind === 'attribute' && call.callee.name === 'add_sequence') {
    const list = value(0);
    return list?.kind === 'list'
      ? list.items.map((item) => ({ name: nodeName(item.value), value: item.value, spot, scope }))
      : [];
  }
  const first = value(0) ?? named('node');
  const action = value(1) ?? named('action');
  if (first === null) return [];
  if (action === null) return first.kind === 'text' ? [] : [{ name: nodeName(first), value: first, spot, scope }];
  const labels = textsOf(first);
  return [{ name: labels[0] ?? nodeName(action), value: action, spot, scope }];
}

function nodeName(value: Value): string {
  if (value.kind === 'function') return value.function.name;
  if (value.kind === 'list' && value.items[0] !== undefined) return textsOf(value.items[0].value)[0] ?? 'node';
  if (value.kind === 'instance') return value.of.class.name;
  return 'node';
}

function uniqueNodes(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const found = new Map<string, GraphNode>();
  for (const node of nodes) found.set(`${node.name}:${identityOf(node.value)}`, node);
  return [...found.values()];
}

/** Names that a call must end in to be looked at: the known ones and what imports call them. */
function interestingNames(project: Project): ReadonlySet<string> {
  const names = new Set<string>([...agentConstructors.keys(), ...graphMethods, 'compile', 'entrypoint']);
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'import') {
        for (const one of statement.names) if (one.name !== null && names.has(one.name)) names.add(one.binds);
      } else if (statement.kind === 'assign' && statement.value.kind !== 'call') {
        if (names.has(lastName(statement.value)))
          for (const target of statement.targets) if (target.kind === 'name') names.add(target.id);
      } else if (statement.kind === 'function') {
        if (mayMention(statement.function, names)) visit(statement.function.body);
      } else if (statement.kind === 'class') visit(statement.class.body);
    }
  };
  for (const module of project.modules) visit(module.content.body);
  return names;
}

/** Variables that say nothing about what an agent is for. */
const generic =
  /^(?:_?(?:graph|agent|app|application|workflow|builder|compiled|compiled_graph|compiled_workflow|react_agent|executor|agent_executor|chain|runnable|g|result|self|graph_builder|agent_graph|compiled_app|_graph))$/;

/**
 * Path of names to the construct: `graph`, `Class.method.agent`, `make_graph`. Keys are made of it, so it must not
 * depend on anything but the names.
 */
function variableOf(site: CallSite, fallback: string): string {
  const parts: string[] = [];
  const statement = site.statement;
  if (statement.kind === 'assign') {
    const [target] = statement.targets;
    if (target?.kind === 'name') parts.push(target.id);
    else if (target?.kind === 'attribute') parts.push(target.name);
    else if (target?.kind === 'subscript' && target.index.kind === 'text') parts.push(target.index.value);
  } else {
    // Compiled on the spot: the builder's name is the best there is.
    const callee = site.call.callee;
    if (callee.kind === 'attribute' && callee.of.kind === 'name' && callee.name === 'compile') parts.push(callee.of.id);
  }
  for (let scope: Scope | null = site.scope; scope !== null; scope = scope.parent) {
    if (scope.function !== undefined) parts.push(scope.function.name);
    else if (scope.class !== undefined) parts.push(scope.class.name);
  }
  return parts.length === 0 ? fallback : parts.reverse().join('.');
}

/** What people call the agent when nobody gave it a name. */
export function readableName(variable: string): string {
  const parts = variable.split('.').filter((part) => !/^__\w+__$/.test(part));
  const last = parts.at(-1) ?? variable;
  if (parts.length === 1 || !generic.test(last)) return last;
  return (
    parts.findLast(
      (part) =>
        !generic.test(part) &&
        !/^(?:main|run|setup|setup_graph|_?build|_?create|create_graph|_?build_graph|_?init|get|make|compile|invoke|create_agent|build_agent|_create_graph|_build_workflow|build_workflow|create_workflow)$/.test(
          part,
        ),
    ) ?? last
  );
}
