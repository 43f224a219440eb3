import { isInUse, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const regulated = /personal|health|payment|card|financial|confidential|secret/i;

export const regulatedDataInKb: Rule = {
  id: 'regulated-data-in-kb',
  title: 'Regulated data is indexed in a knowledge base',
  version: 1,
  why: 'Everybody who may ask the agent may find it, and it is copied to where nobody deletes it.',
  fix: 'Take the source out of this index, or keep it in one of its own with the access rules of the source.',
  references: references('OWASP-LLM-2025:LLM02:2025', 'OWASP-LLM-2025:LLM08:2025', 'EU-GDPR:Art.5(1)(c)'),
  kinds: ['data-store'],
  subjects: (context) =>
    context
      .all('data-store')
      .filter(
        (store) =>
          isInUse(store) && context.outgoing(store, 'reads').some(({ properties }) => properties['why'] === 'indexed'),
      ),
  judge: (store, context): readonly Judgement[] =>
    context
      .outgoing(store, 'reads')
      .filter(({ properties }) => properties['why'] === 'indexed')
      .flatMap((relation): readonly Judgement[] => {
        const source = context.target(relation);
        if (source === undefined) return [];
        const classification = recordOf(source.properties['classification']);
        const kind = textOf(classification['class']);
        if (kind === '') return [{ outcome: 'could-not-tell', why: `what ${source.name} holds is not classified` }];
        if (!regulated.test(kind)) return [];
        return [
          {
            outcome: 'found',
            severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
            confidence: classification['guess'] === true ? 'low' : 'high',
            message: `${store.name} indexes ${source.name}, which holds ${kind}.`,
            evidence: relation.evidence.slice(0, 1),
            detail: source.key,
          },
        ];
      }),
};
