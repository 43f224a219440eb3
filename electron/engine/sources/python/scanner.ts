/**
 * Tokens of Python, on demand. Made for code as people write it: whatever is rare or doubtful ends the reading with
 * `NotPlain`, and the grammar's parser takes the whole file.
 */

/** The mark behind the text, or beyond it: a backslash as the last character takes the mark with it. */
const isOver = (code: number): boolean => code === 0 || Number.isNaN(code);

/** Thrown for a file that has something the plain reader does not take. It says nothing about the file being right. */
export class NotPlain extends Error {}

/** One object for all: nobody looks at its stack, and making one takes longer than a small file. */
const notPlain = new NotPlain('not plain');
export function giveUp(): never {
  throw notPlain;
}

/** Kinds of tokens. Operators and brackets of one character have its code as their kind, so these begin above ASCII. */
export const endOfFile: number = 128;
export const endOfLine: number = 129;
export const nameToken: number = 130;
export const numberToken: number = 131;
export const stringToken: number = 132;
export const power: number = 133;
export const floorDivision: number = 134;
export const shiftLeft: number = 135;
export const shiftRight: number = 136;
export const comparison: number = 137;
export const walrus: number = 138;
export const arrow: number = 139;
/** `+=` and its like. */
export const augmented: number = 140;
export const ellipsis: number = 141;

const firstKeyword = 150;
const keywords = [
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'False',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'None',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'True',
  'try',
  'while',
  'with',
  'yield',
] as const;
const numbers = new Map<string, number>(keywords.map((word, index) => [word, firstKeyword + index]));
/** Kind of a keyword's token. */
export const keyword = Object.fromEntries(numbers) as Readonly<Record<(typeof keywords)[number], number>>;

