import type { Scope } from '../../../shared/kinds.ts';

/**
 * Answer to one concrete question: may this agent do this call? `allow` runs silently, `ask` prompts a person,
 * `classifier` leaves it to a model, `deny` blocks, `hidden` means that the tool is not even offered, `conditional`
 * depends on a fact that is named, `unknown` that it cannot be told.
 */
export const verdicts = ['allow', 'ask', 'classifier', 'deny', 'hidden', 'conditional', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

/** What decides: a rule that somebody wrote, or a behaviour of the host that no file holds. */
export type DecisionKind =
  | 'rule'
  | 'mode'
  | 'built-in'
  | 'default'
  | 'protected-path'
  | 'working-directory'
  | 'trust'
  | 'sandbox'
  | 'hook'
  | 'server-state'
  | 'tool-list'
  | 'headless'
  | 'policy'
  | 'gate'
  | 'malformed';

/** Where a rule stands. `file` is the place as in facts (`app/.claude/settings.json`, `~/...`, `/etc/...`). */
export type RulePlace = { readonly file: string; readonly line: number; readonly scope: Scope };

export type Decision = {
  readonly kind: DecisionKind;
  /** Text of the rule as written, or words for what is built in. */
  readonly rule: string;
  readonly place: RulePlace | null;
};

/** One step on the way: what was looked at, and what came of it. */
export type Step = Decision & {
  readonly outcome: 'decided' | 'lost' | 'narrowed' | 'not-applied' | 'noted';
  readonly effect: Verdict | null;
  readonly why: string;
};

/** A rule that looks enforced and is never applied, or not as written. */
export type InertRule = { readonly rule: string; readonly why: string; readonly place: RulePlace | null };

export type Answer = {
  readonly verdict: Verdict;
  readonly decidedBy: Decision;
  /** Empty when no explanation was asked for. */
  readonly chain: readonly Step[];
  /** Inert rules that somebody would have expected to decide this call. */
  readonly inert: readonly InertRule[];
  /** What was taken for granted: version, trust, presence of a sandbox, hooks that may change the answer. */
  readonly assumptions: readonly string[];
};

/** Collects an explanation; null where only the verdict counts, so that nothing is built for it. */
export type Trace = { readonly steps: Step[]; readonly assumptions: string[] };

export const newTrace = (): Trace => ({ steps: [], assumptions: [] });

export function note(trace: Trace | null, step: () => Step): void {
  if (trace !== null) trace.steps.push(step());
}

export function assume(trace: Trace | null, words: string): void {
  if (trace !== null && !trace.assumptions.includes(words)) trace.assumptions.push(words);
}

export const decision = (kind: DecisionKind, rule: string, place: RulePlace | null = null): Decision => ({
  kind,
  rule,
  place,
});
