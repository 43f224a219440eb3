import { type Node as JsoncNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Entry, lineIndex, maxDepth, maxNodes, type Node, type ParsedDocument, type Problem } from './node.ts';

export type JsonDocument = ParsedDocument & {
  /** False where a strict JSON parser refuses the text: comment, trailing comma, anything broken, or nothing at all. */
  readonly strict: boolean;
  /** False where a reader that tolerates comments and trailing commas refuses it too. */
  readonly tolerable: boolean;
};

/**
 * JSON as it is found: read with comments and trailing commas allowed, and told apart afterwards, because some hosts
 * drop a whole file for one comment and others do not care. Duplicate keys keep the last value, as JSON parsers do.
 */
export function parseJson(text: string): JsonDocument {
  const lineAt = lineIndex(text);
  const shape = scanShape(text);
  if (shape.empty) return refused({ kind: 'empty', line: null, message: 'the file holds no JSON value' });
  if (shape.deepest > maxDepth) {
    return refused({
      kind: 'limit',
      line: lineAt(shape.deepestAt),
      message: `nested more than ${maxDepth} levels deep`,
    });
  }
  if (shape.values > maxNodes) {
    return refused({ kind: 'limit', line: null, message: `more than ${maxNodes.toLocaleString('en')} values` });
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false, allowEmptyContent: false });
  const problems: Problem[] = [];
  if (shape.commentAt !== null) {
    problems.push({ kind: 'comment', line: lineAt(shape.commentAt), message: 'comment: not strict JSON' });
  }
  if (shape.trailingCommaAt !== null) {
    problems.push({
      kind: 'trailing-comma',
      line: lineAt(shape.trailingCommaAt),
      message: 'trailing comma: not strict JSON',
    });
  }
  for (const error of errors.slice(0, 20)) {
    const name = printParseErrorCode(error.error);
    problems.push({
      kind: name === 'EndOfFileExpected' ? 'trailing-content' : 'syntax',
      line: lineAt(error.offset),
      message: `broken JSON: ${wordsOf(name)}`,
    });
  }
  const root = tree === undefined ? null : convert(tree, lineAt, problems);
  return {
    root,
    problems,
    strict: errors.length === 0 && shape.commentAt === null && shape.trailingCommaAt === null,
    tolerable: errors.length === 0,
  };
}

const refused = (problem: Problem): JsonDocument => ({
  root: null,
  problems: [problem],
  strict: false,
  tolerable: false,
});

const wordsOf = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

type Shape = {
  readonly empty: boolean;
  readonly deepest: number;
  readonly deepestAt: number;
  readonly values: number;
  readonly commentAt: number | null;
  readonly trailingCommaAt: number | null;
};

/** One pass over the characters before anything recursive looks at the text. */
function scanShape(text: string): Shape {
  let depth = 0;
  let deepest = 0;
  let deepestAt = 0;
  let values = 1;
  let commentAt: number | null = null;
  let trailingCommaAt: number | null = null;
  let pendingComma = -1;
  let empty = true;
  const length = text.length;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9) continue;
    if (code === 47) {
      const next = text.charCodeAt(at + 1);
      if (next === 47 || next === 42) {
        commentAt ??= at;
        const end = next === 47 ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
        at = end === -1 ? length : next === 47 ? end : end + 1;
        continue;
      }
    }
    empty = false;
    if (code === 34) {
      at = endOfString(text, at);
      pendingComma = -1;
    } else if (code === 123 || code === 91) {
      depth++;
      values++;
      pendingComma = -1;
      if (depth > deepest) {
        deepest = depth;
        deepestAt = at;
      }
    } else if (code === 125 || code === 93) {
      if (pendingComma !== -1) trailingCommaAt ??= pendingComma;
      pendingComma = -1;
      depth--;
    } else if (code === 44) {
      values++;
      pendingComma = at;
    } else {
      pendingComma = -1;
    }
  }
  return { empty, deepest, deepestAt, values, commentAt, trailingCommaAt };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34 || code === 10) return at;
  }
  return text.length;
}

function convert(node: JsoncNode, lineAt: (offset: number) => number, problems: Problem[]): Node {
  const line = lineAt(node.offset);
  const endLine = lineAt(Math.max(node.offset, node.offset + node.length - 1));
  switch (node.type) {
    case 'array':
      return {
        kind: 'list',
        line,
        endLine,
        items: (node.children ?? []).map((child) => convert(child, lineAt, problems)),
      };
    case 'object': {
      const entries = new Map<string, Entry>();
      for (const property of node.children ?? []) {
        const [keyNode, valueNode] = property.children ?? [];
        if (keyNode === undefined) continue;
        const key = String(keyNode.value);
        const keyLine = lineAt(keyNode.offset);
        if (entries.has(key)) {
          problems.push({
            kind: 'duplicate-key',
            line: keyLine,
            message: 'key stands twice in one object, the last one counts',
          });
        }
        if (valueNode === undefined) continue;
        const value = convert(valueNode, lineAt, problems);
        entries.set(key, { key, line: keyLine, endLine: value.endLine, node: value });
      }
      return { kind: 'map', line, endLine, entries };
    }
    default: {
      const value: unknown = node.value;
      const scalar =
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
      return { kind: 'scalar', line, endLine, value: scalar };
    }
  }
}
