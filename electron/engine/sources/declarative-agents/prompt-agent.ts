import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { credentialRef } from '../keys.ts';
import { effectOf, namedEffect, unknownEffect, type Effect } from '../low-code/effects.ts';
import { type FlowFacts, literalSecret, shortName } from '../low-code/flow-facts.ts';
import { emitInline, unknownServer } from '../low-code/inline-server.ts';
import { providerOf } from '../low-code/services.ts';
import {
  entriesOf,
  type Entry,
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
import { approvalOf } from './approval.ts';

/**
 * An agent as data: `kind: Prompt` of Microsoft Agent Framework and Foundry ("AgentSchema" 1.0, samples of 2026-09). What
 * the words of its tools mean is from excerpts.
 */
export function emitPromptAgent(facts: FlowFacts, root: Node, fallbackName: string): void {
  const named = entryOf(root, 'name') ?? entryOf(root, 'displayName') ?? entryOf(root, 'kind');
  const name = scalarText(nodeOf(root, 'name')) ?? scalarText(nodeOf(root, 'displayName')) ?? fallbackName;
  const ref: AssetRef = facts.ref('agent', name.slice(0, 200));
  const span: Span = named === undefined ? root : { line: named.line, endLine: named.line };
  const unknown: Properties[] = [];
  const say = (reason: string, at: Span): void => void unknown.push({ reason, place: facts.place, line: at.line });
  const secrets: JsonValue[] = [];
  emitModel(facts, ref, entryOf(root, 'model'), say, secrets);
  for (const key of ['instructions', 'additionalInstructions']) {
    const entry = entryOf(root, key);
    const body = textOf(entry?.node);
    if (entry !== undefined && body !== undefined && body.trim() !== '')
      facts.prompt(
        ref,
        `${name.slice(0, 200)}/${key}`,
        `${name} ${key}`,
        body,
        entry,
        /^=/.test(body) ? [body.slice(1, 100)] : [],
      );
  }
  const falseGates: JsonValue[] = [];
  for (const tool of toolsOf(root)) emitTool(facts, ref, tool, falseGates, secrets);
  const description = textOf(nodeOf(root, 'description'));
  facts.agent(
    name.slice(0, 200),
    name,
    span,
    {
      language: 'yaml',
      construct: scalarText(nodeOf(root, 'kind')) ?? 'Prompt',
      ...(description === undefined ? {} : { description: shortName(description) }),
      ...(falseGates.length === 0 ? {} : { falseGates }),
      ...(secrets.length === 0 ? {} : { literalSecrets: secrets }),
      ...(unknown.length === 0 ? {} : { unknown }),
    },
    unknown.length > 0,
  );
}

/** A list, or a map by name. */
const toolsOf = (root: Node): readonly Node[] => {
  const tools = nodeOf(root, 'tools');
  return (tools?.kind === 'map' ? entriesOf(tools).map((entry) => entry.node) : itemsOf(tools)).slice(0, 200);
};

/** `=Env.NAME` and `${NAME}`: from the environment of whoever runs it. */
const environmentName = (text: string): string | null =>
  /^=\s*Env\.([A-Za-z_]\w{0,127})$/.exec(text.trim())?.[1] ??
  /^\$\{\{?\s*([A-Za-z_]\w{0,127})\s*\}\}?$/.exec(text.trim())?.[1] ??
  null;

function emitModel(
  facts: FlowFacts,
  ref: AssetRef,
  model: Entry | undefined,
  say: (reason: string, at: Span) => void,
  secrets: JsonValue[],
): void {
  if (model === undefined)
    return say('the file names no model: whoever runs the agent gives it one', { line: 1, endLine: 1 });
  const id =
    model.node.kind === 'scalar'
      ? model
      : (entryOf(model.node, 'id') ?? entryOf(model.node, 'deployment') ?? entryOf(model.node, 'name'));
  const text = scalarText(id?.node);
  if (id === undefined || text === undefined)
    say('the file names no model: whoever runs the agent gives it one', model);
  else if (/^=|\$\{|\{\{/.test(text)) say(`its model is ${environmentName(text) ?? 'computed'} at run time`, id);
  else
    facts.model(
      ref,
      text,
      id,
      providerOf(scalarText(nodeOf(model.node, 'provider')) ?? scalarText(nodeOf(model.node, 'publisher')) ?? ''),
      'chat',
    );
  emitConnection(facts, ref, entryOf(model.node, 'connection'), 'model.connection', secrets);
}

/** How something is reached: by the name of a connection, or with a key that should stand elsewhere. */
function emitConnection(
  facts: FlowFacts,
  user: AssetRef,
  connection: Entry | undefined,
  where: string,
  secrets: JsonValue[],
): void {
  if (connection === undefined) return;
  const name =
    scalarText(connection.node) ??
    scalarText(nodeOf(connection.node, 'name')) ??
    scalarText(nodeOf(connection.node, 'id'));
  if (name !== undefined && !/^=|^\$/.test(name)) facts.credential(user, 'connection', name, connection);
  for (const key of ['apiKey', 'key', 'token', 'password', 'connectionString']) {
    const entry = entryOf(connection.node, key);
    const text = scalarText(entry?.node);
    if (entry === undefined || text === undefined || text === '') continue;
    const variable = environmentName(text);
    if (variable !== null) {
      const ref = facts.builder.asset({
        ...credentialRef(variable),
        name: shortName(variable),
        properties: { supplied: 'environment' },
        lines: linesOf(entry),
        confidence: facts.confidence,
      });
      facts.relation('authenticates-with', user, ref, entry);
    } else if (literalSecret(key, text) !== null)
      secrets.push({
        where: `${where}.${key}`,
        kind: literalSecret(key, text) ?? 'secret',
        place: facts.place,
        line: entry.line,
      });
  }
}

/** Words for a kind of tool differ by dashes and case between versions. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

/** A tool of an agent or of a toolbox; a server is emitted as one. */
export function emitTool(
  facts: FlowFacts,
  ref: AssetRef,
  tool: Node,
  falseGates: JsonValue[],
  secrets: JsonValue[],
): void {
  const kind = scalarText(nodeOf(tool, 'kind')) ?? scalarText(nodeOf(tool, 'type')) ?? 'function';
  const named =
    entryOf(tool, 'name') ??
    entryOf(tool, 'server_label') ??
    entryOf(tool, 'id') ??
    entryOf(tool, 'kind') ??
    entryOf(tool, 'type');
  const name =
    scalarText(nodeOf(tool, 'name')) ??
    scalarText(nodeOf(tool, 'server_label')) ??
    scalarText(nodeOf(tool, 'id')) ??
    kind;
  const span: Span = named === undefined ? tool : { line: named.line, endLine: named.line };
  const approval = approvalOf(tool);
  const connection = entryOf(tool, 'connection') ?? entryOf(tool, 'project_connection_id');
  let made: AssetRef;
  if (plain(kind) === 'mcp') {
    const urlEntry =
      entryOf(tool, 'url') ??
      entryOf(tool, 'server_url') ??
      entryOf(tool, 'serverUrl') ??
      entryOf(tool, 'connection', 'endpoint');
    const url = scalarText(urlEntry?.node);
    const given = {
      name,
      span,
      where: 'tools',
      includeTools: [...textsOf(nodeOf(tool, 'allowedTools')), ...textsOf(nodeOf(tool, 'allowed_tools'))],
      extra: { approval: approval?.mode ?? 'not said' },
    };
    made = emitInline(facts, ref, given, unknownServer(given, url === undefined || /^=|\$\{/.test(url) ? null : url));
  } else {
    made = facts.tool(ref, {
      key: `${ref.key.slice(ref.key.indexOf('#') + 1)}/${name.slice(0, 200)}`,
      name,
      span,
      library: kind,
      form: /^function|custom$/.test(plain(kind)) ? 'schema' : 'hosted',
      effect: effectOfKind(kind, name, span),
      description: scalarText(nodeOf(tool, 'description')),
      modelChosen: entriesOf(nodeOf(tool, 'parameters', 'properties') ?? nodeOf(tool, 'parameters'))
        .slice(0, 100)
        .flatMap((entry) => (entry.node.kind === 'map' ? [{ parameter: entry.key, line: entry.line }] : [])),
    });
    for (const id of [
      ...textsOf(nodeOf(tool, 'vectorStoreIds')),
      ...textsOf(nodeOf(tool, 'vector_store_ids')),
      ...textsOf(nodeOf(tool, 'vectorStores')),
    ].slice(0, 50)) {
      const store = facts.store({
        key: `vector:${shortName(id)}`,
        name: id,
        kind: 'vector',
        product: 'provider vector store',
        span,
      });
      facts.relation('reads', made, store, span);
    }
  }
  emitConnection(facts, made, connection, 'tools.connection', secrets);
  if (approval === null) return;
  if (approval.mode === 'never')
    falseGates.push(facts.falseGate('approvalMode', `${shortName(name)}: never asks`, approval.span));
  else
    facts.gate(ref, {
      key: `${ref.key.slice(ref.key.indexOf('#') + 1)}/${name.slice(0, 200)}/approval`,
      name: `approval of ${name}`,
      span: approval.span,
      mechanism: 'approvalMode',
      grade: 'human-per-call',
      onNoAnswer: 'waits',
      covers: [made],
      coverNames: approval.always.length === 0 ? [name] : approval.always,
      properties: approval.never.length === 0 ? {} : { notAsked: approval.never.map(shortName) },
    });
}

function effectOfKind(kind: string, name: string, span: Span): Effect {
  switch (plain(kind)) {
    case 'websearch':
    case 'websearchpreview':
    case 'binggrounding':
    case 'bingcustomsearch':
    case 'bingcustomsearchpreview':
      return effectOf(['reads-untrusted'], `${kind} brings content of the web`, span);
    case 'filesearch':
    case 'azureaisearch':
    case 'sharepointgrounding':
    case 'sharepointgroundingpreview':
    case 'fabricdataagent':
    case 'fabricdataagentpreview':
    case 'microsoftfabric':
      return effectOf(['reads-private'], `${kind} searches stored documents`, span);
    case 'codeinterpreter':
      return effectOf(['executes-code'], 'runs code that the model writes, in the sandbox of the provider', span);
    case 'browserautomation':
    case 'browserautomationpreview':
    case 'computeruse':
    case 'computerusepreview':
      return effectOf(['reads-untrusted', 'sends-outside', 'writes'], `${kind} acts in a browser or desktop`, span);
    case 'aa':
    case 'atoa':
    case 'connectedagent':
    case 'apreview':
      return effectOf(['delegates'], 'hands work to another agent', span, 'medium', false);
    default: {
      const byName = namedEffect(name, name, span, 'low');
      return byName.capabilities.length === 0 ? unknownEffect : { ...byName, known: false };
    }
  }
}
