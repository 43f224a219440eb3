import { createHash } from 'node:crypto';
import type { CapabilityClass, Confidence, RelationKind } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { placedRef } from '../keys.ts';
import type { Span } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import type { Capability, Effect } from './effects.ts';

/** A value that the model fills in when it calls a tool. `name` is what the model sees. */
export type ModelChosen = { readonly parameter: string; readonly name?: string; readonly line: number };

export type ToolDraft = {
  /** Unique within the file; names of nodes are. */
  readonly key: string;
  readonly name: string;
  readonly span: Span;
  /** Type of the node, component or connector. */
  readonly library: string;
  readonly form: string;
  readonly effect: Effect;
  readonly enabled?: boolean;
  readonly description?: string | undefined;
  readonly modelChosen?: readonly ModelChosen[];
  readonly properties?: Properties;
};

export type StoreDraft = {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly product: string;
  readonly span: Span;
  readonly properties?: Properties;
};

export type GateDraft = {
  readonly key: string;
  readonly name: string;
  readonly span: Span;
  readonly mechanism: string;
  readonly grade: string;
  readonly onNoAnswer: string;
  readonly covers: readonly AssetRef[];
  readonly coverNames: readonly string[];
  readonly properties?: Properties;
};

/**
 * Names and ids of a file as part of a key. One that holds what looks like a secret is cut to what may be shown, with a
 * digest that keeps two of them apart.
 */
