import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { type Effect, effectOf, httpClasses, namedEffect, unknownEffect } from '../low-code/effects.ts';
import { type FlowFacts, type ModelChosen, shortName } from '../low-code/flow-facts.ts';
import { emitInline, unknownServer } from '../low-code/inline-server.ts';
import { providerOf } from '../low-code/services.ts';
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
import { linesOf } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';

/**
 * Parts of a Copilot Studio agent, each a YAML file of its own: in a folder of the VS Code extension (`*.mcs.yml`) or in a
 * solution export (`botcomponents/<name>/data`). Forms from public examples of 2025 and 2026; not from a schema.
 */
export type Owner = { readonly ref: AssetRef; readonly name: string };

/** Keys of all parts of an agent are counted from its folder, not from the part's file. */
export const agentOf = (folder: string): AssetRef => ({ kind: 'agent', key: `${folder}#copilot-studio` });

/** Emits one part; false where the document is none. */
export function emitComponent(facts: FlowFacts, root: Node, owner: Owner, partName: string): boolean {
  const kind = entryOf(root, 'kind');
  switch (textOf(kind?.node)) {
    case 'GptComponentMetadata':
      emitAgent(facts, root, owner);
      return true;
    case 'AgentDialog':
      emitChild(facts, root, owner, partName);
      return true;
    case 'TaskDialog':
      emitAction(facts, root, owner, partName);
      return true;
    case 'KnowledgeSourceConfiguration':
      emitKnowledge(facts, root, owner);
      return true;
    case 'AdaptiveDialog':
      emitTopic(facts, root, owner, partName);
      return true;
    default:
      if (nodeOf(root, 'authenticationMode') === undefined && nodeOf(root, 'accessControlPolicy') === undefined)
        return false;
      emitSettings(facts, root, owner);
      return true;
  }
}

/** The agent as one of its files shows it; other files add to it. */
export function describe(facts: FlowFacts, owner: Owner, span: Span, properties: Properties): void {
  facts.builder.asset({
    ...owner.ref,
    name: shortName(owner.name),
    properties: {
      framework: facts.framework,
      language: 'copilot-studio',
      construct: 'Copilot Studio agent',
      ...properties,
    },
    lines: { line: span.line, endLine: span.line },
    confidence: facts.confidence,
  });
}

function emitAgent(facts: FlowFacts, root: Node, owner: Owner): void {
  const span = entryOf(root, 'displayName') ?? entryOf(root, 'kind') ?? root;
  const hosted = entriesOf(nodeOf(root, 'gptCapabilities')).filter((entry) => booleanOf(entry.node) === true);
  describe(facts, owner, span, { displayName: shortName(scalarText(nodeOf(root, 'displayName')) ?? owner.name) });
  emitInstructions(facts, owner.ref, owner.name, entryOf(root, 'instructions'), 'instructions');
  const model = entryOf(root, 'aISettings', 'model', 'modelNameHint');
  const id = scalarText(model?.node);
  if (model !== undefined && id !== undefined) facts.model(owner.ref, id, model, providerOf(id) || 'microsoft', 'chat');
  for (const entry of hosted) {
    const effect: Effect = /web/i.test(entry.key)
      ? effectOf(['reads-untrusted'], 'searches the web', entry)
      : /code/i.test(entry.key)
        ? effectOf(['executes-code'], 'runs code in the sandbox of the service', entry)
        : unknownEffect;
    facts.tool(owner.ref, {
      key: `capability/${entry.key}`,
      name: entry.key,
      span: entry,
      library: entry.key,
      form: 'hosted',
      effect,
    });
  }
}

function emitInstructions(
  facts: FlowFacts,
  ref: AssetRef,
  name: string,
  entry: ReturnType<typeof entryOf>,
  key: string,
): void {
  const body = textOf(entry?.node);
  if (entry !== undefined && body !== undefined && body.trim() !== '')
    facts.prompt(
      ref,
      key,
      `${name} instructions`,
      body,
      linesOf(entry),
      [...body.slice(0, 20_000).matchAll(/\{((?:Topic|Global|System)\.[\w.]{1,80})\}/g)].flatMap(
        (match) => match[1] ?? [],
      ),
    );
}

