import type { Expression } from './expressions.ts';
import { tellsSomething, withoutSecretFor } from './module-body.ts';
import type { PlainExpressions } from './plain-expressions.ts';
import {
  augmented,
  ellipsis,
  endOfFile,
  endOfLine,
  giveUp,
  keyword,
  nameToken,
  type Scanner,
  stringToken,
} from './scanner.ts';
import type { Common, ImportedName, Statement } from './summary.ts';

const maxTargets = 40;
const walrusFollows = /^[ \t]*:=/;
const [openRound, closeRound, star, comma, dot, colon, semicolon, equals] = [40, 41, 42, 44, 46, 58, 59, 61];

/** Statements that take one line: what is called, assigned, returned, imported. */
export class PlainSimple {
  private readonly scanner: Scanner;
  private readonly expressions: PlainExpressions;
  private readonly mapLine: (line: number) => number;
  /** Where the first statement since it was -1 stands, if that is a string and nothing else. */
  loneString = -1;

  constructor(scanner: Scanner, expressions: PlainExpressions, mapLine: (line: number) => number) {
    this.scanner = scanner;
    this.expressions = expressions;
    this.mapLine = mapLine;
  }

  common(line: number, start: number, when: string | undefined): Common {
    return when === undefined ? { line: this.mapLine(line), at: start } : { line: this.mapLine(line), at: start, when };
  }

  private skip(kind: number): void {
    this.expressions.expect(kind);
  }

  /** From its first token to the first token of the next line. */
  line(output: Statement[], when: string | undefined): void {
    const { scanner } = this;
    for (;;) {
      this.simple(output, when);
      if (scanner.kind !== semicolon) break;
      scanner.next();
      if (this.atEnd()) break;
    }
    if (!this.atEnd()) giveUp();
    scanner.nextLine();
  }

  private atEnd(): boolean {
    return this.scanner.kind === endOfLine || this.scanner.kind === endOfFile;
  }

  private simple(output: Statement[], when: string | undefined): void {
    const { scanner, expressions } = this;
    const { kind, line, start } = scanner;
    switch (kind) {
      case keyword.import:
      case keyword.from: {
        const names = kind === keyword.from ? this.importedFrom() : this.imported();
        if (names !== null) output.push({ kind: 'import', names, ...this.common(line, start, when) });
        return;
      }
      case keyword.return:
        scanner.next();
        if (scanner.kind === semicolon || this.atEnd()) return;
        output.push({ kind: 'return', value: expressions.expressionList(), ...this.common(line, start, when) });
        return;
      case keyword.pass:
      case keyword.break:
      case keyword.continue:
        scanner.next();
        return;
      case keyword.global:
      case keyword.nonlocal:
        do {
          scanner.next();
          this.skip(nameToken);
        } while (scanner.kind === comma);
        return;
      case keyword.raise: {
        const parts: Expression[] = [];
        scanner.next();
        if (scanner.kind !== semicolon && !this.atEnd()) parts.push(expressions.expressionList());
        if (scanner.kind === keyword.from) {
          scanner.next();
          parts.push(expressions.expression());
        }
        return this.effect(expressions.other(parts, line), line, start, output, when);
      }
      case keyword.del:
        scanner.next();
        return this.effect(expressions.other([expressions.expressionList()], line), line, start, output, when);
      case keyword.assert: {
        scanner.next();
        const parts = [expressions.expression()];
        if (scanner.kind === comma) {
          scanner.next();
          parts.push(expressions.expression());
        }
        return this.effect(expressions.other(parts, line), line, start, output, when);
      }
      case keyword.yield:
        return this.effect(expressions.yielded(), line, start, output, when);
      default:
        return this.expressionOrAssignment(output, when);
    }
  }

  private expressionOrAssignment(output: Statement[], when: string | undefined): void {
    const { scanner, expressions } = this;
    const { kind, line, start, end, text } = scanner;
    // What Python 2 wrote without brackets; some of it would read as something else.
    if (kind === nameToken && end - start <= 5 && text.charCodeAt(end) !== openRound) {
      const name = text.slice(start, end);
      if (name === 'print' || name === 'exec') giveUp();
    }
    const { named } = expressions;
    const first = expressions.starred();
    // `x := 1` is no statement.
    if (expressions.named > named && kind === nameToken && walrusFollows.test(text.slice(end, end + 40))) giveUp();
    // A text that stands alone is documentation, which is read where it belongs.
    const isString = kind === stringToken && scanner.previousEnd === end;
    switch (scanner.kind) {
      case equals: {
        if (!isSimple(first) || kind === openRound || kind === keyword.await) {
          scanner.restart(start, line, 0);
          return this.assigned([expressions.targets()], line, start, output, when);
        }
        return this.assigned([first], line, start, output, when);
      }
      case colon: {
        if (!isSimple(first) || kind === openRound || kind === keyword.await) giveUp();
        scanner.next();
        expressions.expression();
        if (scanner.kind === equals) this.assigned([first], line, start, output, when);
        return;
      }
      case augmented: {
        if (!isSimple(first) || kind === openRound || kind === keyword.await) giveUp();
        scanner.next();
        const value = scanner.kind === keyword.yield ? expressions.yielded() : expressions.expressionList();
        return this.assign([first], value, true, line, start, output, when);
      }
      case comma:
        return this.several(first, isString, line, start, output, when);
      default:
        if (first.kind === 'spread') giveUp();
        if (!isString) this.effect(first, line, start, output, when);
        else if (this.loneString < 0) this.loneString = start;
    }
  }

