/** Ways of writing comments and strings, as far as names of variables of the environment need them. */
export type Family = 'python' | 'ecmascript' | 'go' | 'rust' | 'c-like';

/** A string as written: its content, and where its opening quote and what follows its closing one stand. */
export type Text = { readonly value: string; readonly start: number; readonly end: number };

export type Lexed = {
  /** As long as the file: comments and contents of strings are blanks, quotes are `"`, line ends stay. */
  readonly code: string;
  /** In the order of the file; by the offset of the opening quote. */
  readonly texts: ReadonlyMap<number, Text>;
};

/** Strings longer than this name no variable; their content is not kept. */
const longestName = 200;
/** Interpolations inside of interpolations; deeper ones count as text. */
const deepest = 8;

/**
 * Separates code from comments and strings in one pass. It is no parser: what it gets wrong (a regular expression that
 * looks like a division, an apostrophe in JSX text) costs a name at most, because a string that does not end on its line
 * counts as code.
 */
export function lex(source: string, family: Family): Lexed {
  const out: string[] = [];
  const texts = new Map<number, Text>();
  const lexer = new Lexer(source, family, out, texts);
  lexer.run(0, source.length, 0);
  return { code: out.join(''), texts };
}

const blanks = (text: string): string => text.replace(/[^\n]/g, ' ');

class Lexer {
  readonly #source: string;
  readonly #family: Family;
  readonly #out: string[];
  readonly #texts: Map<number, Text>;
  /** Last character of code that is no blank, and the word it ends: tells a regular expression from a division. */
  #last = '';
  #word = '';
  /** By what a string begins with: up to where it is known not to end, so that hostile text is not searched again and again. */
  readonly #endless = new Map<string, number>();

  constructor(source: string, family: Family, out: string[], texts: Map<number, Text>) {
    this.#source = source;
    this.#family = family;
    this.#out = out;
    this.#texts = texts;
  }

