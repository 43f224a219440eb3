import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import {
  booleanOf,
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textOf,
} from '../parse/node.ts';
import type { AssetRef } from '../source.ts';
import { type Effect, effectOf, httpClasses, namedEffect } from '../low-code/effects.ts';
import { type FlowFacts, literalSecret, type ModelChosen, shortName } from '../low-code/flow-facts.ts';
import { around, arrowsOf, isOnEveryWay } from '../low-code/graph.ts';
import { emitInline, inlineServers, unknownServer } from '../low-code/inline-server.ts';
import { categoryOf, providerOf } from '../low-code/services.ts';
import { agentParameter, type DifyApp, type DifyStep, insertedIn, isEnabled } from './app.ts';

/** The app as what is deployed, and its agents: the app itself where its mode says so, else the agent steps of its flow. */
export function emitApp(facts: FlowFacts, app: DifyApp): void {
  const workload = facts.workflow('', app.name, app.span, {
    product: 'Dify',
    runs: 'workflow',
    mode: app.mode.slice(0, 60),
    version: app.version.slice(0, 20),
    ...plugins(app),
    ...writtenSecrets(facts, app),
  });
  emitSettingsAgent(facts, app, workload);
  for (const step of app.steps) if (step.type === 'agent') emitStepAgent(facts, app, step, workload);
  for (const step of app.steps) emitStep(facts, step, workload);
}

/** People talk to a chat app; a workflow is called over the API or from another app. */
const exposureOf = (facts: FlowFacts, app: DifyApp): JsonValue => [
  {
    kind: /chat/.test(app.mode) ? 'chat' : 'http',
    how: `${app.mode.slice(0, 60)} app`,
    place: facts.place,
    line: app.span.line,
  },
];

/** Apps without a flow: `agent-chat`, or `chat` with the agent mode switched on. */
function emitSettingsAgent(facts: FlowFacts, app: DifyApp, workload: AssetRef): void {
  const config = nodeOf(app.root, 'model_config');
  if (config === undefined) return;
  const mode = nodeOf(config, 'agent_mode');
  const tools = itemsOf(nodeOf(mode, 'tools'));
  const on = booleanOf(nodeOf(mode, 'enabled')) === true;
  const isAgent = app.mode === 'agent-chat' || (on && tools.some(isEnabled));
  const user: AssetRef = isAgent ? facts.ref('agent', app.name.slice(0, 200)) : workload;
  emitModel(facts, user, nodeOf(config, 'model'), isAgent ? 'chat' : 'chain');
  emitDatasets(facts, user, config);
  if (!isAgent) return;
  const prompt = entryOf(config, 'pre_prompt');
  const body = textOf(prompt?.node);
  if (prompt !== undefined && body !== undefined && body.trim() !== '')
    facts.prompt(user, 'pre_prompt', `${app.name} instructions`, body, prompt, insertedIn(body));
  for (const [index, tool] of tools.slice(0, 200).entries()) emitTool(facts, user, tool, `tools[${index}]`);
  const steps = scalarText(nodeOf(mode, 'max_iteration'));
  facts.agent(app.name.slice(0, 200), app.name, app.span, {
    language: 'dify',
    construct: 'agent-chat',
    mode: app.mode.slice(0, 60),
    description: shortName(app.description === '' ? app.name : app.description),
    exposure: exposureOf(facts, app),
    settings: {
      strategy: shortName(scalarText(nodeOf(mode, 'strategy')) ?? 'function_call'),
      ...(steps === undefined ? {} : { maxIterations: steps.slice(0, 20) }),
    },
  });
  facts.relation('executes', workload, user, app.span);
}

