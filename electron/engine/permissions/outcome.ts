import type { Answer, Decision, InertRule, Trace, Verdict } from './verdict.ts';

/** A verdict with what decided it. */
export type Outcome = { readonly verdict: Verdict; readonly by: Decision };

export const outcome = (verdict: Verdict, by: Decision): Outcome => ({ verdict, by });

/** Closes an explanation: the deciding step last. */
export function answerOf({ verdict, by }: Outcome, trace: Trace, inert: readonly InertRule[]): Answer {
  trace.steps.push({ ...by, outcome: 'decided', effect: verdict, why: '' });
  return { verdict, decidedBy: by, chain: trace.steps, inert, assumptions: trace.assumptions };
}
