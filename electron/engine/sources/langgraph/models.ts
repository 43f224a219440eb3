import type { Properties } from '../../../../shared/model/facts.ts';
import { modelRef } from '../keys.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import type { Project } from '../python/resolve.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../python/values.ts';
import type { FactCollector } from './collector.ts';
import { channelOf, defaultKeys, isEmbedding, modelProvider, originOf, providerNamed, providerOfId } from './known.ts';
import { argumentOf, valuesIn } from './recognise.ts';

export type ModelUse = {
  readonly ref: AssetRef;
  readonly spot: Spot;
  readonly label: string;
  readonly embedding: boolean;
};

/** Emits the models that a constructor call may make, and the credentials they are called with. */
export function modelFacts(project: Project, facts: FactCollector, call: CallValue): readonly ModelUse[] {
  const path = call.callee.kind === 'symbol' ? call.callee.path : '';
  const origin = originOf(path);
  const provider = origin === null ? null : modelProvider(origin);
  if (origin === null || provider === null) return [];
  const id =
    argumentOf(
      project,
      call,
      origin.symbol.startsWith('init_') || origin.symbol === 'load_chat_model' ? 0 : null,
      'model',
      'model_name',
      'model_id',
      'deployment_name',
      'azure_deployment',
      'deployment',
      'repo_id',
    ) ?? firstText(project, call);
  const named = argumentOf(project, call, null, 'model_provider', 'provider');
  const embedding = isEmbedding(origin.symbol);
  const base = argumentOf(
    project,
    call,
    null,
    'base_url',
    'openai_api_base',
    'endpoint',
    'azure_endpoint',
    'endpoint_url',
    'api_base',
  );
  const extra: Properties = {
    constructor: origin.symbol,
    ...(base === null ? {} : { baseUrl: addressOf(base) }),
  };
  const uses = emitModels(facts, id, call.spot, provider === '' ? providerText(named) : provider, embedding, extra);
  const key = argumentOf(
    project,
    call,
    null,
    'api_key',
    'openai_api_key',
    'anthropic_api_key',
    'google_api_key',
    'azure_openai_api_key',
    'groq_api_key',
    'token',
    'credentials',
  );
  for (const use of uses) keyFacts(project, facts, use, key);
  return uses;
}

/** A model given as text: `create_agent("openai:gpt-4.1")`. */
export function modelTextFacts(project: Project, facts: FactCollector, value: Value): readonly ModelUse[] {
  const spot =
    optionsOf(value)
      .map((option) => ('spot' in option ? option.spot : null))
      .find((one) => one !== null) ?? null;
  if (spot === null) return [];
  const uses = emitModels(facts, value, spot, '', false, {});
  for (const use of uses) keyFacts(project, facts, use, null);
  return uses;
}

function emitModels(
  facts: FactCollector,
  id: Value | null,
  spot: Spot,
  provider: string,
  embedding: boolean,
  extra: Properties,
): readonly ModelUse[] {
  const found: ModelUse[] = [];
  const emit = (at: Spot, model: string, supplied: string, dynamic: boolean, environment?: string): void => {
    const [prefix, rest] = splitProvider(model);
    const realProvider = provider !== '' ? provider : prefix !== '' ? providerNamed(prefix) : providerOfId(model);
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
    } else emit(spot, '', 'decided at run time', true);
  }
  return found;
}

function splitProvider(text: string): readonly [string, string] {
  const match = /^([a-z][a-z_]+)[:/](.+)$/.exec(text);
  return match === null ? ['', text] : [match[1] ?? '', match[2] ?? ''];
}

const providerText = (value: Value | null): string => (value?.kind === 'text' ? providerNamed(value.text) : '');

function firstText(project: Project, call: CallValue): Value | null {
  const [first] = call.call.args;
  if (first === undefined) return null;
  const value = project.evaluate(first, call.scope, call.call.at);
  return value.kind === 'text' || value.kind === 'environment' || value.kind === 'choice' ? value : null;
}

function addressOf(value: Value): string {
  const [option] = optionsOf(value);
  if (option?.kind === 'text') return maskUrl(option.text);
  return option?.kind === 'environment' ? `$${option.name}` : 'decided at run time';
}

function keyFacts(project: Project, facts: FactCollector, use: ModelUse, key: Value | null): void {
  let given = false;
  if (key !== null) {
    for (const value of valuesIn(project, key)) {
      if (value.kind === 'environment' && isCredentialName(value.name)) {
        given = true;
        const credential = facts.credential(value.spot, value.name);
        facts.relation(use.spot, { kind: 'authenticates-with', from: use.ref, to: credential });
      } else if (value.kind === 'text' && value.secret === true) {
        given = true;
        literalCredential(facts, use.ref, value.spot, 'api_key');
      }
    }
  }
  if (given || key !== null) return;
  const provider = use.ref.key.slice(0, use.ref.key.indexOf(':'));
  const name = defaultKeys.get(provider);
  if (name === undefined) return;
  // The library reads this variable by itself; the code does not name it.
  const credential = facts.asset(use.spot, {
    kind: 'credential',
    key: name,
    name,
    properties: { supplied: 'environment', readBy: 'library default' },
    confidence: 'medium',
  });
  facts.relation(use.spot, { kind: 'authenticates-with', from: use.ref, to: credential, confidence: 'medium' });
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
