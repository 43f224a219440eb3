import { createHash } from 'node:crypto';
import type { Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { placedRef } from '../keys.ts';
import { readerFacts } from './location.ts';
import { modelTextFacts } from './model-text.ts';
import { type ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';

export type PromptRole = 'instructions' | 'rule' | 'command' | 'agent' | 'prompt';

const previewLength = 200;

/** Text that a host puts before a model: identity and a masked beginning of it, never the whole. */
export function promptFacts(
  builder: ReadingBuilder,
  prompt: {
    readonly name: string;
    readonly role: PromptRole;
    readonly host?: string;
    readonly body: string;
    readonly key?: string;
    readonly lines?: { readonly line: number; readonly endLine: number };
    readonly properties?: Properties;
    readonly confidence?: Confidence;
    readonly user?: AssetRef | null;
  },
): AssetRef {
  const body = prompt.body.trim();
  const imports = [...new Set(importsOf(prompt.body))].slice(0, 50);
  const ref = builder.asset({
    ...placedRef('prompt', builder.file, prompt.key ?? ''),
    name: prompt.name,
    properties: {
      role: prompt.role,
      ...readerFacts(builder.file, prompt.host),
      scope: builder.file.scope,
      sha256: createHash('sha256').update(prompt.body).digest('hex'),
      preview: cutAt(maskText(body.slice(0, previewLength * 4)), previewLength),
      characters: prompt.body.length,
      ...(imports.length === 0 ? {} : { imports }),
      ...modelTextFacts(prompt.body, prompt.lines?.line ?? 1),
      ...prompt.properties,
    },
    lines: prompt.lines ?? wholeFile(builder.file.text),
    confidence: prompt.confidence ?? 'high',
  });
  if (prompt.user !== null && prompt.user !== undefined) {
    builder.relation({
      kind: 'uses',
      from: prompt.user,
      to: ref,
      lines: prompt.lines ?? wholeFile(builder.file.text),
      confidence: prompt.confidence ?? 'high',
    });
  }
  return ref;
}

const cutAt = (text: string, length: number): string => [...text].slice(0, length).join('');

/** `@path` imports, outside code; an address of a person is not one. */
function importsOf(text: string): readonly string[] {
  const found: string[] = [];
  let fenced = false;
  for (const line of text.split('\n').slice(0, 5000)) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    if (fenced || line.length > 2000) continue;
    for (const match of line.matchAll(
      /(?:^|\s)@((?:~\/|\.{0,2}\/)?[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*\.(?:md|mdc|txt|json|ya?ml|toml))\b/g,
    )) {
      if (match[1] !== undefined) found.push(match[1]);
    }
  }
  return found;
}
