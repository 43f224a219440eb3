import type { Setting } from '../../evaluator.ts';
import { isInside } from '../../host-facts.ts';
import type { ShellProgram } from '../../shell/program.ts';
import { type Decision, decision, type Verdict } from '../../verdict.ts';
import type { PathRule } from './path-rules.ts';
import type { Rule } from './rule.ts';
import type { Effective } from './settings.ts';

/** Everything that the parts of this evaluator share. Verdicts here are before what headless makes of a question. */
export type Context = {
  readonly setting: Setting;
  readonly observed: boolean;
  readonly effective: Effective;
  readonly mode: Effective['mode'];
  readonly byTool: (tool: string) => {
    readonly deny: readonly Rule[];
    readonly ask: readonly Rule[];
    readonly allow: readonly Rule[];
  };
  readonly readRules: readonly PathRule[];
  readonly editRules: readonly PathRule[];
  readonly program: (text: string) => ShellProgram;
};

export type Outcome = { readonly verdict: Verdict; readonly by: Decision };

export const outcome = (verdict: Verdict, by: Decision): Outcome => ({ verdict, by });
export const byRule = (rule: Rule): Decision => decision('rule', `${rule.effect} ${rule.text}`, rule.place);

/** What the mode does with what no rule decides. */
export function byMode(context: Context): Outcome {
  const { mode, effective } = context;
  if (mode === 'bypassPermissions') return outcome('allow', effective.modeFrom);
  if (mode === 'auto') return outcome('classifier', effective.modeFrom);
  return outcome(
    'ask',
    mode === 'default' ? effective.modeFrom : decision('mode', `mode ${mode}`, effective.modeFrom.place),
  );
}

export const isInWorkingDirectories = (context: Context, path: string): boolean =>
  context.effective.directories.some((folder) => isInside(path, folder));
