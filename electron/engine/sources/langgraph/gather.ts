import type { Project } from '../python/resolve.ts';
import type { Scope } from '../python/scopes.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf, type Spot, type Value } from '../python/values.ts';
import type { AgentFound } from './agents.ts';
import { bodyFacts } from './body.ts';
import type { BodyFacts } from './body-facts.ts';
import { guardMiddleware, originOf } from './known.ts';
import { agentsIn, argumentOf, boundTools, modelsIn, originPath, storeOf, textsOf } from './recognise.ts';
import { type ToolFound, type ToolsFound, toolsIn } from './tools.ts';

/** Everything that belongs to one agent, before it becomes facts. */
export type Gathered = {
  readonly body: BodyFacts;
  readonly models: readonly CallValue[];
  readonly modelTexts: readonly Value[];
  readonly tools: readonly ToolFound[];
  readonly mcp: readonly Value[];
  readonly agents: readonly { readonly agent: CallValue; readonly spot: Spot; readonly how: string }[];
  readonly prompts: readonly Value[];
  readonly stores: readonly {
    readonly call: CallValue;
    readonly symbol: string;
    readonly role: 'checkpointer' | 'memory';
    readonly spot: Spot;
  }[];
  readonly pauses: readonly { readonly value: Value; readonly call: CallValue; readonly when: 'before' | 'after' }[];
  readonly middleware: readonly {
    readonly name: string;
    readonly call: CallValue | null;
    readonly spot: Spot;
    readonly guards: boolean;
  }[];
  readonly interruptOn: readonly { readonly value: Value; readonly spot: Spot }[];
  readonly toolNodes: ReadonlyMap<string, ToolsFound>;
  readonly subAgents: readonly SubAgent[];
  readonly unknown: readonly { readonly reason: string; readonly spot: Spot }[];
};

export type SubAgent = {
  readonly name: string;
  readonly spot: Spot;
  readonly tools: ToolsFound | null;
  readonly prompt: Value | null;
  readonly models: readonly CallValue[];
  readonly modelText: Value | null;
};

