import { agentsByGate, evidenceOfClass, hasClass, isLowCode, toolsInUse } from '../code-agents.ts';
import { named, placedOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const destructiveToolUngated: Rule = {
  id: 'destructive-tool-ungated',
  title: 'A tool of an agent in code deletes, and no person is asked',
  version: 1,
  why: 'What it deletes is gone before anybody sees the call.',
  fix: 'Put a gate before the call, or give the agent a tool that marks for deletion.',
  references: references(
    'OWASP-ASI-2026:ASI02',
    'OWASP-LLM-2025:LLM06:2025',
    'OWASP-AISVS:9.2.1',
    'NIST-SP-800-53:AC-3',
  ),
  kinds: ['tool'],
  subjects: (context) =>
    toolsInUse(context).filter(
      (tool) =>
        !isLowCode(tool, 'n8n') &&
        typeof tool.properties['requiresConfirmation'] !== 'boolean' &&
        hasClass(tool, 'deletes'),
    ),
  judge(tool, context): readonly Judgement[] {
    const { open, unknown } = agentsByGate(tool, context);
    if (open.length === 0)
      return unknown.length === 0
        ? []
        : [{ outcome: 'could-not-tell', why: 'which tools the gate covers is decided at run time' }];
    // A class that a name or a library suggests: whether it deletes is decided by the call and by the account.
    const sure = placedOf(tool, 'capabilities').some(
      (one) => one['class'] === 'deletes' && one['confidence'] === 'high',
    );
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: sure ? 'none' : 'model' }),
        confidence: sure ? 'high' : 'medium',
        message: `${named(open.map(({ name }) => name))} can delete with ${tool.name}; no person is asked.`,
        evidence: evidenceOfClass(tool, 'deletes'),
        detail: '',
      },
    ];
  },
};
