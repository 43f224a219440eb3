import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import type { FindingContext } from '../context.ts';
import { evidenceInOwnFile, isInUse, lineOf, recordsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const openPorts = (workload: StoredAsset) =>
  recordsOf(workload.properties['ports']).filter((port) => port['allInterfaces'] === true);

const served = (workload: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(workload, 'exposes')
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ kind }) => kind === 'agent');

/** What the deployments of an agent say of who is let in; undefined where none says anything. */
function authentication(agent: StoredAsset, context: FindingContext): unknown {
  return context
    .incoming(agent, 'exposes')
    .flatMap((relation) => context.source(relation) ?? [])
    .map(({ properties }) => properties['authentication'])
    .find((value) => value !== undefined);
}

export const unauthenticatedAgentEndpoint: Rule = {
  id: 'unauthenticated-agent-endpoint',
  title: 'The API of an agent is published without authentication',
  version: 1,
  why: 'Everybody who reaches the machine has the agent work for them, with its tools and at its cost.',
  fix: 'Add authentication to the deployment, or publish the port on the loopback address behind a proxy that asks.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-LLM-2025:LLM10:2025', 'CWE:CWE-306', 'NIST-SP-800-53:IA-2'),
  kinds: ['workload'],
  subjects: (context) =>
    context
      .all('workload')
      .filter(
        (workload) => isInUse(workload) && openPorts(workload).length > 0 && served(workload, context).length > 0,
      ),
  judge: (workload, context): readonly Judgement[] =>
    served(workload, context).flatMap((agent): readonly Judgement[] => {
      const asks = authentication(agent, context);
      if (asks === undefined)
        return [{ outcome: 'could-not-tell', why: `whether the API of ${agent.name} asks who is there` }];
      if (asks !== null && asks !== false) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'anyone', gate: 'model' }),
          confidence: 'high',
          message: `${workload.name} publishes ${agent.name} on all interfaces without authentication.`,
          evidence: evidenceInOwnFile(workload, lineOf(openPorts(workload)[0]?.['line'])),
          detail: agent.key,
        },
      ];
    }),
};
