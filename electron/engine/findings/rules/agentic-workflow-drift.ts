import { evidenceOf } from '../context.ts';
import { ciAgents } from '../ci-agents.ts';
import { named, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const agenticWorkflowDrift: Rule = {
  id: 'agentic-workflow-drift',
  title: 'The compiled workflow does more than its text says',
  version: 1,
  why: 'People review the Markdown; the lock file is what runs.',
  fix: 'Compile it anew (`gh aw compile`) in the pipeline and fail where the result differs.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-ASI-2026:ASI10', 'NIST-SP-800-53:CM-3'),
  kinds: ['agent'],
  subjects: (context) => ciAgents(context).filter((agent) => agent.properties['host'] === 'gh-aw'),
  judge(agent): readonly Judgement[] {
    const drift = placedOf(agent, 'drift');
    if (drift.length === 0) {
      const state = textOf(agent.properties['state']);
      return /missing|not compiled/.test(state) ? [{ outcome: 'could-not-tell', why: state }] : [];
    }
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: agent.confidence,
        message: `${agent.name}: ${named(drift.map(({ what }) => textOf(what)))}.`,
        evidence: drift.flatMap((one) => evidenceOf(agent, one)),
        detail: '',
      },
    ];
  },
};
