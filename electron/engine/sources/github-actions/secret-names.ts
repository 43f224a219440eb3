import { credentialRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import type { ReadingBuilder } from '../parse/reading-builder.ts';

/**
 * Secrets of the repository that expressions of a workflow name, whether or not an agent gets them. What a variable that
 * hands one on is called says nothing: the secret has one name.
 */
export function emitSecretNames(builder: ReadingBuilder, lines: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, text] of lines.entries()) {
    if (!text.includes('secrets')) continue;
    for (const expression of withoutComment(text).matchAll(/\$\{\{([^}$]{1,2000})\}\}/g))
      for (const match of (expression[1] ?? '').matchAll(
        /\bsecrets\s*(?:\.\s*([A-Za-z_][A-Za-z0-9_-]{0,127})|\[\s*'([A-Za-z_][A-Za-z0-9_-]{0,127})'\s*\])/g,
      )) {
        const name = match[1] ?? match[2] ?? '';
        if (seen.has(name) || !isCredentialName(name)) continue;
        seen.add(name);
        const line = index + 1;
        credentialDraft(
          builder,
          builder.file,
          { ref: credentialRef(name), name, form: 'reference', secretKind: null, line, endLine: line },
          'github-actions',
        );
      }
  }
}

/** A comment of YAML, or of a shell script within it; behind the last quote, so that none of a text is taken for one. */
function withoutComment(text: string): string {
  if (/^\s*#/.test(text)) return '';
  const after = Math.max(text.lastIndexOf("'"), text.lastIndexOf('"')) + 1;
  const comment = text.slice(after).search(/\s#\s/);
  return comment === -1 ? text : text.slice(0, after + comment);
}