function emitSettings(facts: FlowFacts, root: Node, owner: Owner): void {
  const mode = entryOf(root, 'authenticationMode');
  const authentication = scalarText(mode?.node);
  const access = scalarText(nodeOf(root, 'accessControlPolicy'));
  const settings = nodeOf(root, 'configuration', 'settings');
  const ai = nodeOf(root, 'configuration', 'aISettings');
  const span = mode ?? entryOf(root, 'displayName') ?? root;
  const flag = (node: Node | undefined, key: string): Properties =>
    booleanOf(nodeOf(node, key)) === undefined ? {} : { [key]: booleanOf(nodeOf(node, key)) ?? false };
  describe(facts, owner, span, {
    ...(authentication === undefined ? {} : { authentication: shortName(authentication) }),
    ...(access === undefined ? {} : { access: shortName(access) }),
    exposure: [
      {
        kind: 'chat',
        how: 'channels of Copilot Studio',
        authentication: shortName(authentication ?? 'not said'),
        place: facts.place,
        line: span.line,
      },
    ],
    settings: {
      ...flag(settings, 'GenerativeActionsEnabled'),
      ...flag(ai, 'useModelKnowledge'),
      ...flag(ai, 'isFileAnalysisEnabled'),
      ...(scalarText(nodeOf(ai, 'contentModeration')) === undefined
        ? {}
        : { contentModeration: shortName(scalarText(nodeOf(ai, 'contentModeration')) ?? '') }),
    },
  });
  if (authentication !== undefined && /^none$/i.test(authentication)) {
    const callers = facts.builder.asset({
      kind: 'external-service',
      key: `callers:${owner.ref.key}`,
      name: shortName(`anybody who reaches ${owner.name}`),
      properties: { kind: 'chat', authentication: 'none' },
      lines: { line: span.line, endLine: span.line },
      confidence: facts.confidence,
    });
    facts.relation('ingests', owner.ref, callers, span);
  }
}

function emitChild(facts: FlowFacts, root: Node, owner: Owner, name: string): void {
  const span = entryOf(root, 'kind') ?? root;
  const child = facts.agent(
    'child',
    name,
    { line: span.line, endLine: span.line },
    {
      language: 'copilot-studio',
      construct: 'AgentDialog',
      subAgent: true,
      description: shortName(scalarText(nodeOf(root, 'beginDialog', 'description')) ?? name),
    },
  );
  emitInstructions(facts, child, name, entryOf(root, 'settings', 'instructions'), 'child/instructions');
  facts.relation('delegates-to', owner.ref, child, span, { how: 'tool' });
}

/** `cr82_bot.shared_office365.abc`: the connector stands after `shared_`. */
const connectorOf = (reference: string): string => /shared[_-]([a-z0-9]+)/i.exec(reference)?.[1] ?? '';

function emitAction(facts: FlowFacts, root: Node, owner: Owner, partName: string): void {
  const action = nodeOf(root, 'action');
  const named = entryOf(root, 'modelDisplayName') ?? entryOf(root, 'kind');
  const span: Span = named === undefined ? root : { line: named.line, endLine: named.line };
  const name = scalarText(nodeOf(root, 'modelDisplayName')) ?? partName;
  const kind = scalarText(nodeOf(action, 'kind')) ?? 'unknown action';
  const reference = entryOf(action, 'connectionReference');
  const connector = connectorOf(scalarText(reference?.node) ?? '');
  const operation =
    scalarText(nodeOf(action, 'operationId')) ?? scalarText(nodeOf(action, 'operationDetails', 'operationId'));
  const mode = scalarText(nodeOf(action, 'connectionProperties', 'mode'));
  let made: AssetRef;
  if (scalarText(nodeOf(action, 'operationDetails', 'kind')) === 'ModelContextProtocolMetadata') {
    const given = {
      name,
      span,
      where: 'actions',
      extra: { connector, ...(mode === undefined ? {} : { connectionOf: whose(mode) }) },
    };
    made = emitInline(facts, owner.ref, given, unknownServer(given));
  } else
    made = facts.tool(owner.ref, {
      key: 'action',
      name,
      span,
      library: connector === '' ? kind : connector,
      form: kind,
      effect: effectOfAction(kind, connector, operation, span),
      description: scalarText(nodeOf(root, 'modelDescription')),
      modelChosen: chosenIn(root),
      properties: {
        ...(operation === undefined ? {} : { operation: shortName(operation) }),
        ...(mode === undefined ? {} : { connectionOf: whose(mode) }),
      },
    });
  if (reference !== undefined && scalarText(reference.node) !== undefined)
    facts.credential(made, 'connection reference', scalarText(reference.node) ?? '', linesOf(reference));
}

/** With the maker's connection everybody who talks to the agent acts as its maker. */
const whose = (mode: string): string =>
  /^maker$/i.test(mode) ? 'maker' : /^invoker$/i.test(mode) ? 'user' : shortName(mode);

