import type { CapabilityClass, Confidence } from '../../../../shared/kinds.ts';
import type { Span } from '../parse/node.ts';
import { type Category, categoryOf } from './services.ts';

export type Capability = {
  readonly class: CapabilityClass;
  readonly line: number;
  readonly because: string;
  readonly confidence: Confidence;
};

/** What a step does. `known`: its type and settings say all of it. */
export type Effect = { readonly capabilities: readonly Capability[]; readonly known: boolean };

export const noEffect: Effect = { capabilities: [], known: true };
export const unknownEffect: Effect = { capabilities: [], known: false };

export const effectOf = (
  classes: readonly CapabilityClass[],
  because: string,
  span: Pick<Span, 'line'>,
  confidence: Confidence = 'medium',
  known = true,
): Effect => ({
  capabilities: [...new Set(classes)].map((one) => ({ class: one, line: span.line, because, confidence })),
  known,
});

export const bothEffects = (one: Effect, other: Effect): Effect => ({
  capabilities: [
    ...one.capabilities,
    ...other.capabilities.filter((added) => !one.capabilities.some((known) => known.class === added.class)),
  ],
  known: one.known && other.known,
});

/**
 * Classes of a fixed SQL text by its verbs. Comments and quoted texts are taken out first, so that a word in a value
 * means nothing.
 */
export function sqlClasses(sql: string): readonly CapabilityClass[] {
  const text = sql
    .slice(0, 20_000)
    .replace(/--[^\n]*/g, ' ')
    .replace(/'[^']*'/g, "''")
    .toLowerCase();
  const has = (words: RegExp): boolean => words.test(text);
  return [
    ...(has(/\b(?:select|show|describe|explain)\b/) ? (['reads-private'] as const) : []),
    ...(has(/\b(?:insert|update|merge|upsert|replace|create|alter|grant|revoke|copy|call)\b/)
      ? (['writes'] as const)
      : []),
    ...(has(/\b(?:delete|drop|truncate)\b/) ? (['deletes'] as const) : []),
  ];
}

/** A query that the model writes: whatever the account may do. */
export const anySql = ['reads-private', 'writes', 'deletes'] as const;

/** A call over HTTP. `anyHost`: the model chooses where it goes, so that even reading carries data out. */
export function httpClasses(method: string, anyHost: boolean): readonly CapabilityClass[] {
  const verb = method.trim().toUpperCase();
  const out = anyHost ? (['sends-outside'] as const) : [];
  if (verb === 'DELETE') return ['deletes', ...out];
  if (verb === 'GET' || verb === 'HEAD' || verb === 'OPTIONS' || verb === '') return ['reads-untrusted', ...out];
  return ['sends-outside', 'writes', 'reads-untrusted'];
}

type Verb = 'reads' | 'writes' | 'deletes' | 'sends' | 'pays';

const verbs: readonly (readonly [RegExp, Verb])[] = [
  [/^(?:delete|remove|drop|destroy|purge|trash|clear|truncate|unsubscribe|cancel|kick|ban|leave)/, 'deletes'],
  [/^(?:send|reply|post|forward|tweet|publish|broadcast|notify|email$|dm$|directmessage|retweet|message$)/, 'sends'],
  [/^(?:charge|pay|refund|transfer|purchase|payout|checkout|order$)/, 'pays'],
  [
    /^(?:get|read|search|list|find|fetch|query|select|lookup|download|retrieve|load|history|aggregate|count|export|freebusy|availability|free|describe|check|view|scrape|extract|crawl|browse|summar)/,
    'reads',
  ],
  [
    /^(?:create|update|upsert|append|add|insert|set|edit|write|move|copy|rename|upload|mark|share|invite|assign|archive|save|store|put|patch|import|schedule|enable|disable|activate|deactivate|lock|merge|react|pin|join|open|close|approve|duplicate|replace|push|incr|draft|label|transition|ingest|modify|change|book)/,
    'writes',
  ],
];

/** What a word for an operation means; null for words that nobody knows. */
export function verbOf(operation: string): Verb | null {
  const words = operation
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  for (const word of words.slice(0, 4)) {
    const found = verbs.find(([shape]) => shape.test(word));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** What an operation of a service does, by the kind of the service. */
export function serviceClasses(category: Category, verb: Verb): readonly CapabilityClass[] {
  const open = category.openToOutsiders ? (['reads-untrusted'] as const) : [];
  switch (verb) {
    case 'reads':
      return category.kind === 'search' || category.kind === 'web' ? ['reads-untrusted'] : [...open, 'reads-private'];
    case 'sends':
      return ['sends-outside'];
    case 'writes':
      if (category.kind === 'payment') return ['spends-money', 'writes'];
      return category.kind === 'public' || category.kind === 'chat' ? ['sends-outside', 'writes'] : ['writes'];
    case 'deletes':
      return ['deletes'];
    case 'pays':
      return ['spends-money'];
  }
}

/**
 * What a ready-made tool does, by its name and the operation it is set to. Nothing known of either gives an unknown effect:
 * never one that looks harmless.
 */
export function namedEffect(
  library: string,
  operation: string | undefined,
  span: Pick<Span, 'line'>,
  confidence: Confidence = 'medium',
): Effect {
  const category = categoryOf(library);
  if (category?.kind === 'harmless') return noEffect;
  // What the code does is another question.
  if (category?.kind === 'code') return effectOf(['executes-code'], `${library} runs code`, span, confidence, false);
  if (category?.kind === 'search' || category?.kind === 'browser')
    return effectOf(
      category.kind === 'browser' ? ['reads-untrusted', 'sends-outside'] : ['reads-untrusted'],
      `${library} brings content of the web`,
      span,
      confidence,
    );
  if (category?.kind === 'vector')
    return effectOf(['reads-private'], `${library} searches stored documents`, span, confidence);
  if (category?.kind === 'database' && operation !== undefined && /sql|query/i.test(operation))
    return effectOf(anySql, `${library} takes queries: whatever its account may do`, span, 'low', false);
  const verb = operation === undefined ? null : verbOf(operation);
  if (verb === null) return unknownEffect;
  if (category === null)
    return effectOf(classesOfVerb(verb), `its operation is called "${shown(operation)}"`, span, 'low', false);
  return effectOf(serviceClasses(category, verb), `operation "${shown(operation)}" of ${library}`, span, confidence);
}

const shown = (text: string | undefined): string => (text ?? '').slice(0, 60);

function classesOfVerb(verb: Verb): readonly CapabilityClass[] {
  switch (verb) {
    case 'reads':
      return ['reads-private'];
    case 'writes':
      return ['writes'];
    case 'deletes':
      return ['deletes'];
    case 'sends':
      return ['sends-outside'];
    case 'pays':
      return ['spends-money'];
  }
}
