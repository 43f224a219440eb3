import { evidenceInOwnFile, isInUse, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const remote = /^(?:github|git|url|npm|git-subdir)$/;

export const unpinnedPlugin: Rule = {
  id: 'unpinned-plugin',
  title: 'A plugin without a fixed version',
  version: 1,
  why: 'Its next commit brings hooks, servers and instructions to everybody who has it, and nobody looks.',
  fix: 'Name a commit (`sha`) or a tag (`ref`) that you have read.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-AST:AST07', 'CWE:CWE-494', 'OWASP-AISVS:10.1.1'),
  kinds: ['plugin'],
  subjects: (context) =>
    context
      .all('plugin')
      .filter((plugin) => isInUse(plugin) && remote.test(textOf(recordOf(plugin.properties['source'])['kind']))),
  judge(plugin): readonly Judgement[] {
    const source = recordOf(plugin.properties['source']);
    const reference = textOf(source['reference']);
    if (/^[0-9a-f]{40}$/.test(reference)) return [];
    return [
      {
        outcome: 'found',
        severity:
          reference === ''
            ? severityOf({ impact: 'operational', reach: 'insider', gate: 'none' })
            : severityOf({ impact: 'informational', reach: 'insider', gate: 'none' }),
        confidence: plugin.confidence,
        message:
          reference === ''
            ? `${plugin.name} comes from ${textOf(source['address']) || 'a repository'} without a version.`
            : `${plugin.name} comes from ${textOf(source['address']) || 'a repository'} at ${reference}, which can be moved.`,
        evidence: evidenceInOwnFile(plugin, null),
        detail: '',
      },
    ];
  },
};