const chosenIn = (root: Node): readonly ModelChosen[] =>
  itemsOf(nodeOf(root, 'inputs'))
    .slice(0, 100)
    .flatMap((input) => {
      const name = scalarText(nodeOf(input, 'propertyName'));
      return name === undefined || scalarText(nodeOf(input, 'kind')) !== 'AutomaticTaskInput'
        ? []
        : [{ parameter: name, line: input.line }];
    });

function effectOfAction(kind: string, connector: string, operation: string | undefined, span: Span): Effect {
  if (/ConnectedAgent|ExternalAgent/.test(kind))
    return effectOf(['delegates'], 'hands work to another agent', span, 'medium', false);
  if (/Flow/.test(kind)) return effectOf(['delegates'], 'runs a flow of Power Automate', span, 'low', false);
  if (connector === '' && operation === undefined) return unknownEffect;
  return namedEffect(connector === 'office365' ? 'office365mail' : connector, operation, span, 'low');
}

function emitKnowledge(facts: FlowFacts, root: Node, owner: Owner): void {
  const source = entryOf(root, 'source');
  const kind = scalarText(nodeOf(source?.node, 'kind')) ?? 'knowledge';
  const at = entryOf(source?.node, 'site') ?? entryOf(source?.node, 'kind') ?? source ?? root;
  const span = { line: at.line, endLine: at.line };
  const site = scalarText(nodeOf(source?.node, 'site'));
  if (/^PublicSite|Bing|Web/.test(kind)) {
    const host = URL.parse(site ?? '')?.hostname ?? null;
    facts.relation('ingests', owner.ref, facts.service('web', host === '' ? null : host, span), span, {
      role: 'knowledge',
    });
    return;
  }
  const name = site === undefined ? kind.replace(/(?:Search)?Source$/, '') : maskUrl(site);
  const store = facts.store({
    key: site === undefined ? `knowledge:${facts.place}` : `site:${maskUrl(site)}`,
    name,
    kind: /SharePoint/.test(kind) ? 'saas' : 'knowledge',
    product: kind,
    span,
  });
  facts.relation('reads', owner.ref, store, span, { role: 'knowledge' });
}

/** A topic is a fixed dialog; what counts are its steps that reach outside. */
function emitTopic(facts: FlowFacts, root: Node, owner: Owner, name: string): void {
  const steps: JsonValue[] = [];
  const walk = (node: Node, depth: number): void => {
    if (depth > 30 || steps.length >= 100) return;
    if (node.kind === 'list') {
      for (const item of node.items) walk(item, depth + 1);
      return;
    }
    if (node.kind !== 'map') return;
    const kind = scalarText(nodeOf(node, 'kind')) ?? '';
    const line = entryOf(node, 'kind')?.line ?? node.line;
    if (
      /^(?:HttpRequestAction|InvokeConnectorAction|InvokeFlowAction|InvokeAIBuilderModelAction|BeginDialog|TransferConversationV2)$/.test(
        kind,
      )
    ) {
      steps.push({
        topic: shortName(name),
        step: kind,
        ...(scalarText(nodeOf(node, 'operationId')) === undefined
          ? {}
          : { operation: maskText((scalarText(nodeOf(node, 'operationId')) ?? '').slice(0, 100)) }),
        place: facts.place,
        line,
      });
      if (kind === 'HttpRequestAction') emitRequest(facts, node, owner, line);
    }
    for (const entry of entriesOf(node)) walk(entry.node, depth + 1);
  };
  walk(root, 0);
  const span = entryOf(root, 'kind') ?? root;
  if (steps.length > 0) describe(facts, owner, span, { topicSteps: steps });
}

function emitRequest(facts: FlowFacts, node: Node, owner: Owner, line: number): void {
  const span = { line, endLine: line };
  const url = (scalarText(nodeOf(node, 'url')) ?? '').replace(/^=?"?/, '');
  const host = /^https?:\/\/([^/?#{}"\s]{1,253})(?:[/?#"]|$)/i.exec(url)?.[1]?.replace(/^[^@]*@/, '') ?? null;
  const classes = httpClasses(scalarText(nodeOf(node, 'method')) ?? 'Get', host === null);
  const service = facts.service('web', host, span);
  if (classes.includes('reads-untrusted')) facts.relation('ingests', owner.ref, service, span);
  if (classes.includes('sends-outside')) facts.relation('egresses-to', owner.ref, service, span);
}
