import type { Properties } from '../../../../shared/model/facts.ts';
import { credentialRef } from '../keys.ts';
import { effectOf, namedEffect, unknownEffect } from '../low-code/effects.ts';
import { type FlowFacts, shortName } from '../low-code/flow-facts.ts';
import { emitInline, unknownServer } from '../low-code/inline-server.ts';
import { providerOf } from '../low-code/services.ts';
import {
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';
import type { AssetRef } from '../source.ts';

const agentType = /^haystack(?:_experimental)?\.components\.agents\.(?:\w+\.)*Agent$/;

/** Pipelines of Haystack 2.x as `Pipeline.dumps` writes them; from public examples of 2025 and 2026. */
export function emitPipeline(facts: FlowFacts, root: Node): boolean {
  let found = false;
  for (const component of entriesOf(nodeOf(root, 'components')).slice(0, 500)) {
    if (!agentType.test(scalarText(nodeOf(component.node, 'type')) ?? '')) continue;
    found = true;
    emitAgent(facts, component.key, component.node, { line: component.line, endLine: component.line }, 0);
  }
  return found;
}

function emitAgent(facts: FlowFacts, name: string, node: Node, span: Span, depth: number): AssetRef {
  const given = nodeOf(node, 'init_parameters') ?? node;
  const ref: AssetRef = facts.ref('agent', name.slice(0, 200));
  const unknown: Properties[] = [];
  const generator = nodeOf(given, 'chat_generator');
  const model =
    entryOf(generator, 'init_parameters', 'model') ?? entryOf(generator, 'init_parameters', 'azure_deployment');
  const id = scalarText(model?.node);
  if (model !== undefined && id !== undefined)
    facts.model(
      ref,
      id,
      model,
      providerOf((scalarText(nodeOf(generator, 'type')) ?? '').split('.').at(-1) ?? ''),
      'chat',
    );
  else unknown.push({ reason: 'its model is the default of its generator', place: facts.place, line: span.line });
  if (generator !== undefined) emitSecrets(facts, ref, generator, 0);
  const prompt = entryOf(given, 'system_prompt');
  const body = textOf(prompt?.node);
  if (prompt !== undefined && body !== undefined && body.trim() !== '')
    facts.prompt(ref, `${name.slice(0, 200)}/system_prompt`, `${name} system prompt`, body, prompt);
  const tools = nodeOf(given, 'tools');
  for (const [index, tool] of (tools?.kind === 'map' ? [tools] : itemsOf(tools)).slice(0, 200).entries())
    emitTool(facts, ref, name, tool, index, depth);
  const asks = entryOf(given, 'confirmation_strategies');
  if (asks !== undefined && asks.node.kind !== 'scalar') {
    const names = entriesOf(asks.node).map((entry) => entry.key);
    facts.gate(ref, {
      key: `${name.slice(0, 200)}/confirmation`,
      name: `confirmation of ${name}`,
      span: { line: asks.line, endLine: asks.line },
      mechanism: 'confirmation_strategies',
      grade: 'human-per-call',
      onNoAnswer: 'unknown',
      covers: [],
      coverNames: names.slice(0, 50),
    });
  }
  const steps = scalarText(nodeOf(given, 'max_agent_steps'));
  return facts.agent(
    name.slice(0, 200),
    name,
    span,
    {
      language: 'yaml',
      construct: 'Agent',
      ...(steps === undefined ? {} : { settings: { maxSteps: steps.slice(0, 20) } }),
      ...(unknown.length === 0 ? {} : { unknown }),
    },
    unknown.length > 0,
  );
}

function emitTool(facts: FlowFacts, agent: AssetRef, owner: string, tool: Node, index: number, depth: number): void {
  const type = scalarText(nodeOf(tool, 'type')) ?? '';
  const data = nodeOf(tool, 'data') ?? tool;
  const last = type.split('.').at(-1) ?? type;
  const named = entryOf(data, 'name') ?? entryOf(tool, 'type');
  const span: Span = named === undefined ? tool : { line: named.line, endLine: named.line };
  const name = scalarText(nodeOf(data, 'name')) ?? last;
  if (/MCPTool(?:set)?$/.test(last)) {
    const url =
      scalarText(nodeOf(data, 'server_info', 'url')) ?? scalarText(nodeOf(data, 'server_info', 'base_url')) ?? null;
    const given = { name, span, where: 'tools', includeTools: textsOf(nodeOf(data, 'tool_names')) };
    const command = scalarText(nodeOf(data, 'server_info', 'command'));
    const raw = unknownServer(given, url);
    const server = emitInline(
      facts,
      agent,
      given,
      command === undefined
        ? raw
        : {
            ...raw,
            transport: 'stdio',
            command,
            args: textsOf(nodeOf(data, 'server_info', 'args')),
            argLines: textsOf(nodeOf(data, 'server_info', 'args')).map(() => span.line),
          },
    );
    const info = nodeOf(data, 'server_info');
    if (info !== undefined) emitSecrets(facts, server, info, 0);
    return;
  }
  const component = nodeOf(data, 'component');
  const componentType = scalarText(nodeOf(component, 'type')) ?? '';
  if (component !== undefined && agentType.test(componentType) && depth < 5) {
    const sub = emitAgent(facts, `${owner}.${name}`, component, span, depth + 1);
    facts.relation('delegates-to', agent, sub, span, { how: 'tool' });
    return;
  }
  const library = componentType === '' ? (scalarText(nodeOf(data, 'function')) ?? type) : componentType;
  const short = library.split('.').at(-1) ?? library;
  const byType = namedEffect(short, undefined, span);
  const effect =
    nodeOf(data, 'code') !== undefined
      ? effectOf(['executes-code'], 'code in the pipeline file', span, 'medium', false)
      : byType.known && byType.capabilities.length > 0
        ? byType
        : unknownEffect;
  const ref = facts.tool(agent, {
    key: `${owner.slice(0, 200)}/${name.slice(0, 200)}[${index}]`,
    name,
    span,
    library,
    form: last,
    effect,
    description: scalarText(nodeOf(data, 'description')),
  });
  if (component !== undefined) emitSecrets(facts, ref, component, 0);
}

/** `{type: env_var, env_vars: [...]}` anywhere below. */
function emitSecrets(facts: FlowFacts, user: AssetRef, node: Node, depth: number): void {
  if (depth > 8) return;
  if (node.kind === 'map' && scalarText(nodeOf(node, 'type')) === 'env_var') {
    for (const variable of textsOf(nodeOf(node, 'env_vars')).slice(0, 20)) {
      const name = shortName(variable);
      const ref = facts.builder.asset({
        ...credentialRef(name),
        name,
        properties: { supplied: 'environment' },
        lines: linesOf(node),
        confidence: facts.confidence,
      });
      facts.relation('authenticates-with', user, ref, node);
    }
    return;
  }
  for (const child of node.kind === 'map' ? entriesOf(node).map((entry) => entry.node) : itemsOf(node))
    emitSecrets(facts, user, child, depth + 1);
}
