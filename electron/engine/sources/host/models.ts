import type { Confidence } from '../../../../shared/kinds.ts';
import { modelRef } from '../keys.ts';
import type { Span } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import type { AssetRef } from '../source.ts';

const aliases = new Set([
  'haiku',
  'sonnet',
  'opus',
  'opusplan',
  'default',
  'best',
  'auto',
  'fast',
  'composer',
  'pro',
  'flash',
  'flash-lite',
]);
const providerHints: readonly (readonly [RegExp, string])[] = [
  [/^(?:claude|haiku|sonnet|opus)/, 'anthropic'],
  [/^(?:gpt|o[1-9]|codex|chatgpt|text-embedding)/, 'openai'],
  [/^(?:gemini|gemma|flash|pro$)/, 'google'],
  [/^(?:mistral|codestral|devstral|magistral)/, 'mistral'],
  [/^grok/, 'xai'],
  [/^deepseek/, 'deepseek'],
];

/** How firmly an id names one model: a dated id is pinned, a family word is an alias, anything else may move. */
export function modelChannel(id: string): 'pinned' | 'floating' | 'alias' {
  const name = (id.split('/').at(-1) ?? id).replace(/\[[^\]]*\]$/, '').toLowerCase();
  if (/(?:^|[-@.:_])20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:$|[-@.:_])/.test(name)) return 'pinned';
  return aliases.has(name) || /-latest$/.test(name) ? 'alias' : 'floating';
}

export function modelProvider(id: string, known = ''): string {
  if (known !== '') return known;
  const slash = id.indexOf('/');
  if (slash > 0 && slash === id.lastIndexOf('/')) return id.slice(0, slash).toLowerCase();
  const name = (id.split(/[/.]/).at(-1) ?? id).toLowerCase();
  return providerHints.find(([shape]) => shape.test(name) || shape.test(id.toLowerCase()))?.[1] ?? '';
}

/** The model that an agent is told to use. Words that mean "as the parent" give no model. */
export function modelFacts(
  builder: ReadingBuilder,
  user: AssetRef,
  id: string,
  span: Span,
  options: {
    readonly provider?: string;
    readonly role?: string;
    readonly confidence?: Confidence;
    readonly host: string;
  },
): void {
  const text = id.trim().replace(/\s+\((?:copilot|preview)\)$/i, '');
  if (text === 'inherit' || !/^[A-Za-z0-9][A-Za-z0-9 ._:/@()[\]-]{0,119}$/.test(text)) return;
  const provider = modelProvider(text, options.provider);
  const bare =
    provider !== '' && text.toLowerCase().startsWith(`${provider}/`) ? text.slice(provider.length + 1) : text;
  const confidence = options.confidence ?? 'high';
  const model = builder.asset({
    ...modelRef(provider, bare.toLowerCase().replace(/\s+/g, '-')),
    name: bare,
    properties: { provider, model: bare, channel: modelChannel(bare) },
    lines: linesOf(span),
    confidence,
  });
  builder.relation({
    kind: 'uses',
    from: user,
    to: model,
    discriminator: options.role ?? '',
    properties: {
      ...(options.role === undefined ? {} : { role: options.role }),
      host: options.host,
      scope: builder.file.scope,
    },
    lines: linesOf(span),
    confidence,
  });
}
