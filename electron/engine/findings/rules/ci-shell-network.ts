import { ciAgents, hasWholeShell, readsStrangers, strangersCanTrigger } from '../ci-agents.ts';
import { evidenceInOwnFile, named, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const ciShellNetwork: Rule = {
  id: 'ci-shell-network',
  title: 'A pipeline agent has shell and network with secrets in reach',
  version: 1,
  why: 'These three together are a way out: read a secret, run a command, send it to an address of somebody else.',
  fix: 'Take one of the three away: name the commands, hold the network, or keep the secrets in another job.',
  references: references('OWASP-ASI-2026:ASI02', 'MITRE-ATLAS:AML.T0086', 'OWASP-AISVS:9.5.1', 'OWASP-AISVS:9.3.1'),
  kinds: ['agent'],
  subjects: ciAgents,
  judge(agent, context): readonly Judgement[] {
    const secrets = textsOf(agent.properties['secrets']);
    if (!hasWholeShell(agent) || secrets.length === 0 || !readsStrangers(agent)) return [];
    const [way] = context.outgoing(agent, 'egresses-to').flatMap(({ evidence }) => evidence.slice(0, 1));
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: strangersCanTrigger(agent) ? 'destructive' : 'operational',
          reach: 'content',
          gate: 'none',
        }),
        confidence: agent.confidence,
        message: `${agent.name}: any command, any address, and ${named(secrets)} in reach, while it reads what strangers write.`,
        evidence: way === undefined ? evidenceInOwnFile(agent, null) : [way],
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
