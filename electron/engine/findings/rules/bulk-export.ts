import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { agentsByGate, hasClass, toolsInUse } from '../code-agents.ts';
import { evidenceOf } from '../context.ts';
import { named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** `exportCustomers` and `export_customers` are read alike; "Read export file" is about one file. */
const wordsOf = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');

const isBulk = (tool: StoredAsset): boolean =>
  /^(?:export|dump|bulk)\b|^(?:list|get|download|fetch) all\b|\b(?:dump|export)$/i.test(wordsOf(tool.name)) ||
  /^(?!.*\bsearch).*\ball (?:the )?(?:customers|users|accounts|records|orders|tickets|patients)\b/i.test(
    textOf(tool.properties['description']),
  );

export const bulkExport: Rule = {
  id: 'bulk-export',
  title: 'One call hands out many private records',
  version: 1,
  why: 'What took a breach before takes one sentence: the whole list comes back at once.',
  fix: 'Give the agent a tool for the one record of the conversation, and leave exports to people.',
  references: references(
    'OWASP-ASI-2026:ASI02',
    'OWASP-LLM-2025:LLM02:2025',
    'EU-GDPR:Art.5(1)(c)',
    'NIST-SP-800-53:AC-6',
  ),
  kinds: ['tool'],
  subjects: (context) => toolsInUse(context).filter((tool) => hasClass(tool, 'reads-private')),
  judge(tool, context): readonly Judgement[] {
    if (!isBulk(tool)) return [];
    const { open, unknown } = agentsByGate(tool, context);
    if (open.length === 0)
      return unknown.length === 0
        ? []
        : [{ outcome: 'could-not-tell', why: 'which tools the gate covers is decided at run time' }];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: 'medium',
        message: `${tool.name} of ${named(open.map(({ name }) => name))} hands out many private records in one call.`,
        evidence: evidenceOf(tool),
        detail: '',
      },
    ];
  },
};
