import { ownConfiguration } from '../../permissions/matrix.ts';
import { evidenceOfVerdict } from '../context.ts';
import { hostOf, isInUse } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const selfGrantingAgent: Rule = {
  id: 'self-granting-agent',
  title: 'The agent can write its own permissions unasked',
  version: 1,
  why: 'Every other rule is then a suggestion: one edit, and the next session allows whatever the agent was talked into.',
  fix: "Deny or ask for edits of the agent's own configuration, keep the file out of its writable folders, or set the rules in managed settings.",
  references: references(
    'OWASP-ASI-2026:ASI03',
    'OWASP-ASI-2026:ASI10',
    'MITRE-ATLAS:AML.T0081',
    'OWASP-AISVS:9.2.5',
    'NIST-SP-800-53:CM-5',
  ),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) =>
          isInUse(agent) && ownConfiguration.has(hostOf(agent)) && context.verdict(agent, 'read: README.md') !== null,
      ),
  judge(agent, context): readonly Judgement[] {
    const file = ownConfiguration.get(hostOf(agent)) ?? '';
    const answer = context.verdict(agent, `edit: ${file}`);
    if (answer === null) return [{ outcome: 'could-not-tell', why: `whether it may edit ${file} cannot be asked` }];
    if (answer.verdict === 'unknown' || answer.verdict === 'conditional')
      return [{ outcome: 'could-not-tell', why: `whether it may edit ${file} depends on what no file says` }];
    if (answer.verdict !== 'allow' && answer.verdict !== 'classifier') return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({
          impact: 'destructive',
          reach: 'content',
          gate: answer.verdict === 'allow' ? 'none' : 'model',
        }),
        confidence: 'high',
        message: `${agent.name} can write ${file} ${answer.verdict === 'allow' ? 'unasked' : 'when a model lets it'}: it can grant itself anything. Decided by ${answer.decidedBy}.`,
        evidence: evidenceOfVerdict(agent, answer),
        detail: file,
      },
    ];
  },
};
