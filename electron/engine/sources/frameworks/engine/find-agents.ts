import { lastName, mayMention } from '../../python/packed.ts';
import type { Project } from '../../python/resolve.ts';
import { type CallSite, dottedName } from '../../python/scopes.ts';
import type { Statement } from '../../python/summary.ts';
import { type CallValue, identityOf, optionsOf, type Spot } from '../../python/values.ts';
import type { AgentRule, Framework, GraphRule, Takes } from '../framework.ts';
import type { AgentFound, Configuring, GraphNode } from './agent-found.ts';
import { variableOf } from './agent-names.ts';
import { attachments } from './attachments.ts';
import { classAgents, nameIn } from './class-agents.ts';
import { nodesOf, uniqueNodes } from './graph-nodes.ts';
import { given, pathOf } from './arguments.ts';
import type { Definition } from './context.ts';
import { agentsIn, builderOf, buildersIn, constructorOf } from './recognise.ts';
import {
  constructSymbols,
  constructSymbolsOf,
  graphRule,
  importedFrameworks,
  lastStep,
  mayMakeAgent,
  type Ruled,
} from './vocabulary.ts';

type Construct = {
  readonly call: CallValue;
  readonly ruled: Ruled<AgentRule>;
  site: CallSite;
  readonly finishing: Configuring[];
};
type Graph = {
  readonly builder: CallValue;
  readonly ruled: Ruled<GraphRule>;
  site: CallSite;
  spot: Spot;
  readonly finished: CallValue[];
  nodes: GraphNode[];
  edges: number;
};

export type Found = {
  readonly agents: readonly AgentFound[];
  /** Constructs that are an agent under another identity: objects of a class that is one. */
  readonly aliases: ReadonlyMap<string, string>;
};

/** Every agent that the tables of the frameworks know, in the order of the text. */
export function findAgents(project: Project, definitions: readonly Definition[]): Found {
  const graphs = new Map<string, Graph>();
  const constructs = new Map<string, Construct>();
  const compiledLater: { id: string; call: CallValue; site: CallSite }[] = [];
  const entries: AgentFound[] = [];
  const consumed = new Set<string>();
  const graphAt = (builder: CallValue, site: CallSite): Graph | null => {
    const ruled = builderOf(builder);
    if (ruled === null) return null;
    const id = identityOf(builder);
    let graph = graphs.get(id);
    if (graph === undefined) {
      graph = { builder, ruled, site, spot: builder.spot, finished: [], nodes: [], edges: 0 };
      graphs.set(id, graph);
    }
    return graph;
  };

  for (const site of project.calls(interestingNames(project))) {
    const callee = site.call.callee;
    const last = lastName(callee);
    if (!mayMakeAgent(last, dottedName(callee))) continue;
    if (callee.kind === 'attribute' && constructSymbols.has(last)) {
      for (const builder of buildersIn(project.evaluate(callee.of, site.scope, site.statement.at))) {
        const rule = builderOf(builder)?.rule;
        const node = rule?.nodes[last];
        if (rule === undefined || (node === undefined && !rule.edges.includes(last))) continue;
        const graph = graphAt(builder, site);
        if (graph === null) continue;
        if (node === undefined) graph.edges += 1;
        else graph.nodes.push(...nodesOf(project, site, node));
      }
    }
    for (const option of optionsOf(project.evaluate(callee, site.scope, site.statement.at))) {
      const call: CallValue = {
        kind: 'call',
        callee: option,
        call: site.call,
        scope: site.scope,
        spot: { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine },
      };
      if (option.kind === 'member') {
        for (const builder of buildersIn(option.of)) {
          if (builderOf(builder)?.rule.finish.includes(option.name) !== true) continue;
          const graph = graphAt(builder, site);
          if (graph === null) continue;
          if (graph.finished.length === 0) Object.assign(graph, { site, spot: call.spot });
          graph.finished.push(call);
        }
        if (option.name === 'compile')
          for (const inner of agentsIn(project, option.of)) compiledLater.push({ id: identityOf(inner), call, site });
      }
      if (option.kind === 'symbol' && graphRule(option.path)?.rule.unfinished === true) graphAt(call, site);
      const ruled = constructorOf(call);
      if (ruled === null || !isMeant(call, ruled)) continue;
      if (ruled.rule.form === 'entry') {
        if (site.statement.kind === 'function') entries.push(entryAgent(site, call, site.statement, ruled));
        continue;
      }
      const id = identityOf(call);
      if (!constructs.has(id)) constructs.set(id, { call, ruled, site, finishing: [] });
    }
  }

  // What `create_supervisor` returns is compiled afterwards: the compiled one is what people name and call.
  for (const { id, call, site } of compiledLater) {
    const construct = constructs.get(id);
    if (construct === undefined) continue;
    if (construct.finishing.length === 0 && site.statement.kind === 'assign') construct.site = site;
    construct.finishing.push({ call, takes: finishing, rule: null });
  }

  // An executor runs a runnable: one agent, known by the executor.
  for (const construct of constructs.values()) {
    const runs = construct.ruled.rule.takes.runs;
    if (runs === undefined) continue;
    const inner = given(project, construct.call, runs);
    for (const agent of inner === null ? [] : agentsIn(project, inner)) {
      const known = constructs.get(identityOf(agent));
      if (known === undefined || known === construct) continue;
      construct.finishing.push({ call: known.call, takes: known.ruled.rule.takes, rule: known.ruled.rule });
      consumed.add(identityOf(agent));
    }
  }

  const aliases = new Map<string, string>();
  const attached = attachments(project, definitions);
  const found: AgentFound[] = [...entries];
  for (const [id, graph] of graphs) {
    const { builder, ruled, finished, site } = graph;
    const { rule, framework } = ruled;
    if (finished.length === 0 && rule.unfinished !== true) continue;
    const calls: Configuring[] = [
      { call: builder, takes: rule.unfinished === true ? rule.takes : {}, rule: null },
      ...finished.map((call) => ({ call, takes: rule.takes, rule: null })),
    ];
    found.push({
      id,
      form: 'graph',
      framework,
      frameworkName: rule.framework ?? framework.id,
      symbol: lastStep(pathOf(builder)) === 'MessageGraph' ? 'StateGraph' : lastStep(pathOf(builder)),
      rule: null,
      calls,
      site,
      spot: graph.spot,
      nodes: uniqueNodes(graph.nodes),
      edges: graph.edges,
      bodies: [],
      attached: attached.get(id) ?? [],
      givenName: nameIn(project, calls),
      variable: variableOf(site, 'graph'),
    });
  }
  for (const [id, { call, ruled, site, finishing: later }] of constructs) {
    if (consumed.has(id)) continue;
    const { rule, framework } = ruled;
    const superCall = classAgentAround(project, call);
    if (superCall) continue;
    const path = pathOf(call);
    const symbol = lastStep(path) === 'from_agent_and_tools' ? 'AgentExecutor' : lastStep(path);
    const calls: Configuring[] = [{ call, takes: rule.takes, rule }, ...later];
    found.push({
      id,
      form: rule.form === 'executor' ? 'executor' : 'constructor',
      framework,
      frameworkName: rule.framework ?? framework.id,
      symbol,
      rule,
      calls,
      site,
      spot: call.spot,
      nodes: [],
      edges: 0,
      bodies: [],
      attached: attached.get(id) ?? [],
      givenName: nameIn(project, calls),
      variable: variableOf(site, 'agent'),
    });
  }
  found.push(...classAgents(project, definitions, attached, aliases));
  return { agents: found, aliases };
}

