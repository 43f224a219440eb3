import { hasClass, isLowCode, toolsInUse } from '../code-agents.ts';
import { evidenceOf } from '../context.ts';
import { evidenceAt, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const n8nSqlFromModel: Rule = {
  id: 'n8n-sql-from-model',
  title: 'In a workflow, the model writes the SQL',
  version: 1,
  why: 'A mail or a message becomes a statement on the database, with the rights of the stored account.',
  fix: 'Write the statement in the node and let the model fill parameters only, on an account that can only read.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-LLM-2025:LLM05:2025', 'CWE:CWE-89'),
  kinds: ['tool'],
  subjects: (context) =>
    toolsInUse(context).filter((tool) => isLowCode(tool, 'n8n') && tool.properties['operation'] === 'executeQuery'),
  judge(tool): readonly Judgement[] {
    const chosen = placedOf(tool, 'modelChosen').find((one) => /^(?:query|sql)/i.test(textOf(one['parameter'])));
    if (chosen === undefined) return [];
    const writes = hasClass(tool, 'writes', 'deletes');
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: writes ? 'destructive' : 'operational', reach: 'content', gate: 'none' }),
        confidence: tool.confidence,
        message: `${tool.name} runs the SQL that the model writes.`,
        evidence: [...evidenceOf(tool), evidenceAt(tool, chosen.place, chosen.line)],
        detail: '',
      },
    ];
  },
};
