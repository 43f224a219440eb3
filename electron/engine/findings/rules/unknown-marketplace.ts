import type { FindingContext } from '../context.ts';
import { evidenceInOwnFile, isInUse, placedOf, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Marketplaces that the host brings along. Claude Code documentation 2026-08-22. */
const builtIn = new Set(['claude-plugins-official', 'claude-code-plugins', 'builtin', 'skills-dir']);

function knownMarketplaces(context: FindingContext): ReadonlySet<string> {
  return new Set([
    ...builtIn,
    ...context
      .all('agent')
      .filter((agent) => 'marketplaces' in agent.properties)
      .flatMap((agent) => placedOf(agent, 'marketplaces').map(({ name }) => textOf(name))),
    ...context
      .all('plugin')
      .flatMap((plugin) => recordsOf(plugin.properties['marketplaces']).map(({ name }) => textOf(name))),
  ]);
}

const cached = new WeakMap<FindingContext, ReadonlySet<string>>();

export const unknownMarketplace: Rule = {
  id: 'unknown-marketplace',
  title: 'A plugin of a marketplace that nothing describes',
  version: 1,
  why: 'Where its code comes from is decided by whatever each machine has under that name.',
  fix: 'Name the marketplace with its address in the settings that enable the plugin, or drop the plugin.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-AST:AST07', 'NIST-SP-800-53:CM-7(5)'),
  kinds: ['plugin'],
  subjects: (context) =>
    context
      .all('plugin')
      .filter(
        (plugin) =>
          isInUse(plugin) && textOf(plugin.properties['marketplace']) !== '' && plugin.properties['enabled'] === true,
      ),
  judge(plugin, context): readonly Judgement[] {
    let known = cached.get(context);
    if (known === undefined) {
      known = knownMarketplaces(context);
      cached.set(context, known);
    }
    const name = textOf(plugin.properties['marketplace']);
    if (known.has(name)) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: 'medium',
        message: `${plugin.name} is enabled from the marketplace ${name}; no settings that were read say where that is.`,
        evidence: evidenceInOwnFile(plugin, null),
        detail: '',
      },
    ];
  },
};
