import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { type FindingContext, evidenceOf } from '../context.ts';
import { evidenceInOwnFile, isInUse, lineOf, recordOf, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const publishedLine = (server: StoredAsset, context: FindingContext) =>
  context
    .incoming(server, 'exposes')
    .flatMap((relation) => context.source(relation) ?? [])
    .flatMap((workload) =>
      recordsOf(workload.properties['ports'])
        .filter((port) => port['allInterfaces'] === true && lineOf(port['line']) !== null)
        .map((port) => evidenceInOwnFile(workload, port['line'])),
    )[0];

export const unauthenticatedExposedServer: Rule = {
  id: 'unauthenticated-exposed-server',
  title: 'A tool server is published and asks for no credential',
  version: 1,
  why: 'Everybody who reaches the machine calls its tools with the rights of the server.',
  fix: 'Publish it on the loopback address only, or put authentication before it.',
  references: references('OWASP-MCP-2025:MCP07:2025', 'CWE:CWE-306', 'CWE:CWE-1327', 'NIST-SP-800-53:IA-2'),
  kinds: ['mcp-server'],
  subjects: (context) =>
    context
      .all('mcp-server')
      .filter((server) => isInUse(server) && server.properties['publishedOnAllInterfaces'] === true),
  judge(server, context): readonly Judgement[] {
    const auth = recordsOf(server.properties['configurations']).map((one) => textOf(recordOf(one['auth'])['type']));
    if (auth.some((type) => type !== '' && type !== 'none' && type !== 'unknown')) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'anyone', gate: 'model' }),
        // A server may ask in its code, which is read for tools and not for its middleware.
        confidence: auth.includes('none') ? 'high' : 'medium',
        message: `${server.name} is published on all interfaces, and nothing in the files asks for a credential.`,
        evidence: publishedLine(server, context) ?? evidenceOf(server),
        detail: '',
      },
    ];
  },
};