function emitStepAgent(facts: FlowFacts, app: DifyApp, step: DifyStep, workload: AssetRef): void {
  const key = step.id.slice(0, 200);
  const ref: AssetRef = facts.ref('agent', key);
  const unknown: Properties[] = [];
  const model = agentParameter(step, 'model');
  if (model === null || !emitModel(facts, ref, model.value, 'chat'))
    unknown.push({
      reason: 'its model comes from the run or its strategy',
      place: facts.place,
      line: (model?.span ?? step.span).line,
    });
  for (const name of ['instruction', 'query']) {
    const found = agentParameter(step, name);
    const body = found === null ? undefined : textOf(found.value);
    if (found !== null && body !== undefined && body.trim() !== '')
      facts.prompt(ref, `${key}/${name}`, `${step.title} ${name}`, body, found.span, insertedIn(body));
  }
  const tools: { readonly name: string; readonly ref: AssetRef }[] = [];
  const given = agentParameter(step, 'tools');
  if (given !== null && given.value.kind !== 'list')
    unknown.push({ reason: 'its tools are decided at run time', place: facts.place, line: given.span.line });
  itemsOf(given?.value)
    .slice(0, 200)
    .forEach((tool, index) => {
      const made = emitTool(facts, ref, tool, `${key}/tools[${index}]`);
      if (made !== null) tools.push(made);
    });
  emitStepServers(facts, ref, step);
  const { gates, falseGates } = emitGates(facts, app, step, ref, tools);
  facts.agent(
    key,
    step.title,
    step.span,
    {
      language: 'dify',
      construct: 'agent node',
      app: shortName(app.name),
      mode: app.mode.slice(0, 60),
      exposure: exposureOf(facts, app),
      settings: {
        strategy: shortName(scalarText(nodeOf(step.data, 'agent_strategy_name')) ?? ''),
        strategyPlugin: shortName(scalarText(nodeOf(step.data, 'agent_strategy_provider_name')) ?? ''),
      },
      ...(gates.length === 0 ? {} : { gates }),
      ...(falseGates.length === 0 ? {} : { falseGates }),
      ...(unknown.length === 0 ? {} : { unknown }),
    },
    unknown.length > 0,
  );
  facts.relation('executes', workload, ref, step.span);
}

