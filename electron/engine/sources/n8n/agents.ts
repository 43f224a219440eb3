import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { effectOf } from '../low-code/effects.ts';
import { safeKey, shortName } from '../low-code/flow-facts.ts';
import { categoryOf } from '../low-code/services.ts';
import { entryOf, nodeOf, numberOf, type Span, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { emitFlowGates } from './human-gates.ts';
import { emitModels } from './models.ts';
import { stepEffect } from './node-effects.ts';
import { memoryStore, productService, storeOf } from './reach.ts';
import { agentKey, edgesInto, type Scene } from './scene.ts';
import { emitTools } from './tools.ts';
import { exposureJson, stepsAround, type Trigger, triggerOf } from './triggers.ts';
import { type FlowNode, insertedIn, parameter, parameterSpan } from './workflow.ts';

export function emitAgent(scene: Scene, node: FlowNode): AssetRef {
  const { facts, workflow } = scene;
  const unknown: JsonValue[] = [];
  const say = (reason: string, span: Span): void => void unknown.push({ reason, place: facts.place, line: span.line });
  const ref: AssetRef = scene.refs.get(node) ?? facts.ref('agent', agentKey(scene, node));
  const before = stepsAround(workflow, node, 'before');
  const triggers = [...before]
    .flatMap((step) => triggerOf(step) ?? [])
    .sort((a, b) => a.node.span.line - b.node.span.line);
  const live = triggers.filter((trigger) => !trigger.node.disabled);
  const tools = emitTools(scene, node, ref);
  const { gates, falseGates } = emitFlowGates(facts, workflow, node, ref, tools.covered, scene.prefix);
  const later = afterwards(scene, node);
  const models = emitModels(scene, node, ref, say);
  if (models === 0) say('no model is wired to it', node.span);
  emitPrompts(scene, node, ref);
  for (const edge of edgesInto(workflow, node, 'ai_memory')) emitMemory(scene, edge.from, ref);
  emitIngestion(scene, node, ref, live, before);
  for (const credential of node.credentials) facts.credential(ref, credential.type, credential.name, credential.span);
  const properties: Properties = {
    language: 'n8n',
    construct: shortName(node.type),
    step: shortName(node.name),
    workflow: shortName(workflow.name ?? facts.builder.file.place.split('/').at(-1) ?? ''),
    enabled: !node.disabled,
    ...(workflow.active === null ? {} : { active: workflow.active }),
    ...settingsOf(node),
    ...(live.length === 0 ? {} : { exposure: live.map((trigger) => exposureJson(trigger, facts.place)) }),
    ...(gates.length === 0 ? {} : { gates }),
    ...(falseGates.length + tools.falseGates.length === 0 ? {} : { falseGates: [...falseGates, ...tools.falseGates] }),
    ...(later.length === 0 ? {} : { afterwards: later }),
    ...ownCapabilities(scene, node),
    ...(tools.disabled.length === 0 ? {} : { disabledTools: tools.disabled }),
    ...(unknown.length === 0 ? {} : { unknown }),
  };
  return facts.agent(agentKey(scene, node), node.name, node.span, properties, unknown.length > 0);
}

function settingsOf(node: FlowNode): Properties {
  const steps = numberOf(nodeOf(node.parameters, 'options', 'maxIterations'));
  const kind = parameter(node, 'agent');
  const settings = {
    ...(steps === undefined ? {} : { maxIterations: steps }),
    ...(kind === undefined ? {} : { agent: maskText(kind.slice(0, 100)) }),
  };
  return Object.keys(settings).length === 0 ? {} : { settings };
}

/** The SQL agent of version 1 has its database built in. */
function ownCapabilities(scene: Scene, node: FlowNode): Properties {
  if (parameter(node, 'agent') !== 'sqlAgent') return {};
  const effect = effectOf(
    ['reads-private', 'writes', 'deletes'],
    'the SQL agent writes its own queries',
    parameterSpan(node, 'agent'),
  );
  return { capabilities: effect.capabilities.map((one) => scene.facts.capability(one)) };
}

function emitPrompts(scene: Scene, node: FlowNode, ref: AssetRef): void {
  const { facts } = scene;
  const texts: readonly (readonly [string, readonly string[]])[] = [
    ['system message', ['options', 'systemMessage']],
    ['system message', ['options', 'prefix']],
    ['instructions', ['instructions']],
    ['prompt', ['text']],
  ];
  for (const [label, path] of texts) {
    const entry = entryOf(node.parameters, ...path);
    const body = textOf(entry?.node);
    if (
      entry === undefined ||
      body === undefined ||
      body.trim() === '' ||
      (label === 'prompt' && /^=\{\{ *\$json\.chatInput *\}\}$/.test(body))
    )
      continue;
    facts.prompt(
      ref,
      `${agentKey(scene, node)}/${path.join('.')}`,
      `${node.name} ${label}`,
      body,
      { line: entry.line, endLine: entry.endLine },
      insertedIn(body),
    );
  }
  const messages = nodeOf(node.parameters, 'messages', 'values');
  if (messages?.kind === 'list')
    messages.items.slice(0, 20).forEach((item, index) => {
      const body = textOf(nodeOf(item, 'content'));
      if (body !== undefined && body.trim() !== '')
        facts.prompt(
          ref,
          `${agentKey(scene, node)}/messages[${index}]`,
          `${node.name} message ${index + 1}`,
          body,
          item,
          insertedIn(body),
        );
    });
}

function emitMemory(scene: Scene, memory: FlowNode, agent: AssetRef): void {
  if (memory.disabled) return;
  const { facts } = scene;
  // The memory manager stands between the agent and a memory of its own.
  const inner = edgesInto(scene.workflow, memory, 'ai_memory');
  if (inner.length > 0) {
    for (const edge of inner) emitMemory(scene, edge.from, agent);
    return;
  }
  const store = memoryStore(facts, memory);
  facts.relation('reads', agent, store, memory.span, { role: 'memory' });
  facts.relation('writes', agent, store, memory.span, { role: 'memory' });
  for (const credential of memory.credentials)
    facts.credential(store, credential.type, credential.name, credential.span);
}

/** What of the outside comes into the agent's context: who starts it, and what steps before it fetch. */
function emitIngestion(
  scene: Scene,
  agent: FlowNode,
  ref: AssetRef,
  triggers: readonly Trigger[],
  before: ReadonlySet<FlowNode>,
): void {
  const { facts } = scene;
  for (const trigger of triggers) {
    if (!trigger.untrusted) continue;
    const category = categoryOf(trigger.node.base.replace(/Trigger$/, ''));
    const from =
      trigger.kind === 'mail'
        ? productService(facts, 'mail', 'incoming mail', trigger.node)
        : category !== null && trigger.kind !== 'http'
          ? productService(facts, category.kind, category.product, trigger.node)
          : facts.builder.asset({
              kind: 'external-service',
              key: safeKey(`callers:${facts.place}#${scene.prefix}${trigger.node.name}`),
              name: shortName(`callers of ${trigger.node.name}`),
              properties: {
                kind: trigger.kind,
                ...(trigger.authentication === null ? {} : { authentication: trigger.authentication }),
              },
              lines: trigger.node.span,
              confidence: facts.confidence,
            });
    facts.relation('ingests', ref, from, trigger.node.span, { how: trigger.kind });
    const store = storeOf(facts, trigger.node);
    if (store !== null && trigger.kind === 'mail') facts.relation('reads', ref, store, trigger.node.span);
  }
  for (const step of before) {
    if (step === agent || step.disabled || triggerOf(step) !== null || scene.refs.has(step)) continue;
    const effect = stepEffect(step);
    if (!effect.capabilities.some((one) => one.class === 'reads-untrusted')) continue;
    const category = categoryOf(step.base);
    const from =
      category === null || category.kind === 'search'
        ? facts.service('web', null, step.span)
        : productService(facts, category.kind, category.product, step);
    facts.relation('ingests', ref, from, step.span, { step: shortName(step.name) });
  }
}

/** Steps after the agent that act with what it gave. */
function afterwards(scene: Scene, agent: FlowNode): readonly JsonValue[] {
  const { facts, workflow } = scene;
  return [...stepsAround(workflow, agent, 'after')]
    .filter((step) => !step.disabled && step !== agent && !scene.refs.has(step))
    .flatMap((step): JsonValue[] => {
      const classes = stepEffect(step)
        .capabilities.map((one) => one.class)
        .filter((one) => one !== 'reads-private' && one !== 'reads-untrusted');
      return classes.length === 0
        ? []
        : [
            {
              step: shortName(step.name),
              type: shortName(step.type),
              classes,
              place: facts.place,
              line: step.span.line,
            },
          ];
    })
    .slice(0, 50);
}
