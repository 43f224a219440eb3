import type { Properties } from '../../../../../shared/model/facts.ts';
import { modelRef } from '../../keys.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import { maskUrl } from '../../parse/secrets.ts';
import type { AssetRef } from '../../source.ts';
import type { Project } from '../../python/resolve.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { fieldOf, given, isWrittenSecret, pathOf, valuesIn } from './arguments.ts';
import type { FactCollector } from './collector.ts';
import { channelOf, defaultKeys, enumeratedModel, otherKeys, providerNamed, providerOfId } from './model-names.ts';
import { modelOf } from './recognise.ts';
import { lastStep } from './vocabulary.ts';

export type ModelUse = {
  readonly ref: AssetRef;
  readonly spot: Spot;
  readonly label: string;
  readonly embedding: boolean;
};

const idNames = [
  'model',
  'model_name',
  'model_id',
  'modelId',
  'modelName',
  'deployment_name',
  'azure_deployment',
  'deployment',
  'repo_id',
  'ai_model_id',
  'model_type',
];
const baseNames = [
  'base_url',
  'baseURL',
  'baseUrl',
  'openai_api_base',
  'endpoint',
  'azure_endpoint',
  'endpoint_url',
  'api_base',
  'host',
  'server_url',
];
const keyNames = [
  'api_key',
  'apiKey',
  'openai_api_key',
  'anthropic_api_key',
  'google_api_key',
  'azure_openai_api_key',
  'groq_api_key',
  'token',
  'credentials',
  'credential',
];

/** Emits the models that a constructor call may make, and the credentials they are called with. */
export function modelFacts(project: Project, facts: FactCollector, call: CallValue): readonly ModelUse[] {
  const rule = modelOf(call);
  if (rule === null) return [];
  const symbol = lastStep(pathOf(call));
  const id = given(project, call, rule.id ?? idNames) ?? firstText(project, call);
  const named = given(project, call, ['model_provider', 'provider', 'model_platform']);
  const client = given(
    project,
    call,
    rule.client ?? ['client', 'openai_client', 'async_client', 'provider', 'http_client'],
  );
  const base = given(project, call, rule.base ?? baseNames) ?? inClient(project, client, baseNames);
  const extra: Properties = { constructor: symbol, ...(base === null ? {} : { baseUrl: addressOf(base) }) };
  const provider = rule.provider === '' ? providerText(named) : rule.provider;
  const from =
    id ?? (rule.fallback === undefined ? null : ({ kind: 'text', text: rule.fallback, spot: call.spot } as const));
  const uses = emitModels(facts, from, call.spot, provider, rule.embedding === true, extra, '');
  const key = given(project, call, rule.key ?? keyNames) ?? inClient(project, client, keyNames) ?? maker(call);
  for (const use of uses) keyFacts(project, facts, use, key, { base, readsKey: rule.readsKey });
  return uses;
}

/** `new OpenAIClient(key).GetChatClient(model)`: what a client that makes models was made with. */
const maker = ({ callee, scope }: CallValue): Value | null =>
  callee.kind === 'member' && !/^(?:python|ecmascript)$/.test(scope.module.content.language) ? callee.of : null;

function inClient(project: Project, client: Value | null, names: readonly string[]): Value | null {
  if (client === null) return null;
  for (const name of names) {
    const found = fieldOf(project, client, name);
    if (found !== null) return found;
  }
  return null;
}

/**
 * A model given as text: `create_agent("openai:gpt-4.1")`. `provider` is whose bare ids the framework takes where the id
 * itself does not tell.
 */
export function modelTextFacts(
  project: Project,
  facts: FactCollector,
  value: Value,
  provider = '',
  readsKey?: string,
): readonly ModelUse[] {
  const spot =
    optionsOf(value)
      .map((option) => ('spot' in option ? option.spot : null))
      .find((one) => one !== null) ?? null;
  if (spot === null) return [];
  const uses = emitModels(facts, value, spot, '', false, {}, provider);
  for (const use of uses) keyFacts(project, facts, use, null, { base: null, readsKey });
  return uses;
}