/** Strategies of plug-ins take servers as an address or as JSON in a text. */
function emitStepServers(facts: FlowFacts, ref: AssetRef, step: DifyStep): void {
  for (const name of ['mcp_server', 'mcp_servers', 'mcp_servers_config', 'servers_config', 'mcp_config']) {
    const found = agentParameter(step, name);
    const text = found === null ? undefined : textOf(found.value);
    if (found === null || text === undefined || text.trim() === '') continue;
    const given = { name: step.title, span: found.span, where: `agent_parameters.${name}` };
    if (/^https?:\/\//.test(text.trim())) emitInline(facts, ref, given, unknownServer(given, text.trim()));
    else inlineServers(facts, ref, text, given);
  }
}

/** `langgenius/openai/openai` names plug-in author, plug-in and provider. */
function emitModel(facts: FlowFacts, user: AssetRef, model: Node | undefined, role: string): boolean {
  const entry = entryOf(model, 'name') ?? entryOf(model, 'model');
  const id = scalarText(entry?.node);
  if (entry === undefined || id === undefined || id === '') return false;
  const provider = scalarText(nodeOf(model, 'provider')) ?? '';
  facts.model(user, id, entry, providerOf(provider.split('/').at(-1) ?? '') || provider.split('/').at(-1) || '', role);
  return true;
}

/** A tool of an agent; a dataset is a store, a tool of a server is the server's. */
function emitTool(
  facts: FlowFacts,
  agent: AssetRef,
  tool: Node,
  key: string,
): { readonly name: string; readonly ref: AssetRef } | null {
  const old = entriesOf(tool)[0];
  if (old !== undefined && old.key === 'dataset') {
    emitDataset(facts, agent, scalarText(nodeOf(old.node, 'id')) ?? '', old);
    return null;
  }
  const named = entryOf(tool, 'tool_name') ?? entryOf(tool, 'provider_name');
  const name = scalarText(named?.node);
  if (named === undefined || name === undefined) return null;
  const provider = scalarText(nodeOf(tool, 'provider_name')) ?? scalarText(nodeOf(tool, 'provider_id')) ?? '';
  const type = scalarText(nodeOf(tool, 'provider_type')) ?? scalarText(nodeOf(tool, 'type')) ?? 'builtin';
  const enabled = isEnabled(tool);
  if (type === 'mcp') {
    const given = { name: provider === '' ? name : provider, span: named, where: 'tools', enabled };
    emitInline(facts, agent, given, unknownServer(given));
    return null;
  }
  const effect = toolEffect(type, provider, name, named);
  const ref = facts.tool(agent, {
    key,
    name,
    span: { line: named.line, endLine: named.line },
    library: `${type}:${provider}`,
    form: `${type} tool`,
    effect,
    enabled,
    description: scalarText(nodeOf(tool, 'extra', 'description')) ?? scalarText(nodeOf(tool, 'tool_label')),
    modelChosen: chosenBy(tool, named),
  });
  if (enabled) emitReach(facts, ref, provider, effect, named);
  return { name, ref };
}

/** Parameters that a schema marks as the model's (`form: llm`), or that a setting leaves to it (`auto`). */
function chosenBy(tool: Node, span: Span): readonly ModelChosen[] {
  const chosen: ModelChosen[] = [];
  for (const schema of itemsOf(nodeOf(tool, 'schemas')).slice(0, 100)) {
    const name = scalarText(nodeOf(schema, 'name'));
    if (name !== undefined && scalarText(nodeOf(schema, 'form')) === 'llm')
      chosen.push({ parameter: name, line: schema.line });
  }
  for (const entry of entriesOf(nodeOf(tool, 'parameters')).slice(0, 100))
    if (scalarText(nodeOf(entry.node, 'auto')) === '1' && !chosen.some((one) => one.parameter === entry.key))
      chosen.push({ parameter: entry.key, line: entry.line });
  return chosen.length > 0 || nodeOf(tool, 'tool_parameters') === undefined
    ? chosen
    : entriesOf(nodeOf(tool, 'tool_parameters'))
        .slice(0, 100)
        .filter((entry) => (scalarText(entry.node) ?? '') === '')
        .map((entry) => ({ parameter: entry.key, line: span.line }));
}

function toolEffect(type: string, provider: string, name: string, span: Span): Effect {
  if (type === 'workflow') return effectOf(['delegates'], 'runs another workflow of Dify', span, 'medium', false);
  const library = provider.split('/').at(-1) ?? provider;
  if (/^(?:time|current_time|math|maths|calculator)$/.test(library)) return { capabilities: [], known: true };
  const byProvider = categoryOf(library) === null ? null : namedEffect(library, name, span);
  return byProvider ?? namedEffect(name, name, span, 'low');
}

function emitReach(facts: FlowFacts, ref: AssetRef, provider: string, effect: Effect, span: Span): void {
  const classes = new Set(effect.capabilities.map((one) => one.class));
  const category = categoryOf(provider.split('/').at(-1) ?? provider);
  if (classes.has('reads-untrusted'))
    facts.relation(
      'ingests',
      ref,
      facts.service(category?.kind === 'search' || category === null ? 'web' : category.product, null, span),
      span,
    );
  if (classes.has('sends-outside'))
    facts.relation(
      'egresses-to',
      ref,
      facts.service(category?.kind === 'mail' ? 'mail' : (category?.product ?? 'web'), null, span),
      span,
    );
}

function emitDatasets(facts: FlowFacts, user: AssetRef, config: Node): void {
  for (const item of itemsOf(nodeOf(config, 'dataset_configs', 'datasets', 'datasets')).slice(0, 100)) {
    const entry = entryOf(item, 'dataset', 'id') ?? entryOf(item, 'id');
    if (entry !== undefined) emitDataset(facts, user, scalarText(entry.node) ?? '', entry);
  }
}

/** A knowledge base is known by its id alone, which exports may encrypt. */
function emitDataset(facts: FlowFacts, user: AssetRef, id: string, span: Span): void {
  if (id === '') return;
  const short = shortName(id).slice(0, 60);
  const store = facts.store({
    key: `vector:dify:${short}`,
    name: `knowledge base ${short}`,
    kind: 'vector',
    product: 'Dify knowledge',
    span,
  });
  facts.relation('reads', user, store, span, { role: 'knowledge' });
}

/** Steps that act by themselves: part of the app, no tools of an agent. */
function emitStep(facts: FlowFacts, step: DifyStep, workload: AssetRef): void {
  switch (step.type) {
    case 'llm':
    case 'question-classifier':
    case 'parameter-extractor':
      emitModel(facts, workload, nodeOf(step.data, 'model'), 'chain');
      return;
    case 'knowledge-retrieval':
      for (const id of itemsOf(nodeOf(step.data, 'dataset_ids')).slice(0, 100))
        emitDataset(facts, workload, scalarText(id) ?? '', id);
      return;
    case 'code':
      facts.step(workload, {
        name: step.title,
        span: step.span,
        library: 'code',
        effect: effectOf(['executes-code'], 'runs code of the flow in the sandbox', step.span, 'medium', false),
      });
      return;
    case 'tool': {
      const provider =
        scalarText(nodeOf(step.data, 'provider_name')) ?? scalarText(nodeOf(step.data, 'provider_id')) ?? '';
      const type = scalarText(nodeOf(step.data, 'provider_type')) ?? 'builtin';
      const name = scalarText(nodeOf(step.data, 'tool_name')) ?? step.title;
      const effect = toolEffect(type, provider, name, step.span);
      facts.step(workload, { name: step.title, span: step.span, library: `${type}:${provider}/${name}`, effect });
      emitReach(facts, workload, provider, effect, step.span);
      return;
    }
    case 'http-request': {
      const url = scalarText(nodeOf(step.data, 'url')) ?? '';
      const host =
        /^[a-z][a-z0-9+.-]*:\/\/([^/?#{}$\s]{1,253})(?:[/?#]|$)/i.exec(url)?.[1]?.replace(/^[^@]*@/, '') ?? null;
      const method = (scalarText(nodeOf(step.data, 'method')) ?? 'get').toUpperCase();
      const effect = effectOf(httpClasses(method, host === null), `${method.slice(0, 10)} request`, step.span);
      facts.step(workload, { name: step.title, span: step.span, library: 'http-request', effect });
      const service = facts.service('web', host, step.span);
      const classes = new Set(effect.capabilities.map((one) => one.class));
      if (classes.has('reads-untrusted')) facts.relation('ingests', workload, service, step.span);
      if (classes.has('sends-outside') || classes.has('deletes'))
        facts.relation('egresses-to', workload, service, step.span);
      return;
    }
    default:
  }
}

/** `human-input` steps of 2026; their branch for no answer is drawn in the flow. */
function emitGates(
  facts: FlowFacts,
  app: DifyApp,
  step: DifyStep,
  ref: AssetRef,
  tools: readonly { readonly name: string; readonly ref: AssetRef }[],
): { readonly gates: readonly string[]; readonly falseGates: readonly JsonValue[] } {
  const gates: string[] = [];
  const falseGates: JsonValue[] = [];
  const asked = app.steps.filter((one) => /^human[-_]input$/.test(one.type));
  if (asked.length === 0) return { gates, falseGates };
  const arrows = arrowsOf(app.arrows);
  const before = around(arrows, step.id, 'before');
  const after = around(arrows, step.id, 'after');
  for (const one of asked) {
    if (before.has(one.id) && isOnEveryWay(arrows, one.id, step.id)) {
      facts.gate(ref, {
        key: one.id,
        name: one.title,
        span: one.span,
        mechanism: 'human input step',
        grade: 'human-per-plan',
        onNoAnswer: 'unknown',
        covers: tools.map((tool) => tool.ref),
        coverNames: tools.map((tool) => tool.name),
        properties: { stands: 'before the agent' },
      });
      gates.push(shortName(one.title));
    } else if (before.has(one.id))
      falseGates.push(
        facts.falseGate('human input step', `${shortName(one.title)}: some ways to the agent go past it`, one.span),
      );
    else if (after.has(one.id))
      falseGates.push(
        facts.falseGate(
          'human input step',
          `${shortName(one.title)}: asked after the agent has run, when its tools have acted already`,
          one.span,
        ),
      );
  }
  return { gates, falseGates };
}

/** Plug-ins that the app needs, with the version and digest that hold them. */
function plugins(app: DifyApp): Properties {
  const found = itemsOf(nodeOf(app.root, 'dependencies'))
    .slice(0, 100)
    .flatMap((item) => {
      const id = entriesOf(nodeOf(item, 'value')).flatMap((entry) =>
        /unique_identifier$/.test(entry.key) ? (scalarText(entry.node) ?? []) : [],
      )[0];
      const written = /^([^:@]{1,120}):([^@]{1,60})(@[0-9a-f]{16,})?$/.exec(id ?? '');
      return written === null
        ? []
        : [{ name: written[1] ?? '', version: written[2] ?? '', pinned: written[3] !== undefined, line: item.line }];
    });
  return found.length === 0 ? {} : { plugins: found };
}

/** Secrets that the export carries in its variables: places and kinds. */
function writtenSecrets(facts: FlowFacts, app: DifyApp): Properties {
  const found = itemsOf(nodeOf(app.root, 'workflow', 'environment_variables'))
    .slice(0, 200)
    .flatMap((item): JsonValue[] => {
      const name = scalarText(nodeOf(item, 'name')) ?? '';
      const value = scalarText(nodeOf(item, 'value')) ?? '';
      const secret =
        scalarText(nodeOf(item, 'value_type')) === 'secret' && value !== '' ? 'secret' : literalSecret(name, value);
      return secret === null
        ? []
        : [{ where: `environment_variables.${shortName(name)}`, kind: secret, place: facts.place, line: item.line }];
    });
  const variables = itemsOf(nodeOf(app.root, 'workflow', 'environment_variables'))
    .slice(0, 200)
    .flatMap((item) =>
      scalarText(nodeOf(item, 'value_type')) === 'secret' ? [shortName(scalarText(nodeOf(item, 'name')) ?? '')] : [],
    );
  return {
    ...(found.length === 0 ? {} : { literalSecrets: found }),
    ...(variables.length === 0 ? {} : { secretVariables: variables }),
  };
}
