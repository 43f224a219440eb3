import type { Expression } from './expressions.ts';
import { textLiteral, unescape } from './literals.ts';
import { giveUp, type Scanner, stringToken } from './scanner.ts';

const closeCurly = 125;

type Read = { readonly value: string /** Null: no formatted string. */; readonly parts: Expression[] | null };

/** Reads the string that the scanner stands on, with all that stand right behind it; `expression` reads what stands in braces. */
export function plainStrings(
  scanner: Scanner,
  mapLine: (line: number) => number,
  expression: () => Expression,
): () => Expression {
  const { text } = scanner;

  function one(): Read {
    const { innerStart, innerEnd, isRaw, isFormat } = scanner;
    if (isFormat) return formatted();
    const inner = text.slice(innerStart, innerEnd);
    return { value: isRaw ? inner : unescape(inner), parts: null };
  }

  function formatted(): Read {
    const { innerStart, innerEnd, isRaw, line, end, endLine, previousEnd, previousLine } = scanner;
    const brackets = scanner.openBrackets();
    const parts: Expression[] = [];
    let value = '';
    let atLine = line;
    let from = innerStart;
    const lineAt = (start: number, to: number, first: number): number => {
      if (line === endLine) return first;
      let found = first;
      for (let at = text.indexOf('\n', start); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) found += 1;
      return found;
    };
    const content = (to: number): void => {
      if (to === from) return;
      const source = text.slice(from, to);
      const piece = (isRaw ? source : unescape(source)).replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push(textLiteral(piece, mapLine(atLine), mapLine(lineAt(from, to - 1, atLine))));
      value += piece;
    };
    for (let at = innerStart; at < innerEnd; ) {
      const code = text.charCodeAt(at);
      if ((code === 123 || code === closeCurly) && text.charCodeAt(at + 1) === code) at += 2;
      else if (code === 123) {
        content(at);
        scanner.restart(at + 1, lineAt(from, at, atLine), 1);
        parts.push(expression());
        value += '{}';
        from = afterExpression(innerEnd);
        atLine = scanner.endLine + lineAt(scanner.end, from, 0);
        at = from;
      } else at += 1;
    }
    content(innerEnd);
    scanner.resume(end, endLine, brackets, previousEnd, previousLine);
    return { value, parts };
  }

  /** Over `=`, `!r` and `:>10` to behind the closing brace. */
  function afterExpression(limit: number): number {
    if (scanner.kind === 61) scanner.next();
    let at = scanner.start;
    if (scanner.kind === 33) {
      at += 2;
      if (!/[rsa]/.test(text[at - 1] ?? '')) giveUp();
    }
    if (text[at] === ':') {
      let depth = 0;
      for (at += 1; depth > 0 || text.charCodeAt(at) !== closeCurly; at += 1) {
        const char = text[at] ?? '';
        if (at >= limit || char === '\n' || char === '"' || char === "'" || char === '\\') giveUp();
        if (char === '{') depth += 1;
        else if (char === '}') depth -= 1;
      }
    }
    if (text.charCodeAt(at) !== closeCurly || at >= limit) giveUp();
    return at + 1;
  }

  return () => {
    const { line } = scanner;
    let endLine = scanner.endLine;
    const first = one();
    scanner.next();
    const whole = (value: string): Expression => textLiteral(value, mapLine(line), mapLine(endLine));
    const isText = (part: Expression): boolean => part.kind === 'text';
    if (scanner.kind !== stringToken) {
      if (first.parts === null || first.parts.every(isText)) return whole(first.value);
      return { kind: 'format', parts: first.parts, line: mapLine(line) };
    }
    const parts: Expression[] = [];
    let value = '';
    let [read, startLine] = [first, line];
    for (;;) {
      if (read.parts !== null && !read.parts.every(isText)) parts.push(...read.parts);
      else {
        parts.push(textLiteral(read.value, mapLine(startLine), mapLine(endLine)));
        value += read.value;
      }
      if (scanner.kind !== stringToken) break;
      startLine = scanner.line;
      endLine = scanner.endLine;
      read = one();
      scanner.next();
    }
    return parts.every(isText) ? whole(value) : { kind: 'format', parts, line: mapLine(line) };
  };
}
