import type { Severity } from '../../../../shared/kinds.ts';
import { type Configuration, configurationsInUse, configuredServers } from '../configurations.ts';
import type { FindingContext } from '../context.ts';
import { evidenceAt, lineOf, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const admin = /(?:^|[-_.\W])(?:admin(?:istrator)?|root|owner|power-?user|superuser|breakglass)(?:$|[-_.\W\d])/i;
const production = /(?:^|[-_.\W])(?:prod|production|live)(?:$|[-_.\W\d])/i;

export const codingAgentCloudAdmin: Rule = {
  id: 'coding-agent-cloud-admin',
  title: 'A coding agent gets an administrator of a cloud',
  version: 1,
  why: 'A sentence in a file that the agent reads is enough to change or delete what the profile can, and it can everything.',
  fix: 'Give the server a profile of its own that reads, and a second one behind an approval for the few changes that it makes.',
  references: references(
    'OWASP-ASI-2026:ASI03',
    'OWASP-NHI-2025:NHI5:2025',
    'OWASP-LLM-2025:LLM06:2025',
    'NIST-SP-800-53:AC-6',
  ),
  kinds: ['mcp-server'],
  subjects: (context) =>
    configuredServers(context).filter((server) =>
      configurationsInUse(server).some(({ facts }) => recordsOf(facts['cloudProfiles']).length > 0),
    ),
  judge(server, context): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one) =>
      recordsOf(one.facts['cloudProfiles']).flatMap((profile): readonly Judgement[] => {
        const name = textOf(profile['name']);
        const [isAdmin, isProduction] = [admin.test(name), production.test(name)];
        if (!isAdmin && !isProduction) {
          return [{ outcome: 'could-not-tell', why: `what the profile ${name} may do is not in the files` }];
        }
        return [
          {
            outcome: 'found',
            severity: severityFor(one, isAdmin, context),
            // The name says so; what stands behind it is in the cloud.
            confidence: 'medium',
            message: `${one.name} runs with the profile ${name}${isAdmin ? ', an administrator by its name' : ', production by its name'}.`,
            evidence: [evidenceAt(server, one.facts.place, lineOf(profile['line']) ?? one.facts.line)],
            detail: `${one.facts.place}#${one.name}/${name}`,
          },
        ];
      }),
    );
  },
};

/** Where the host asks a person for each call of the server, that person stands in between. */
function severityFor(one: Configuration, isAdmin: boolean, context: FindingContext): Severity {
  const agent = context.byKey('agent', one.agent);
  const verdict =
    agent === undefined
      ? undefined
      : context.verdict(agent, `mcp: ${one.name.replace(/[\s/]/g, '_')}/any_tool`)?.verdict;
  return severityOf({
    impact: isAdmin ? 'destructive' : 'operational',
    reach: 'content',
    gate: verdict === 'ask' || verdict === 'deny' ? 'model' : 'none',
  });
}