/** What a character may begin or be part of, by its code. */
const nameStart = 1;
const namePart = 2;
const digit = 4;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) classes[code] = nameStart | namePart;
  if (/[0-9]/.test(char)) classes[code] = namePart | digit;
}
const foreignStart = /^\p{XID_Start}$/u;
const foreignPart = /^\p{XID_Continue}$/u;
const numberShape =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d[\d_]*)?[jJ]?)/y;
const trailingDot = /(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;

/** Deeper nesting is for the grammar's parser, which says where it stops. */
const maxBrackets = 40;
const letterPrefix = /^(?:[rR]?[bBfF]|[bBfF]?[rR]|[uU])?$/;

export class Scanner {
  readonly text: string;
  /** The token: its kind, where it begins and ends, its first line. */
  kind = endOfFile;
  start = 0;
  end = 0;
  line = 1;
  /** Of a string: after its quote, before its closing quote; whether it is raw, formatted, of several lines. */
  innerStart = 0;
  innerEnd = 0;
  isRaw = false;
  isFormat = false;
  /** Line on which the token before this one ended, and where. */
  previousLine = 1;
  previousEnd = 0;
  /** Line on which the token ends. */
  endLine = 1;
  private at = 0;
  private brackets = 0;
  /** Of a line that begins: how far it is indented. A tab counts 8 as in the grammar. */
  indent = 0;
  /** Comments alone on their lines before the token, and how many of them blocks that ended have taken. */
  private commentIndents: number[] = [];
  private commentLines: number[] = [];
  private commentsTaken = 0;

  private readonly length: number;

  constructor(text: string) {
    // A character behind the last one: no look ahead is ever out of bounds, which would make every look slow.
    this.text = `${text}\0`;
    this.length = text.length;
  }

  /** To the first token of the next line that holds one. */
  nextLine(): void {
    const { text } = this;
    if (this.commentLines.length > 0) {
      this.commentIndents = [];
      this.commentLines = [];
      this.commentsTaken = 0;
    }
    let { at } = this;
    let indent = 0;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 32) indent += 1;
      else if (code === 9) indent += 8;
      else if (code === 10) {
        indent = 0;
        this.endLine += 1;
      } else if (code === 12) indent = 0;
      else if (code === 13 && text.charCodeAt(at + 1) === 10) indent = 0;
      else if (code === 35) {
        this.commentIndents.push(indent);
        this.commentLines.push(this.endLine);
        at = text.indexOf('\n', at);
        if (at < 0) at = this.length;
        continue;
      } else break;
      at += 1;
    }
    this.at = at;
    this.indent = at >= this.length ? 0 : indent;
    if (text.charCodeAt(at) === 92) giveUp();
    this.scan();
  }

  /** A block that is indented this far has ended: the comments that follow it at its depth are its own. */
  endBlock(indent: number): void {
    while (this.commentsTaken < this.commentLines.length && (this.commentIndents[this.commentsTaken] ?? 0) >= indent) {
      this.previousLine = this.commentLines[this.commentsTaken] ?? this.previousLine;
      this.commentsTaken += 1;
    }
  }

  /** To the next token of this line, or of the next one inside brackets. */
  next(): void {
    this.previousLine = this.endLine;
    this.previousEnd = this.end;
    this.scan();
  }

  /** Back or ahead to a place from which tokens are read anew. */
  restart(at: number, line: number, brackets: number): void {
    this.at = at;
    this.endLine = line;
    this.brackets = brackets;
    this.scan();
  }

  openBrackets(): number {
    return this.brackets;
  }

  /** To behind a token that ended there, as if nothing had been read since. */
  resume(end: number, endLine: number, brackets: number, previousEnd: number, previousLine: number): void {
    this.at = end;
    this.end = end;
    this.endLine = endLine;
    this.brackets = brackets;
    this.previousEnd = previousEnd;
    this.previousLine = previousLine;
  }

  /** Whether a single `=` follows the token on its line. */
  isNamed(): boolean {
    const { text } = this;
    let at = this.end;
    while (text.charCodeAt(at) === 32) at += 1;
    return text.charCodeAt(at) === 61 && text.charCodeAt(at + 1) !== 61;
  }

  private scan(): void {
    const { text } = this;
    let { at } = this;
    let code: number;
    for (;;) {
      code = text.charCodeAt(at);
      if (code === 32 || code === 9) at += 1;
      else if (code === 10) {
        if (this.brackets === 0) return this.lineEnd(at);
        this.endLine += 1;
        at += 1;
      } else if (code === 13 && text.charCodeAt(at + 1) === 10) at += 1;
      else if (code === 35) {
        at = text.indexOf('\n', at);
        if (at < 0) at = this.length;
      } else if (code === 92) {
        const width = text.charCodeAt(at + 1) === 13 ? 2 : 1;
        if (text.charCodeAt(at + width) !== 10) giveUp();
        this.endLine += 1;
        at += width + 1;
      } else break;
    }
    this.start = at;
    this.line = this.endLine;
    if (code === 0) {
      if (this.brackets > 0 || at < this.length) giveUp();
      this.kind = endOfFile;
      this.at = at;
      this.end = at;
      return;
    }
    const type = code < 128 ? (classes[code] ?? 0) : 0;
    if ((type & nameStart) !== 0) return this.word(at);
    if ((type & digit) !== 0) return this.number(at);
    if (code === 34 || code === 39) return this.string(at, at);
    if (code >= 128) return this.word(at);
    return this.operator(at, code);
  }

  private lineEnd(at: number): void {
    this.kind = endOfLine;
    this.start = at;
    this.end = at;
    this.line = this.endLine;
    this.at = at;
  }

  private done(kind: number, end: number): void {
    this.kind = kind;
    this.end = end;
    this.at = end;
  }

  private word(start: number): void {
    const { text } = this;
    let at = start;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        if (((classes[code] ?? 0) & namePart) === 0) break;
        at += 1;
      } else {
        const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
        if (!(at === start ? foreignStart : foreignPart).test(char)) giveUp();
        at += char.length;
      }
    }
    const length = at - start;
    if (length <= 2) {
      const code = text.charCodeAt(at);
      if (code === 34 || code === 39) return this.string(start, at);
    }
    if (length <= 8 && length > 1) {
      const kind = numbers.get(text.slice(start, at));
      if (kind !== undefined) return this.done(kind, at);
    }
    this.done(nameToken, at);
  }

  private number(start: number): void {
    const { text } = this;
    let at = start;
    while (((classes[text.charCodeAt(at)] ?? 0) & digit) !== 0) at += 1;
    const after = text.charCodeAt(at);
    if (at > start && after !== 46 && after < 128 && ((classes[after] ?? 0) & namePart) === 0)
      return this.done(numberToken, at);
    numberShape.lastIndex = start;
    if (!numberShape.test(this.text)) giveUp();
    let end = numberShape.lastIndex;
    if (this.text.charCodeAt(end) === 46) {
      // `1.` and `1.e5`, but not `1.0.5` or `1..real`.
      if (this.text.slice(start, end).includes('.')) giveUp();
      trailingDot.lastIndex = end + 1;
      trailingDot.test(this.text);
      end = Math.max(end + 1, trailingDot.lastIndex);
    }
    // A letter right behind: `1if x`, `10L`, `0777a`.
    const code = this.text.charCodeAt(end);
    if (code >= 128 || (code < 128 && ((classes[code] ?? 0) & namePart) !== 0)) giveUp();
    this.done(numberToken, end);
  }

  private string(start: number, open: number): void {
    const { text } = this;
    const prefix = open === start ? '' : text.slice(start, open);
    if (!letterPrefix.test(prefix)) giveUp();
    this.isRaw = prefix.includes('r') || prefix.includes('R');
    this.isFormat = prefix.includes('f') || prefix.includes('F');
    const quote = text.charCodeAt(open);
    const triple = text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote;
    this.innerStart = open + (triple ? 3 : 1);
    let at = this.innerStart;
    if (this.isFormat) at = this.formatEnd(at, quote, triple);
    else {
      for (;;) {
        const code = text.charCodeAt(at);
        if (code === quote) {
          if (!triple) break;
          if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) break;
        } else if (code === 92) {
          at += 1;
          if (text.charCodeAt(at) === 13) at += 1;
          if (text.charCodeAt(at) === 10) this.endLine += 1;
        } else if (code === 10) {
          if (!triple) giveUp();
          this.endLine += 1;
        } else if (isOver(code)) giveUp();
        at += 1;
      }
    }
    this.innerEnd = at;
    this.done(stringToken, at + (triple ? 3 : 1));
  }

  /** The end of a formatted string: its expressions may hold quotes of the other sort, and brackets. */
  private formatEnd(from: number, quote: number, triple: boolean): number {
    const { text } = this;
    let at = from;
    let depth = 0;
    for (;;) {
      const code = text.charCodeAt(at);
      if (isOver(code)) giveUp();
      if (code === quote && (!triple || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote))) {
        if (depth > 0) giveUp();
        return at;
      }
      if (code === 10) {
        if (!triple) giveUp();
        this.endLine += 1;
      } else if (code === 92) {
        // `\N{...}` is one character; a backslash between braces is new in Python 3.12.
        at += 1;
        const escaped = text.charCodeAt(at);
        if (depth > 0 || escaped === 78 || escaped === 123 || escaped === 125) giveUp();
        if (text.charCodeAt(at) === 13) at += 1;
        if (text.charCodeAt(at) === 10) this.endLine += 1;
      } else if (code === 123) {
        if (depth === 0 && text.charCodeAt(at + 1) === 123) at += 1;
        else depth += 1;
      } else if (code === 125) {
        if (depth > 0) depth -= 1;
        else if (text.charCodeAt(at + 1) === 125) at += 1;
        else giveUp();
      }
      at += 1;
    }
  }

  private operator(at: number, code: number): void {
    const { text } = this;
    const second = text.charCodeAt(at + 1);
    switch (code) {
      case 40: // (
      case 91: // [
      case 123: // {
        this.brackets += 1;
        if (this.brackets > maxBrackets) giveUp();
        return this.done(code, at + 1);
      case 41: // )
      case 93: // ]
      case 125: // }
        this.brackets -= 1;
        if (this.brackets < 0) giveUp();
        return this.done(code, at + 1);
      case 44: // ,
      case 59: // ;
      case 126: // ~
        return this.done(code, at + 1);
      case 46: // .
        if (second >= 48 && second <= 57) return this.number(at);
        if (second === 46 && text.charCodeAt(at + 2) === 46) return this.done(ellipsis, at + 3);
        return this.done(code, at + 1);
      case 58: // :
        return second === 61 ? this.done(walrus, at + 2) : this.done(code, at + 1);
      case 61: // =
        return second === 61 ? this.done(comparison, at + 2) : this.done(code, at + 1);
      case 33: // !
        return this.done(second === 61 ? comparison : code, second === 61 ? at + 2 : at + 1);
      case 60: // <
      case 62: // >
        if (second === code)
          return text.charCodeAt(at + 2) === 61
            ? this.done(augmented, at + 3)
            : this.done(code === 60 ? shiftLeft : shiftRight, at + 2);
        if (code === 60 && second === 62) giveUp();
        return this.done(comparison, second === 61 ? at + 2 : at + 1);
      case 42: // *
      case 47: // /
        if (second === code)
          return text.charCodeAt(at + 2) === 61
            ? this.done(augmented, at + 3)
            : this.done(code === 42 ? power : floorDivision, at + 2);
        return second === 61 ? this.done(augmented, at + 2) : this.done(code, at + 1);
      case 45: // -
        if (second === 62) return this.done(arrow, at + 2);
        return second === 61 ? this.done(augmented, at + 2) : this.done(code, at + 1);
      case 37: // %
      case 38: // &
      case 43: // +
      case 64: // @
      case 94: // ^
      case 124: // |
        return second === 61 ? this.done(augmented, at + 2) : this.done(code, at + 1);
      default:
        return giveUp();
    }
  }
}
