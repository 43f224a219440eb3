import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { hasClass, toolsInUse } from '../code-agents.ts';
import { type FindingContext, evidenceOf } from '../context.ts';
import { isRecord, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const everybody =
  /\b(?:of|for|from|across) (?:all|every) (?:customers?|tenants?|users?|accounts?|clients?|organi[sz]ations?)\b/i;

const personal = (tool: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(tool, 'reads')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ properties }) => {
      const classified = properties['classification'];
      return properties['kind'] === 'vector' && isRecord(classified) && classified['sensitivity'] === 'restricted';
    });

export const noTenantFilter: Rule = {
  id: 'no-tenant-filter',
  title: 'A search goes over the records of all customers',
  version: 1,
  why: 'The answer to one customer can hold what another one wrote.',
  fix: 'Filter by the customer of the conversation, with a value that the model cannot choose.',
  references: references('OWASP-LLM-2025:LLM08:2025', 'OWASP-LLM-2025:LLM02:2025', 'CWE:CWE-639', 'EU-GDPR:Art.32'),
  kinds: ['tool'],
  subjects: (context) =>
    toolsInUse(context).filter(
      (tool) =>
        hasClass(tool, 'reads-private') &&
        (personal(tool, context).length > 0 || everybody.test(textOf(tool.properties['description']))),
    ),
  judge(tool, context): readonly Judgement[] {
    if (!everybody.test(textOf(tool.properties['description'])))
      return [
        {
          outcome: 'could-not-tell',
          why: `whether the search of ${personal(tool, context)[0]?.name ?? 'the store'} is filtered by customer`,
        },
      ];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: 'medium',
        message: `${tool.name} says of itself that it searches over everybody's records.`,
        evidence: evidenceOf(tool),
        detail: '',
      },
    ];
  },
};