  run(from: number, to: number, depth: number): void {
    let at = from;
    let plain = from;
    const keep = (until: number): void => {
      if (until > plain) this.#out.push(this.#source.slice(plain, until));
    };
    while (at < to) {
      const character = this.#source[at] ?? '';
      const end = this.#skipAt(at, to, character);
      if (end !== null) {
        keep(at);
        if (end.kind === 'comment') this.#out.push(blanks(this.#source.slice(at, end.to)));
        else this.#text(at, end, depth);
        at = end.to;
        plain = at;
        continue;
      }
      if (this.#family !== 'ecmascript') {
        at += 1;
        continue;
      }
      if (character > ' ') {
        this.#word = /[\w$]/.test(character) ? this.#word + character : '';
        this.#last = character;
      } else if (this.#word !== '' && !/[\w$]/.test(this.#source[at + 1] ?? '')) this.#word = this.#word.slice(-12);
      else this.#word = '';
      at += 1;
    }
    keep(to);
  }

  #skipAt(at: number, to: number, character: string): Skip | null {
    const next = this.#source[at + 1];
    if (this.#family === 'python') {
      if (character === '#') return { kind: 'comment', to: this.#lineEnd(at, to) };
    } else if (character === '/') {
      if (next === '/') return { kind: 'comment', to: this.#lineEnd(at, to) };
      if (next === '*') {
        const end = this.#source.indexOf('*/', at + 2);
        return { kind: 'comment', to: end === -1 || end + 2 > to ? to : end + 2 };
      }
      if (this.#family === 'ecmascript' && this.#mayBePattern()) {
        const end = this.#patternEnd(at, to);
        if (end !== null) return { kind: 'comment', to: end };
      }
    }
    if (character === '"' || character === "'" || character === '`') return this.#string(at, to, character);
    return null;
  }

  #string(at: number, to: number, quote: string): Skip | null {
    if (at < (this.#endless.get(quote) ?? 0)) return null;
    const found = this.#stringAt(at, to, quote);
    if (found === null && (quote !== "'" || this.#family === 'python' || this.#family === 'ecmascript')) {
      const spansLines = quote === '`' || this.#family === 'rust' || this.#source.startsWith(quote.repeat(3), at);
      this.#endless.set(quote, spansLines ? to : this.#lineEnd(at, to));
    }
    return found;
  }

  #stringAt(at: number, to: number, quote: string): Skip | null {
    const family = this.#family;
    if (quote === '`') {
      if (family === 'ecmascript') return this.#template(at, to);
      if (family !== 'go') return null;
      const end = this.#source.indexOf('`', at + 1);
      return end === -1 || end >= to ? null : { kind: 'text', to: end + 1, width: 1, holes: [] };
    }
    if (quote === "'" && family !== 'python' && family !== 'ecmascript') {
      // A character, or a lifetime of Rust.
      const match = /^'(?:\\[^\n]{1,10}?|[^'\\\n])'/.exec(this.#source.slice(at, at + 14));
      return match === null ? null : { kind: 'text', to: at + match[0].length, width: 1, holes: [] };
    }
    const triple = family !== 'ecmascript' && family !== 'go' && this.#source.startsWith(quote.repeat(3), at);
    const prefix =
      family === 'python' ? (/[A-Za-z]{1,2}$/.exec(this.#source.slice(Math.max(0, at - 2), at))?.[0] ?? '') : '';
    const formatted = /f/i.test(prefix);
    const verbatim = family === 'c-like' && /@\$?$/.test(this.#source.slice(Math.max(0, at - 2), at));
    const width = triple ? 3 : 1;
    const close = quote.repeat(width);
    for (let index = at + width; index < to; index += 1) {
      const character = this.#source[index];
      if (character === '\\' && !verbatim) index += 1;
      else if (character === '\n' && !triple && !verbatim && family !== 'rust') return null;
      else if (this.#source.startsWith(close, index)) {
        const end = index + width;
        return { kind: 'text', to: end, width, holes: formatted ? holesOf(this.#source, at + width, index) : [] };
      }
    }
    return null;
  }

  #template(at: number, to: number): Skip | null {
    const holes: [number, number][] = [];
    for (let index = at + 1; index < to; index += 1) {
      const character = this.#source[index];
      if (character === '\\') index += 1;
      else if (character === '`') return { kind: 'text', to: index + 1, width: 1, holes };
      else if (character === '$' && this.#source[index + 1] === '{') {
        const end = braceEnd(this.#source, index + 2, to);
        if (end === null) return null;
        holes.push([index + 2, end]);
        index = end;
      }
    }
    return null;
  }

  #text(start: number, { to, width, holes }: Skip & { readonly kind: 'text' }, depth: number): void {
    const inner = start + width;
    const innerEnd = to - width;
    if (innerEnd - inner <= longestName && holes.length === 0)
      this.#texts.set(start, { value: this.#source.slice(inner, innerEnd), start, end: to });
    this.#out.push(`"${' '.repeat(width - 1)}`);
    let at = inner;
    for (const [from, until] of depth >= deepest ? [] : holes) {
      this.#out.push(blanks(this.#source.slice(at, from)));
      this.#last = '(';
      this.#word = '';
      this.run(from, until, depth + 1);
      at = until;
    }
    this.#out.push(blanks(this.#source.slice(at, innerEnd)), `${' '.repeat(width - 1)}"`);
    this.#last = '"';
    this.#word = '';
  }

  #mayBePattern(): boolean {
    if (/^(?:return|typeof|case|in|of|do|else|void|delete|await|yield)$/.test(this.#word)) return true;
    return this.#last === '' || '(,=:[!&|?{};+-*%<>~^'.includes(this.#last);
  }

  #patternEnd(at: number, to: number): number | null {
    if (at < (this.#endless.get('/') ?? 0)) return null;
    let inClass = false;
    for (let index = at + 1; index < to; index += 1) {
      const character = this.#source[index];
      if (character === '\n') break;
      if (character === '\\') index += 1;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) return index + 1;
    }
    this.#endless.set('/', this.#lineEnd(at, to));
    return null;
  }

  #lineEnd(at: number, to: number): number {
    const end = this.#source.indexOf('\n', at);
    return end === -1 || end > to ? to : end;
  }
}

type Skip =
  | { readonly kind: 'comment'; readonly to: number }
  | {
      readonly kind: 'text';
      readonly to: number;
      readonly width: number;
      /** Code between braces: from, to. */
      readonly holes: readonly (readonly [number, number])[];
    };

/** `f"{os.environ['A']} {{no}}"` */
function holesOf(source: string, from: number, to: number): readonly (readonly [number, number])[] {
  const holes: [number, number][] = [];
  for (let at = from; at < to; at += 1) {
    if (source[at] !== '{') continue;
    if (source[at + 1] === '{') {
      at += 1;
      continue;
    }
    const end = braceEnd(source, at + 1, to);
    if (end === null) return holes;
    holes.push([at + 1, end]);
    at = end;
  }
  return holes;
}

/** Offset of the brace that closes the one before `from`. */
function braceEnd(source: string, from: number, to: number): number | null {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const character = source[at];
    if (character === '{') depth += 1;
    else if (character === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return null;
}
