import { decision, note, type Trace } from '../../verdict.ts';
import { byMode, byRule, type Context, isInWorkingDirectories, outcome, type Outcome } from './context.ts';
import { isProtected, type PathRule } from './path-rules.ts';
import type { Rule } from './rule.ts';

type Access = 'read' | 'list' | 'write' | 'edit' | 'delete';

/** File tools at one absolute path. Documentation 2026-08-22 (v2.1.240): permissions, protected paths. */
export function fileVerdict(
  context: Context,
  access: Access,
  path: string,
  tool: string,
  trace: Trace | null,
): Outcome {
  const reads = access === 'read' || access === 'list';
  const bare = context.byTool(tool);
  const hidden = bare.deny.find((rule) => rule.specifier === null);
  if (hidden !== undefined) return outcome('hidden', byRule(hidden));
  const denied =
    first(context.readRules, 'deny', path, true) ??
    (reads ? null : first(context.editRules, 'deny', path, tool === 'Edit'));
  if (denied !== null && (reads || tool !== 'NotebookEdit' || denied.tool === 'Edit'))
    return outcome('deny', byRule(denied));
  const asked =
    (reads ? first(context.readRules, 'ask', path, true) : first(context.editRules, 'ask', path, tool === 'Edit')) ??
    bare.ask.find((rule) => rule.specifier === null) ??
    null;
  if (asked !== null) return outcome('ask', byRule(asked));
  return reads ? readVerdict(context, path) : writeVerdict(context, path, tool, trace);
}

function readVerdict(context: Context, path: string): Outcome {
  const allowed = first(context.readRules, 'allow', path, true) ?? first(context.editRules, 'allow', path, false);
  if (allowed !== null) return outcome('allow', byRule(allowed));
  if (isInWorkingDirectories(context, path))
    return outcome('allow', decision('working-directory', 'reading inside of the working directories'));
  const result = byMode(context);
  return result.verdict === 'ask'
    ? outcome('ask', decision('working-directory', 'outside of the working directories'))
    : result;
}

export function writeVerdict(context: Context, path: string, tool: string, trace: Trace | null): Outcome {
  const { mode } = context;
  const allowed =
    first(context.editRules, 'allow', path, tool === 'Edit') ??
    context.byTool(tool).allow.find((rule) => rule.specifier === null) ??
    null;
  if (mode !== 'bypassPermissions' && isProtected(path)) {
    if (allowed !== null)
      note(trace, () => ({
        ...byRule(allowed),
        outcome: 'lost',
        effect: 'allow',
        why: 'an allow rule cannot approve a protected path',
      }));
    return outcome(mode === 'auto' ? 'classifier' : 'ask', decision('protected-path', `protected path ${path}`));
  }
  if (mode === 'plan') {
    if (allowed !== null)
      note(trace, () => ({
        ...byRule(allowed),
        outcome: 'lost',
        effect: 'allow',
        why: 'plan mode asks before an edit',
      }));
    return outcome('ask', decision('mode', 'mode plan: no edits before the plan is approved'));
  }
  if (allowed !== null) return outcome('allow', byRule(allowed));
  if (mode === 'acceptEdits' && isInWorkingDirectories(context, path))
    return outcome('allow', { ...context.effective.modeFrom });
  return byMode(context);
}

/** `bare`: whether a rule without a path counts. Bare `Edit` does not speak of Write (seen on 2.1.328). */
export function first(rules: readonly PathRule[], effect: Rule['effect'], path: string, bare: boolean): Rule | null {
  for (const one of rules) {
    if (one.rule.effect !== effect) continue;
    if (one.rule.specifier === null ? bare : one.matches(path)) return one.rule;
  }
  return null;
}
