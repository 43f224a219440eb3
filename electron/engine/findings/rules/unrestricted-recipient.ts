import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { agentsByGate, isLowCode, toolsInUse } from '../code-agents.ts';
import { type FindingContext, evidenceOf } from '../context.ts';
import { named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const people = /^(?:mail|chat|sms|phone|messaging)$/;

const targets = (tool: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(tool, 'egresses-to')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ properties }) => people.test(String(properties['kind'])));

export const unrestrictedRecipient: Rule = {
  id: 'unrestricted-recipient',
  title: 'The model chooses who gets the message',
  version: 1,
  why: 'A text that the agent reads can have what it knows sent to anybody, in the name of the company.',
  fix: 'Take the recipient from the ticket or the session and not from the model, or allow a list of domains.',
  references: references(
    'OWASP-ASI-2026:ASI02',
    'OWASP-LLM-2025:LLM02:2025',
    'MITRE-ATLAS:AML.T0086',
    'NIST-SP-800-53:AC-4',
  ),
  kinds: ['tool'],
  subjects: (context) =>
    toolsInUse(context).filter((tool) => !isLowCode(tool, 'n8n') && targets(tool, context).length > 0),
  judge(tool, context): readonly Judgement[] {
    if (!targets(tool, context).some(({ properties }) => properties['anyAddress'] === true)) return [];
    const { open, unknown } = agentsByGate(tool, context);
    if (open.length === 0)
      return unknown.length === 0
        ? []
        : [{ outcome: 'could-not-tell', why: 'which tools the gate covers is decided at run time' }];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: tool.confidence,
        message: `${tool.name} of ${named(open.map(({ name }) => name))} sends to any recipient that the model names.`,
        evidence: evidenceOf(tool),
        detail: '',
      },
    ];
  },
};
