import { evidenceOf } from '../context.ts';
import { hostOf, isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

/** Values of a host's mode that drop its prompts. Reference of hosts, 2026-11-20. */
const bypass = /^(?:bypassPermissions|bypass|bypassApprovals|autopilot|yolo|danger-full-access)$/;

export const bypassMode: Rule = {
  id: 'bypass-mode',
  title: 'A mode that drops every prompt',
  version: 2,
  why: 'With prompts gone, a text that the agent reads decides what it does.',
  fix: 'Remove the mode from the file, and switch it off for everybody where the host lets administrators do so.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-ASI-2026:ASI03', 'OWASP-AISVS:9.2.1'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter((agent) => isInUse(agent) && ('modes' in agent.properties || 'permissionMode' in agent.properties)),
  judge(agent, context): readonly Judgement[] {
    const own = textOf(agent.properties['permissionMode']);
    const modes = [
      ...placedOf(agent, 'modes').map((mode) => ({
        key: textOf(mode['key']),
        value: textOf(mode['value']),
        scope: textOf(mode['scope']),
        evidence: evidenceOf(agent, mode),
      })),
      ...(own === '' ? [] : [{ key: 'permissionMode', value: own, scope: 'own', evidence: evidenceOf(agent) }]),
    ];
    return modes
      .filter(({ value }) => bypass.test(value))
      .map(({ key, value, scope, evidence }): Judgement => {
        const answer = context.verdict(agent, 'run: make all');
        // A rule that allows every command answers `allow` as well; whether the mode counts is asked of one that none names.
        const inForce =
          answer === null || (answer.verdict === 'allow' && !ignoredSince(agent, hostOf(agent), scope, value));
        return {
          outcome: 'found',
          severity: inForce ? 'high' : 'medium',
          confidence: 'high',
          message: inForce
            ? `${agent.name}: ${key} is ${value}, so nothing is asked for.`
            : `${agent.name}: ${key} is ${value}; the newest version does not apply it from here, older ones drop every prompt.`,
          evidence,
          detail: `${key}=${value}@${scope}`,
          group: `prompts-off:${agent.id}`,
        };
      });
  },
};

/** Claude Code 2.1.328 was seen to ignore this mode in files of a repository. */
const ignoredSince = (
  agent: { readonly properties: { readonly [key: string]: unknown } },
  host: string,
  scope: string,
  value: string,
): boolean =>
  host === 'claude-code' &&
  value === 'bypassPermissions' &&
  (scope === 'project' || scope === 'local') &&
  agent.properties['startMode'] !== undefined;
