import type { RulePlace } from '../../verdict.ts';

/** A permission rule of Claude Code as it is written, taken apart. Documentation 2026-08-22 (v2.1.240), section permissions. */
export type Rule = {
  readonly effect: 'allow' | 'ask' | 'deny';
  readonly text: string;
  readonly place: RulePlace;
  /** `Bash`, `mcp__db__list`, `mcp__*`. */
  readonly tool: string;
  /** What stands in the parentheses; null for a bare tool and for `Tool(*)`. */
  readonly specifier: string | null;
};

export type RuleReading = { readonly rule: Rule } | { readonly why: string };

/** `Tool` or `Tool(specifier)`; what does not fit is skipped by the host, the rest of the file applies. */
export function readRule(effect: Rule['effect'], text: string, place: RulePlace): RuleReading {
  const match = /^([^\s()]+)(?:\(([\s\S]*)\))?$/.exec(text.trim());
  if (match === null) return { why: 'not of the form Tool or Tool(specifier): skipped' };
  const tool = match[1] ?? '';
  const inner = match[2];
  if (inner === '') return { why: 'empty parentheses: skipped' };
  const specifier = inner === undefined || inner === '*' ? null : inner;
  const inert = neverConsulted(effect, tool, tool.startsWith('mcp__') ? (inner ?? null) : specifier);
  if (inert !== null) return { why: inert };
  return { rule: { effect, text, place, tool: tool === 'Task' ? 'Agent' : tool, specifier } };
}

const primaryFields = new Set(['command', 'file_path', 'path', 'notebook_path', 'url']);
const readersOnly = new Set(['Write', 'NotebookEdit', 'Glob', 'MultiEdit']);

/** Rules that look enforced and are not. The MCP and Agent lines were seen on 2.1.328. */
function neverConsulted(effect: Rule['effect'], tool: string, specifier: string | null): string | null {
  if (readersOnly.has(tool) && specifier !== null)
    return `path rules for ${tool} are accepted but never consulted; ${tool === 'Glob' ? 'Read' : 'Edit'}(...) is`;
  if (tool.startsWith('mcp__')) {
    if (specifier !== null) return 'a rule for an MCP tool with parentheses never matches';
    if (effect === 'allow' && tool.includes('*') && !/^mcp__[^*]+?__[^*]*\*/.test(tool))
      return 'an allow rule may hold a wildcard only after mcp__<server>__: skipped';
    return null;
  }
  if (tool.includes('*') && effect === 'allow')
    return 'an allow rule may not hold a wildcard in the tool name: skipped';
  const field = specifier === null ? null : /^([a-z_]+):/.exec(specifier)?.[1];
  if (field !== undefined && field !== null && tool !== 'WebFetch') {
    if (primaryFields.has(field)) return `${field} is what ${tool} rules match by themselves: ignored with a warning`;
    if (isParameter(specifier ?? '') && effect === 'allow' && tool !== 'Bash' && tool !== 'Agent')
      return 'parameter rules exist in deny and ask only';
  }
  if (effect === 'ask' && tool === 'Agent' && specifier !== null)
    return 'Agent(name) in ask is not consulted (seen on 2.1.328); bare Agent is';
  return null;
}

export const isParameter = (specifier: string): boolean => /^[a-z_]+:[^*]/.test(specifier);

/** `mcp__db__*` against `mcp__db__list`; `mcp__db` stands for the whole server. */
export function matchesTool(pattern: string, tool: string): boolean {
  if (pattern === tool) return true;
  if (pattern.includes('*')) return wildcard(pattern, tool);
  return (
    tool.startsWith('mcp__') &&
    pattern.startsWith('mcp__') &&
    tool.startsWith(`${pattern}__`) &&
    !pattern.slice(5).includes('__')
  );
}

const compiled = new Map<string, RegExp>();

/** `*` stands for any run of characters. Linear: consecutive stars are one. */
export function wildcard(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    if (compiled.size > 5000) compiled.clear();
    const parts = pattern.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    expression = new RegExp(`^${parts.join('[^]*')}$`);
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}
