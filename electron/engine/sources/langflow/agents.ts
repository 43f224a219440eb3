import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { credentialRef } from '../keys.ts';
import { itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';
import { looksLikePlaceholder } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { type Effect, effectOf, httpClasses, namedEffect } from '../low-code/effects.ts';
import { type FlowFacts, shortName } from '../low-code/flow-facts.ts';
import { around, arrowsOf } from '../low-code/graph.ts';
import { inlineServers } from '../low-code/inline-server.ts';
import { categoryOf, providerOf } from '../low-code/services.ts';
import {
  type Component,
  fieldSpan,
  fieldText,
  fieldValue,
  type LangflowFlow,
  secretFields,
  type Wire,
} from './flow.ts';

/** Components that run a model with tools in a loop; a language model alone is none. */
const isAgent = (component: Component): boolean =>
  /(?:Agent|AgentComponent)$/.test(component.type) && !/^(?:Memory|Prompt)/.test(component.type);

/** Agents whose construct runs code or SQL that the model writes. */
const ownPowers: readonly (readonly [RegExp, 'code' | 'sql'])[] = [
  [/^CSVAgent|^PandasAgent|^CodeAct/, 'code'],
  [/^SQLAgent/, 'sql'],
];

export function emitFlow(facts: FlowFacts, flow: LangflowFlow, prefix: string, fileName: string): void {
  const name = flow.name ?? fileName;
  const workload = facts.workflow(prefix, name, flow.span, {
    product: 'Langflow',
    runs: 'workflow',
    ...(flow.endpoint === null || flow.endpoint === '' ? {} : { endpoint: shortName(flow.endpoint) }),
  });
  const byId = new Map(flow.components.map((one) => [one.id, one]));
  const into = (component: Component, field: RegExp): readonly (readonly [Component, Wire])[] =>
    flow.wires.flatMap((wire): (readonly [Component, Wire])[] => {
      const from = wire.to === component.id && field.test(wire.field) ? byId.get(wire.from) : undefined;
      return from === undefined ? [] : [[from, wire]];
    });
  const arrows = arrowsOf(flow.wires.map((wire) => [wire.from, wire.to] as const));
  const agents = flow.components.filter(isAgent);
  const refs = new Map<string, AssetRef>(agents.map((one) => [one.id, facts.ref('agent', `${prefix}${one.id}`)]));
  const asTool = new Set(flow.wires.filter((wire) => /^tools$/.test(wire.field)).map((wire) => wire.from));

  for (const component of agents) {
    const ref = refs.get(component.id) ?? workload;
    const unknown: Properties[] = [];
    if (!emitModels(facts, component, ref, into))
      unknown.push({ reason: 'its model is not named in the flow', place: facts.place, line: component.span.line });
    for (const field of [
      'system_prompt',
      'system_message',
      'agent_instructions',
      'instructions',
      'backstory',
      'goal',
      'role',
    ]) {
      const body = fieldText(component, field);
      if (body !== undefined)
        facts.prompt(
          ref,
          `${prefix}${component.id}/${field}`,
          `${component.label} ${field}`,
          body,
          fieldSpan(component, field),
          variablesIn(body),
        );
    }
    for (const [prompt, wire] of into(component, /^(?:system_prompt|system_message|agent_instructions)$/)) {
      const body = fieldText(prompt, 'template', 'input_value');
      if (body !== undefined)
        facts.prompt(
          ref,
          `${prefix}${prompt.id}`,
          `${component.label} ${wire.field}`,
          body,
          fieldSpan(prompt, 'template'),
          variablesIn(body),
        );
    }
    for (const [tool, wire] of into(component, /^tools$/)) {
      const sub = refs.get(tool.id);
      if (sub !== undefined) facts.relation('delegates-to', ref, sub, wire.span, { how: 'tool' });
      else emitTool(facts, ref, tool, prefix, flow, byId);
    }
    for (const [memory] of into(component, /^(?:memory|external_memory)$/)) {
      const store = facts.store({
        key: `memory:${facts.place}#${prefix}${memory.id}`,
        name: memory.label,
        kind: 'memory',
        product: memory.type,
        span: memory.span,
      });
      for (const kind of ['reads', 'writes'] as const)
        facts.relation(kind, ref, store, memory.span, { role: 'memory' });
    }
    emitSecrets(facts, ref, component);
    const power = ownPowers.find(([shape]) => shape.test(component.type))?.[1];
    const capabilities =
      power === undefined
        ? []
        : effectOf(
            power === 'code' ? ['executes-code', 'reads-private'] : ['reads-private', 'writes', 'deletes'],
            `${component.type} runs what the model writes`,
            component.span,
          ).capabilities;
    const before = around(arrows, component.id, 'before');
    const exposure = flow.components
      .filter((one) => before.has(one.id) && /^(?:ChatInput|Webhook|TextInput)$/.test(one.type))
      .map(
        (one): JsonValue => ({
          kind: one.type === 'Webhook' ? 'http' : 'chat',
          how: one.type,
          place: facts.place,
          line: one.span.line,
        }),
      );
    const literal = writtenSecrets(facts, component);
    facts.agent(
      `${prefix}${component.id}`,
      component.label,
      component.span,
      {
        language: 'langflow',
        construct: component.type,
        workflow: shortName(name),
        ...(exposure.length === 0 ? {} : { exposure }),
        ...(fieldText(component, 'max_iterations') === undefined
          ? {}
          : { settings: { maxIterations: fieldText(component, 'max_iterations') ?? '' } }),
        ...(capabilities.length === 0 ? {} : { capabilities: capabilities.map((one) => facts.capability(one)) }),
        ...(literal.length === 0 ? {} : { literalSecrets: literal }),
        ...(unknown.length === 0 ? {} : { unknown }),
      },
      unknown.length > 0,
    );
    facts.relation('executes', workload, ref, component.span);
    for (const one of flow.components)
      if (before.has(one.id) && one !== component && !isAgent(one) && !asTool.has(one.id)) ingestFrom(facts, ref, one);
  }
  for (const component of flow.components) {
    if (isAgent(component)) continue;
    const literal = writtenSecrets(facts, component);
    if (literal.length > 0)
      facts.builder.asset({
        ...workload,
        name: shortName(name),
        properties: { literalSecrets: literal },
        lines: linesOf(flow.span),
        confidence: facts.confidence,
      });
    if (asTool.has(component.id)) continue;
    if (isModel(component) && !feedsAgent(flow, byId, component)) emitModel(facts, component, workload, 'chain');
    if (isStore(component)) facts.relation('reads', workload, emitStore(facts, component, prefix), component.span);
    const effect = componentEffect(component);
    if (effect.capabilities.length > 0 && !isStore(component))
      facts.step(workload, { name: component.label, library: component.type, effect, span: component.span });
    emitSecrets(facts, workload, component);
  }
}

const isModel = (component: Component): boolean =>
  /^LanguageModel/.test(component.type) ||
  (/(?:Model|LLM|ModelComponent)$/.test(component.type) && nodeOf(component.template, 'model_name') !== undefined);
const isStore = (component: Component): boolean =>
  categoryOf(component.type)?.kind === 'vector' && !/Embedding|Splitter/.test(component.type);
const feedsAgent = (flow: LangflowFlow, byId: ReadonlyMap<string, Component>, component: Component): boolean =>
  flow.wires.some((wire) => {
    const to = wire.from === component.id ? byId.get(wire.to) : undefined;
    return to !== undefined && isAgent(to) && /llm|model/.test(wire.field);
  });

type Into = (component: Component, field: RegExp) => readonly (readonly [Component, Wire])[];

function emitModels(facts: FlowFacts, component: Component, ref: AssetRef, into: Into): boolean {
  let found = false;
  for (const [model] of into(component, /^(?:llm|agent_llm|model|language_model|manager_llm)$/)) {
    emitModel(facts, model, ref, 'chat');
    emitSecrets(facts, ref, model);
    found = true;
  }
  return found || emitModel(facts, component, ref, 'chat');
}

/** `model_name` with a provider beside it, or a list `[{name, provider}]` of newer releases. */
function emitModel(facts: FlowFacts, component: Component, user: AssetRef, role: string): boolean {
  const listed = itemsOf(fieldValue(component, 'model'))[0];
  const name = textOf(nodeOf(listed, 'name'));
  if (listed !== undefined && name !== undefined && name !== '') {
    facts.model(user, name, listed, providerOf(scalarText(nodeOf(listed, 'provider')) ?? ''), role);
    return true;
  }
  const key = ['model_name', 'model', 'model_id', 'azure_deployment', 'deployment_name'].find(
    (field) => fieldText(component, field) !== undefined,
  );
  const id = key === undefined ? undefined : fieldText(component, key);
  if (key === undefined || id === undefined) return false;
  const provider = fieldText(component, 'agent_llm', 'provider', 'model_provider') ?? component.type;
  facts.model(user, id, fieldSpan(component, key), providerOf(provider), role);
  return true;
}

function emitTool(
  facts: FlowFacts,
  agent: AssetRef,
  tool: Component,
  prefix: string,
  flow: LangflowFlow,
  byId: ReadonlyMap<string, Component>,
): void {
  if (/^MCP/.test(tool.type)) {
    emitServers(facts, agent, tool);
    return;
  }
  const effect = componentEffect(tool);
  const actions = itemsOf(fieldValue(tool, 'tools_metadata'));
  const off = actions
    .filter((action) => scalarText(nodeOf(action, 'status')) === 'false')
    .flatMap((action) => textOf(nodeOf(action, 'name')) ?? []);
  const ref = facts.tool(agent, {
    key: `${prefix}${tool.id}`,
    name: tool.label,
    span: tool.span,
    library: tool.type,
    form: 'component',
    effect,
    description: fieldText(tool, 'tool_description', 'description') ?? textOf(nodeOf(actions[0], 'description')),
    properties: {
      ...(actions.length === 0
        ? {}
        : {
            actions: actions
              .slice(0, 50)
              .flatMap((action) =>
                textOf(nodeOf(action, 'name')) === undefined ? [] : [shortName(textOf(nodeOf(action, 'name')) ?? '')],
              ),
          }),
      ...(off.length === 0 ? {} : { switchedOff: off.slice(0, 50).map(shortName) }),
    },
  });
  emitSecrets(facts, ref, tool);
  const classes = new Set(effect.capabilities.map((one) => one.class));
  const category = categoryOf(tool.type);
  if (isStore(tool)) facts.relation('reads', ref, emitStore(facts, tool, prefix), tool.span);
  for (const wire of flow.wires) {
    const store = wire.to === tool.id ? byId.get(wire.from) : undefined;
    if (store !== undefined && isStore(store)) facts.relation('reads', ref, emitStore(facts, store, prefix), wire.span);
  }
  if (
    category !== null &&
    /^(?:database|saas|files|mail)$/.test(category.kind) &&
    (classes.has('reads-private') || classes.has('writes'))
  ) {
    const store = facts.store({
      key: `saas:${category.product}`,
      name: category.product,
      kind: category.kind === 'database' ? 'database' : 'saas',
      product: category.product,
      span: tool.span,
    });
    for (const [kind, needed] of [
      ['reads', 'reads-private'],
      ['writes', 'writes'],
      ['deletes', 'deletes'],
    ] as const)
      if (classes.has(needed)) facts.relation(kind, ref, store, tool.span);
  }
  if (classes.has('reads-untrusted'))
    facts.relation(
      'ingests',
      ref,
      facts.service(category === null || category.kind === 'search' ? 'web' : category.product, null, tool.span),
      tool.span,
    );
  if (classes.has('sends-outside'))
    facts.relation(
      'egresses-to',
      ref,
      facts.service(category?.kind === 'mail' ? 'mail' : (category?.product ?? 'web'), null, tool.span),
      tool.span,
    );
}

function emitServers(facts: FlowFacts, agent: AssetRef, tool: Component): void {
  const server = fieldValue(tool, 'mcp_server');
  const config = nodeOf(server, 'config');
  const url = fieldText(tool, 'sse_url', 'url');
  const command = fieldText(tool, 'command');
  const written =
    config ??
    (url !== undefined
      ? JSON.stringify({ url })
      : command === undefined
        ? null
        : JSON.stringify({ command: command.split(/\s+/)[0] ?? '', args: command.split(/\s+/).slice(1) }));
  const name = textOf(nodeOf(server, 'name')) ?? textOf(server) ?? tool.label;
  inlineServers(facts, agent, written, {
    name,
    span: tool.span,
    where: tool.type,
    extra: { component: tool.type.slice(0, 100) },
  });
}

function componentEffect(component: Component): Effect {
  const { type, span } = component;
  if (
    /^(?:ChatInput|ChatOutput|TextInput|TextOutput|Prompt|Memory|ParseData|Parser|SplitText|File|CurrentDate|Calculator|IDGenerator|note)/.test(
      type,
    )
  )
    return { capabilities: [], known: true };
  if (/^(?:PythonREPL|PythonCode|PythonFunction|CodeInterpreter)/.test(type))
    return effectOf(
      ['executes-code', 'writes', 'sends-outside'],
      `${type} runs Python in the process of Langflow`,
      span,
    );
  if (/^APIRequest/.test(type)) {
    const url = fieldText(component, 'url_input', 'urls') ?? '';
    const method = fieldText(component, 'method') ?? 'GET';
    return effectOf(httpClasses(method, !/^https?:\/\/[^/{}\s]+/.test(url)), `${method.slice(0, 10)} request`, span);
  }
  if (/^URL/.test(type))
    return effectOf(['reads-untrusted', 'sends-outside'], 'fetches an address that it is given', span);
  if (/^(?:RunFlow|SubFlow|FlowTool)/.test(type))
    return effectOf(['delegates'], 'runs another flow', span, 'medium', false);
  const actions = itemsOf(nodeOf(component.template, 'tools_metadata', 'value'))
    .filter((action) => scalarText(nodeOf(action, 'status')) !== 'false')
    .flatMap((action) => textOf(nodeOf(action, 'name')) ?? []);
  // Composio names its actions `GMAIL_SEND_EMAIL`.
  const named = actions.map((action) => action.replace(/^[A-Z]+_(?=[A-Z])/, ''));
  const effects = (named.length === 0 ? [undefined] : named).map((action) => namedEffect(type, action, span));
  const capabilities = new Map(effects.flatMap((effect) => effect.capabilities).map((one) => [one.class, one]));
  return { capabilities: [...capabilities.values()], known: effects.every((effect) => effect.known) };
}

function emitStore(facts: FlowFacts, component: Component, prefix: string): AssetRef {
  const collection = fieldText(component, 'collection_name', 'index_name', 'knowledge_base', 'table_name', 'index');
  const store = facts.store({
    key: `vector:${facts.place}#${prefix}${component.id}`,
    name: collection ?? component.label,
    kind: 'vector',
    product: component.type,
    span: component.span,
  });
  emitSecrets(facts, store, component);
  return store;
}

/** Variables of the instance that hold secrets, by name. */
function emitSecrets(facts: FlowFacts, user: AssetRef, component: Component): void {
  for (const field of secretFields(component)) {
    if (field.stored === null) continue;
    const name = shortName(field.stored);
    const ref = facts.builder.asset({
      ...credentialRef(name),
      name,
      properties: { supplied: 'langflow variable', field: shortName(field.name) },
      lines: linesOf(field.span),
      confidence: facts.confidence,
    });
    facts.relation('authenticates-with', user, ref, field.span);
  }
}

const writtenSecrets = (facts: FlowFacts, component: Component): JsonValue[] =>
  secretFields(component).flatMap((field) => {
    const text = scalarText(fieldValue(component, field.name)) ?? '';
    return field.written && !looksLikePlaceholder(text)
      ? [
          {
            where: `${shortName(component.id)}.${shortName(field.name)}`,
            kind: 'secret',
            place: facts.place,
            line: field.span.line,
          },
        ]
      : [];
  });

function ingestFrom(facts: FlowFacts, agent: AssetRef, component: Component): void {
  const effect = componentEffect(component);
  if (effect.capabilities.some((one) => one.class === 'reads-untrusted'))
    facts.relation('ingests', agent, facts.service('web', null, component.span), component.span, {
      step: shortName(component.label),
    });
}

const variablesIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.slice(0, 50_000).matchAll(/(?<!\{)\{([A-Za-z_][\w]{0,80})\}(?!\})/g)].flatMap((match) => match[1] ?? []),
  ),
];
