import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { codeAgents } from '../code-agents.ts';
import { type FindingContext, evidenceOf } from '../context.ts';
import { named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Stores that the code of the agent searches itself, not a tool that the model calls. */
const searched = (agent: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(agent, 'reads')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ kind, properties }) => kind === 'data-store' && properties['kind'] === 'vector');

const prompts = (agent: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(agent, 'configured-by')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ kind }) => kind === 'prompt');

export const retrievalInSystemPrompt: Rule = {
  id: 'retrieval-in-system-prompt',
  title: 'Retrieved text is put into the system message',
  version: 1,
  why: 'Whoever can write into the searched documents writes into the instructions of the agent.',
  fix: 'Hand retrieved text over as a message of its own that is marked as data, never inside of the system message.',
  references: references(
    'OWASP-ASI-2026:ASI01',
    'OWASP-LLM-2025:LLM01:2025',
    'OWASP-LLM-2025:LLM08:2025',
    'MITRE-ATLAS:AML.T0070',
  ),
  kinds: ['agent'],
  subjects: (context) =>
    codeAgents(context).filter(
      (agent) => agent.properties['language'] === 'python' && searched(agent, context).length > 0,
    ),
  judge(agent, context): readonly Judgement[] {
    const known = prompts(agent, context);
    if (known.length === 0)
      return [{ outcome: 'could-not-tell', why: 'the instructions of the agent are not in the files' }];
    // A text that is put together at run time, in an agent whose own code searches: the parts are not told one by one.
    return known
      .filter((prompt) => prompt.dynamic)
      .map((prompt) => ({
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: 'medium',
        message: `${agent.name} searches ${named(searched(agent, context).map(({ name }) => name))} and puts its instructions together at run time.`,
        evidence: evidenceOf(prompt),
        detail: prompt.key,
      }));
  },
};
