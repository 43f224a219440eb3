import { type Configuration, configurationsInUse, configuredServers, statesOf } from '../configurations.ts';
import type { FindingContext } from '../context.ts';
import { isInRepository, isInUse, named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const cached = new WeakMap<FindingContext, ReadonlyMap<string, readonly Configuration[]>>();

/** By agent: what its host connects in a headless run of a folder that nobody trusted. */
function unapproved(context: FindingContext): ReadonlyMap<string, readonly Configuration[]> {
  const known = cached.get(context);
  if (known !== undefined) return known;
  const all = configuredServers(context).flatMap((server) => {
    const agents = new Set(
      statesOf(server)
        .filter(({ state, context: where }) => state === 'connects without approval' && /headless/.test(where))
        .map(({ agent }) => agent),
    );
    return configurationsInUse(server).filter((one) => agents.has(one.agent) && isInRepository(one.facts.place));
  });
  const found = Map.groupBy(all, (one) => one.agent);
  cached.set(context, found);
  return found;
}

export const headlessServerConnect: Rule = {
  id: 'headless-server-connect',
  title: 'Servers of a repository connect without approval in headless runs',
  version: 1,
  why: 'A pipeline that opens the folder starts programs and sends tokens to addresses that the repository names.',
  fix: 'Run headless with a list of servers of your own (`--strict-mcp-config`), or with managed settings that name the allowed ones.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-MCP-2025:MCP09:2025', 'OWASP-AISVS:10.1.2'),
  kinds: ['agent'],
  subjects: (context) =>
    context.all('agent').filter((agent) => isInUse(agent) && agent.properties['host'] === 'claude-code'),
  judge(agent, context): readonly Judgement[] {
    const open = unapproved(context).get(agent.key) ?? [];
    const [first] = open.toSorted((one, other) => one.facts.line - other.facts.line);
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name}: ${named(open.map(({ name }) => name))} connect in a headless run although nobody trusted the folder.`,
        evidence: first.at(),
        detail: '',
      },
    ];
  },
};
