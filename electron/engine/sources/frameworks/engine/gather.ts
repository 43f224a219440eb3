import type { Project } from '../../python/resolve.ts';
import { spotIn } from '../../python/spots.ts';
import { type CallValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import type { AgentFound, Configuring } from './agent-found.ts';
import { constantText, given, itemsIn, pathOf, textsOf } from './arguments.ts';
import { bodyFacts } from './body.ts';
import type { FindContext } from './context.ts';
import { gatesOf } from './gate-rules.ts';
import { addGuardrail, addMiddleware, addStore } from './gather-around.ts';
import { addModel, addNamedTool, addServers } from './gather-given.ts';
import { addAgents, subAgent } from './gather-members.ts';
import { visitNode } from './gather-nodes.ts';
import { emptyGathering, type Gathered, type Gathering } from './gathering.ts';
import { laterArguments } from './later.ts';
import { agentsIn, modelsIn } from './recognise.ts';
import { functionTool } from './tool-code.ts';
import { type ToolFound, toolsIn } from './tools.ts';
import { lastStep } from './vocabulary.ts';

/** Everything that belongs to one agent, before it becomes facts. */
export function gatherAgent(context: FindContext, found: AgentFound): Gathered {
  const { project } = context;
  const into = emptyGathering();
  for (const node of found.nodes) visitNode(project, into, node.name, node.value, node.spot, 0);
  into.functions.push(...found.bodies);
  for (const one of found.calls) readArguments(project, into, found, one);
  for (const one of found.attached) attach(project, into, one);
  readLater(project, into, found);
  found.framework.extra?.gather?.(context, found, into);

  const body = bodyFacts(project, into.functions);
  for (const model of body.models) into.models.set(identityOf(model), model);
  for (const { agent, spot } of body.agents)
    if (identityOf(agent) !== found.id) into.agents.push({ agent, spot, how: 'call' });
  for (const { call, spot } of body.notFollowed)
    into.unknown.push({ reason: `${call} is called too deep inside other functions to follow`, spot });
  const tools = new Map<string, ToolFound>();
  const keep = (tool: ToolFound): void => {
    const key = `${tool.spot.place}#${tool.name}`;
    const known = tools.get(key);
    if (known === undefined || known.when !== undefined) tools.set(key, tool);
  };
  for (const { value, when } of [...into.toolValues, ...body.tools.map((value) => ({ value, when: undefined }))]) {
    const inside = toolsIn(project, value);
    for (const tool of inside.tools) keep(when === undefined || tool.when !== undefined ? tool : { ...tool, when });
    for (const one of inside.mcp) addServers(project, into, one);
    into.unknown.push(...inside.unknown);
  }
  for (const tool of into.extraTools) keep(tool);
  const { functions: _functions, toolValues: _values, extraTools: _extra, models, unknown, ...rest } = into;
  const seen = new Set<string>();
  return {
    ...rest,
    body,
    models: [...models.values()],
    tools: [...tools.values()],
    prompts: [...into.prompts, ...body.prompts],
    unknown: unknown
      .map((one) => (one.spot.place === '' ? { ...one, spot: found.spot } : one))
      .filter(({ reason, spot }) => {
        const key = `${reason}:${spot.place}:${spot.line}`;
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      }),
  };
}

function readArguments(project: Project, into: Gathering, found: AgentFound, { call, takes, rule }: Configuring): void {
  const value = (role: keyof typeof takes): Value | null => given(project, call, takes[role]);
  const model = value('model');
  if (model !== null) addModel(project, into, model, call.spot);
  const tools = value('tools');
  if (tools !== null) into.toolValues.push({ value: tools });
  for (const item of itemsIn(value('toolNames')))
    for (const name of textsOf(item.value)) addNamedTool(into, found, name, spotIn(item.value) ?? call.spot);
  const servers = value('servers');
  for (const option of servers === null ? [] : optionsOf(servers)) addServers(project, into, option);
  addAgents(project, into, value('agents'), call.spot, found.symbol);
  addAgents(project, into, value('handoffs'), call.spot, 'handoff');
  const instructions = value('instructions');
  if (instructions !== null) into.prompts.push(instructions);
  // Several arguments may hold words for the model: role, goal, backstory.
  for (const name of (takes.instructions ?? []).filter((one) => typeof one === 'string')) {
    const another = given(project, call, [name]);
    if (another !== null && (instructions === null || identityOf(another) !== identityOf(instructions)))
      into.prompts.push(another);
  }
  if (rule?.positionsVary === true) variedArguments(project, into, call);
  const stack = value('middleware');
  if (stack !== null) addMiddleware(project, into, stack, found.spot);
  for (const name of (takes.interruptOn ?? []).filter((one) => typeof one === 'string')) {
    const on = given(project, call, [name]);
    if (on !== null && on.kind === 'dict') into.interruptOn.push({ value: on, spot: call.spot });
  }
  for (const name of (takes.hooks ?? []).filter((one) => typeof one === 'string')) {
    const hook = given(project, call, [name]);
    if (hook !== null)
      for (const item of hook.kind === 'list' ? hook.items.map((one) => one.value) : [hook])
        visitNode(project, into, 'hook', item, call.spot, 0);
  }
  const described = value('described');
  const own = found.framework.id;
  if (described?.kind === 'list')
    for (const item of described.items) subAgent(project, into, own, item.value, call.spot, null);
  if (described?.kind === 'dict')
    for (const entry of described.entries)
      subAgent(project, into, own, entry.value, call.spot, entry.key === null ? null : (textsOf(entry.key)[0] ?? null));
  for (const name of (takes.guardrails ?? []).filter((one) => typeof one === 'string')) {
    for (const item of itemsIn(given(project, call, [name]))) addGuardrail(project, into, item.value, call.spot);
  }
  for (const [role, as] of [
    ['checkpoints', 'checkpointer'],
    ['memory', 'memory'],
    ['knowledge', 'knowledge'],
  ] as const) {
    for (const name of (takes[role] ?? []).filter((one) => typeof one === 'string')) {
      const store = given(project, call, [name]);
      for (const item of store === null ? [] : itemsIn(store)) addStore(project, into, item.value, as, call.spot);
    }
  }
  for (const when of ['before', 'after'] as const) {
    const pause = value(when === 'before' ? 'pauseBefore' : 'pauseAfter');
    if (pause !== null && !(pause.kind === 'list' && pause.items.length === 0) && pause.kind !== 'constant')
      into.pauses.push({ value: pause, call, when });
  }
  into.gates.push(...gatesOf(project, call, rule?.gates, null));
  for (const name of rule?.settings ?? []) {
    const setting = given(project, call, [name]);
    const texts = setting === null ? [] : itemsIn(setting).flatMap((one) => constantText(one.value) ?? []);
    if (setting?.kind === 'constant') into.settings[name] = setting.value;
    else if (texts.length > 0)
      into.settings[name] = texts.length === 1 ? (texts[0] ?? '').slice(0, 200) : texts.slice(0, 50);
    else if (setting !== null)
      into.settings[name] = setting.kind === 'call' ? lastStep(pathOf(setting)) : 'decided at run time';
  }
  for (const one of rule?.capabilities ?? []) {
    if (one.when !== undefined) {
      const at = given(project, call, one.when.at);
      const { values } = one.when;
      const fits = (option: Value): boolean =>
        values.includes('*') || values.includes((constantText(option) ?? '').toLowerCase());
      if (at === null ? !values.includes('absent') : !optionsOf(at).some(fits)) continue;
    }
    into.capabilities.push({ class: one.class, spot: call.spot, because: one.because, confidence: 'high' });
  }
  for (const one of rule?.builtIn ?? []) {
    if (one.when !== undefined) {
      const at = given(project, call, one.when);
      if (at === null || (at.kind === 'constant' && at.value !== true)) continue;
    }
    into.extraTools.push({
      name: one.name,
      form: 'library',
      description: '',
      spot: found.spot,
      bodies: [],
      uses: [],
      library: one.name,
      classes: one.classes,
    });
  }
}

/** Arguments that the agent was given after it was made. */
function readLater(project: Project, into: Gathering, found: AgentFound): void {
  for (const { name, value, spot } of laterArguments(project).get(found.id) ?? []) {
    const takes = found.calls[0]?.takes ?? {};
    const is = (role: keyof typeof takes): boolean => takes[role]?.includes(name) === true;
    if (is('tools')) into.toolValues.push({ value });
    else if (is('agents')) addAgents(project, into, value, spot, 'added');
    else if (is('handoffs')) addAgents(project, into, value, spot, 'handoff');
    else if (is('model')) addModel(project, into, value, spot);
    else if (is('instructions')) into.prompts.push(value);
    else if (is('servers')) for (const option of optionsOf(value)) addServers(project, into, option);
    else if (is('guardrails')) for (const item of itemsIn(value)) addGuardrail(project, into, item.value, spot);
  }
}

function attach(project: Project, into: Gathering, one: AgentFound['attached'][number]): void {
  const functions = optionsOf(one.value).filter((option) => option.kind === 'function');
  switch (one.as) {
    case 'tool': {
      if (functions.length === 0) {
        into.toolValues.push({ value: one.value });
        return;
      }
      for (const value of functions) {
        const plain = functionTool(project, value);
        const name = one.call === null ? undefined : textsOf(given(project, one.call, one.rule.name ?? ['name']))[0];
        const named = name === undefined ? plain : { ...plain, name };
        const gates = one.call === null ? [] : gatesOf(project, one.call, one.rule.gates, [named.name]);
        into.extraTools.push(gates.length === 0 ? named : { ...named, gates: [...(plain.gates ?? []), ...gates] });
      }
      return;
    }
    case 'instructions':
      into.prompts.push(one.value);
      into.functions.push(...functions.map((value) => ({ value, scope: null })));
      return;
    case 'guardrail':
      addGuardrail(project, into, one.value, one.spot);
      return;
    case 'hook':
      into.functions.push(...functions.map((value) => ({ value, scope: null })));
      return;
    case 'agent':
      addAgents(project, into, one.value, one.spot, 'added');
      return;
    case 'runs':
      for (const agent of agentsIn(project, one.value)) into.agents.push({ agent, spot: one.spot, how: 'runs' });
  }
}

/** Positions changed between versions: arguments are told apart by what they are. */
function variedArguments(project: Project, into: Gathering, call: CallValue): void {
  for (const expression of call.call.args) {
    const value = project.evaluate(expression, call.scope, call.call.at);
    if (value.kind === 'list') into.toolValues.push({ value });
    else if (modelsIn(value).length > 0) addModel(project, into, value, call.spot);
    else if ((value.kind === 'text' && value.text.length > 60) || value.kind === 'template') into.prompts.push(value);
    else if (value.kind === 'text') into.modelTexts.push(value);
  }
}
