import { codeAgents } from '../code-agents.ts';
import { evidenceAt, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const falseGate: Rule = {
  id: 'false-gate',
  title: 'What looks like an approval holds nothing back',
  version: 1,
  why: 'People count on a question that comes too late, can be passed by, or whose answer nobody looks at.',
  fix: 'Move the question before the tool and go on only with a yes.',
  references: references('OWASP-ASI-2026:ASI09', 'OWASP-AISVS:9.2.1', 'EU-AI-ACT:Art.14', 'NIST-SP-800-53:AC-3'),
  kinds: ['agent'],
  subjects: (context) =>
    codeAgents(context).filter(
      (agent) => placedOf(agent, 'falseGates').length > 0 || context.outgoing(agent, 'gated-by').length > 0,
    ),
  judge: (agent): readonly Judgement[] =>
    placedOf(agent, 'falseGates').map((gate) => ({
      outcome: 'found',
      severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
      confidence: agent.confidence,
      message: `${agent.name}: ${textOf(gate['mechanism'])} is no gate: ${textOf(gate['why'])}.`,
      evidence: [evidenceAt(agent, gate.place, gate.line)],
      detail: `${textOf(gate['mechanism'])}: ${textOf(gate['why'])}`,
    })),
};
