import type { Problem, Span } from './node.ts';

/** One `prefix_rule(...)` call. A member of the pattern is a token or a list of tokens that stand for each other. */
export type PrefixRule = Span & {
  readonly pattern: readonly (string | readonly string[])[];
  readonly decision: string;
  readonly justification: string | null;
};
export type RulesDocument = { readonly rules: readonly PrefixRule[]; readonly problems: readonly Problem[] };

/**
 * The part of Starlark that Codex rule files use: calls with literal arguments. Nothing is evaluated; a statement of
 * any other form is a problem and is passed over. (openai/codex execpolicy README, 2026.)
 */
export function parseStarlarkRules(text: string): RulesDocument {
  const problems: Problem[] = [];
  const tokens = tokenise(text, problems);
  const rules: PrefixRule[] = [];
  let at = 0;

  const peek = (): Token | undefined => tokens[at];
  const isMark = (value: string): boolean => peek()?.type === 'mark' && peek()?.text === value;

  const readLiteral = (depth: number): Literal | undefined => {
    const token = tokens[at];
    if (token === undefined || depth > 16) return undefined;
    if (token.type === 'text') {
      at++;
      let joined = token.text;
      while (peek()?.type === 'text') joined += tokens[at++]?.text ?? '';
      return joined;
    }
    if (token.type === 'mark' && (token.text === '[' || token.text === '(')) {
      const end = token.text === '[' ? ']' : ')';
      at++;
      const items: Literal[] = [];
      while (at < tokens.length && !isMark(end)) {
        const item = readLiteral(depth + 1);
        if (item === undefined) return undefined;
        items.push(item);
        if (isMark(',')) at++;
        else if (!isMark(end)) return undefined;
      }
      at++;
      return items;
    }
    if (token.type === 'word') {
      at++;
      return null;
    }
    return undefined;
  };

  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const start = at;
    const next = tokens[at + 1];
    if (token.type === 'word' && token.text === 'prefix_rule' && next?.type === 'mark' && next.text === '(') {
      at += 2;
      const named = new Map<string, Literal>();
      let broken = false;
      while (at < tokens.length && !isMark(')')) {
        const name = tokens[at];
        const equals = tokens[at + 1];
        if (name?.type === 'word' && equals?.type === 'mark' && equals.text === '=') at += 2;
        const value = readLiteral(0);
        if (value === undefined) {
          broken = true;
          break;
        }
        named.set(
          name?.type === 'word' && equals?.text === '=' ? name.text : named.size === 0 ? 'pattern' : `#${named.size}`,
          value,
        );
        if (isMark(',')) at++;
        else if (!isMark(')')) {
          broken = true;
          break;
        }
      }
      const endLine = tokens[Math.min(at, tokens.length - 1)]?.line ?? token.line;
      const rule = broken || !isMark(')') ? null : ruleOf(named, token.line, endLine);
      if (rule === null)
        problems.push({ kind: 'syntax', line: token.line, message: 'prefix_rule that could not be read' });
      else rules.push(rule);
      at = Math.max(at + (isMark(')') ? 1 : 0), start + 2);
    } else {
      problems.push({
        kind: 'lenient',
        line: token.line,
        message: 'statement that is not a prefix_rule, not understood',
      });
      at = endOfStatement(tokens, at);
    }
  }
  return { rules, problems };
}

type Token = { readonly type: 'text' | 'word' | 'mark'; readonly text: string; readonly line: number };
type Literal = string | null | Literal[];

function ruleOf(named: ReadonlyMap<string, Literal>, line: number, endLine: number): PrefixRule | null {
  const pattern = named.get('pattern');
  if (!Array.isArray(pattern)) return null;
  const members: (string | string[])[] = [];
  for (const member of pattern) {
    if (typeof member === 'string') members.push(member);
    else if (Array.isArray(member) && member.every((item) => typeof item === 'string')) members.push(member);
    else return null;
  }
  const decision = named.get('decision');
  const justification = named.get('justification');
  return {
    pattern: members,
    decision: typeof decision === 'string' ? decision : 'allow',
    justification: typeof justification === 'string' ? justification : null,
    line,
    endLine,
  };
}

/** The next statement begins on a later line, outside brackets. */
function endOfStatement(tokens: readonly Token[], start: number): number {
  let depth = 0;
  let line = tokens[start]?.line ?? 1;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (depth === 0 && at > start && token.line > line) return at;
    line = token.line;
    if (token.type !== 'mark') continue;
    if ('([{'.includes(token.text)) depth++;
    else if (')]}'.includes(token.text)) depth = Math.max(0, depth - 1);
  }
  return tokens.length;
}

function tokenise(text: string, problems: Problem[]): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') {
      line++;
      at++;
    } else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (/\s/.test(character)) at++;
    else if (character === '"' || character === "'") {
      const mark = text.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      const startLine = line;
      let value = '';
      at += mark.length;
      while (at < text.length && !text.startsWith(mark, at)) {
        if (mark.length === 1 && text[at] === '\n') break;
        if (text[at] === '\\' && at + 1 < text.length) at++;
        if (text[at] === '\n') line++;
        value += text[at];
        at++;
      }
      if (!text.startsWith(mark, at))
        problems.push({ kind: 'syntax', line: startLine, message: 'text that is never closed' });
      at += mark.length;
      tokens.push({ type: 'text', text: value, line: startLine });
    } else if (/[A-Za-z0-9_]/.test(character)) {
      const start = at;
      while (at < text.length && /[A-Za-z0-9_.]/.test(text[at] ?? '')) at++;
      tokens.push({ type: 'word', text: text.slice(start, at), line });
    } else {
      tokens.push({ type: 'mark', text: character, line });
      at++;
    }
  }
  return tokens;
}
