import type { AssetRef } from '../../source.ts';
import {
  booleanOf,
  type Entry,
  entryOf,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf as nodeTexts,
} from '../../parse/node.ts';
import { parseYaml } from '../../parse/yaml-document.ts';
import type { Expression } from '../../python/expressions.ts';
import type { CallSite } from '../../python/scopes.ts';
import { type CallValue, type ClassValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { constantText, given, itemsIn, originPath, textsOf } from '../engine/arguments.ts';
import type { FactContext, FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { AgentRule, Extra, Framework } from '../framework.ts';

/**
 * What CrewAI spreads over several places: the YAML half of agents and tasks (`config/agents.yaml`, `config/tasks.yaml`),
 * crews with their manager and memory, tasks with their tools and approvals.
 */
export const crewFiles = (framework: () => Framework): Extra => ({
  wants: (place) => {
    const folder = folderOf(place);
    return ['agents.yaml', 'tasks.yaml', 'agents.yml', 'tasks.yml'].map((name) => `${folder}/config/${name}`);
  },
  names: (context, want) => {
    for (const one of crewsOf(context).classes.values())
      for (const place of [one.agentsFile, one.tasksFile]) if (place !== null) want(place);
    return new Map();
  },
  find: (context) => crewsOf(context).crews.flatMap((crew) => managerOf(context, crew, framework())),
  gather: (context, agent, into) => gather(context, agent, into),
  facts: (context) => emit(context),
});

type CrewClass = {
  readonly agentsFile: string | null;
  readonly tasksFile: string | null;
  /** Agents that methods of the class make, by the method's name. */
  readonly agents: ReadonlyMap<string, readonly CallValue[]>;
};
type Crew = {
  readonly call: CallValue;
  readonly variable: string;
  readonly members: readonly CallValue[];
  readonly hierarchical: boolean;
};
type Task = {
  readonly agents: readonly CallValue[];
  readonly tools: Value | null;
  readonly human: Spot | null;
  readonly name: string;
};
type Crews = {
  readonly classes: ReadonlyMap<unknown, CrewClass>;
  readonly crews: readonly Crew[];
  readonly tasks: readonly Task[];
};

const known = new WeakMap<object, Crews>();

function crewsOf(context: FindContext): Crews {
  const { project } = context;
  const before = known.get(project);
  if (before !== undefined) return before;
  const classes = new Map<unknown, CrewClass>();
  const crews: Crew[] = [];
  const tasks: Task[] = [];
  const found = { classes, crews, tasks };
  known.set(project, found);
  for (const definition of context.definitions()) {
    if (definition.kind !== 'class') continue;
    const marked = definition.decorators
      .flatMap(optionsOf)
      .some((one) => /^crewai\..*CrewBase$/.test(originPath(one) ?? ''));
    if (marked) classes.set(definition.value.class, crewClass(context, definition.value));
  }
  for (const site of project.calls(new Set(['Crew', 'Task']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      const path = originPath(callee) ?? '';
      const call: CallValue = {
        kind: 'call',
        callee,
        call: site.call,
        scope: site.scope,
        spot: { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine },
      };
      if (/^crewai\.[^()]*\bCrew$/.test(path)) crews.push(crewAt(context, classes, site, call));
      else if (/^crewai\.[^()]*\bTask$/.test(path)) tasks.push(taskAt(context, classes, call));
    }
  }
  return found;
}

function crewClass(context: FindContext, value: ClassValue): CrewClass {
  const { project } = context;
  const folder = folderOf(value.spot.place);
  const file = (name: string, usual: string): string => {
    const [text] = textsOf(project.member(value, name));
    return `${folder}/${text ?? usual}`.replace(/\/\.\//g, '/');
  };
  const agents = new Map<string, readonly CallValue[]>();
  for (const statement of value.class.body) {
    if (statement.kind !== 'function') continue;
    const method = project.member({ kind: 'instance', of: value, made: null }, statement.function.name);
    const inside = project.openScope(value.class, value.scope);
    const marked = statement.function.decorators.some((one) =>
      /^crewai\.project\..*\bagent$|^crewai\.project\.agent$/.test(originPath(project.evaluate(one, inside)) ?? ''),
    );
    if (!marked || method.kind !== 'function') continue;
    agents.set(statement.function.name, context.agentsIn(project.results(method, null, method.scope)));
  }
  return {
    agentsFile: file('agents_config', 'config/agents.yaml'),
    tasksFile: file('tasks_config', 'config/tasks.yaml'),
    agents,
  };
}

/** Class of `CrewBase` that a call stands in. */
function classAround(classes: Crews['classes'], call: CallValue): CrewClass | null {
  for (let scope: CallValue['scope'] | null = call.scope; scope !== null; scope = scope.parent) {
    const found = scope.class === undefined ? undefined : classes.get(scope.class);
    if (found !== undefined) return found;
  }
  return null;
}

function crewAt(context: FindContext, classes: Crews['classes'], site: CallSite, call: CallValue): Crew {
  const { project } = context;
  const around = classAround(classes, call);
  const listed = itemsIn(given(project, call, ['agents'])).flatMap((item) => context.agentsIn(item.value));
  const members = listed.length > 0 ? listed : around === null ? [] : [...around.agents.values()].flat();
  const hierarchical = itemsIn(given(project, call, ['process'])).some(
    (one) => constantText(one.value) === 'hierarchical',
  );
  const owner = site.scope.function?.name ?? site.scope.class?.name ?? '';
  const target = site.statement.kind === 'assign' ? site.statement.targets[0] : undefined;
  const names = [site.scope.parent?.class?.name, owner, target?.kind === 'name' ? target.id : undefined];
  return { call, variable: names.filter((one) => one !== undefined && one !== '').join('.'), members, hierarchical };
}

function taskAt(context: FindContext, classes: Crews['classes'], call: CallValue): Task {
  const { project } = context;
  const around = classAround(classes, call);
  const half = around === null ? null : yamlEntry(context, around.tasksFile, keyOf(call, 'config'));
  const named = textOf(nodeOf(half?.entry.node, 'agent'));
  const direct = given(project, call, ['agent']);
  const agents =
    direct !== null ? context.agentsIn(direct) : named === undefined ? [] : (around?.agents.get(named) ?? []);
  const human = given(project, call, ['human_input']);
  const inYaml = entryOf(half?.entry.node, 'human_input');
  const asks =
    human !== null && human.kind === 'constant' && human.value === true
      ? call.spot
      : half !== null && inYaml !== undefined && booleanOf(inYaml.node) === true
        ? { place: half.place, line: inYaml.line }
        : null;
  return {
    agents,
    tools: given(project, call, ['tools']),
    human: asks,
    name: keyOf(call, 'config') ?? call.scope.function?.name ?? 'task',
  };
}

/** Key of `self.agents_config["key"]`. */
function keyOf(call: CallValue, name: string): string | null {
  const expression: Expression | undefined = call.call.keywords.find((one) => one.name === name)?.value;
  return expression?.kind === 'subscript' && expression.index.kind === 'text' ? expression.index.value : null;
}

type Half = { readonly place: string; readonly entry: Entry };

const parsed = new WeakMap<ReadonlyMap<string, string>, Map<string, Node | null>>();

function yamlEntry(context: FindContext, place: string | null, key: string | null): Half | null {
  if (place === null || key === null) return null;
  for (const one of [place, place.replace(/\.yaml$/, '.yml')]) {
    const text = context.documents.get(one);
    if (text === undefined) continue;
    let trees = parsed.get(context.documents);
    if (trees === undefined) {
      trees = new Map();
      parsed.set(context.documents, trees);
    }
    let tree = trees.get(one);
    if (tree === undefined) {
      tree = parseYaml(text).root;
      trees.set(one, tree);
    }
    const entry = entryOf(tree, key);
    if (entry !== undefined) return { place: one, entry };
  }
  return null;
}

/** The YAML half of an agent. */
function halfOf(context: FindContext, agent: AgentFound): Half | null {
  const call = agent.calls[0]?.call;
  if (call === undefined) return null;
  const key = keyOf(call, 'config');
  if (key === null) return null;
  const around = classAround(crewsOf(context).classes, call);
  return yamlEntry(context, around?.agentsFile ?? `${folderOf(agent.spot.place)}/config/agents.yaml`, key);
}

function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const half = halfOf(context, agent);
  if (half !== null) {
    const value = (name: string): Value | null => {
      const entry = entryOf(half.entry.node, name);
      const text = entry === undefined ? undefined : scalarText(entry.node);
      if (entry === undefined || text === undefined) return null;
      return {
        kind: 'text',
        text,
        spot: { place: half.place, line: entry.line, endLine: entry.endLine },
        name: `${half.entry.key} ${name}`,
      };
    };
    for (const name of ['role', 'goal', 'backstory', 'system_template']) {
      const text = value(name);
      if (text !== null) into.prompts.push(text);
    }
    const llm = value('llm');
    if (llm !== null) into.modelTexts.push(llm);
    for (const name of nodeTexts(nodeOf(half.entry.node, 'tools'))) {
      const spot = { place: half.place, line: entryOf(half.entry.node, 'tools')?.line ?? half.entry.line };
      into.extraTools.push({
        name,
        form: 'library',
        description: '',
        spot,
        bodies: [],
        uses: [],
        library: `crewai_tools.${name}`,
      });
    }
    for (const name of ['allow_delegation', 'max_iter', 'max_rpm', 'allow_code_execution', 'code_execution_mode']) {
      const node = nodeOf(half.entry.node, name);
      if (node?.kind === 'scalar' && into.settings[name] === undefined) into.settings[name] = node.value;
    }
    if (
      into.settings['allow_code_execution'] === true &&
      !into.extraTools.some((tool) => tool.name === 'code_execution')
    ) {
      const spot = {
        place: half.place,
        line: entryOf(half.entry.node, 'allow_code_execution')?.line ?? half.entry.line,
      };
      into.extraTools.push({
        name: 'code_execution',
        form: 'library',
        description: '',
        spot,
        bodies: [],
        uses: [],
        library: 'code_execution',
        classes: ['executes-code'],
      });
    }
  } else if (agent.calls[0]?.call.call.keywords.some((one) => one.name === 'config') === true)
    into.unknown.push({ reason: 'role, goal and model stand in a configuration that is not found', spot: agent.spot });

  const { tasks, crews } = crewsOf(context);
  for (const task of tasks) {
    if (!task.agents.some((one) => identityOf(one) === agent.id)) continue;
    if (task.tools !== null) into.toolValues.push({ value: task.tools, when: `task ${task.name}` });
    // A person answers about the result of the task: what its tools did is done by then.
    if (task.human !== null)
      into.gates.push({
        mechanism: `human_input of task ${task.name}`,
        grade: 'human-per-call',
        spot: task.human,
        covers: [],
      });
  }
  if (into.settings['allow_delegation'] === true) {
    for (const crew of crews) {
      if (!crew.members.some((one) => identityOf(one) === agent.id)) continue;
      const spot =
        half === null
          ? agent.spot
          : { place: half.place, line: entryOf(half.entry.node, 'allow_delegation')?.line ?? half.entry.line };
      for (const other of crew.members)
        if (identityOf(other) !== agent.id) into.agents.push({ agent: other, spot, how: 'allow_delegation' });
    }
  }
}

const managerRule: AgentRule = {
  symbols: [],
  takes: { model: ['manager_llm'] },
  confidence: 'medium',
};

/** A hierarchical crew makes a manager of its own unless it is given one. */
function managerOf(context: FindContext, crew: Crew, framework: Framework): readonly AgentFound[] {
  const { project } = context;
  if (!crew.hierarchical || given(project, crew.call, ['manager_agent']) !== null) return [];
  return [
    {
      id: `crew-manager:${identityOf(crew.call)}`,
      form: 'constructor',
      framework,
      frameworkName: 'crewai',
      symbol: 'Crew',
      rule: managerRule,
      calls: [{ call: crew.call, takes: managerRule.takes, rule: managerRule }],
      site: null,
      spot: keywordSpot(crew.call, 'process', 'manager_llm') ?? crew.call.spot,
      nodes: crew.members.map((agent) => ({ name: 'member', value: agent, spot: crew.call.spot })),
      edges: 0,
      bodies: [],
      attached: [],
      givenName: 'crew manager (implicit)',
      variable: `${crew.variable}.manager`,
    },
  ];
}

/**
 * Where one of the arguments stands. A constant has no line of its own: then that of the nearest argument before it that has
 * one.
 */
function keywordSpot({ call, spot }: CallValue, ...names: readonly string[]): Spot | null {
  let line: number | null = null;
  for (const { name, value } of call.keywords) {
    if ('line' in value) line = value.line;
    if (name !== null && names.includes(name))
      return line === null || line < spot.line ? null : { place: spot.place, line, endLine: line };
  }
  return null;
}

function emit(context: FactContext): void {
  const { facts } = context;
  const { crews } = crewsOf(context);
  for (const agent of context.agents) {
    if (agent.framework.id !== 'crewai') continue;
    const ref = context.refOf(agent.id);
    const half = halfOf(context, agent);
    if (half !== null && ref !== undefined) {
      const spot = { place: half.place, line: half.entry.line, endLine: half.entry.endLine };
      facts.asset(spot, {
        ...ref,
        name: half.entry.key,
        properties: { framework: 'crewai', declaredIn: half.place },
        confidence: 'high',
      });
    }
  }
  for (const crew of crews) {
    const refs = crew.members.flatMap((member): readonly AssetRef[] => {
      const ref = context.refOf(identityOf(member));
      return ref === undefined ? [] : [ref];
    });
    const manager = given(context.project, crew.call, ['manager_agent']);
    for (const agent of manager === null ? [] : context.agentsIn(manager)) {
      const from = context.refOf(identityOf(agent));
      if (from === undefined) continue;
      for (const to of refs)
        if (to.key !== from.key)
          facts.relation(crew.call.spot, {
            kind: 'delegates-to',
            from,
            to,
            discriminator: 'manager_agent',
            properties: { how: 'manager_agent' },
            confidence: 'high',
          });
    }
    const memory = given(context.project, crew.call, ['memory']);
    if (memory === null || (memory.kind === 'constant' && memory.value !== true)) continue;
    const spot = keywordSpot(crew.call, 'memory') ?? crew.call.spot;
    const store = facts.asset(spot, {
      kind: 'data-store',
      key: `${spot.place}#${crew.variable}.memory`,
      name: 'crew memory',
      properties: { kind: 'memory', product: 'CrewAI memory', framework: 'crewai' },
      confidence: 'high',
    });
    for (const from of refs)
      facts.relation(spot, {
        kind: 'writes',
        from,
        to: store,
        discriminator: 'memory',
        properties: { role: 'memory' },
        confidence: 'high',
      });
  }
}

const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));
