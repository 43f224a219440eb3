import { ciAgents, readsStrangers } from '../ci-agents.ts';
import { evidenceInOwnFile, recordOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const agenticWorkflowOpenNetwork: Rule = {
  id: 'agentic-workflow-open-network',
  title: 'An agentic workflow may reach any address',
  version: 1,
  why: 'The firewall around it is what keeps a talked-over agent from sending things out; here it is open.',
  fix: 'Write `network: defaults` and add the domains that the task needs.',
  references: references('OWASP-AISVS:9.5.1', 'MITRE-ATLAS:AML.T0086', 'NIST-SP-800-53:SC-7(5)'),
  kinds: ['agent'],
  subjects: (context) => ciAgents(context).filter((agent) => 'network' in agent.properties),
  judge(agent): readonly Judgement[] {
    const network = recordOf(agent.properties['network']);
    if (!textsOf(network['allowed']).some((domain) => domain === '*' || domain === '**')) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: 'operational',
          reach: readsStrangers(agent) ? 'content' : 'insider',
          gate: 'none',
        }),
        confidence: agent.confidence,
        message: `${agent.name}: its network allows every domain.`,
        evidence: evidenceInOwnFile(agent, network['line']),
        detail: '',
      },
    ];
  },
};
