import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, recordOf, recordsOf, textOf } from '../fact-access.ts';
import { toolNameImpact } from '../../permissions/impact/tool-names.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const changing = new Set(['writes', 'deletes', 'spends-money', 'executes-code', 'changes-own-configuration']);

export const hintContradictsCode: Rule = {
  id: 'hint-contradicts-code',
  title: 'A tool says that it only reads, and does more',
  version: 1,
  why: 'Hosts run tools that only read without a question, and take the word of the server for it.',
  fix: 'Correct the annotation, or take the other thing out of the tool.',
  references: references('OWASP-ASI-2026:ASI04', 'MITRE-ATLAS:AML.T0110.000', 'OWASP-MCP-2025:MCP03:2025'),
  kinds: ['tool'],
  subjects: (context) =>
    context
      .all('tool')
      .filter(
        (tool) =>
          isInUse(tool) &&
          (tool.properties['readOnlyHint'] === true ||
            recordOf(tool.properties['annotations'])['readOnlyHint'] === true),
      ),
  judge(tool): readonly Judgement[] {
    const known = tool.properties['capabilitiesKnown'] === true;
    const capabilities = known
      ? placedOf(tool, 'capabilities').filter((one) => changing.has(textOf(one['class'])))
      : [];
    const first = capabilities[0];
    if (first !== undefined)
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: recordsOf(tool.properties['capabilities']).some((one) => one['confidence'] === 'high')
            ? 'high'
            : 'medium',
          message: `${tool.name} is annotated as read-only; its code ${textOf(first['because']) || textOf(first['class'])}.`,
          evidence: [...evidenceOf(tool).map((one) => ({ ...one, endLine: one.line })), ...evidenceOf(tool, first)],
          detail: '',
        },
      ];
    if (known) return [];
    const byName = toolNameImpact({ type: 'mcp', server: '', name: tool.name });
    if (byName.impact !== 'destructive')
      return [{ outcome: 'could-not-tell', why: 'what the tool does is not in what was read' }];
    return [
      {
        outcome: 'found',
        severity: 'medium',
        confidence: 'low',
        message: `${tool.name} is annotated as read-only; ${byName.says}.`,
        evidence: evidenceOf(tool),
        detail: '',
      },
    ];
  },
};
