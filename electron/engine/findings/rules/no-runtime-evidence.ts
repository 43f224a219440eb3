import { evidenceInOwnFile, isInUse, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const noRuntimeEvidence: Rule = {
  id: 'no-runtime-evidence',
  title: 'An agent runs without a record of what it does',
  version: 1,
  why: 'After an incident nobody can say which calls it made, and no alarm can look at them.',
  fix: 'Switch observability on and keep the traces where the agent cannot change them.',
  references: references('OWASP-ASI-2026:ASI10', 'EU-AI-ACT:Art.12', 'NIST-SP-800-53:AU-2', 'NIST-SP-800-53:AU-12'),
  kinds: ['workload'],
  subjects: (context) =>
    context
      .all('workload')
      .filter((workload) => isInUse(workload) && typeof workload.properties['observability'] === 'boolean'),
  judge(workload): readonly Judgement[] {
    if (workload.properties['observability'] === true) return [];
    const deployed = textOf(recordOf(workload.properties['deployedTo'])['name']);
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: workload.confidence,
        message: `${workload.name}${deployed === '' ? '' : ` in ${deployed}`} runs with observability off.`,
        evidence: evidenceInOwnFile(workload, workload.properties['observabilityLine']),
        detail: '',
      },
    ];
  },
};