export function gatherAgent(project: Project, found: AgentFound): Gathered {
  const functions: { value: FunctionValue; scope: Scope | null }[] = [];
  const toolValues: Value[] = [];
  const models = new Map<string, CallValue>();
  const modelTexts: Value[] = [];
  const agents: { agent: CallValue; spot: Spot; how: string }[] = [];
  const prompts: Value[] = [];
  const stores: Gathered['stores'][number][] = [];
  const pauses: Gathered['pauses'][number][] = [];
  const middleware: Gathered['middleware'][number][] = [];
  const interruptOn: { value: Value; spot: Spot }[] = [];
  const toolNodes = new Map<string, ToolsFound>();
  const subAgents: SubAgent[] = [];
  const unknown: { reason: string; spot: Spot }[] = [];

  const addModel = (value: Value, spot: Spot): void => {
    let understood = false;
    for (const model of modelsIn(value)) {
      models.set(identityOf(model), model);
      understood = true;
    }
    toolValues.push(...boundTools(project, value));
    const texts = optionsOf(value).filter(
      (option) => option.kind === 'text' || option.kind === 'environment' || option.kind === 'template',
    );
    if (texts.length > 0)
      modelTexts.push(texts.length === optionsOf(value).length ? value : { kind: 'choice', options: texts });
    for (const option of optionsOf(value)) {
      if (option.kind === 'dynamic' && (understood || texts.length > 0))
        unknown.push({ reason: `model may be another one: ${option.reason}`, spot });
    }
    if (understood || texts.length > 0) return;
    const functionOption = optionsOf(value).find((option) => option.kind === 'function');
    // A model chosen by a function when the agent runs.
    if (functionOption?.kind === 'function') functions.push({ value: functionOption, scope: null });
    else if (!(value.kind === 'constant' && value.value === null))
      unknown.push({ reason: 'model is only known at run time', spot });
  };

  const visitNode = (name: string, value: Value, spot: Spot, depth: number): void => {
    if (depth > 8) {
      unknown.push({ reason: `node ${name} is nested too deep to follow`, spot });
      return;
    }
    for (const option of optionsOf(value)) {
      const inner = agentsIn(option);
      if (inner.length > 0) {
        for (const agent of inner) agents.push({ agent, spot, how: `node ${name}` });
        continue;
      }
      switch (option.kind) {
        case 'function':
          functions.push({ value: option, scope: null });
          break;
        case 'instance':
        case 'class': {
          const methods = ['__call__', 'invoke', 'ainvoke', 'run']
            .map((method) => project.member(option, method))
            .filter((one) => one.kind === 'function');
          for (const method of methods) if (method.kind === 'function') functions.push({ value: method, scope: null });
          if (methods.length === 0)
            unknown.push({ reason: `node ${name} is an object whose code was not found`, spot });
          break;
        }
        case 'lambda':
          functions.push({ value: lambdaFunction(option), scope: { ...lambdaScope(option) } });
          break;
        case 'list':
          // `add_sequence([("name", function)])`
          for (const item of option.items) if (item.value.kind !== 'text') visitNode(name, item.value, spot, depth + 1);
          break;
        case 'member':
          // The bound method of something: `agent.invoke`, `self.model.invoke`.
          for (const agent of agentsIn(option.of)) agents.push({ agent, spot, how: `node ${name}` });
          for (const model of modelsIn(option.of)) models.set(identityOf(model), model);
          toolValues.push(...boundTools(project, option.of));
          if (agentsIn(option.of).length === 0 && modelsIn(option.of).length === 0)
            unknown.push({ reason: `node ${name} is only known at run time`, spot });
          break;
        case 'pipe':
        case 'call': {
          const path = option.kind === 'call' ? (originPath(option.callee) ?? '') : '';
          if (
            option.kind === 'call' &&
            /^langgraph\..*\.(?:ToolNode|ValidationNode)$|^langgraph\..*\.ToolExecutor$/.test(path)
          ) {
            const list = argumentOf(project, option, 0, 'tools');
            if (list !== null) {
              toolValues.push(list);
              toolNodes.set(name, toolsIn(project, list));
            } else unknown.push({ reason: 'tools of a tool node are only known at run time', spot });
            break;
          }
          const found = modelsIn(option);
          for (const model of found) models.set(identityOf(model), model);
          toolValues.push(...boundTools(project, option));
          prompts.push(option);
          if (
            option.kind === 'call' &&
            /RunnableLambda$|create_task$|^langgraph\.func|langgraph\..*RunnableCallable$/.test(path)
          ) {
            const inner = argumentOf(project, option, 0, 'func');
            if (inner !== null) visitNode(name, inner, spot, depth + 1);
          } else if (found.length === 0 && option.kind === 'call')
            unknown.push({ reason: `node ${name} is made by a call that is not known`, spot });
          break;
        }
        case 'dynamic':
          unknown.push({ reason: `node ${name}: ${option.reason}`, spot });
          break;
        default:
          break;
      }
    }
  };

  for (const node of found.nodes) visitNode(node.name, node.value, node.spot, 0);
  if (found.entry !== null) functions.push({ value: found.entry, scope: null });

  const rule = found.constructor;
  const calls = [found.call, ...found.finishing];
  const position = (name: 'model' | 'tools' | 'prompt' | 'agents'): number | null => {
    const index = rule?.order.indexOf(name) ?? -1;
    return index < 0 ? null : index;
  };
  if (rule !== null) {
    for (const call of [found.call, ...found.finishing.filter((one) => one.callee.kind === 'symbol')]) {
      const isMain = call === found.call;
      const order = isMain ? rule.order : null;
      const at = (name: 'model' | 'tools' | 'prompt' | 'agents'): number | null =>
        order === null ? runnablePosition(name) : position(name);
      const model = argumentOf(project, call, at('model'), 'model', 'llm');
      if (model !== null) addModel(model, call.spot);
      const tools = argumentOf(project, call, at('tools'), 'tools', 'toolkit', 'extra_tools');
      if (tools !== null) toolValues.push(tools);
      const list = argumentOf(project, call, at('agents'), 'agents');
      for (const agent of list === null ? [] : agentsInList(list))
        agents.push({ agent, spot: call.spot, how: found.symbol });
      for (const name of [
        'prompt',
        'system_prompt',
        'state_modifier',
        'messages_modifier',
        'instructions',
        'system_message',
        'prefix',
        'suffix',
      ]) {
        const prompt = argumentOf(project, call, name === 'prompt' ? at('prompt') : null, name);
        if (prompt !== null) prompts.push(prompt);
      }
      if (rule.order.length === 0) deepArguments(call);
      const stack = argumentOf(project, call, null, 'middleware');
      if (stack !== null) middlewareIn(stack);
      for (const name of ['interrupt_on', 'tool_configs', 'interrupt_config']) {
        const value = argumentOf(project, call, null, name);
        if (value !== null && value.kind === 'dict') interruptOn.push({ value, spot: call.spot });
      }
      const hooks = ['pre_model_hook', 'post_model_hook'].map((name) => argumentOf(project, call, null, name));
      for (const hook of hooks) if (hook !== null) visitNode('hook', hook, call.spot, 0);
      const subs = argumentOf(project, call, null, 'subagents');
      if (subs?.kind === 'list') for (const item of subs.items) subAgent(item.value, call.spot);
    }
  }
  for (const call of calls) {
    for (const [names, role] of [
      [['checkpointer'], 'checkpointer'],
      [['store'], 'memory'],
    ] as const) {
      const value = argumentOf(project, call, null, ...names);
      for (const option of value === null ? [] : optionsOf(value)) {
        const store = storeOf(option);
        if (store !== null) stores.push({ ...store, role, spot: call.spot });
        else if (option.kind !== 'constant')
          unknown.push({ reason: `${role} is only known at run time`, spot: call.spot });
      }
    }
    for (const when of ['before', 'after'] as const) {
      const value = argumentOf(project, call, null, `interrupt_${when}`);
      if (value !== null && !(value.kind === 'list' && value.items.length === 0) && value.kind !== 'constant')
        pauses.push({ value, call, when });
    }
  }

  function runnablePosition(name: string): number | null {
    return name === 'model' ? 0 : name === 'tools' ? 1 : name === 'prompt' ? 2 : null;
  }

  function agentsInList(value: Value): readonly CallValue[] {
    if (value.kind === 'list') return value.items.flatMap((item) => agentsIn(item.value));
    return agentsIn(value);
  }

  /** Positions changed between versions of deepagents: arguments are told apart by what they are. */
  function deepArguments(call: CallValue): void {
    for (const expression of call.call.args) {
      const value = project.evaluate(expression, call.scope, call.call.at);
      if (value.kind === 'list') toolValues.push(value);
      else if (modelsIn(value).length > 0) addModel(value, call.spot);
      else if ((value.kind === 'text' && value.text.length > 60) || value.kind === 'template') prompts.push(value);
      else if (value.kind === 'text') modelTexts.push(value);
    }
  }

  function middlewareIn(value: Value): void {
    const items = value.kind === 'list' ? value.items.map((item) => item.value) : optionsOf(value);
    for (const item of items) {
      if (item.kind === 'call') {
        const path = originPath(item.callee) ?? '';
        const name = path.slice(path.lastIndexOf('.') + 1);
        middleware.push({
          name: name || 'middleware',
          call: item,
          spot: item.spot,
          guards: originOf(path) !== null && guardMiddleware.has(name),
        });
        if (/HumanInTheLoopMiddleware$/.test(path) && originOf(path) !== null) {
          const on = argumentOf(project, item, 0, 'interrupt_on', 'tool_configs');
          interruptOn.push({ value: on ?? item, spot: item.spot });
        }
      } else if (item.kind === 'function') {
        middleware.push({ name: item.function.name, call: null, spot: item.spot, guards: false });
        functions.push({ value: item, scope: null });
      } else if (item.kind === 'instance')
        middleware.push({ name: item.of.class.name, call: null, spot: item.of.spot, guards: false });
      else if (item.kind !== 'constant')
        unknown.push({ reason: 'middleware is only known at run time', spot: found.spot });
    }
  }

  function subAgent(value: Value, spot: Spot): void {
    for (const agent of agentsIn(value)) agents.push({ agent, spot, how: 'subagent' });
    if (value.kind !== 'dict') {
      if (agentsIn(value).length === 0) unknown.push({ reason: 'sub-agent is only known at run time', spot });
      return;
    }
    const entry = (...names: readonly string[]): Value | null =>
      value.entries.find((one) => one.key?.kind === 'text' && names.includes(one.key.text))?.value ?? null;
    const name = textsOf(entry('name'))[0] ?? 'sub-agent';
    const compiled = entry('runnable', 'graph');
    if (compiled !== null && agentsIn(compiled).length > 0) {
      for (const agent of agentsIn(compiled)) agents.push({ agent, spot: value.spot, how: `subagent ${name}` });
      return;
    }
    const tools = entry('tools');
    const model = entry('model');
    subAgents.push({
      name,
      spot: value.spot,
      tools: tools === null ? null : toolsIn(project, tools),
      prompt: entry('prompt', 'system_prompt'),
      models: model === null ? [] : modelsIn(model),
      modelText: model !== null && modelsIn(model).length === 0 && textsOf(model).length > 0 ? model : null,
    });
  }

  const body = bodyFacts(project, functions);
  for (const model of body.models) models.set(identityOf(model), model);
  for (const { agent, spot } of body.agents)
    if (identityOf(agent) !== found.id) agents.push({ agent, spot, how: 'call' });
  for (const { call, spot } of body.notFollowed)
    unknown.push({ reason: `${call} is called too deep inside other functions to follow`, spot });
  const tools = new Map<string, ToolFound>();
  const mcp: Value[] = [];
  for (const value of [...toolValues, ...body.tools]) {
    const inside = toolsIn(project, value);
    for (const tool of inside.tools) {
      const key = `${tool.spot.place}#${tool.name}`;
      const known = tools.get(key);
      if (known === undefined || known.when !== undefined) tools.set(key, tool);
    }
    mcp.push(...inside.mcp);
    unknown.push(...inside.unknown);
  }
  for (const name of rule?.builtIn ?? []) {
    tools.set(`#${name}`, {
      name,
      form: 'library',
      description: '',
      spot: found.spot,
      bodies: [],
      uses: [],
      library: name,
    });
  }
  const seen = new Set<string>();
  return {
    body,
    models: [...models.values()],
    modelTexts,
    tools: [...tools.values()],
    mcp,
    agents,
    prompts: [...prompts, ...body.prompts],
    stores,
    pauses,
    middleware,
    interruptOn,
    toolNodes,
    subAgents,
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

/** A lambda as a function of one return, so that bodies are looked at in one way. */
function lambdaFunction(value: Extract<Value, { kind: 'lambda' }>): FunctionValue {
  return {
    kind: 'function',
    function: {
      name: 'lambda',
      line: value.spot.line,
      endLine: value.spot.line,
      parameters: value.parameters,
      decorators: [],
      documentation: '',
      body: [{ kind: 'return', value: value.body, line: value.spot.line, at: Number.MAX_SAFE_INTEGER }],
    },
    scope: value.scope,
    spot: value.spot,
  };
}

const lambdaScope = (value: Extract<Value, { kind: 'lambda' }>): Scope => ({
  kind: 'function',
  module: value.scope.module,
  parent: value.scope,
  body: [],
  given: new Map(),
  depth: value.scope.depth + 1,
});
