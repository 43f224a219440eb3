import type { Confidence } from '../../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../../shared/model/facts.ts';
import { placedRef } from '../../keys.ts';
import type { AssetRef } from '../../source.ts';
import { type CallValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import { maskText } from '../../parse/secrets.ts';
import { bodyFacts } from './body.ts';
import type { BodyFacts, Capability, StoreUse, UnknownCall } from './body-facts.ts';
import { locationOf } from './collector.ts';
import type { GateFound } from './gathering.ts';
import type { LinkState } from './link.ts';
import { literalCredential, modelFacts } from './models.ts';
import { argumentOf, isWrittenSecret, textsOf, valuesIn } from './arguments.ts';
import { modelsIn, storeOf } from './recognise.ts';
import { libraryCapabilities } from './ready-made-tools.ts';
import type { ToolFound } from './tools.ts';

const maxListed = 20;

export const capabilityJson = (one: Capability): JsonValue => ({
  class: one.class,
  place: one.spot.place,
  line: one.spot.line,
  because: one.because,
  confidence: one.confidence,
});

/** The first calls of which it is not known what they do, and how many more there are. */
export function notUnderstoodJson(calls: readonly UnknownCall[]): Properties {
  if (calls.length === 0) return {};
  const more = calls.length - maxListed;
  return {
    notUnderstood: calls.slice(0, maxListed).map(({ call, spot }) => ({ call, place: spot.place, line: spot.line })),
    ...(more > 0 ? { notUnderstoodMore: more } : {}),
  };
}

/** Emits a tool with what its code does, and returns it. The same tool of two agents is one asset. */
export function emitTool(state: LinkState, tool: ToolFound, framework: string): AssetRef {
  const { project, facts } = state;
  const ref = placedRef('tool', tool.spot, tool.key ?? tool.name);
  const body = bodyFacts(project, tool.bodies);
  const capabilities = new Map<string, JsonValue>();
  const add = (one: Capability): void => {
    const key = `${one.class}:${one.spot.place}:${one.spot.line}`;
    if (!capabilities.has(key)) capabilities.set(key, capabilityJson(one));
  };
  for (const one of body.capabilities) add(one);
  const known = tool.bodies.length > 0 ? null : libraryCapabilities(tool);
  for (const one of known ?? [])
    add({
      class: one,
      spot: tool.spot,
      because: tool.form === 'retriever' ? 'searches stored documents' : `${tool.library ?? tool.name} does this`,
      confidence: 'medium',
    });
  if ((tool.delegatesTo ?? []).length > 0)
    add({ class: 'delegates', spot: tool.spot, because: 'hands the task to another agent', confidence: 'high' });
  const implemented = tool.bodies.length > 0 || known !== null || (tool.delegatesTo ?? []).length > 0;
  const missing = [...body.notUnderstood, ...body.notFollowed];
  const properties: Properties = {
    framework: tool.framework ?? framework,
    form: tool.form,
    ...(tool.description === '' ? {} : { description: maskText(tool.description) }),
    ...(tool.library === undefined ? {} : { library: tool.library }),
    capabilities: [...capabilities.values()],
    // True only where every call of the code is understood; `notUnderstood` then tells "in part" from "not at all".
    capabilitiesKnown: tool.form === 'schema' ? true : implemented && !body.opaque && missing.length === 0,
    ...notUnderstoodJson(missing),
    ...toolApprovals(tool),
    ...tool.properties,
    location: locationOf(tool.spot.place),
  };
  facts.asset(tool.spot, {
    ...ref,
    name: tool.name,
    properties,
    confidence: known === null || tool.bodies.length > 0 ? 'high' : 'medium',
  });
  emitUses(state, ref, body);
  for (const one of body.agents) {
    const target = state.refs.get(identityOf(one.agent));
    if (target !== undefined)
      facts.relation(one.spot, { kind: 'delegates-to', from: ref, to: target, confidence: 'high' });
  }
  for (const agent of tool.delegatesTo ?? []) {
    const target = state.refs.get(identityOf(agent));
    if (target !== undefined)
      facts.relation(tool.spot, { kind: 'delegates-to', from: ref, to: target, confidence: 'high' });
  }
  for (const model of body.models)
    for (const use of modelFacts(project, facts, model))
      if (!use.embedding) facts.relation(use.spot, { kind: 'uses', from: ref, to: use.ref, confidence: 'high' });
  for (const use of tool.uses) emitUsedValues(state, ref, tool, use);
  if (known?.includes('reads-untrusted')) ingest(state, ref, tool.spot, 'web', 'web', 'medium');
  if (known?.includes('sends-outside')) egress(state, ref, tool.spot, 'web', 'web', 'medium');
  return ref;
}

/** Approvals that are switched off or do not count, by name. */
function toolApprovals(tool: ToolFound): Properties {
  const open = (tool.gates ?? []).filter((gate) => gate.grade === 'none');
  return open.length === 0 ? {} : { falseGates: open.map(falseGateJson) };
}

export const falseGateJson = (gate: GateFound): JsonValue => ({
  mechanism: gate.mechanism,
  ...(gate.why === undefined ? {} : { why: gate.why }),
  place: gate.spot.place,
  line: gate.spot.line,
});

/** Retrievers, databases and keys that a ready-made tool was given. */
function emitUsedValues(state: LinkState, ref: AssetRef, tool: ToolFound, value: Value): void {
  const seen = new Set<string>();
  for (const one of valuesIn(state.project, value)) {
    const store = storeOf(one);
    if (store !== null && !seen.has(identityOf(store.call))) {
      seen.add(identityOf(store.call));
      state.facts.relation(tool.spot, {
        kind: 'reads',
        from: ref,
        to: emitStore(state, store.call, store.symbol),
        confidence: 'high',
      });
    }
    if (one.kind === 'environment' && isCredentialName(one.name)) {
      state.facts.relation(one.spot, {
        kind: 'authenticates-with',
        from: ref,
        to: state.facts.credential(one.spot, one.name),
        confidence: 'high',
      });
    }
    if (isWrittenSecret(one)) literalCredential(state.facts, ref, one.spot, one.name ?? 'literal');
  }
}

/** Relations of an agent or tool that come from what its code does. */
export function emitUses(state: LinkState, from: AssetRef, body: BodyFacts): void {
  const { facts } = state;
  for (const use of body.stores)
    facts.relation(use.spot, { kind: use.action, from, to: storeAsset(state, use), confidence: use.confidence });
  for (const service of body.services) {
    if (service.action === 'ingests') ingest(state, from, service.spot, service.host, service.kind, service.confidence);
    else egress(state, from, service.spot, service.host, service.kind, service.confidence);
  }
  for (const credential of body.credentials) {
    if (credential.literal) literalCredential(facts, from, credential.spot, credential.name);
    else
      facts.relation(credential.spot, {
        kind: 'authenticates-with',
        from,
        to: facts.credential(credential.spot, credential.name),
        confidence: 'high',
      });
  }
}

function ingest(
  state: LinkState,
  from: AssetRef,
  spot: Spot,
  host: string,
  kind: string,
  confidence: Confidence,
): void {
  state.facts.relation(spot, { kind: 'ingests', from, to: serviceAsset(state, spot, host, kind), confidence });
}
function egress(
  state: LinkState,
  from: AssetRef,
  spot: Spot,
  host: string,
  kind: string,
  confidence: Confidence,
): void {
  state.facts.relation(spot, { kind: 'egresses-to', from, to: serviceAsset(state, spot, host, kind), confidence });
}

function serviceAsset(state: LinkState, spot: Spot, host: string, kind: string): AssetRef {
  const any = host === '*' || host === 'web' || host === 'web search' || host === 'public articles';
  const name = kind === 'mail' ? 'mail to any address' : host === '*' ? 'any web host' : host === 'web' ? 'web' : host;
  return state.facts.asset(spot, {
    kind: 'external-service',
    key: kind === 'mail' ? 'mail' : any ? `web:${host}` : `host:${host}`,
    name,
    properties: { kind, ...(any || kind === 'mail' ? { anyAddress: true } : { host }) },
    confidence: any ? 'medium' : 'high',
    ...(host === '*' || host.startsWith('$') ? { dynamic: true } : {}),
  });
}

function storeAsset(state: LinkState, use: StoreUse): AssetRef {
  const store = use.store;
  switch (store.kind) {
    case 'construct':
      return emitStore(state, store.call, store.symbol);
    case 'saas':
      return state.facts.asset(store.made, {
        kind: 'data-store',
        key: `saas:${store.service}`,
        name: store.service,
        properties: { kind: 'saas', product: store.service, sensitivity: store.sensitivity },
        confidence: 'high',
      });
    case 'database': {
      const name = store.credential ?? `${store.product} database`;
      return state.facts.asset(store.made, {
        kind: 'data-store',
        key:
          store.credential === null ? `database:${store.made.place}#${store.product}` : `database:${store.credential}`,
        name,
        properties: {
          kind: 'database',
          product: store.product,
          ...(store.credential === null ? {} : { connection: store.credential }),
        },
        confidence: 'high',
      });
    }
    case 'files':
      return state.facts.asset(use.spot, {
        kind: 'data-store',
        key: `files:${use.spot.place}#${store.folder}`,
        name: `${store.folder} (files)`,
        properties: { kind: 'files', path: store.folder },
        confidence: 'medium',
      });
  }
}

/** A vector store, checkpointer or memory that the code makes. */
export function emitStore(state: LinkState, call: CallValue, symbol: string): AssetRef {
  const { project, facts } = state;
  const found = storeOf(call);
  const kind = found?.kind ?? 'vector';
  const named = textsOf(
    argumentOf(
      project,
      call,
      null,
      'collection_name',
      'index_name',
      'index',
      'namespace',
      'table_name',
      'collection',
      'embedding_index',
      'knowledge_base_id',
      'class_name',
    ),
  )[0];
  const name =
    named ?? (kind === 'checkpoint' ? `${symbol} checkpoints` : kind === 'memory' ? `${symbol} memory` : symbol);
  const path = textsOf(
    argumentOf(project, call, null, 'persist_directory', 'folder_path', 'path', 'uri', 'url', 'database_path'),
  )[0];
  const ref = facts.asset(call.spot, {
    ...placedRef('data-store', call.spot, named ?? symbol),
    name,
    properties: {
      kind,
      product: symbol,
      inMemory: /^(?:InMemory|Memory)/.test(symbol),
      ...(named === undefined ? {} : { collection: named }),
      ...(path === undefined ? {} : { address: maskText(path) }),
    },
    confidence: 'high',
  });
  const seen = new Set<string>();
  for (const value of valuesIn(project, call)) {
    if (value.kind === 'environment' && isCredentialName(value.name) && !seen.has(value.name)) {
      seen.add(value.name);
      facts.relation(call.spot, {
        kind: 'authenticates-with',
        from: ref,
        to: facts.credential(value.spot, value.name),
        confidence: 'high',
      });
    }
    if (isWrittenSecret(value)) literalCredential(facts, ref, value.spot, value.name ?? 'connection');
  }
  for (const argument of ['embedding', 'embeddings', 'embedding_function']) {
    const value = argumentOf(project, call, null, argument);
    for (const model of value === null ? [] : optionsOf(value).flatMap((option) => modelsIn(option))) {
      for (const use of modelFacts(project, facts, model))
        facts.relation(call.spot, { kind: 'uses', from: ref, to: use.ref, confidence: 'high' });
    }
  }
  return ref;
}