const finishing: Takes = {
  name: ['name'],
  checkpoints: ['checkpointer'],
  memory: ['store'],
  pauseBefore: ['interrupt_before'],
  pauseAfter: ['interrupt_after'],
};

/** Arguments by which a construct shows that it is what its import says. */
function isMeant(call: CallValue, { rule, framework }: Ruled<AgentRule>): boolean {
  const { needs, company } = rule;
  if (needs === undefined || call.call.keywords.some((one) => one.name === null || needs.includes(one.name)))
    return true;
  const imports = call.scope.module.content.body.flatMap((one) => (one.kind === 'import' ? one.names : []));
  if (
    company !== undefined &&
    imports.some((one) => one.name !== null && company.includes(one.name) && framework.roots.test(`${one.module}.`))
  )
    return true;
  return call.call.args.some(
    (one) =>
      one.kind === 'spread' ||
      (one.kind === 'dict' &&
        one.entries.some(
          (entry) => entry.key === null || (entry.key.kind === 'text' && needs.includes(entry.key.value)),
        )) ||
      (one.kind === 'name' && needs.includes('*')),
  );
}

function entryAgent(
  site: CallSite,
  call: CallValue,
  statement: Extract<Statement, { kind: 'function' }>,
  { rule, framework }: Ruled<AgentRule>,
): AgentFound {
  const definition = statement.function;
  const place = site.scope.module.place;
  const spot: Spot = { place, line: definition.line, endLine: definition.endLine };
  return {
    id: identityOf(call),
    form: 'functional',
    framework,
    frameworkName: rule.framework ?? framework.id,
    symbol: lastStep(pathOf(call)),
    rule,
    calls: [{ call, takes: rule.takes, rule }],
    site,
    spot,
    nodes: [],
    edges: 0,
    bodies: [{ value: { kind: 'function', function: definition, scope: site.scope, spot }, scope: null }],
    attached: [],
    givenName: null,
    variable: definition.name,
  };
}

/** `super().__init__(...)` of a class that is an agent itself: the class is the agent. */
function classAgentAround(project: Project, call: CallValue): boolean {
  const inside = call.scope.kind === 'function' ? call.scope.parent : call.scope;
  if (inside?.class === undefined || inside.parent === null) return false;
  return call.callee.kind === 'member' && call.callee.name === '__init__' && project !== null;
}

/** Names that a call must end in to be looked at: those of the frameworks that are imported, and what imports call them. */
function interestingNames(project: Project): ReadonlySet<string> {
  const present = new Set<Framework>();
  const meant = namesFrom(project, constructSymbols, (path) => {
    for (const framework of importedFrameworks(path)) present.add(framework);
  });
  const own = new Set([...present].flatMap(constructSymbolsOf));
  if (own.size === 0) return own;
  return namesFrom(project, own, () => undefined, meant);
}

/** These names and their aliases; `imported` hears of everything that is imported. */
function namesFrom(
  project: Project,
  wanted: ReadonlySet<string>,
  imported: (path: string) => void,
  within: ReadonlySet<string> = wanted,
): ReadonlySet<string> {
  const names = new Set<string>(wanted);
  const looked = new Set<string>(within);
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'import') {
        for (const one of statement.names) {
          imported(`${one.module}.${one.name ?? 'x'}`);
          if (one.name === null || !names.has(one.name)) continue;
          names.add(one.binds);
          looked.add(one.binds);
        }
      } else if (statement.kind === 'assign' && statement.value.kind !== 'call') {
        const last = lastName(statement.value);
        if (!names.has(last)) continue;
        for (const target of statement.targets) {
          if (target.kind !== 'name') continue;
          names.add(target.id);
          looked.add(target.id);
        }
      } else if (statement.kind === 'function') {
        if (mayMention(statement.function, looked)) visit(statement.function.body);
      } else if (statement.kind === 'class') visit(statement.class.body);
    }
  };
  for (const module of project.modules) visit(module.content.body);
  return names;
}
