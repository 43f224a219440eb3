import type { FindingsResult } from '../../../shared/model/findings.ts';
import type { Handlers } from '../engine.ts';
import { rules } from '../findings/registry.ts';
import { runRules } from '../findings/run-rules.ts';
import type { ReadyFacts } from '../permissions/ready-facts.ts';

type FindingCalls = Extract<keyof Handlers, `findings.${string}`>;

/** Rules are run once per scan; the result of the scan that was asked last is kept. */
export function createFindingHandlers({
  ready,
}: {
  readonly ready: (scan: number | null) => Promise<ReadyFacts>;
}): Pick<Handlers, FindingCalls> {
  let kept: { readonly of: ReadyFacts; readonly result: FindingsResult } | null = null;
  return {
    'findings.list': async ({ scan }) => {
      const facts = await ready(scan);
      if (kept?.of !== facts) kept = { of: facts, result: runRules(facts.facts, facts.asker, facts.scan) };
      return kept.result;
    },
    'findings.rules': () =>
      rules.map(({ id, title, why, fix, references, kinds }) => ({
        id,
        title,
        why,
        fix,
        references: [...references],
        kinds: [...kinds],
      })),
  };
}
