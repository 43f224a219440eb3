import { ciAgents, hasWholeShell, readsStrangers, secretEvidence, unneededSecrets } from '../ci-agents.ts';
import { named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciUnneededSecret: Rule = {
  id: 'ci-unneeded-secret',
  title: 'A secret reaches the shell of a pipeline agent',
  version: 1,
  why: 'A command that the agent is talked into prints the environment, and the secret is gone.',
  fix: 'Give the secret to the step or server that needs it and not to the agent; where the agent needs it, take the shell away.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-MCP-2025:MCP01:2025', 'OWASP-AISVS:9.5.4', 'CWE:CWE-522'),
  kinds: ['agent'],
  subjects: ciAgents,
  judge(agent, context): readonly Judgement[] {
    const secrets = unneededSecrets(agent);
    if (secrets.length === 0) return [];
    if (!hasWholeShell(agent))
      return [
        { outcome: 'could-not-tell', why: `whether ${named(secrets)} can be read by its tools is not in the file` },
      ];
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: 'operational',
          reach: readsStrangers(agent) ? 'content' : 'insider',
          gate: 'none',
        }),
        confidence: agent.confidence,
        message: `${agent.name}: ${named(secrets)} stand in the environment of its shell.`,
        evidence: secretEvidence(agent, secrets, context),
        detail: secrets.toSorted().join(','),
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
