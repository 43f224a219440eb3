import type { Expression, Parameter } from './expressions.ts';
import { withoutSecret } from './literals.ts';
import { PlainAtoms, tells } from './plain-atoms.ts';
import {
  augmented,
  comparison,
  endOfFile,
  endOfLine,
  floorDivision,
  giveUp,
  keyword,
  nameToken,
  power,
  shiftLeft,
  shiftRight,
  walrus,
} from './scanner.ts';

/** Kinds of the tokens that are one character. */
const [openRound, closeRound, star, plus, comma, dot, slash, colon] = [40, 41, 42, 43, 44, 46, 47, 58];
const [equals, openSquare, closeSquare, bar, closeCurly] = [61, 91, 93, 124, 125];

/** How strongly a binary operator binds; 0 for everything else. */
const levels = new Uint8Array(256);
for (const [level, kinds] of [
  ['|'],
  ['^'],
  ['&'],
  [shiftLeft, shiftRight],
  ['+', '-'],
  ['*', '/', '%', '@', floorDivision],
].entries())
  for (const kind of kinds) levels[typeof kind === 'number' ? kind : kind.charCodeAt(0)] = level + 1;

const maxNesting = 100;
/** Operators in one row that hang to the left of each other. */
const maxRow = 60;
const maxJoined = 1000;
const parameterName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Expressions of plain Python from the scanner's token on, to the first token that is not part of them. */
export class PlainExpressions extends PlainAtoms {
  private nesting = 0;
  /** Names given by `:=` so far. */
  named = 0;

  expression(): Expression {
    const { scanner } = this;
    const { kind } = scanner;
    this.nesting += 1;
    if (this.nesting > maxNesting) giveUp();
    let read: Expression;
    if (scanner.kind === keyword.lambda) read = this.lambda();
    else {
      read = this.disjunction();
      if (scanner.kind === keyword.if) {
        scanner.next();
        const test = this.disjunction();
        this.expect(keyword.else);
        const otherwise = this.expression();
        read = { kind: 'either', test, then: read, otherwise };
      } else if (scanner.kind === walrus) {
        if (kind !== nameToken || read.kind !== 'name' || this.formats > 0) giveUp();
        this.named += 1;
        scanner.next();
        read = this.expression();
      }
    }
    this.nesting -= 1;
    return read;
  }

  /** One expression, or several with commas between them as a tuple. */
  expressionList(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    const first = this.starred();
    if (scanner.kind !== comma) return first.kind === 'spread' ? giveUp() : first;
    const items = [first];
    while (scanner.kind === comma) {
      scanner.next();
      if (this.endsList()) break;
      items.push(this.starred());
    }
    return { kind: 'list', form: 'tuple', items, line: this.mapLine(line) };
  }

  endsList(): boolean {
    switch (this.scanner.kind) {
      case endOfFile:
      case endOfLine:
      case equals:
      case colon:
      case closeRound:
      case closeSquare:
      case closeCurly:
      case augmented:
      case 59: // ;
        return true;
      default:
        return false;
    }
  }

  starred(): Expression {
    if (this.scanner.kind !== star) return this.expression();
    this.scanner.next();
    return { kind: 'spread', value: this.binary(0) };
  }

  yielded(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    scanner.next();
    if (scanner.kind === keyword.from) {
      scanner.next();
      return this.other([this.expression()], line);
    }
    return this.other(this.endsList() ? [] : [this.expressionList()], line);
  }

  /** What is assigned to: `a`, `a.b`, `a[0]`, `a, *b`, `(a, [b, c])`. */
  targets(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    const first = this.target();
    if (scanner.kind !== comma) return first;
    const parts = [first];
    while (scanner.kind === comma) {
      scanner.next();
      if (scanner.kind === keyword.in || this.endsList()) break;
      parts.push(this.target());
    }
    return this.other(parts, line);
  }

  private target(): Expression {
    const { scanner } = this;
    const { line, kind } = scanner;
    if (kind === star) {
      scanner.next();
      return this.other([this.target()], line);
    }
    if (kind === openRound || kind === openSquare) {
      const close = kind === openRound ? closeRound : closeSquare;
      const parts: Expression[] = [];
      scanner.next();
      while (scanner.kind !== close) {
        parts.push(this.target());
        if (scanner.kind === comma) scanner.next();
        else if (scanner.kind !== close) giveUp();
      }
      scanner.next();
      if (scanner.kind === dot || scanner.kind === openRound || scanner.kind === openSquare) giveUp();
      return this.other(parts, line);
    }
    const read = this.primary();
    if (read.kind !== 'name' && read.kind !== 'attribute' && read.kind !== 'subscript') giveUp();
    return read;
  }

