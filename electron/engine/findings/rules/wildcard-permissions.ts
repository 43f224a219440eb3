import { evidenceAt, named, textOf } from '../fact-access.ts';
import { actionsOf, identitiesOfAgents, isAllow, isForEverything, statementsOf } from '../identity-statements.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const wildcardPermissions: Rule = {
  id: 'wildcard-permissions',
  title: 'The role of an agent may do everything in a service, on everything',
  version: 1,
  why: 'One call that the agent is talked into deletes databases, machines or buckets of the whole account.',
  fix: 'Name the actions and the resources that its tools use.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI5:2025', 'CWE:CWE-250', 'NIST-SP-800-53:AC-6'),
  kinds: ['identity'],
  subjects: identitiesOfAgents,
  judge: (identity): readonly Judgement[] =>
    statementsOf(identity).flatMap((statement): readonly Judgement[] => {
      const wide = actionsOf(statement).filter((action) => action === '*' || action.endsWith(':*'));
      if (!isAllow(statement) || wide.length === 0 || !isForEverything(statement)) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
          confidence: identity.confidence,
          message: `${identity.name} may ${named(wide)} on every resource.`,
          evidence: [evidenceAt(identity, statement.place, statement.line)],
          detail: `${textOf(statement['sid'])}:${wide.toSorted().join(',')}`,
        },
      ];
    }),
};
