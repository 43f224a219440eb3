import type { DictEntry, Expression } from './expressions.ts';
import { withoutSecret } from './literals.ts';
import { plainStrings } from './plain-strings.ts';
import { ellipsis, giveUp, keyword, nameToken, numberToken, power, type Scanner, stringToken } from './scanner.ts';

/** Kinds of the tokens that are one character. */
const [openRound, closeRound, comma, dot, colon, openSquare, closeSquare, openCurly, closeCurly] = [
  40, 41, 44, 46, 58, 91, 93, 123, 125,
];
const maxLinks = 300;

/** What stands between operators: names, texts, brackets, and the calls, attributes and indexes behind them. */
export abstract class PlainAtoms {
  protected readonly scanner: Scanner;
  protected readonly mapLine: (line: number) => number;
  private readonly strings: () => Expression;
  /** Inside a formatted string `:=` is no assignment. */
  protected formats = 0;

  constructor(scanner: Scanner, mapLine: (line: number) => number) {
    this.scanner = scanner;
    this.mapLine = mapLine;
    this.strings = plainStrings(scanner, mapLine, () => {
      this.formats += 1;
      const read = this.expression();
      this.formats -= 1;
      return read;
    });
  }

  abstract expression(): Expression;
  /** An expression, or one with a star before it. */
  abstract starred(): Expression;
  abstract yielded(): Expression;
  abstract targets(): Expression;
  /** What may stand where `if` and `for` are no part of it any more. */
  protected abstract disjunction(): Expression;

  text(): string {
    return this.scanner.text.slice(this.scanner.start, this.scanner.end);
  }

  expect(kind: number): void {
    if (this.scanner.kind !== kind) giveUp();
    this.scanner.next();
  }

  /** A node that is kept for what it calls and names. */
  other(parts: Expression[], line: number): Expression {
    return { kind: 'other', parts: parts.filter(tells), line: this.mapLine(line) };
  }

  primary(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    let built = this.atom();
    for (let links = 0; links <= maxLinks; links += 1) {
      switch (scanner.kind) {
        case dot: {
          scanner.next();
          if (scanner.kind !== nameToken) giveUp();
          built = { kind: 'attribute', of: built, name: this.text(), line: this.mapLine(scanner.line) };
          scanner.next();
          break;
        }
        case openRound:
          built = this.call(built, line);
          break;
        case openSquare: {
          const index = this.index();
          built = { kind: 'subscript', of: built, index, line: this.mapLine(line) };
          break;
        }
        default:
          return built;
      }
    }
    return giveUp();
  }

  private call(callee: Expression, firstLine: number): Expression {
    const { scanner } = this;
    const at = scanner.start;
    const openLine = scanner.line;
    const args: Expression[] = [];
    const keywords: { name: string | null; value: Expression }[] = [];
    scanner.next();
    while (scanner.kind !== closeRound) {
      if (scanner.kind === power) {
        scanner.next();
        keywords.push({ name: null, value: this.expression() });
      } else if (scanner.kind === nameToken && scanner.isNamed()) {
        const name = this.text();
        scanner.next();
        scanner.next();
        keywords.push({ name, value: withoutSecret(name, this.expression()) });
      } else {
        const read = this.starred();
        if (scanner.kind === keyword.for || scanner.kind === keyword.async) {
          if (args.length > 0 || keywords.length > 0) giveUp();
          args.push(this.comprehension(read, openLine));
          if (scanner.kind !== closeRound) giveUp();
        } else args.push(read);
      }
      if (scanner.kind === comma) scanner.next();
      else if (scanner.kind !== closeRound) giveUp();
    }
    // A method stands on its own line in a chain over several lines: its arguments tell which.
    const line = callee.kind === 'attribute' ? callee.line : this.mapLine(firstLine);
    const endLine = this.mapLine(scanner.line);
    scanner.next();
    return { kind: 'call', callee, args, keywords, line, endLine, at };
  }

  /** Of a class, without its keywords: from its bracket to behind it. */
  bases(): Expression[] {
    const { scanner } = this;
    const found: Expression[] = [];
    scanner.next();
    while (scanner.kind !== closeRound) {
      if (scanner.kind === power) {
        scanner.next();
        found.push({ kind: 'spread', value: this.expression() });
      } else if (scanner.kind === nameToken && scanner.isNamed()) {
        scanner.next();
        scanner.next();
        this.expression();
      } else found.push(this.starred());
      if (scanner.kind === comma) scanner.next();
      else if (scanner.kind !== closeRound) giveUp();
    }
    scanner.next();
    return found;
  }

  /** Of several indexes the first. */
  private index(): Expression {
    const { scanner } = this;
    scanner.next();
    const first = this.slice();
    while (scanner.kind === comma) {
      scanner.next();
      if (scanner.kind === closeSquare) break;
      this.slice();
    }
    this.expect(closeSquare);
    return first;
  }

