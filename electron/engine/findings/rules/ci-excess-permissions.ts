import { ciAgents, readsStrangers, strongScopes } from '../ci-agents.ts';
import { evidenceInOwnFile, named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciExcessPermissions: Rule = {
  id: 'ci-excess-permissions',
  title: 'The token of a pipeline agent can change code or make identities',
  version: 1,
  why: 'Whatever the agent is talked into, this token does: branches, releases, runs, or a sign-in at a cloud.',
  fix: 'Give the job read rights, and let a job of its own, which does not read strangers, make the change.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI5:2025', 'CWE:CWE-250', 'NIST-SP-800-53:AC-6'),
  kinds: ['agent'],
  subjects: ciAgents,
  judge(agent): readonly Judgement[] {
    const scopes = strongScopes(agent);
    if (scopes.length === 0)
      return agent.properties['tokenScopesKnown'] === false
        ? [
            {
              outcome: 'could-not-tell',
              why: 'the workflow names no permissions; the default of the repository counts',
            },
          ]
        : [];
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: 'operational',
          reach: readsStrangers(agent) ? 'content' : 'insider',
          gate: 'none',
        }),
        confidence: agent.confidence,
        message: `${agent.name}: its token writes ${named(scopes)}${readsStrangers(agent) ? ', and it reads what strangers write' : ''}.`,
        evidence: evidenceInOwnFile(agent, agent.properties['tokenScopesLine']),
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
