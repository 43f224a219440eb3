import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const keys = /(?:^|\.)(?:network_access|networkPolicy\.default|allowUnsandboxedCommands|network\.enabled)$/;

export const sandboxNetworkOpen: Rule = {
  id: 'sandbox-network-open',
  title: 'The sandbox lets everything out to the network',
  version: 1,
  why: 'A sandbox that holds files and not the network does not keep what the agent has read from leaving.',
  fix: 'Deny by default, and name the addresses that the work needs.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-AISVS:9.5.1', 'MITRE-ATLAS:AML.T0086', 'NIST-SP-800-53:AC-4'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'sandbox' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'sandbox')
      .filter((one) => keys.test(textOf(one['key'])) && (one['value'] === true || one['value'] === 'allow'))
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'model' }),
          confidence: 'high',
          message: `${agent.name}: ${textOf(one['key'])} is ${String(one['value'])}: commands in the sandbox reach any address.`,
          evidence: evidenceOf(agent, one),
          detail: `${textOf(one['key'])}@${textOf(one['scope'])}`,
        }),
      );
  },
};
