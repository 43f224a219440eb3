import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { brokenCalls, type Claim, claimsOf, readersOf } from '../claims.ts';
import type { FindingContext } from '../context.ts';
import { evidenceInOwnFile, isInUse, named, recordsOf, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

export const promptClaimNotEnforced: Rule = {
  id: 'prompt-claim-not-enforced',
  title: 'Instructions forbid what nothing prevents',
  version: 1,
  why: 'A sentence in a prompt is a wish: a text that the agent reads later can talk it out of it, and people rely on it.',
  fix: 'Write the limit where it is enforced: a deny or ask rule, a gate before the tool, a narrower role.',
  references: references(
    'OWASP-ASI-2026:ASI01',
    'OWASP-LLM-2025:LLM07:2025',
    'OWASP-AISVS:9.2.1',
    'NIST-SP-800-53:AC-3',
  ),
  kinds: ['prompt'],
  subjects: (context) =>
    context.all('prompt').filter((prompt) => isInUse(prompt) && recordsOf(prompt.properties['claims']).length > 0),
  judge(prompt, context): readonly Judgement[] {
    const readers = readersOf(prompt, context);
    return claimsOf(prompt).flatMap((claim): readonly Judgement[] => {
      if (isRepeated(prompt, claim, readers, context)) return [];
      if (claim.calls.length === 0 && claim.classes.length === 0) return [];
      if (readers.length === 0) return [unclear(claim, 'no agent that reads it is known')];
      const host = readers.flatMap((agent) => brokenCalls(claim, agent, context));
      if (host.length > 0)
        return [
          {
            outcome: 'found',
            severity: 'medium',
            confidence: 'high',
            message: `"${claim.text}" - ${named(host.map(({ agent }) => agent.name))} can do it unasked: ${named(host.map(({ call }) => call))}.`,
            evidence: evidenceInOwnFile(prompt, claim.line),
            detail: claim.text,
          },
        ];
      const tools = readers.flatMap((agent) => breakingTools(claim, agent, context));
      if (tools.length === 0) return [];
      const destroys = tools.some(({ classes }) => classes.includes('deletes') || classes.includes('executes-code'));
      return [
        {
          outcome: 'found',
          // A tool that runs anything can do what the sentence forbids; whether the account behind it may is another question.
          severity: destroys ? 'high' : 'medium',
          confidence: 'medium',
          message: `"${claim.text}" - ${named(tools.map(({ tool, agent }) => `${tool.name} of ${agent.name}`))} can do it, and no gate stands before it in every case.`,
          evidence: evidenceInOwnFile(prompt, claim.line),
          detail: claim.text,
        },
      ];
    });
  },
};

/** A text that is put together of others at run time repeats their sentences. */
const isRepeated = (
  prompt: StoredAsset,
  claim: Claim,
  readers: readonly StoredAsset[],
  context: FindingContext,
): boolean =>
  prompt.dynamic &&
  readers.some((agent) =>
    context
      .outgoing(agent, 'configured-by')
      .flatMap((relation) => context.target(relation) ?? [])
      .some(
        (other) =>
          other.kind === 'prompt' &&
          !other.dynamic &&
          recordsOf(other.properties['claims']).some(({ text }) => text === claim.text),
      ),
  );

const unclear = (claim: Claim, why: string): Judgement => ({
  outcome: 'could-not-tell',
  why: `"${claim.text}": ${why}`,
});

type Breaking = { readonly agent: StoredAsset; readonly tool: StoredAsset; readonly classes: readonly string[] };

/** Tools of an agent in code that could do it, and that no gate stops whatever the arguments are. */
function breakingTools(claim: Claim, agent: StoredAsset, context: FindingContext): readonly Breaking[] {
  const gates = [...context.outgoing(agent, 'gated-by'), ...context.outgoing(agent, 'guarded-by')].flatMap(
    (relation) => context.target(relation) ?? [],
  );
  // A gate that asks only under a condition keeps the promise of some calls and not of others.
  const always = (tool: StoredAsset): boolean =>
    gates.some(
      (gate) =>
        textOf(gate.properties['grade']).startsWith('human') &&
        gate.properties['condition'] === undefined &&
        textsOf(gate.properties['covers']).includes(tool.name),
    );
  return context
    .outgoing(agent, 'uses')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter((tool) => tool.kind === 'tool' && tool.properties['enabled'] !== false && !always(tool))
    .flatMap((tool): readonly Breaking[] => {
      const classes = recordsOf(tool.properties['capabilities'])
        .map((one) => textOf(one['class']))
        .filter((one) => claim.classes.includes(one) && (one !== 'deletes' || speaksOf(tool, claim)));
      return classes.length === 0 ? [] : [{ agent, tool, classes }];
    });
}

/** `delete_database` breaks a promise about databases, not one about backups. */
function speaksOf(tool: StoredAsset, claim: Claim): boolean {
  if (claim.things.length === 0) return true;
  const text = `${tool.name} ${textOf(tool.properties['description'])}`.toLowerCase();
  return claim.things.some((thing) => text.includes(thing));
}
