import { ciAgents, hasWholeShell, strangersCanTrigger, writeScopes } from '../ci-agents.ts';
import { evidenceInOwnFile, named, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciUntrustedTrigger: Rule = {
  id: 'ci-untrusted-trigger',
  title: 'Strangers can make an agent of a pipeline run',
  version: 1,
  why: 'An issue or a comment is enough to have it work for somebody else, with the token and the secrets of the repository.',
  fix: 'Let it run for people with write access only, or split it: a part that reads with no rights, and a part that writes and is approved.',
  references: references('OWASP-ASI-2026:ASI01', 'MITRE-ATLAS:AML.T0093', 'OWASP-AISVS:9.3.5', 'CWE:CWE-862'),
  kinds: ['agent'],
  subjects: ciAgents,
  judge(agent): readonly Judgement[] {
    const who = textOf(agent.properties['whoCanTrigger']);
    if (who === 'unknown' || who === 'whom a condition lets through' || who.startsWith('whoever can start'))
      return [{ outcome: 'could-not-tell', why: textOf(agent.properties['whoCanTriggerBecause']) || who }];
    if (!strangersCanTrigger(agent)) return [];
    const scopes = writeScopes(agent);
    const unknown = agent.properties['tokenScopesKnown'] === false;
    const strong = scopes.length > 0 || hasWholeShell(agent) || unknown;
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: strong ? 'destructive' : 'informational',
          reach: 'anyone',
          // A short list of tools, a script that caps them: what is left to talk it into is little.
          gate:
            strong && textsOf(agent.properties['allowedTools']).length > 0 && !hasWholeShell(agent) ? 'model' : 'none',
        }),
        confidence: agent.confidence,
        message: `${agent.name}: anybody can make it run (${textOf(agent.properties['whoCanTriggerBecause'])})${
          scopes.length > 0
            ? `; its token writes ${named(scopes)}`
            : unknown
              ? '; what its token may do is not written'
              : ''
        }.`,
        evidence: evidenceInOwnFile(agent, agent.properties['whoCanTriggerLine']),
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
