import { agentsByGate, hasClass, toolsInUse } from '../code-agents.ts';
import { evidenceOf } from '../context.ts';
import { named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const approvalMissingMoney: Rule = {
  id: 'approval-missing-money',
  title: 'A tool moves money and no person is asked',
  version: 1,
  why: 'A message of a customer can be enough to have money paid out.',
  fix: 'Put the tool behind the gate that the other money tools have, whatever the amount.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-LLM-2025:LLM06:2025', 'OWASP-AISVS:9.2.1', 'EU-AI-ACT:Art.14'),
  kinds: ['tool'],
  subjects: (context) => toolsInUse(context).filter((tool) => hasClass(tool, 'spends-money')),
  judge(tool, context): readonly Judgement[] {
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
        message: `${tool.name} moves money and ${named(open.map(({ name }) => name))} can call it without a person.`,
        evidence: evidenceOf(tool),
        detail: '',
      },
    ];
  },
};
