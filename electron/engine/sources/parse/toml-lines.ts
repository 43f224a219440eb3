/**
 * Lines of the keys of a TOML text that is known to be valid: the parser itself keeps none. Best effort by design; a
 * path that is not known takes the line of the nearest one above it.
 */
export type PathLines = {
  readonly lastLine: number;
  of(path: readonly (string | number)[]): { readonly line: number; readonly endLine: number } | undefined;
};

type Step = string | number;

export function tomlLines(text: string): PathLines {
  const spans = new Map<string, { line: number; endLine: number }>();
  const counts = new Map<string, number>();
  const keyOf = (path: readonly Step[]): string => JSON.stringify(path);
  let at = 0;
  let line = 1;
  let table: Step[] = [];

  const note = (path: readonly Step[], from: number, to: number): void => {
    const key = keyOf(path);
    const known = spans.get(key);
    if (known === undefined) spans.set(key, { line: from, endLine: to });
    else known.endLine = Math.max(known.endLine, to);
  };
  const advance = (): void => {
    if (text.charCodeAt(at) === 10) line++;
    at++;
  };
  const skipBlank = (): void => {
    while (at < text.length && (text[at] === ' ' || text[at] === '\t' || text[at] === '\r')) at++;
  };
  const skipLine = (): void => {
    const end = text.indexOf('\n', at);
    at = end === -1 ? text.length : end;
  };
  const skipAll = (): void => {
    while (at < text.length) {
      const character = text[at];
      if (character === '#') skipLine();
      else if (character === ' ' || character === '\t' || character === '\r' || character === '\n') advance();
      else return;
    }
  };
  const readString = (): string => {
    const quote = text[at] ?? '"';
    const triple = text.startsWith(quote.repeat(3), at);
    const mark = triple ? quote.repeat(3) : quote;
    at += mark.length;
    const start = at;
    while (at < text.length && !text.startsWith(mark, at)) {
      if (quote === '"' && text[at] === '\\') advance();
      advance();
    }
    const raw = text.slice(start, at);
    at += mark.length;
    while (triple && text[at] === quote) at++;
    if (quote === "'" || !raw.includes('\\')) return raw;
    try {
      return String(JSON.parse(`"${raw}"`));
    } catch {
      return raw;
    }
  };
  const readKey = (): Step[] => {
    const parts: Step[] = [];
    for (;;) {
      skipBlank();
      if (text[at] === '"' || text[at] === "'") parts.push(readString());
      else {
        const start = at;
        while (at < text.length && /[A-Za-z0-9_-]/.test(text[at] ?? '')) at++;
        if (at === start) return parts;
        parts.push(text.slice(start, at));
      }
      skipBlank();
      if (text[at] !== '.') return parts;
      at++;
    }
  };
  const readValue = (path: readonly Step[]): void => {
    skipBlank();
    const from = line;
    const character = text[at];
    if (character === '"' || character === "'") readString();
    else if (character === '[') {
      at++;
      for (let index = 0; ; index++) {
        skipAll();
        if (at >= text.length || text[at] === ']') break;
        const before = at;
        readValue([...path, index]);
        skipAll();
        if (text[at] === ',') at++;
        else if (text[at] !== ']' && at === before) break;
      }
      at++;
    } else if (character === '{') {
      at++;
      for (;;) {
        skipAll();
        if (at >= text.length || text[at] === '}') break;
        const before = at;
        readPair(path);
        skipAll();
        if (text[at] === ',') at++;
        else if (text[at] !== '}' && at === before) break;
      }
      at++;
    } else {
      while (at < text.length && !/[,\]}#\n]/.test(text[at] ?? '')) at++;
    }
    note(path, from, line);
  };
  const noteParents = (base: readonly Step[], parts: readonly Step[], from: number): void => {
    for (let length = 1; length <= parts.length; length++) note([...base, ...parts.slice(0, length)], from, from);
  };
  const readPair = (base: readonly Step[]): void => {
    const from = line;
    const parts = readKey();
    noteParents(base, parts, from);
    skipBlank();
    if (text[at] !== '=') return;
    at++;
    readValue([...base, ...parts]);
  };
  /** `[a.b]` below an array of tables belongs to its last element. */
  const withIndexes = (parts: readonly Step[]): Step[] => {
    const path: Step[] = [];
    for (const part of parts) {
      path.push(part);
      const count = counts.get(keyOf(path));
      if (count !== undefined) path.push(count - 1);
    }
    return path;
  };

  while (at < text.length) {
    skipAll();
    if (at >= text.length) break;
    const before = at;
    const from = line;
    if (text.startsWith('[[', at)) {
      at += 2;
      const parts = readKey();
      const parent = withIndexes(parts.slice(0, -1));
      const path = [...parent, ...parts.slice(-1)];
      const index = counts.get(keyOf(path)) ?? 0;
      counts.set(keyOf(path), index + 1);
      table = [...path, index];
      note(path, from, from);
      note(table, from, from);
      skipLine();
    } else if (text[at] === '[') {
      at++;
      const parts = readKey();
      noteParents([], withIndexes(parts), from);
      table = withIndexes(parts);
      skipLine();
    } else {
      readPair(table);
      skipLine();
    }
    if (at === before) advance();
  }
  return { lastLine: line, of: (path) => spans.get(keyOf(path)) };
}
