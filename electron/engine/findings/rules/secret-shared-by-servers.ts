import { configurationsInUse } from '../configurations.ts';
import { isInUse, named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const secretSharedByServers: Rule = {
  id: 'secret-shared-by-servers',
  title: 'Several servers get the same secret',
  version: 1,
  why: 'The weakest of them decides how safe it is, its record names nobody, and taking it back stops all.',
  fix: 'Make a credential for each server, with the rights of that server.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI9:2025', 'OWASP-AISVS:9.4.1'),
  kinds: ['credential'],
  subjects: (context) =>
    context
      .all('credential')
      .filter(
        (one) =>
          isInUse(one) && context.incoming(one, 'authenticates-with').some(({ from }) => from.kind === 'mcp-server'),
      ),
  judge(credential, context): readonly Judgement[] {
    const relations = context.incoming(credential, 'authenticates-with').filter((relation) => {
      const from = context.source(relation);
      return from?.kind === 'mcp-server' && configurationsInUse(from).length > 0;
    });
    // One server that several hosts configure is one server, also where its arguments differ.
    const names = [...new Set(relations.map((relation) => context.source(relation)?.name ?? ''))];
    if (names.length < 2) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        // The same name in two files is one secret as a rule, not always.
        confidence: 'medium',
        message: `${named(names)} get ${credential.name}.`,
        evidence: relations.flatMap(({ evidence }) => evidence.slice(0, 1)).slice(0, 10),
        detail: '',
      },
    ];
  },
};
