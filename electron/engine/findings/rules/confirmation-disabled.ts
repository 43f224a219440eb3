import { hasClass } from '../code-agents.ts';
import { evidenceOf } from '../context.ts';
import { evidenceAt, isInUse, lineOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const confirmationDisabled: Rule = {
  id: 'confirmation-disabled',
  title: 'An action that deletes is declared to need no confirmation',
  version: 1,
  why: 'The product could ask the user before the call and is told not to.',
  fix: 'Set the confirmation of this action to on.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-AISVS:9.2.1', 'EU-AI-ACT:Art.14', 'NIST-SP-800-53:AC-3'),
  kinds: ['tool'],
  subjects: (context) =>
    context
      .all('tool')
      .filter(
        (tool) =>
          isInUse(tool) &&
          tool.properties['enabled'] !== false &&
          typeof tool.properties['requiresConfirmation'] === 'boolean',
      ),
  judge(tool): readonly Judgement[] {
    if (tool.properties['requiresConfirmation'] === true || !hasClass(tool, 'deletes', 'spends-money')) return [];
    const line = lineOf(tool.properties['confirmationLine']);
    const file = tool.evidence.find((one) => line !== null && one.line <= line && line <= one.endLine);
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: tool.confidence,
        message: `${tool.name} runs without a confirmation.`,
        evidence: file === undefined || line === null ? evidenceOf(tool) : [evidenceAt(tool, file.place, line)],
        detail: '',
      },
    ];
  },
};
