import { ciAgents } from '../ci-agents.ts';
import { evidenceInOwnFile, lineOf, named, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciUntrustedTextInPrompt: Rule = {
  id: 'ci-untrusted-text-in-prompt',
  title: 'Text of strangers stands in the prompt of a pipeline agent',
  version: 1,
  why: 'The model cannot tell the words of the workflow from the words of whoever wrote the issue.',
  fix: 'Hand the text over as a file or a variable that the prompt calls data, and give the job no right that the text could use.',
  references: references('OWASP-LLM-2025:LLM01:2025', 'OWASP-ASI-2026:ASI01', 'OWASP-AISVS:2.1.3', 'CWE:CWE-1427'),
  kinds: ['agent'],
  subjects: ciAgents,
  judge(agent): readonly Judgement[] {
    const inputs = recordsOf(agent.properties['untrustedInput']).filter(({ line }) => lineOf(line) !== null);
    if (inputs.length === 0) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: agent.confidence,
        message: `${agent.name}: ${named(inputs.map(({ what }) => textOf(what)))} stands in its prompt.`,
        evidence: inputs.flatMap(({ line }) => evidenceInOwnFile(agent, line)),
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
