import { ciAgents, hasWholeShell, writeScopes } from '../ci-agents.ts';
import { evidenceInOwnFile, named, recordsOf, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Events that bring secrets and a writing token along although the code is of somebody else. */
const privileged = /\b(?:pull_request_target|workflow_run|issue_comment)\b/;

export const ciRunsStrangersCode: Rule = {
  id: 'ci-runs-strangers-code',
  title: 'A pipeline agent works in the code of a stranger, with secrets',
  version: 1,
  why: 'Instructions, hooks, settings and scripts of that code are obeyed by the agent and by the tools that it starts.',
  fix: 'Do not check out the head of a pull request where secrets are; use `pull_request`, or a second job that gets only a diff.',
  references: references('OWASP-ASI-2026:ASI05', 'OWASP-ASI-2026:ASI01', 'CWE:CWE-94', 'MITRE-ATLAS:AML.T0093'),
  kinds: ['agent'],
  subjects: (context) =>
    ciAgents(context).filter((agent) => recordsOf(agent.properties['checksOutForeignCode']).length > 0),
  judge(agent): readonly Judgement[] {
    const checkouts = recordsOf(agent.properties['checksOutForeignCode']);
    const secrets = textsOf(agent.properties['secrets']);
    const events = textOf(agent.properties['trigger']);
    if (!privileged.test(events)) return [];
    const strong = writeScopes(agent).length > 0 || hasWholeShell(agent);
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: strong ? 'destructive' : 'operational', reach: 'content', gate: 'none' }),
        confidence: agent.confidence,
        message: `${agent.name} works in the code of whoever raised ${events}${secrets.length === 0 ? '' : `, with ${named(secrets)}`}.`,
        evidence: checkouts.flatMap(({ line }) => evidenceInOwnFile(agent, line)),
        detail: '',
        group: `ci-strangers:${agent.id}`,
      },
    ];
  },
};
