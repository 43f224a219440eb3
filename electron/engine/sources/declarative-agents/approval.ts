import { entryOf, type Node, scalarText, type Span, textsOf, nodeOf } from '../parse/node.ts';

export type Approval = {
  readonly mode: 'always' | 'never' | 'some';
  readonly always: readonly string[];
  readonly never: readonly string[];
  readonly span: Span;
};

/**
 * `approvalMode: never`, `approvalMode: {kind: always}` (Agent Framework), `require_approval: {always: {tool_names: [...]}}`
 * (Foundry). Null where nothing is said: the service then decides.
 */
export function approvalOf(tool: Node): Approval | null {
  const entry =
    entryOf(tool, 'approvalMode') ??
    entryOf(tool, 'require_approval') ??
    entryOf(tool, 'requireApproval') ??
    entryOf(tool, 'approval_mode');
  if (entry === undefined) return null;
  const word = (scalarText(entry.node) ?? scalarText(nodeOf(entry.node, 'kind')) ?? '').toLowerCase();
  const always = [
    ...textsOf(nodeOf(entry.node, 'alwaysRequireApprovalTools')),
    ...textsOf(nodeOf(entry.node, 'always', 'tool_names')),
  ];
  const never = [
    ...textsOf(nodeOf(entry.node, 'neverRequireApprovalTools')),
    ...textsOf(nodeOf(entry.node, 'never', 'tool_names')),
  ];
  const mode = /^always/.test(word) ? 'always' : /^never/.test(word) ? 'never' : 'some';
  return { mode, always, never, span: { line: entry.line, endLine: entry.line } };
}
