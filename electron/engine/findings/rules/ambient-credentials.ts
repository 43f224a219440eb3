import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import type { FindingContext } from '../context.ts';
import { evidenceInOwnFile, isInUse, lineOf, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const mounted = (workload: StoredAsset, context: FindingContext) =>
  context
    .outgoing(workload, 'authenticates-with')
    .filter((relation) => context.target(relation)?.properties['type'] === 'ambient');

const socketLine = (workload: StoredAsset): number | null =>
  lineOf(
    recordsOf(workload.properties['mounts']).find((mount) => /docker\.sock$/.test(textOf(mount['source'])))?.['line'],
  );

export const ambientCredentials: Rule = {
  id: 'ambient-credentials',
  title: "A container of an agent holds somebody's own credentials",
  version: 1,
  why: 'The agent acts as that person, with all their rights, and the log shows the person.',
  fix: 'Give the container a role or key of its own; leave cloud folders and the socket of Docker out of it.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI10:2025', 'CWE:CWE-522', 'NIST-SP-800-53:IA-5'),
  kinds: ['workload'],
  subjects: (context) =>
    context
      .all('workload')
      .filter((workload) => isInUse(workload) && /^(?:agent|mcp-server)$/.test(textOf(workload.properties['runs']))),
  judge(workload, context): readonly Judgement[] {
    const socket = workload.properties['dockerSocket'] === true ? socketLine(workload) : null;
    // The socket is a way in and no credential: it has a finding of its own below.
    const credentials = mounted(workload, context)
      .filter(({ evidence }) => evidence[0]?.line !== socket)
      .map(
        (relation): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: relation.confidence,
          message: `${workload.name} is given ${textOf(relation.properties['what']) || 'credentials of the machine'}.`,
          evidence: relation.evidence.slice(0, 1),
          detail: relation.to.key,
        }),
      );
    if (workload.properties['dockerSocket'] !== true) return credentials;
    return [
      ...credentials,
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: workload.confidence,
        message: `${workload.name} is given the socket of Docker, which is the machine.`,
        evidence: evidenceInOwnFile(workload, socket),
        detail: 'docker.sock',
      },
    ];
  },
};
