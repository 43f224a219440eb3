import { type Configuration, configurationsInUse, configuredServers } from '../configurations.ts';
import type { FindingContext } from '../context.ts';
import { isInRepository, named, recordOf, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** The project that a configuration speaks for: its anchor; all files of a home are one. */
const worldOf = (one: Configuration): string =>
  isInRepository(one.facts.place) ? textOf(one.facts['anchor']) : one.facts.place.startsWith('~') ? '~' : '';

const cached = new WeakMap<FindingContext, ReadonlyMap<string, readonly Configuration[]>>();

/** Configurations of one name in one project. */
function namesakes(context: FindingContext): ReadonlyMap<string, readonly Configuration[]> {
  const known = cached.get(context);
  if (known !== undefined) return known;
  const all = configuredServers(context).flatMap((server) => configurationsInUse(server));
  const found = Map.groupBy(all, (one) => `${worldOf(one)}\0${one.name.toLowerCase()}`);
  cached.set(context, found);
  return found;
}

/** What is reached, without versions and arguments: the same package at another version is the same server. */
const programOf = (one: Configuration): string =>
  textOf(recordOf(one.facts['supplyChain'])['name']) ||
  textOf(one.facts['url']) ||
  `${textOf(one.facts['command'])} ${one.args.filter((word) => !word.startsWith('-')).join(' ')}`;

export const sameNameDifferentServer: Rule = {
  id: 'same-name-different-server',
  title: 'One name means different servers',
  version: 1,
  why: 'Rules and people speak of the name: what is approved for one is applied to the other, with another account behind it.',
  fix: 'Give each its own name, or configure the same program everywhere.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-MCP-2025:MCP03:2025', 'OWASP-MCP-2025:MCP09:2025'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server, context): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const others = (namesakes(context).get(`${worldOf(one)}\0${one.name.toLowerCase()}`) ?? []).filter(
        (other) => other.host !== one.host && programOf(other) !== programOf(one),
      );
      // Told once, at the one whose place comes first.
      const [first] = others;
      if (first === undefined || others.some((other) => other.facts.place < one.facts.place)) return [];
      const all = [one, ...others];
      const sensitive = all.some(
        ({ facts }) =>
          ['database', 'cloud-service'].includes(textOf(recordOf(facts['target'])['kind'])) ||
          textsOf(facts['secretRefs']).length > 0 ||
          (Array.isArray(facts['literalSecrets']) && facts['literalSecrets'].length > 0),
      );
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: sensitive ? 'content' : 'insider', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} is ${programOf(one)} for ${one.host} and ${named(others.map((other) => `${programOf(other)} for ${other.host}`))}.`,
          evidence: all.flatMap((other) => other.at()),
          detail: one.name,
        },
      ];
    });
  },
};