  /** From `(`, `:` or whatever stands before the first parameter, to the closing token. */
  parameters(close: number): Parameter[] {
    const { scanner } = this;
    const found: Parameter[] = [];
    scanner.next();
    while (scanner.kind !== close) {
      let rest: 'list' | 'dict' | null = null;
      if (scanner.kind === slash) scanner.next();
      else {
        if (scanner.kind === star || scanner.kind === power) {
          rest = scanner.kind === star ? 'list' : 'dict';
          scanner.next();
        }
        if (scanner.kind === nameToken) found.push(this.parameter(rest, close));
        else if (rest !== 'list' || (scanner.kind !== comma && scanner.kind !== close)) giveUp();
      }
      if (scanner.kind === comma) scanner.next();
      else if (scanner.kind !== close) giveUp();
    }
    return found;
  }

  private parameter(rest: 'list' | 'dict' | null, close: number): Parameter {
    const { scanner } = this;
    const name = this.text();
    if (!parameterName.test(name)) giveUp();
    scanner.next();
    if (scanner.kind === colon && close === closeRound) {
      scanner.next();
      this.expression();
    }
    if (scanner.kind !== equals) return rest === null ? { name } : { name, rest };
    if (rest !== null) giveUp();
    scanner.next();
    return { name, fallback: withoutSecret(name, this.expression()) };
  }

  private lambda(): Expression {
    const { line } = this.scanner;
    const parameters = this.parameters(colon);
    this.scanner.next();
    const body = this.expression();
    return { kind: 'lambda', parameters, body, line: this.mapLine(line) };
  }

  protected disjunction(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    const first = this.conjunction();
    if (scanner.kind !== keyword.or) return first;
    const parts = [first];
    while (scanner.kind === keyword.or) {
      scanner.next();
      parts.push(this.conjunction());
    }
    if (parts.length > maxJoined) giveUp();
    return { kind: 'join', operator: 'or', parts, line: this.mapLine(line) };
  }

  private conjunction(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    let left = this.inversion();
    for (let row = 0; scanner.kind === keyword.and; row += 1) {
      if (row > maxRow) giveUp();
      scanner.next();
      left = this.other([left, this.inversion()], line);
    }
    return left;
  }

  private inversion(): Expression {
    const { scanner } = this;
    if (scanner.kind !== keyword.not) return this.comparison();
    const { line } = scanner;
    scanner.next();
    this.nesting += 1;
    if (this.nesting > maxNesting) giveUp();
    const read = this.other([this.inversion()], line);
    this.nesting -= 1;
    return read;
  }

  private comparison(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    const first = this.binary(0);
    let parts: Expression[] | null = null;
    for (;;) {
      if (scanner.kind === keyword.not) {
        scanner.next();
        if (scanner.kind !== keyword.in) giveUp();
      } else if (scanner.kind === keyword.is) {
        scanner.next();
        if (scanner.kind === keyword.not) scanner.next();
        parts ??= [first];
        parts.push(this.binary(0));
        continue;
      } else if (scanner.kind !== comparison && scanner.kind !== keyword.in) break;
      scanner.next();
      parts ??= [first];
      parts.push(this.binary(0));
    }
    if (parts === null) return first;
    return { kind: 'other', parts: parts.filter(tells), line: this.mapLine(line), compares: true };
  }

  private binary(minimum: number): Expression {
    const { scanner } = this;
    const { line } = scanner;
    let left = this.unary();
    let joined: Expression[] = [];
    let join: Expression | null = null;
    for (let row = 0; ; row += 1) {
      const operator = scanner.kind;
      const level = levels[operator] ?? 0;
      if (level <= minimum) return left;
      scanner.next();
      const right = this.binary(level);
      if (operator === plus || operator === bar || operator === slash) {
        const sign = operator === plus ? '+' : operator === bar ? '|' : '/';
        if (join === left && join.kind === 'join' && join.operator === sign) {
          joined.push(right);
          if (joined.length > maxJoined) giveUp();
          row -= 1;
        } else {
          joined = [left, right];
          join = { kind: 'join', operator: sign, parts: joined, line: this.mapLine(line) };
          left = join;
        }
      } else left = this.other([left, right], line);
      if (row > maxRow) giveUp();
    }
  }

  private unary(): Expression {
    const { scanner } = this;
    const { kind, line } = scanner;
    if (kind === plus || kind === 45 || kind === 126) {
      scanner.next();
      this.nesting += 1;
      if (this.nesting > maxNesting) giveUp();
      const read = this.other([this.unary()], line);
      this.nesting -= 1;
      return read;
    }
    if (kind === keyword.await) scanner.next();
    const base = this.primary();
    if (scanner.kind !== power) return base;
    scanner.next();
    this.nesting += 1;
    if (this.nesting > maxNesting) giveUp();
    const read = this.other([base, this.unary()], line);
    this.nesting -= 1;
    return read;
  }
}