function emitModels(
  facts: FactCollector,
  id: Value | null,
  spot: Spot,
  provider: string,
  embedding: boolean,
  extra: Properties,
  usual: string,
): readonly ModelUse[] {
  const found: ModelUse[] = [];
  const emit = (at: Spot, model: string, supplied: string, dynamic: boolean, environment?: string): void => {
    const [prefix, rest] = splitProvider(model);
    const realProvider =
      provider !== ''
        ? provider
        : prefix !== ''
          ? providerNamed(prefix)
          : providerOfId(model) || (model === '' ? '' : usual);
    const realId = provider === '' ? rest : model;
    const label =
      realId === '' ? (environment === undefined ? 'model decided at run time' : `model from ${environment}`) : realId;
    const key =
      realId === ''
        ? modelRef(realProvider, `?${environment ?? `${at.place}:${at.line}`}`)
        : modelRef(realProvider, realId);
    const ref = facts.asset(at, {
      ...key,
      name: label,
      properties: {
        ...(realProvider === '' ? {} : { provider: realProvider }),
        ...(realId === '' ? {} : { id: realId, channel: channelOf(realId) }),
        role: embedding ? 'embedding' : 'chat',
        supplied,
        ...(environment === undefined ? {} : { environment }),
        ...extra,
      },
      confidence: dynamic ? 'medium' : 'high',
      ...(dynamic ? { dynamic: true } : {}),
    });
    found.push({ ref, spot: at, label, embedding });
  };
  if (id === null) {
    emit(spot, '', 'default of the library', true);
    return found;
  }
  const options = optionsOf(id);
  for (const option of options) {
    if (option.kind === 'text')
      emit(
        options.length > 1 ? option.spot : spot,
        option.text,
        option.spot.line === spot.line ? 'literal' : 'constant',
        options.length > 1,
      );
    else if (option.kind === 'environment') {
      const fallbacks = option.fallback === null ? [] : optionsOf(option.fallback).filter((one) => one.kind === 'text');
      for (const fallback of fallbacks)
        if (fallback.kind === 'text') emit(spot, fallback.text, 'environment, with this default', true, option.name);
      if (fallbacks.length === 0) emit(spot, '', 'environment', true, option.name);
    } else if (option.kind === 'template') {
      const text = option.parts
        .map((part) =>
          part.kind === 'text'
            ? part.text
            : part.kind === 'environment' && part.fallback?.kind === 'text'
              ? part.fallback.text
              : '',
        )
        .join('');
      emit(
        spot,
        text.length > 3 && !text.endsWith(':') && !text.endsWith('/') ? text : '',
        'put together at run time',
        true,
      );
    } else if (option.kind === 'symbol') {
      // A member of an enumeration: `ModelType.GPT_4O`.
      emit(spot, enumeratedModel(option.path), 'constant', false);
    } else emit(spot, '', 'decided at run time', true);
  }
  return found;
}

function splitProvider(text: string): readonly [string, string] {
  // A router in front of the provider: `litellm/anthropic/claude-sonnet-4-5`.
  const routed = text.replace(/^(?:litellm|litellm_proxy|any-llm)\/(?=[^/]+\/)/, '');
  // Paths of a provider's own: `accounts/fireworks/models/...`, `projects/.../models/...`.
  if (/^(?:accounts|projects|publishers|models)\//.test(routed)) return ['', text];
  const match = /^([a-z][a-z_-]+)[:/](.+)$/.exec(routed);
  return match === null ? ['', text] : [match[1] ?? '', match[2] ?? ''];
}

const providerText = (value: Value | null): string => (value?.kind === 'text' ? providerNamed(value.text) : '');

function firstText(project: Project, call: CallValue): Value | null {
  const [first] = call.call.args;
  if (first === undefined) return null;
  const value = project.evaluate(first, call.scope, call.call.at);
  if (value.kind === 'dict' || value.kind === 'list') return null;
  return value.kind === 'text' || value.kind === 'environment' || value.kind === 'choice' ? value : null;
}

function addressOf(value: Value): string {
  const [option] = optionsOf(value);
  if (option?.kind === 'text') return maskUrl(option.text);
  return option?.kind === 'environment' ? `$${option.name}` : 'decided at run time';
}

/** How a model is reached, as far as it decides which key is read. */
type Reached = { readonly base: Value | null; readonly readsKey: string | undefined };

function keyFacts(
  project: Project,
  facts: FactCollector,
  use: ModelUse,
  key: Value | null,
  { base, readsKey }: Reached,
): void {
  let given = false;
  if (key !== null) {
    for (const value of valuesIn(project, key)) {
      if (value.kind === 'environment' && isCredentialName(value.name)) {
        given = true;
        const credential = facts.credential(value.spot, value.name);
        facts.relation(use.spot, { kind: 'authenticates-with', from: use.ref, to: credential });
      } else if (isWrittenSecret(value)) {
        given = true;
        literalCredential(facts, use.ref, value.spot, 'api_key');
      }
    }
  }
  if (given || key !== null) return;
  // Somebody else's address asks for somebody else's key; which one is not said.
  if (base !== null && readsKey === undefined) return;
  const provider = use.ref.key.slice(0, use.ref.key.indexOf(':'));
  const usual = readsKey ?? defaultKeys.get(provider);
  if (usual === undefined) return;
  const name = demandedInstead(facts, use.spot.place, provider, usual) ?? usual;
  // The library reads this variable by itself; the code does not name it.
  const credential = facts.asset(use.spot, {
    kind: 'credential',
    key: name,
    name,
    properties: { supplied: 'environment', readBy: 'library default', implied: true },
    confidence: 'low',
  });
  facts.relation(use.spot, {
    kind: 'authenticates-with',
    from: use.ref,
    to: credential,
    properties: { implied: true },
    confidence: 'low',
  });
}

/** Another variable of the provider that the code around names, where it does not name the usual one. */
function demandedInstead(facts: FactCollector, place: string, provider: string, usual: string): string | null {
  if (facts.mentions(place, usual)) return null;
  return (otherKeys.get(provider) ?? []).find((name) => facts.mentions(place, name)) ?? null;
}

/** A secret written in the code: only its place is known. */
export function literalCredential(facts: FactCollector, holder: AssetRef, spot: Spot, name: string): void {
  const credential = facts.asset(spot, {
    kind: 'credential',
    key: `literal:${spot.place}#${name}:${spot.line}`,
    name: `${name} (literal)`,
    properties: { supplied: 'literal', literal: true },
    confidence: 'high',
  });
  facts.relation(spot, { kind: 'authenticates-with', from: holder, to: credential });
}