export function safeKey(text: string): string {
  const short = text.slice(0, 600);
  const masked = maskText(short);
  return masked === text ? text : `${masked}~${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

const longestName = 200;
export const shortName = (text: string): string => maskText(text.trim().slice(0, longestName)) || 'unnamed';

/** Facts of one workflow file of a low-code product, in the words that agents in code use as well. */
export class FlowFacts {
  readonly builder: ReadingBuilder;
  readonly framework: string;
  readonly confidence: Confidence;

  constructor(builder: ReadingBuilder, framework: string, confidence: Confidence) {
    this.builder = builder;
    this.framework = framework;
    this.confidence = confidence;
  }

  get place(): string {
    return this.builder.file.place;
  }

  /** Something that the file defines, by a key that is unique within it. */
  ref(kind: AssetRef['kind'], key: string): AssetRef {
    return placedRef(kind, this.builder.file, key === '' ? '' : safeKey(key));
  }

  /** An agent that the file defines. `key` is unique within the file. */
  agent(key: string, name: string, span: Span, properties: Properties, dynamic = false): AssetRef {
    return this.builder.asset({
      ...this.ref('agent', key),
      name: shortName(name),
      properties: { framework: this.framework, ...properties },
      lines: linesOf(span),
      confidence: this.confidence,
      ...(dynamic ? { dynamic: true } : {}),
    });
  }

  /** The flow itself: what runs steps whether or not an agent is among them. */
  workflow(key: string, name: string, span: Span, properties: Properties): AssetRef {
    return this.builder.asset({
      kind: 'workload',
      key: `${this.framework}:${this.ref('workload', key).key}`,
      name: shortName(name),
      properties: { kind: 'workflow', framework: this.framework, ...properties },
      lines: linesOf(span),
      confidence: this.confidence,
    });
  }

  relation(kind: RelationKind, from: AssetRef, to: AssetRef, span: Span, properties?: Properties): void {
    this.builder.relation({
      kind,
      from,
      to,
      ...(properties === undefined ? {} : { properties }),
      lines: linesOf(span),
      confidence: this.confidence,
    });
  }

  /** Emits the tool; `user` uses it. One that is switched off says so and has no effects. */
  tool(user: AssetRef | null, draft: ToolDraft): AssetRef {
    const enabled = draft.enabled ?? true;
    const ref = this.builder.asset({
      ...this.ref('tool', draft.key),
      name: shortName(draft.name),
      properties: {
        framework: this.framework,
        form: draft.form,
        library: shortName(draft.library),
        enabled,
        ...(draft.description === undefined || draft.description === ''
          ? {}
          : { description: maskText(draft.description).slice(0, 400) }),
        capabilities: draft.effect.capabilities.map((one) => this.capability(one)),
        capabilitiesKnown: draft.effect.known,
        ...((draft.modelChosen ?? []).length === 0
          ? {}
          : {
              modelChosen: (draft.modelChosen ?? []).slice(0, 100).map(({ parameter, name, line }) => ({
                parameter: maskText(parameter.slice(0, longestName)),
                ...(name === undefined ? {} : { name: maskText(name.slice(0, longestName)) }),
                place: this.place,
                line,
              })),
            }),
        ...draft.properties,
      },
      lines: linesOf(draft.span),
      confidence: this.confidence,
    });
    if (user !== null) this.relation('uses', user, ref, draft.span, { enabled });
    return ref;
  }

  /** A step that runs by itself, whatever the model says: what it does belongs to the flow. */
  step(
    workflow: AssetRef,
    step: { readonly name: string; readonly library: string; readonly effect: Effect; readonly span: Span },
  ): void {
    const name = shortName(step.name);
    this.builder.asset({
      ...workflow,
      name,
      properties: {
        steps: [
          {
            name,
            type: shortName(step.library),
            classes: [...classesIn(step.effect)],
            known: step.effect.known,
            place: this.place,
            line: step.span.line,
          },
        ],
      },
      lines: linesOf(step.span),
      confidence: this.confidence,
    });
  }

  capability({ class: kind, line, because, confidence }: Capability): JsonValue {
    return { class: kind, place: this.place, line, because, confidence };
  }

  model(user: AssetRef, id: string, span: Span, provider = '', role?: string): void {
    if (literalSecret('', id) !== null)
      return this.builder.issue(span.line, 'what stands for a model looks like a secret, left out');
    modelFacts(this.builder, user, id, span, {
      host: this.framework,
      confidence: this.confidence,
      ...(provider === '' ? {} : { provider }),
      ...(role === undefined ? {} : { role }),
    });
  }

  /** Instructions of an agent: digest and a masked beginning. `inserted` names what a run puts into the text. */
  prompt(
    user: AssetRef,
    key: string,
    name: string,
    body: string,
    span: Span,
    inserted: readonly string[] = [],
  ): AssetRef {
    const ref = promptFacts(this.builder, {
      name: shortName(name),
      role: 'agent',
      host: this.framework,
      key: safeKey(key),
      body,
      lines: linesOf(span),
      confidence: this.confidence,
      ...(inserted.length === 0
        ? {}
        : { properties: { inserted: inserted.slice(0, 30).map((one) => maskText(one.slice(0, longestName))) } }),
    });
    this.relation('configured-by', user, ref, span, inserted.length === 0 ? undefined : { filledAtRunTime: true });
    return ref;
  }

  /** A secret that the product keeps; the file holds its name and type. */
  credential(user: AssetRef, type: string, name: string, span: Span): AssetRef {
    const ref = this.storedCredential(type, name, span);
    this.relation('authenticates-with', user, ref, span);
    return ref;
  }

  /** The same where nobody is seen to use it. */
  storedCredential(type: string, name: string, span: Span, properties: Properties = {}): AssetRef {
    const label = shortName(name === '' ? type : name);
    return this.builder.asset({
      kind: 'credential',
      key: `${this.framework}:${safeKey(type.slice(0, longestName))}:${label}`,
      name: label,
      properties: {
        supplied: `${this.framework} credential store`,
        type: shortName(type),
        form: formOfType(type),
        framework: this.framework,
        ...properties,
      },
      lines: linesOf(span),
      confidence: this.confidence,
    });
  }

  store(draft: StoreDraft): AssetRef {
    return this.builder.asset({
      kind: 'data-store',
      key: safeKey(draft.key),
      name: shortName(draft.name),
      properties: {
        kind: draft.kind,
        product: shortName(draft.product),
        framework: this.framework,
        ...draft.properties,
      },
      lines: linesOf(draft.span),
      confidence: this.confidence,
    });
  }

  /** Somebody outside: `host` where an address is fixed, else a kind of channel. */
  service(kind: string, host: string | null, span: Span): AssetRef {
    const any = host === null;
    const name = any ? (channelNames.get(kind) ?? kind) : maskText(host.slice(0, longestName));
    return this.builder.asset({
      kind: 'external-service',
      key: kind === 'mail' ? 'mail' : any ? `${kind}:*` : `host:${name}`,
      name,
      properties: { kind, ...(any ? { anyAddress: true } : { host: name }) },
      lines: linesOf(span),
      confidence: this.confidence,
      ...(any && kind === 'web' ? { dynamic: true } : {}),
    });
  }

  gate(user: AssetRef, draft: GateDraft): AssetRef {
    const covers = draft.coverNames.map(shortName);
    const ref = this.builder.asset({
      ...this.ref('approval-gate', draft.key),
      name: shortName(draft.name),
      properties: {
        framework: this.framework,
        mechanism: draft.mechanism,
        grade: draft.grade,
        onNoAnswer: draft.onNoAnswer,
        covers,
        coversKnown: true,
        ...draft.properties,
      },
      lines: linesOf(draft.span),
      confidence: this.confidence,
    });
    this.relation('gated-by', user, ref, draft.span, { covers, coversKnown: true });
    for (const covered of draft.covers) this.relation('gated-by', covered, ref, draft.span);
    return ref;
  }

  /** What a gate that covers nothing is called in the facts of an agent. */
  falseGate(mechanism: string, why: string, span: Span): JsonValue {
    return { mechanism, why, place: this.place, line: span.line };
  }
}

const channelNames: ReadonlyMap<string, string> = new Map([
  ['mail', 'mail to any address'],
  ['web', 'any web host'],
  ['search', 'web search'],
]);

/** What kind of secret a type of credential holds, as far as its name says. */
function formOfType(type: string): string {
  if (/oauth/i.test(type)) return 'oauth token';
  if (/imap|smtp|ftp|basicauth|ssh(?:password)?$/i.test(type)) return 'password';
  if (/postgres|mysql|mongo|mssql|sql|redis|snowflake|oracle|questdb|crate|timescale|neo4j|database/i.test(type))
    return 'database account';
  if (/^aws|bedrock/i.test(type)) return 'access key';
  if (/jwt|certificate|privatekey|serviceaccount|googleapi$/i.test(type)) return 'service account';
  return 'api key';
}

/** Kind of a secret that stands written out where only its name should; null for names, references and blanks. */
export function literalSecret(name: string, value: string): string | null {
  const judged = classifyValue(name, value);
  return judged.kind === 'literal-secret' ? judged.secret : null;
}

export const classesIn = (effect: Effect): ReadonlySet<CapabilityClass> =>
  new Set(effect.capabilities.map((one) => one.class));
