import { type Entry, scalarText } from '../parse/node.ts';
import { classifyValue } from '../parse/secrets.ts';
import type { HostAgentFacts } from './host-agent.ts';

/**
 * A setting that holds or names a credential (`provider.x.options.apiKey`). Gives the references in it; a secret that is
 * written out becomes a literal secret of the host's agent, by place and kind.
 */
export function secretSetting(facts: HostAgentFacts, where: string, entry: Entry | undefined): readonly string[] {
  const value = scalarText(entry?.node);
  if (entry === undefined || value === undefined) return [];
  const judged = classifyValue(entry.key, value);
  if (judged.kind === 'literal-secret') {
    facts.located('literalSecrets', entry, { where, kind: judged.secret });
    facts.credential(where, entry, 'literal', judged.secret, entry.key);
    return judged.references;
  }
  if (judged.kind !== 'reference') return [];
  for (const reference of judged.references) {
    const name = reference.slice(reference.indexOf(':') + 1);
    if (!reference.startsWith('file:')) facts.credential(name, entry, 'reference', null, entry.key);
  }
  return judged.references;
}
