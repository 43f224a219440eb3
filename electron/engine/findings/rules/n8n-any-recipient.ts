import { hasClass, isLowCode, toolsInUse } from '../code-agents.ts';
import { evidenceOf } from '../context.ts';
import { evidenceAt, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const recipient =
  /^(?:to|toEmail|toList|sendTo|recipients?|ccEmail|bccEmail|cc|bcc|channelId|chatId|phoneNumber|user)\b/i;

export const n8nAnyRecipient: Rule = {
  id: 'n8n-any-recipient',
  title: 'In a workflow, the model chooses who gets the message',
  version: 1,
  why: 'A text that comes in can have what the workflow knows sent to anybody.',
  fix: 'Take the recipient from the step before (the sender, the ticket) or write it in the node.',
  references: references(
    'OWASP-ASI-2026:ASI02',
    'OWASP-LLM-2025:LLM02:2025',
    'MITRE-ATLAS:AML.T0086',
    'NIST-SP-800-53:AC-4',
  ),
  kinds: ['tool'],
  subjects: (context) =>
    toolsInUse(context).filter((tool) => isLowCode(tool, 'n8n') && hasClass(tool, 'sends-outside')),
  judge: (tool): readonly Judgement[] =>
    placedOf(tool, 'modelChosen')
      .filter((one) => recipient.test(textOf(one['parameter'])))
      .map((chosen) => ({
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: tool.confidence,
        message: `${tool.name}: the model fills ${textOf(chosen['parameter'])}.`,
        evidence: [...evidenceOf(tool), evidenceAt(tool, chosen.place, chosen.line)],
        detail: textOf(chosen['parameter']),
      })),
};
