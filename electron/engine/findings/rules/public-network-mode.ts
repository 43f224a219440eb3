import { evidenceAt, evidenceInOwnFile, isInUse, lineOf, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const publicNetworkMode: Rule = {
  id: 'public-network-mode',
  title: 'An agent runs with the open network',
  version: 1,
  why: 'Nothing stands between the agent and any address: what it reads can leave.',
  fix: 'Run it in a private network whose way out is a proxy with a list of hosts.',
  references: references('OWASP-ASI-2026:ASI02', 'NIST-SP-800-53:SC-7', 'NIST-SP-800-53:AC-4', 'MITRE-ATLAS:AML.T0086'),
  kinds: ['workload'],
  subjects: (context) =>
    context
      .all('workload')
      .filter((workload) => isInUse(workload) && textOf(recordOf(workload.properties['network'])['mode']) !== ''),
  judge(workload): readonly Judgement[] {
    const network = recordOf(workload.properties['network']);
    const mode = textOf(network['mode']);
    if (/^(?:VPC|PRIVATE|ISOLATED|SANDBOX)/i.test(mode)) return [];
    if (mode.toUpperCase() !== 'PUBLIC')
      return [{ outcome: 'could-not-tell', why: `the network mode ${mode} is decided elsewhere` }];
    const [place, line] = [textOf(network['place']), lineOf(network['line'])];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: workload.confidence,
        message: `${workload.name} runs in the network mode PUBLIC.`,
        evidence:
          place === '' || line === null ? evidenceInOwnFile(workload, line) : [evidenceAt(workload, place, line)],
        detail: '',
      },
    ];
  },
};
