import { locatedOf } from '../../permissions/host-facts.ts';
import { evidenceOf } from '../context.ts';
import type { Judgement, Rule } from '../rule.ts';

/** Values of a host's mode that drop its prompts. Reference of hosts, 2026-11-20. */
const bypass = /^(?:bypassPermissions|bypass|bypassApprovals|autopilot|yolo|danger-full-access)$/;

export const bypassMode: Rule = {
  id: 'bypass-mode',
  title: 'A mode that drops every prompt',
  version: 1,
  why: 'With prompts gone, a text that the agent reads decides what it does.',
  fix: 'Remove the mode from the file, and switch it off for everybody where the host lets administrators do so.',
  references: [
    { framework: 'OWASP-ASI-2026', id: 'ASI02' },
    { framework: 'OWASP-ASI-2026', id: 'ASI03' },
  ],
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => 'modes' in agent.properties),
  judge(agent, context): readonly Judgement[] {
    return locatedOf(agent, 'modes')
      .filter((mode) => bypass.test(String(mode['value'])))
      .map((mode): Judgement => {
        const value = String(mode['value']);
        const answer = context.verdict(agent, 'run: make all');
        const inForce = answer === null || answer.verdict === 'allow';
        return {
          outcome: 'found',
          severity: inForce ? 'high' : 'medium',
          confidence: 'high',
          message: inForce
            ? `${agent.name}: ${String(mode['key'])} is ${value}, so nothing is asked for.`
            : `${agent.name}: ${String(mode['key'])} is ${value}; the newest version does not apply it from here, older ones drop every prompt.`,
          evidence: evidenceOf(agent, mode),
          detail: `${String(mode['key'])}=${value}@${mode.scope}`,
        };
      });
  },
};
