import type { CapabilityClass, Confidence } from '../../../../../shared/kinds.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import type { Project } from '../../python/resolve.ts';
import {
  type CallValue,
  type FunctionValue,
  identityOf,
  type Spot,
  type Value,
  type EnvironmentValue,
  type TextValue,
} from '../../python/values.ts';
import type { Vendor } from './vendors.ts';
import { isWrittenSecret, valuesIn } from './arguments.ts';
import { agentsIn } from './recognise.ts';

/** What a function does, its helpers included. */
export type BodyFacts = {
  readonly capabilities: readonly Capability[];
  readonly stores: readonly StoreUse[];
  readonly services: readonly ServiceUse[];
  readonly credentials: readonly CredentialUse[];
  readonly models: readonly CallValue[];
  readonly agents: readonly { readonly agent: CallValue; readonly spot: Spot }[];
  readonly tools: readonly Value[];
  readonly interrupts: readonly Interrupt[];
  readonly prompts: readonly Value[];
  /** Texts that the code compares with or looks up: names of tools in a gate. */
  readonly words: ReadonlySet<string>;
  /** Nothing of what is called is known. */
  readonly opaque: boolean;
  /** Calls of which it is not known what they do, once per line. */
  readonly notUnderstood: readonly UnknownCall[];
  /** Functions that are called too deep inside other functions to be looked at. */
  readonly notFollowed: readonly UnknownCall[];
};

/**
 * `confidence` is high where the code shows it directly (a process is started, SQL is written out), medium where it rests
 * on a table of names and verbs.
 */
export type Capability = {
  readonly class: CapabilityClass;
  readonly spot: Spot;
  readonly because: string;
  readonly confidence: Confidence;
};
export type UnknownCall = { readonly call: string; readonly spot: Spot };
export type StoreUse = {
  readonly action: 'reads' | 'writes' | 'deletes';
  readonly spot: Spot;
  readonly confidence: Confidence;
  readonly store:
    | { readonly kind: 'construct'; readonly call: CallValue; readonly symbol: string }
    | { readonly kind: 'saas'; readonly service: string; readonly sensitivity: string; readonly made: Spot }
    | { readonly kind: 'database'; readonly product: string; readonly credential: string | null; readonly made: Spot }
    | { readonly kind: 'files'; readonly folder: string };
};
/** `host` is `*` where the caller decides the address. */
export type ServiceUse = {
  readonly action: 'ingests' | 'egresses-to';
  readonly host: string;
  readonly kind: 'web' | 'mail' | 'saas';
  readonly spot: Spot;
  readonly confidence: Confidence;
};
export type CredentialUse = { readonly name: string; readonly literal: boolean; readonly spot: Spot };
export type Interrupt = {
  readonly call: CallValue;
  readonly when: string | null;
  readonly function: FunctionValue;
  readonly words: ReadonlySet<string>;
};

/** Body facts while they are gathered. */
export type Collected = {
  capabilities: Map<string, Capability>;
  stores: Map<string, StoreUse>;
  services: Map<string, ServiceUse>;
  credentials: Map<string, CredentialUse>;
  models: Map<string, CallValue>;
  agents: Map<string, { agent: CallValue; spot: Spot }>;
  tools: Value[];
  interrupts: Map<string, Interrupt>;
  prompts: Value[];
  words: Set<string>;
  notUnderstood: Map<string, UnknownCall>;
  notFollowed: Map<string, UnknownCall>;
  known: number;
  calls: number;
};

export const emptyCollection = (): Collected => ({
  capabilities: new Map(),
  stores: new Map(),
  services: new Map(),
  credentials: new Map(),
  models: new Map(),
  agents: new Map(),
  tools: [],
  interrupts: new Map(),
  prompts: [],
  words: new Set(),
  notUnderstood: new Map(),
  notFollowed: new Map(),
  known: 0,
  calls: 0,
});

export function add(
  into: Collected,
  capability: CapabilityClass,
  spot: Spot,
  because: string,
  confidence: Confidence,
): void {
  const key = `${capability}:${spot.place}:${spot.line}`;
  const known = into.capabilities.get(key);
  if (known === undefined || (known.confidence !== 'high' && confidence === 'high'))
    into.capabilities.set(key, { class: capability, spot, because, confidence });
}

export function useStore(into: Collected, use: StoreUse): void {
  const store = use.store;
  const name =
    store.kind === 'construct'
      ? identityOf(store.call)
      : store.kind === 'saas'
        ? store.service
        : store.kind === 'files'
          ? store.folder
          : `${store.product}:${store.credential ?? ''}`;
  const key = `${use.action} ${store.kind} ${name}`;
  if (!into.stores.has(key)) into.stores.set(key, use);
}

export function useVendor(
  into: Collected,
  vendor: Vendor,
  action: 'reads' | 'writes' | 'deletes',
  spot: Spot,
  sends: boolean,
  made: Spot,
): void {
  useStore(into, {
    action,
    spot,
    confidence: 'medium',
    store: { kind: 'saas', service: vendor.service, sensitivity: vendor.sensitivity, made },
  });
  if (action === 'reads' && vendor.untrusted)
    into.services.set(`ingests ${vendor.service}`, {
      action: 'ingests',
      host: vendor.service,
      kind: 'saas',
      spot,
      confidence: 'medium',
    });
  if (sends)
    into.services.set(`egresses ${vendor.service}`, {
      action: 'egresses-to',
      host: vendor.service,
      kind: 'saas',
      spot,
      confidence: 'medium',
    });
}

const looked = new WeakMap<Project, WeakMap<Value, readonly (EnvironmentValue | TextValue)[]>>();

/** Named and literal secrets in a value; the same value is looked through once. */
function credentialsIn(project: Project, value: Value): readonly (EnvironmentValue | TextValue)[] {
  let known = looked.get(project);
  if (known === undefined) {
    known = new WeakMap();
    looked.set(project, known);
  }
  let found = known.get(value);
  if (found === undefined) {
    found = [...valuesIn(project, value)].flatMap((one) =>
      (one.kind === 'environment' && isCredentialName(one.name)) || isWrittenSecret(one) ? [one] : [],
    );
    known.set(value, found);
  }
  return found;
}

export function collectCredentials(project: Project, value: Value, into: Collected): void {
  if (
    value.kind === 'function' ||
    value.kind === 'class' ||
    value.kind === 'module' ||
    value.kind === 'symbol' ||
    value.kind === 'dynamic'
  )
    return;
  if (value.kind === 'call' && agentsIn(project, value).length > 0) return;
  for (const one of credentialsIn(project, value)) {
    if (one.kind === 'environment') {
      if (!into.credentials.has(one.name))
        into.credentials.set(one.name, { name: one.name, literal: false, spot: one.spot });
    } else {
      const name = `literal in ${one.spot.place}:${one.spot.line}`;
      if (!into.credentials.has(name))
        into.credentials.set(name, { name: one.name ?? 'literal', literal: true, spot: one.spot });
    }
  }
}
