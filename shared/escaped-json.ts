/** JSON leaves DEL, C1 controls and bidirectional marks as they are; a terminal would obey them. Escaped they mean the same. */
const obeyed = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** A value on one line, safe to print. */
export const escapedJson = (value: unknown): string =>
  JSON.stringify(value).replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