  private several(
    first: Expression,
    isString: boolean,
    line: number,
    start: number,
    output: Statement[],
    when: string | undefined,
  ): void {
    const { scanner, expressions } = this;
    const before = output.length;
    if (!isString) this.effect(first, line, start, output, when);
    while (scanner.kind === comma) {
      scanner.next();
      if (expressions.endsList()) break;
      const next = { kind: scanner.kind, line: scanner.line, start: scanner.start, end: scanner.end };
      const read = expressions.starred();
      if (next.kind !== stringToken || scanner.previousEnd !== next.end)
        this.effect(read, next.line, next.start, output, when);
    }
    if (scanner.kind !== equals) {
      if (isString && this.loneString < 0) this.loneString = start;
      return;
    }
    output.length = before;
    scanner.restart(start, line, 0);
    this.assigned([expressions.targets()], line, start, output, when);
  }

  /** From an equals sign on: further targets, and the value. */
  private assigned(
    targets: Expression[],
    line: number,
    start: number,
    output: Statement[],
    when: string | undefined,
  ): void {
    const { scanner, expressions } = this;
    for (;;) {
      this.skip(equals);
      if (scanner.kind === keyword.yield)
        return this.assign(targets, expressions.yielded(), false, line, start, output, when);
      const next = { kind: scanner.kind, line: scanner.line, start: scanner.start };
      const read = expressions.expressionList();
      if (scanner.kind !== equals) return this.assign(targets, read, false, line, start, output, when);
      if (targets.length >= maxTargets) giveUp();
      if (next.kind === keyword.await) giveUp();
      if (isSimple(read) && next.kind !== openRound) targets.push(read);
      else {
        scanner.restart(next.start, next.line, 0);
        targets.push(expressions.targets());
      }
    }
  }

  private assign(
    targets: readonly Expression[],
    value: Expression,
    added: boolean,
    line: number,
    start: number,
    output: Statement[],
    when: string | undefined,
  ): void {
    const read = withoutSecretFor(targets, value);
    const common = this.common(line, start, when);
    output.push(
      added
        ? { kind: 'assign', targets, value: read, added, ...common }
        : { kind: 'assign', targets, value: read, ...common },
    );
  }

  /** Keeps an expression for what it calls; one that calls nothing has no effect that anybody could see. */
  effect(value: Expression, line: number, start: number, output: Statement[], when: string | undefined): void {
    if (tellsSomething(value)) output.push({ kind: 'expression', value, ...this.common(line, start, when) });
  }

  private dotted(): string {
    const { scanner, expressions } = this;
    if (scanner.kind !== nameToken) giveUp();
    let name = expressions.text();
    scanner.next();
    while (scanner.kind === dot) {
      scanner.next();
      if (scanner.kind !== nameToken) giveUp();
      name += `.${expressions.text()}`;
      scanner.next();
    }
    return name;
  }

  private alias(): string | null {
    const { scanner, expressions } = this;
    if (scanner.kind !== keyword.as) return null;
    scanner.next();
    if (scanner.kind !== nameToken) giveUp();
    const name = expressions.text();
    scanner.next();
    return name;
  }

  private imported(): ImportedName[] {
    const { scanner } = this;
    const found: ImportedName[] = [];
    do {
      scanner.next();
      const name = this.dotted();
      const alias = this.alias();
      // `import a.b` binds a and makes a.b reachable through it.
      const top = name.split('.')[0] ?? name;
      if (alias === null) found.push({ binds: top, level: 0, module: top, name: null });
      else found.push({ binds: alias, level: 0, module: name, name: null });
    } while (scanner.kind === comma);
    return found;
  }

  /** Null for `from __future__ import`, which binds nothing. */
  private importedFrom(): ImportedName[] | null {
    const { scanner } = this;
    let level = 0;
    scanner.next();
    while (scanner.kind === dot || scanner.kind === ellipsis) {
      level += scanner.kind === dot ? 1 : 3;
      scanner.next();
    }
    const module = scanner.kind === keyword.import && level > 0 ? '' : this.dotted();
    this.skip(keyword.import);
    if (scanner.kind === star) {
      scanner.next();
      return [{ binds: '*', level, module, name: '*' }];
    }
    const found: ImportedName[] = [];
    const inBrackets = scanner.kind === openRound;
    if (inBrackets) scanner.next();
    for (;;) {
      const name = this.dotted();
      found.push({ binds: this.alias() ?? name, level, module, name });
      if (scanner.kind !== comma) break;
      scanner.next();
      if (inBrackets && scanner.kind === closeRound) break;
    }
    if (inBrackets) this.skip(closeRound);
    return level === 0 && module === '__future__' ? null : found;
  }
}

const isSimple = (expression: Expression): boolean =>
  expression.kind === 'name' || expression.kind === 'attribute' || expression.kind === 'subscript';
