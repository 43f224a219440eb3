const controls = /[\u0000-\u001f\u007f-\u009f]/g;
/** Zero-width, bidirectional and tag characters: invisible, and able to turn a name into another one. */
const invisible = /[\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Text from outside as it may be shown on a terminal: one line, nothing that a terminal obeys, invisible characters as
 * their code points, cut at `limit` characters.
 */
export function printable(text: string, limit = 400): string {
  const shown = text
    .replace(controls, (character) => (character === '\n' || character === '\t' ? ' ' : ''))
    .replace(
      invisible,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    );
  return shown.length > limit ? `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : shown;
}

/** Emphasis for terminals; the identity where colours are not wanted. */
export type Style = { bold(text: string): string; dim(text: string): string; warn(text: string): string };

export const plainStyle: Style = { bold: (text) => text, dim: (text) => text, warn: (text) => text };
export const colourStyle: Style = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  warn: (text) => `\u001b[33m${text}\u001b[39m`,
};