  private slice(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    const parts: Expression[] = [];
    if (scanner.kind !== colon) {
      const read = this.expression();
      if (scanner.kind !== colon) return read;
      parts.push(read);
    }
    for (let colons = 0; scanner.kind === colon; colons += 1) {
      if (colons > 1) giveUp();
      scanner.next();
      if (scanner.kind !== colon && scanner.kind !== comma && scanner.kind !== closeSquare)
        parts.push(this.expression());
    }
    return this.other(parts, line);
  }

  private atom(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    switch (scanner.kind) {
      case nameToken: {
        const id = this.text();
        scanner.next();
        return { kind: 'name', id };
      }
      case stringToken:
        return this.strings();
      case numberToken: {
        const value = Number(this.text().replaceAll('_', ''));
        scanner.next();
        return { kind: 'constant', value: Number.isFinite(value) ? value : null };
      }
      case keyword.None:
        scanner.next();
        return { kind: 'constant', value: null };
      case keyword.True:
        scanner.next();
        return { kind: 'constant', value: true };
      case keyword.False:
        scanner.next();
        return { kind: 'constant', value: false };
      case openRound:
        return this.round();
      case openSquare:
        return this.items('list', closeSquare);
      case openCurly:
        return this.curly();
      case ellipsis:
        scanner.next();
        return { kind: 'other', parts: [], line: this.mapLine(line) };
      default:
        return giveUp();
    }
  }

  private round(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    scanner.next();
    if (scanner.kind === closeRound) {
      scanner.next();
      return { kind: 'list', form: 'tuple', items: [], line: this.mapLine(line) };
    }
    if (scanner.kind === keyword.yield) {
      const read = this.yielded();
      this.expect(closeRound);
      return read;
    }
    const first = this.starred();
    if (scanner.kind === closeRound) {
      if (first.kind === 'spread') giveUp();
      scanner.next();
      return first;
    }
    return this.rest('tuple', closeRound, first, line);
  }

  private items(form: 'list' | 'set', close: number): Expression {
    const { scanner } = this;
    const { line } = scanner;
    scanner.next();
    if (scanner.kind !== close) return this.rest(form, close, this.starred(), line);
    scanner.next();
    return { kind: 'list', form, items: [], line: this.mapLine(line) };
  }

  /** After the first element of a list, tuple or set: the others, or what makes it a comprehension. */
  private rest(form: 'list' | 'tuple' | 'set', close: number, first: Expression, line: number): Expression {
    const { scanner } = this;
    if (scanner.kind === keyword.for || scanner.kind === keyword.async) {
      const read = this.comprehension(first, line);
      this.expect(close);
      return read;
    }
    const items = [first];
    while (scanner.kind === comma) {
      scanner.next();
      if (scanner.kind === close) break;
      items.push(this.starred());
    }
    this.expect(close);
    return { kind: 'list', form, items, line: this.mapLine(line) };
  }

  private curly(): Expression {
    const { scanner } = this;
    const { line } = scanner;
    const entries: DictEntry[] = [];
    scanner.next();
    while (scanner.kind !== closeCurly) {
      if (scanner.kind === power) {
        scanner.next();
        entries.push({ key: null, value: this.expression() });
      } else {
        const key = this.starred();
        if (scanner.kind !== colon) {
          if (entries.length > 0) giveUp();
          return this.rest('set', closeCurly, key, line);
        }
        if (key.kind === 'spread') giveUp();
        scanner.next();
        const value = this.expression();
        if (scanner.kind === keyword.for || scanner.kind === keyword.async) {
          if (entries.length > 0) giveUp();
          const read = this.comprehension(value, line);
          this.expect(closeCurly);
          return read;
        }
        entries.push({ key, value: key.kind === 'text' ? withoutSecret(key.value, value) : value });
      }
      if (scanner.kind === comma) scanner.next();
      else if (scanner.kind !== closeCurly) giveUp();
    }
    scanner.next();
    return { kind: 'dict', entries, line: this.mapLine(line) };
  }

  private comprehension(element: Expression, line: number): Expression {
    const { scanner } = this;
    const sources: { target: string; over: Expression }[] = [];
    const conditions: Expression[] = [];
    for (;;) {
      if (scanner.kind === keyword.if) {
        const ifLine = scanner.line;
        scanner.next();
        conditions.push(this.other([this.disjunction()], ifLine));
        continue;
      }
      if (scanner.kind === keyword.async) {
        scanner.next();
        if (scanner.kind !== keyword.for) giveUp();
      }
      if (scanner.kind !== keyword.for) break;
      scanner.next();
      const from = scanner.start;
      this.targets();
      const target = scanner.text.slice(from, Math.min(scanner.previousEnd, from + 100));
      this.expect(keyword.in);
      sources.push({ target, over: this.disjunction() });
    }
    const test: Expression = { kind: 'other', parts: conditions, line: this.mapLine(line) };
    return {
      kind: 'comprehension',
      element:
        conditions.length === 0
          ? element
          : { kind: 'either', test, then: element, otherwise: { kind: 'constant', value: null } },
      sources,
      line: this.mapLine(line),
    };
  }
}

/** False for constants, and for nodes that keep nothing. */
export const tells = (part: Expression): boolean =>
  part.kind !== 'constant' && !(part.kind === 'other' && part.parts.length === 0);
