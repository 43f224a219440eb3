import type { Expression } from './expressions.ts';
import { documentationIn, sourceText } from './literals.ts';
import { elseOf } from './module-body.ts';
import { PlainExpressions } from './plain-expressions.ts';
import { PlainSimple } from './plain-simple.ts';
import { arrow, endOfFile, endOfLine, giveUp, keyword, nameToken, NotPlain, Scanner } from './scanner.ts';
import type { ClassSummary, FunctionSummary, Statement } from './summary.ts';

/** Deeper nesting is for the grammar's parser, which says where it stops. */
const maxBlocks = 40;
const [openRound, closeRound, star, comma, colon, decorator] = [40, 41, 42, 44, 58, 64];

/**
 * The statements of a file, the same as `moduleBody` gives for the grammar's tree, several times faster. Null for a file
 * that holds something rare, or wrong: that is for the grammar's parser.
 */
export function plainModule(text: string, mapLine: (line: number) => number): readonly Statement[] | null {
  try {
    return new PlainStatements(text, mapLine).module();
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

class PlainStatements {
  private readonly scanner: Scanner;
  private readonly mapLine: (line: number) => number;
  private readonly expressions: PlainExpressions;
  private readonly simple: PlainSimple;
  private indent = 0;
  private depth = 0;

  constructor(text: string, mapLine: (line: number) => number) {
    this.scanner = new Scanner(text);
    this.mapLine = mapLine;
    this.expressions = new PlainExpressions(this.scanner, mapLine);
    this.simple = new PlainSimple(this.scanner, this.expressions, mapLine);
  }

  module(): readonly Statement[] {
    const { scanner } = this;
    const output: Statement[] = [];
    scanner.nextLine();
    while (scanner.kind !== endOfFile) {
      if (scanner.indent !== 0) giveUp();
      this.statement(output, undefined);
    }
    return output;
  }

  private skip(kind: number): void {
    this.expressions.expect(kind);
  }

  /** From its first token to the first token of the next line. */
  private statement(output: Statement[], when: string | undefined): void {
    const { scanner } = this;
    const { kind, line, start } = scanner;
    switch (kind) {
      case keyword.if:
        return this.conditional(output, when);
      case keyword.while: {
        const inner = `while ${this.condition(output, when)}`;
        this.block(output, inner);
        return this.otherwise(output, elseOf(inner));
      }
      case keyword.for:
        return this.loop(output, when, line, start);
      case keyword.with:
        return this.entered(output, when);
      case keyword.try:
        return this.tried(output, when);
      case decorator: {
        const decorators: Expression[] = [];
        while (scanner.kind === decorator) {
          scanner.next();
          decorators.push(this.expressions.expression());
          if (scanner.kind !== endOfLine) giveUp();
          scanner.nextLine();
          if (scanner.indent !== this.indent) giveUp();
        }
        return this.definition(output, when, decorators);
      }
      case keyword.def:
      case keyword.class:
        return this.definition(output, when, []);
      case keyword.async:
        return this.asynchronous(output, when);
      default:
        return this.simple.line(output, when);
    }
  }

  private asynchronous(output: Statement[], when: string | undefined): void {
    const { scanner } = this;
    const { line, start } = scanner;
    scanner.next();
    if (scanner.kind === keyword.for) return this.loop(output, when, line, start);
    if (scanner.kind === keyword.with) return this.entered(output, when);
    if (scanner.kind === keyword.def) return this.function(output, when, [], line, start);
    return giveUp();
  }

  private definition(output: Statement[], when: string | undefined, decorators: readonly Expression[]): void {
    const { scanner } = this;
    const { line, start } = scanner;
    if (scanner.kind === keyword.class) return this.class(output, when, decorators);
    if (scanner.kind === keyword.async) scanner.next();
    return this.function(output, when, decorators, line, start);
  }

  private function(
    output: Statement[],
    when: string | undefined,
    decorators: readonly Expression[],
    line: number,
    start: number,
  ): void {
    const { scanner, expressions } = this;
    this.skip(keyword.def);
    if (scanner.kind !== nameToken) giveUp();
    const name = expressions.text();
    const nameLine = this.mapLine(scanner.line);
    scanner.next();
    if (scanner.kind !== openRound) giveUp();
    const parameters = expressions.parameters(closeRound);
    scanner.next();
    if (scanner.kind === arrow) {
      scanner.next();
      expressions.expression();
    }
    const body: Statement[] = [];
    const documentation = this.block(body, undefined);
    const summary: FunctionSummary = {
      name,
      line: nameLine,
      endLine: this.mapLine(scanner.previousLine),
      parameters,
      decorators,
      documentation,
      body,
    };
    output.push({ kind: 'function', function: summary, ...this.simple.common(line, start, when) });
  }

  private class(output: Statement[], when: string | undefined, decorators: readonly Expression[]): void {
    const { scanner, expressions } = this;
    const { line, start } = scanner;
    scanner.next();
    if (scanner.kind !== nameToken) giveUp();
    const name = expressions.text();
    const nameLine = this.mapLine(scanner.line);
    scanner.next();
    const bases = scanner.kind === openRound ? expressions.bases() : [];
    const body: Statement[] = [];
    const documentation = this.block(body, undefined);
    const summary: ClassSummary = {
      name,
      line: nameLine,
      endLine: this.mapLine(scanner.previousLine),
      bases,
      decorators,
      documentation,
      body,
    };
    output.push({ kind: 'class', class: summary, ...this.simple.common(line, start, when) });
  }

  /** From the colon on: the lines that are indented further, or what stands on the same line. Gives the documentation. */
  private block(output: Statement[], when: string | undefined): string {
    const { scanner, simple } = this;
    this.skip(colon);
    if (scanner.kind !== endOfLine) {
      const { start, end } = scanner;
      simple.loneString = -1;
      simple.line(output, when);
      return this.documentation(start, end);
    }
    scanner.nextLine();
    const outer = this.indent;
    const { indent, start, end } = scanner;
    if (indent <= outer || scanner.kind === endOfFile) giveUp();
    this.indent = indent;
    this.depth += 1;
    if (this.depth > maxBlocks) giveUp();
    simple.loneString = -1;
    this.statement(output, when);
    const documentation = this.documentation(start, end);
    while (scanner.indent === indent && scanner.kind !== endOfFile) this.statement(output, when);
    if (scanner.indent > indent) giveUp();
    scanner.endBlock(indent);
    this.depth -= 1;
    this.indent = outer;
    return documentation;
  }

  private documentation(start: number, end: number): string {
    return this.simple.loneString === start ? documentationIn(this.scanner.text, start, end) : '';
  }

  /** The condition of `if`, `elif` and `while`, as text. */
  private condition(output: Statement[], when: string | undefined): string {
    const { scanner } = this;
    scanner.next();
    const { line, start } = scanner;
    const read = this.expressions.expression();
    this.simple.effect(read, line, start, output, when);
    return sourceText(scanner.text, start, scanner.previousEnd, 100);
  }

  private conditional(output: Statement[], when: string | undefined): void {
    const inner = this.condition(output, when);
    this.block(output, inner);
    while (this.continues(keyword.elif)) this.block(output, this.condition(output, when));
    this.otherwise(output, elseOf(inner));
  }

  private continues(kind: number): boolean {
    return this.scanner.kind === kind && this.scanner.indent === this.indent;
  }

  private otherwise(output: Statement[], when: string | undefined): void {
    if (!this.continues(keyword.else)) return;
    this.scanner.next();
    this.block(output, when);
  }

  private loop(output: Statement[], when: string | undefined, line: number, start: number): void {
    const { scanner, expressions } = this;
    scanner.next();
    const left = expressions.targets();
    this.skip(keyword.in);
    const overLine = this.mapLine(scanner.line);
    const value: Expression = {
      kind: 'subscript',
      of: expressions.expressionList(),
      index: { kind: 'other', parts: [], line: overLine },
      line: overLine,
    };
    output.push({ kind: 'assign', targets: [left], value, ...this.simple.common(line, start, when) });
    this.block(output, when);
    this.otherwise(output, when);
  }

  private entered(output: Statement[], when: string | undefined): void {
    const { scanner } = this;
    scanner.next();
    if (scanner.kind === openRound && this.enteredInBrackets(output, when)) {
      this.block(output, when);
      return;
    }
    this.enteredOne(output, when);
    while (scanner.kind === comma) {
      scanner.next();
      this.enteredOne(output, when);
    }
    this.block(output, when);
  }

  private enteredOne(output: Statement[], when: string | undefined): void {
    const { scanner, expressions, simple } = this;
    const { line, start } = scanner;
    const value = expressions.expression();
    if (scanner.kind !== keyword.as) return simple.effect(value, line, start, output, when);
    scanner.next();
    output.push({ kind: 'assign', targets: [expressions.primary()], value, ...simple.common(line, start, when) });
  }

  /** `with (open(a) as b, c):`. False, and back at the bracket, where the bracket belongs to one value. */
  private enteredInBrackets(output: Statement[], when: string | undefined): boolean {
    const { scanner } = this;
    const { line, start } = scanner;
    const before = output.length;
    let items = 0;
    scanner.next();
    while (scanner.kind !== closeRound) {
      this.enteredOne(output, when);
      items += 1;
      if (scanner.kind !== comma) break;
      items += 1;
      scanner.next();
    }
    if (scanner.kind === closeRound && items > 1) {
      scanner.next();
      if (scanner.kind === colon) return true;
    }
    output.length = before;
    scanner.restart(start, line, 0);
    return false;
  }

  private tried(output: Statement[], when: string | undefined): void {
    const { scanner, expressions } = this;
    scanner.next();
    this.block(output, when);
    let handled = false;
    while (this.continues(keyword.except)) {
      handled = true;
      scanner.next();
      if (scanner.kind === star) scanner.next();
      if (scanner.kind !== colon) {
        expressions.expression();
        if (scanner.kind === keyword.as) {
          scanner.next();
          this.skip(nameToken);
        }
      }
      this.block(output, 'except');
    }
    if (handled) this.otherwise(output, when);
    if (this.continues(keyword.finally)) {
      scanner.next();
      this.block(output, when);
    } else if (!handled) giveUp();
  }
}
