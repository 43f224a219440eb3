import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { codeAgentsWith, isLowCode } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { evidenceAt, isInUse, named, type Placed, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const freeSql = (tool: StoredAsset): Placed | undefined =>
  placedOf(tool, 'capabilities').find((one) => /SQL that is not written/.test(textOf(one['because'])));

const users = (tool: StoredAsset, context: FindingContext): readonly string[] => [
  ...codeAgentsWith(tool, context).map(({ name }) => name),
  ...context.incoming(tool, 'exposes').flatMap((relation) => context.source(relation)?.name ?? []),
];

export const looseSchema: Rule = {
  id: 'loose-schema',
  title: 'A tool takes a whole SQL statement as text',
  version: 1,
  why: 'The model, and whoever talks to it, writes the statement: read one row or drop the table.',
  fix: 'Offer the few questions as tools with typed arguments, on an account that can only read.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-LLM-2025:LLM05:2025', 'CWE:CWE-89'),
  kinds: ['tool'],
  subjects: (context) =>
    context
      .all('tool')
      .filter(
        (tool) =>
          isInUse(tool) &&
          !isLowCode(tool, 'n8n') &&
          users(tool, context).length > 0 &&
          placedOf(tool, 'capabilities').some((one) => /SQL/.test(textOf(one['because']))),
      ),
  judge(tool, context): readonly Judgement[] {
    const shown = freeSql(tool);
    if (shown === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'model' }),
        confidence: 'medium',
        message: `${tool.name} of ${named(users(tool, context))} runs SQL that the caller writes.`,
        evidence: [evidenceAt(tool, shown.place, shown.line)],
        detail: '',
      },
    ];
  },
};
