import { evidenceOf } from '../context.ts';
import { isInUse, type Placed, placedOf, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const never = /^(?:never|yolo|bypass|bypassPermissions|autopilot)$/;
const open = /^(?:danger-full-access|insecure_none)$/;

export const noApprovalFullAccess: Rule = {
  id: 'no-approval-full-access',
  title: 'Never asks and has no sandbox',
  version: 1,
  why: 'Neither a person nor the operating system stands between a text that the agent reads and the whole machine.',
  fix: 'Give back one of the two: an approval policy that asks, or a sandbox that holds writing and network in.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-ASI-2026:ASI05', 'OWASP-AISVS:9.3.1', 'NIST-SP-800-53:SC-39'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter((agent) => isInUse(agent) && 'modes' in agent.properties && 'sandbox' in agent.properties),
  judge(agent): readonly Judgement[] {
    const effective = recordOf(agent.properties['effective']);
    const stands = (member: Placed, key: string): boolean =>
      effective[key] === undefined || effective[key] === member['value'];
    const asks = placedOf(agent, 'modes').find(
      (mode) => never.test(textOf(mode['value'])) && stands(mode, 'approval_policy'),
    );
    const sandbox = placedOf(agent, 'sandbox').find(
      (one) => open.test(textOf(one['value'])) && stands(one, 'sandbox_mode'),
    );
    if (asks === undefined || sandbox === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name}: ${textOf(asks['key'])} is ${textOf(asks['value'])} and ${textOf(sandbox['key'])} is ${textOf(sandbox['value'])}.`,
        evidence: [...evidenceOf(agent, asks), ...evidenceOf(agent, sandbox)],
        detail: '',
        group: `prompts-off:${agent.id}`,
      },
    ];
  },
};
