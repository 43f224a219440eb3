import type { Properties } from '../../../../shared/model/facts.ts';
import { booleanOf, type Entry, entriesOf, type Node, scalarText, type Span, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';

/** One rule as written. The last one that matches decides, so that `order` is part of what it says. */
export type OpenCodeRule = Span & {
  readonly tool: string;
  readonly pattern: string;
  readonly action: string;
  /** Position among the rules of its file, or of its agent. */
  readonly order: number;
  /** Written in the older form `tools: {name: true}`. */
  readonly legacy: boolean;
};

export type OpenCodeRules = {
  readonly rules: readonly OpenCodeRule[];
  /** What makes the host refuse the whole configuration. */
  readonly rejected: readonly (Span & { readonly why: string })[];
};

const actions = new Set(['allow', 'ask', 'deny']);
/** Tools that take an action and no patterns (opencode-ai 1.18.33, permission schema; seen on the client for webfetch). */
const withoutPatterns = new Set(['todowrite', 'question', 'webfetch', 'websearch', 'doom_loop']);
/** Asked for under the name `edit` (opencode-ai 1.18.33: every editing tool asks so). */
const editingTools = new Set(['write', 'patch', 'apply_patch', 'multiedit']);

/**
 * Rules of `permission`, merged over those of the older `tools`. Keys keep the order of the text: opencode-ai 1.18.33
 * flattens the maps in order and takes the last rule whose tool and pattern both match.
 */
export function openCodeRules(permission: Entry | undefined, tools: Entry | undefined): OpenCodeRules {
  const rules: OpenCodeRule[] = [];
  const rejected: (Span & { why: string })[] = [];
  const refuse = (span: Span, why: string): void => {
    rejected.push({ line: span.line, endLine: span.endLine, why });
  };
  const add = (span: Span, tool: string, pattern: string, action: string, legacy = false): void => {
    if (rules.length < 5000)
      rules.push({ line: span.line, endLine: span.endLine, tool, pattern, action, order: rules.length, legacy });
  };
  const older = new Map<string, { readonly span: Span; readonly action: string }>();
  for (const entry of entriesOf(tools?.node)) {
    const on = booleanOf(entry.node);
    if (on === undefined) refuse(entry, 'a tool is switched by true or false');
    // Setting a key again keeps its position and replaces its value, in a Map as in the host's object.
    else older.set(editingTools.has(entry.key) ? 'edit' : entry.key, { span: entry, action: on ? 'allow' : 'deny' });
  }
  const single = textOf(permission?.node);
  const map = permission?.node.kind === 'map' ? permission.node.entries : new Map<string, Entry>();
  const ofTool = (entry: Entry): void => {
    const action = actionOf(entry.node);
    if (action !== null) {
      if (actions.has(action)) add(entry, entry.key, '*', action);
      else refuse(entry, 'not an action: allow, ask or deny');
    } else if (entry.node.kind !== 'map') refuse(entry, 'neither an action nor a map of patterns');
    else if (withoutPatterns.has(entry.key)) refuse(entry, `${entry.key} takes an action and no patterns`);
    else
      for (const pattern of entriesOf(entry.node)) {
        const own = actionOf(pattern.node);
        if (own !== null && actions.has(own)) add(pattern, entry.key, pattern.key, own);
        else refuse(pattern, 'not an action: allow, ask or deny');
      }
  };
  // A tool that both forms name stands where the older one has it, and says what the newer one says.
  for (const [tool, { span, action }] of older) {
    const newer = map.get(tool) ?? (tool === '*' && single !== undefined ? permission : undefined);
    if (newer === undefined) add(span, tool, '*', action, true);
    else if (newer !== permission) ofTool(newer);
  }
  if (permission === undefined) return { rules, rejected };
  if (single !== undefined) {
    if (actions.has(single)) add(permission, '*', '*', single);
    else refuse(permission, 'not an action: allow, ask or deny');
  } else if (permission.node.kind !== 'map') refuse(permission, 'permission is neither an action nor a map of tools');
  for (const entry of map.values()) if (!older.has(entry.key)) ofTool(entry);
  return { rules, rejected };
}

const actionOf = (node: Node): string | null => (node.kind === 'scalar' ? (scalarText(node) ?? '') : null);

export const ruleText = (rule: OpenCodeRule): string =>
  maskText(rule.pattern === '*' ? rule.tool : `${rule.tool}(${rule.pattern})`).slice(0, 500);

/** A rule as a fact of an agent, without scope and place. */
export const ruleFacts = (rule: OpenCodeRule): Properties => ({
  list: rule.action,
  rule: ruleText(rule),
  tool: maskText(rule.tool.slice(0, 300)),
  pattern: maskText(rule.pattern.slice(0, 1000)),
  order: rule.order,
  ...(rule.legacy ? { legacy: true } : {}),
});

/** Rules that decide nothing, and why: no tool asks under the name, or a later rule matches all that they match. */
export function inertOpenCodeRules(
  rules: readonly OpenCodeRule[],
): readonly { readonly rule: OpenCodeRule; readonly why: string }[] {
  return rules.slice(0, 1000).flatMap((rule) => {
    if (editingTools.has(rule.tool))
      return [{ rule, why: 'no tool asks under this name: every editing tool asks as "edit"' }];
    if (rule.tool !== rule.tool.toLowerCase() && builtIn.has(rule.tool.toLowerCase()))
      return [
        { rule, why: `no tool asks under this name: names are compared as written, "${rule.tool.toLowerCase()}"` },
      ];
    const later = rules.find(
      (other) =>
        other.order > rule.order &&
        other.action !== rule.action &&
        covers(other.tool, rule.tool) &&
        covers(other.pattern, rule.pattern),
    );
    return later === undefined
      ? []
      : [
          {
            rule,
            why: `a later rule matches all that it matches: ${ruleText(later)} ${later.action}, line ${later.line}`,
          },
        ];
  });
}

const builtIn = new Set([
  ...withoutPatterns,
  'read',
  'edit',
  'glob',
  'grep',
  'list',
  'bash',
  'task',
  'external_directory',
  'lsp',
  'skill',
]);

/**
 * Whether one wildcard pattern matches all that another matches. Sure where it says yes: the stars of the other are read
 * as characters, and a question mark is trusted with nothing but itself.
 */
function covers(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  if (wide.includes('?') || wide.length > 500 || narrow.length > 500) return false;
  const parts = wide.split('*');
  const last = parts.length - 1;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      if (!narrow.startsWith(part)) return false;
      at = part.length;
    } else if (index === last) return narrow.length - part.length >= at && narrow.endsWith(part);
    else {
      const found = narrow.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
  }
  return at === narrow.length;
}
