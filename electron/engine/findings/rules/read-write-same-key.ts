import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { toolsInUse } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const toolsWith = (credential: StoredAsset, context: FindingContext): readonly StoredAsset[] => {
  const known = new Set(toolsInUse(context).map(({ key }) => key));
  return context
    .incoming(credential, 'authenticates-with')
    .filter(({ from }) => from.kind === 'tool' && known.has(from.key))
    .flatMap((relation) => context.source(relation) ?? []);
};

/** Stores that a tool changes; files that it writes beside are none of this credential. */
const changed = (tool: StoredAsset, context: FindingContext): readonly string[] =>
  [...context.outgoing(tool, 'writes'), ...context.outgoing(tool, 'deletes')]
    .map(({ to }) => to.key)
    .filter((key) => !key.startsWith('files:'));

const onlyRead = (tool: StoredAsset, context: FindingContext): readonly string[] => {
  const changes = changed(tool, context);
  return context
    .outgoing(tool, 'reads')
    .map(({ to }) => to.key)
    .filter((key) => !changes.includes(key));
};

export const readWriteSameKey: Rule = {
  id: 'read-write-same-key',
  title: 'Tools that read and tools that change use one key',
  version: 1,
  why: 'The tools that only read hold a key that can change everything: a fault in one of them is enough.',
  fix: 'Give the reading tools a restricted key.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI5:2025', 'NIST-SP-800-53:AC-6'),
  kinds: ['credential'],
  subjects: (context) => context.all('credential').filter((credential) => toolsWith(credential, context).length > 1),
  judge(credential, context): readonly Judgement[] {
    const tools = toolsWith(credential, context);
    const written = tools.flatMap((tool) => changed(tool, context));
    const readers = tools.filter((tool) => onlyRead(tool, context).some((key) => written.includes(key)));
    const writers = tools.filter((tool) => changed(tool, context).length > 0);
    const [first] = context
      .incoming(credential, 'authenticates-with')
      .filter(({ from }) => readers.some(({ key }) => key === from.key));
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: 'medium',
        message: `${named(readers.map(({ name }) => name))} read and ${named(writers.map(({ name }) => name))} change with ${credential.name}.`,
        evidence: first.evidence.slice(0, 1),
        detail: '',
      },
    ];
  },
};
