import { maskText } from '../../parse/secrets.ts';
import type { FileInput, ModuleSummary } from '../../source.ts';

/** A configuration file beside the code: its text without secrets, for the frameworks that asked for it. */
export type Document = { readonly language: 'document'; readonly text: string };

const mostText = 300_000;

export function summariseDocument(file: Pick<FileInput, 'place' | 'sha256' | 'text'>): ModuleSummary {
  const short = file.text.length <= mostText;
  return {
    place: file.place,
    sha256: file.sha256,
    status: short ? 'read' : 'malformed',
    content: { language: 'document', text: short ? maskText(file.text) : '' } satisfies Document,
    issues: short ? [] : [{ line: null, message: 'too long to be read beside the code' }],
  };
}

export const isDocument = (content: unknown): content is Document =>
  typeof content === 'object' && content !== null && 'language' in content && content.language === 'document';
