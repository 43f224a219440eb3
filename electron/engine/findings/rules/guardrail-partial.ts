import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { evidenceOf } from '../context.ts';
import { evidenceOfPlaced, isInUse, type Placed, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Kinds of personal data that a filter can name; keys and passwords are secrets and no persons. */
const secrets = /KEY|PASSWORD|PIN$|TOKEN|^URL$/;

const gapsOf = (filters: readonly Placed[]): readonly string[] => [
  ...(filters.some((one) => one['kind'] === 'pii' && !secrets.test(textOf(one['type'])))
    ? []
    : ['no filter for personal data']),
  ...(filters.some((one) => one['kind'] === 'content' && textOf(one['output_strength']) === 'NONE')
    ? ['a filter that does not look at answers']
    : []),
];

const weak = (guardrail: StoredAsset): readonly Placed[] =>
  placedOf(guardrail, 'filters').filter((one) => textOf(one['output_strength']) === 'NONE');

export const guardrailPartial: Rule = {
  id: 'guardrail-partial',
  title: 'A guardrail covers a part of what people think of',
  version: 1,
  why: 'It is there in the list of controls, and personal data or answers pass it.',
  fix: 'Add the filter for personal data, and let content filters look at answers as well.',
  references: references('OWASP-LLM-2025:LLM02:2025', 'OWASP-LLM-2025:LLM05:2025', 'EU-GDPR:Art.32'),
  kinds: ['guardrail'],
  subjects: (context) =>
    context.all('guardrail').filter((guardrail) => isInUse(guardrail) && placedOf(guardrail, 'filters').length > 0),
  judge(guardrail): readonly Judgement[] {
    const gaps = gapsOf(placedOf(guardrail, 'filters'));
    if (gaps.length === 0) return [];
    const lines = evidenceOfPlaced(guardrail, weak(guardrail));
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'model' }),
        confidence: guardrail.confidence,
        message: `${guardrail.name}: ${gaps.join(', ')}.`,
        evidence: lines.length > 0 ? lines : evidenceOf(guardrail),
        detail: '',
      },
    ];
  },
};
