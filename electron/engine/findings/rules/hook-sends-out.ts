import { isAtStart, networkUse } from '../hook-events.ts';
import { evidenceInOwnFile, isInUse, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const hookSendsOut: Rule = {
  id: 'hook-sends-out',
  title: 'A hook sends to the network',
  version: 1,
  why: 'Hooks get prompts, commands and results as their input; where they send, that goes too, and no rule of the agent is asked.',
  fix: 'Send to a collector of your own that is named in managed settings, and only what it needs.',
  references: references('OWASP-LLM-2025:LLM02:2025', 'MITRE-ATLAS:AML.T0086', 'NIST-SP-800-53:AC-4'),
  kinds: ['hook'],
  subjects: (context) => context.all('hook').filter((hook) => isInUse(hook) && !isAtStart(hook)),
  judge(hook): readonly Judgement[] {
    const use = networkUse(hook);
    if (use === null) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: hook.confidence,
        message: `The hook at ${textOf(hook.properties['event'])} ${use}.`,
        evidence: evidenceInOwnFile(hook, null),
        detail: '',
      },
    ];
  },
};
