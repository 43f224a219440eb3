import type { AssetKind, Confidence, Severity } from '../../../shared/kinds.ts';
import type { Reference } from '../../../shared/model/findings.ts';
import type { StoredAsset, StoredEvidence } from '../store/repos/merged-facts.ts';
import type { FindingContext } from './context.ts';

/** What a rule says of one subject. An empty list is "looked, and not found". */
export type Judgement =
  | {
      readonly outcome: 'found';
      readonly severity: Severity;
      readonly confidence: Confidence;
      /** One sentence with the facts of this case. Names, never values of secrets. */
      readonly message: string;
      readonly evidence: readonly StoredEvidence[];
      /** Tells two findings of one rule at one subject apart; stable over edits of other lines. '' where there is one. */
      readonly detail: string;
      /** Root cause, where another subject's finding has the same; default: rule and subject. */
      readonly group?: string;
    }
  | { readonly outcome: 'could-not-tell'; readonly why: string };

/** Pure: the same facts give the same judgements. One file, one test, one document (`resources/rules/<id>.md`) each. */
export type Rule = {
  /** Kebab-case, the file's name. */
  readonly id: string;
  readonly title: string;
  /** Raise when the same facts would be judged otherwise. */
  readonly version: number;
  /** What may happen, in one sentence, for people who do not know the product that is meant. */
  readonly why: string;
  readonly fix: string;
  readonly references: readonly Reference[];
  readonly kinds: readonly AssetKind[];
  /** The things that the rule looks at; what is not among them is neither found nor passed. */
  subjects(context: FindingContext): readonly StoredAsset[];
  judge(subject: StoredAsset, context: FindingContext): readonly Judgement[];
};

/** Severity by impact, reach and gate, one table for all rules: who can cause it, what it does, what stands between. */
export function severityOf(factors: {
  readonly impact: 'informational' | 'operational' | 'destructive';
  /** anyone: a stranger can cause it; content: text that a model reads can; insider: a person with rights has to. */
  readonly reach: 'anyone' | 'content' | 'insider';
  readonly gate: 'none' | 'model' | 'person';
}): Severity {
  const impact = { informational: 0, operational: 1, destructive: 2 }[factors.impact];
  const reach = { insider: 0, content: 1, anyone: 2 }[factors.reach];
  const gate = { person: -2, model: -1, none: 0 }[factors.gate];
  const levels: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];
  return levels[Math.max(0, Math.min(4, impact + reach + gate + 1))] ?? 'medium';
}

/** `OWASP-ASI-2026:ASI02`, `OWASP-LLM-2025:LLM06:2025`: framework with edition, then the id, as reports print them. */
export const references = (...ids: readonly string[]): readonly Reference[] =>
  ids.map((text) => ({ framework: text.slice(0, text.indexOf(':')), id: text.slice(text.indexOf(':') + 1) }));
