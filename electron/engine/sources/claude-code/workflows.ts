import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf } from '../host/location.ts';
import { structuredSource } from '../host/structured-source.ts';
import { jsonOf } from '../host/host-agent.ts';
import { placedRef } from '../keys.ts';
import { booleanOf, entriesOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';
import { claudeCode, product } from './product.ts';

/** Text of a plain member of the `meta` block. */
const metaText = (text: string, key: string): string | undefined =>
  new RegExp(`\\b${key}\\s{0,3}:\\s{0,3}(?:"([^"\\n]{1,500})"|'([^'\\n]{1,500})'|\`([^\`\\n]{1,500})\`)`)
    .exec(text.slice(0, 20_000))
    ?.slice(1)
    .find((part) => part !== undefined);

/**
 * Workflows: scripts that start agents one after another or side by side. The program of 2.1.329 names both places
 * (@anthropic-ai/claude-code-linux-x64). The script is not run and not understood: name, description and digest.
 */
export const claudeCodeWorkflows: FileSource = {
  kind: 'file',
  id: 'claude-code/workflows',
  version: 1,
  title: 'Claude Code workflows',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.claude/workflows/*.js' },
    { scope: 'project', base: 'project', path: '.claude/workflows/*.js' },
  ],
  emits: ['agent', 'skill'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (file.text.trim() === '') {
      builder.note('an empty script: no facts taken');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, claudeCode);
    const confidence = confidenceOf(file);
    const description = metaText(file.text, 'description');
    const stem = (file.place.split('/').at(-1) ?? file.place).replace(/\.js$/, '');
    const lines = wholeFile(file.text);
    const ref = builder.asset({
      ...placedRef('skill', file),
      name: maskText(metaText(file.text, 'name') ?? stem),
      properties: {
        host: claudeCode.id,
        type: 'workflow',
        scope: file.scope,
        runsCode: true,
        startsAgents: /\b(?:agent|parallel|pipeline)\s{0,3}\(/.test(file.text.slice(0, 200_000)),
        ...(description === undefined ? {} : { description: maskText(description) }),
        sha256: file.sha256,
      },
      lines,
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: ref, lines, confidence });
    facts.emit({ line: 1, endLine: 1 }, confidence);
    return builder.done();
  },
};

/** Marketplaces that were added, with where they come from. The program of 2.1.329 names the file; its form is unverified. */
export const claudeCodeKnownMarketplaces: FileSource = structuredSource(
  { ...product, host: claudeCode },
  {
    id: 'claude-code/known-marketplaces',
    title: 'Claude Code marketplaces',
    format: 'json',
    locations: [{ scope: 'user', base: 'home', path: '.claude/plugins/known_marketplaces.json', confidence: 'medium' }],
  },
  ({ facts, root }) => {
    for (const entry of entriesOf(root)) {
      const source = nodeOf(entry.node, 'source');
      const commit = textOf(nodeOf(source, 'sha')) ?? textOf(nodeOf(entry.node, 'commit'));
      if (source === undefined) continue;
      facts.located('marketplaces', entry, {
        name: entry.key.slice(0, 200),
        source: jsonOf(source, 3),
        integrity: commit === undefined ? { kind: 'none' } : { kind: 'commit', value: commit.slice(0, 64) },
        autoUpdate: booleanOf(nodeOf(entry.node, 'autoUpdate')) ?? null,
        lastUpdated: scalarText(nodeOf(entry.node, 'lastUpdated')) ?? null,
      });
    }
    return undefined;
  },
);
