import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const switches =
  /^(?:(?:.*\.)?sandbox|sandbox_mode|enabled|type|enableTerminalSandbox|sandbox\.enabled|.*\.sandbox\.mode)$/;
const off = /^(?:false|none|off|danger-full-access|insecure_none|disabled)$/;

export const sandboxOff: Rule = {
  id: 'sandbox-off',
  title: 'The sandbox is switched off',
  version: 1,
  why: 'Commands of the agent run with everything that the person who started it may do.',
  fix: 'Switch the sandbox on, and name the few folders and addresses that the work needs.',
  references: references('OWASP-ASI-2026:ASI05', 'OWASP-AISVS:9.3.1', 'NIST-SP-800-53:SC-39'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'sandbox' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'sandbox')
      .filter((one) => switches.test(textOf(one['key'])) && off.test(String(one['value'])))
      .map(
        (one): Judgement => ({
          outcome: 'found',
          // A person who starts the host can undo it; what it then holds back depends on the prompts.
          severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${agent.name}: ${textOf(one['key'])} is ${String(one['value'])}, so commands run unconfined.`,
          evidence: evidenceOf(agent, one),
          detail: `${textOf(one['key'])}@${textOf(one['scope'])}`,
        }),
      );
  },
};
