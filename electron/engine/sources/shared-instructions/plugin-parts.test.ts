import { expect, test } from 'vitest';
import { claudeCodeSkills } from '../claude-code/definitions.ts';
import { claudeCodeMcp } from '../claude-code/mcp-json.ts';
import { claudeCodeMarketplaces, claudeCodePluginParts, claudeCodePlugins } from '../claude-code/plugins.ts';
import { geminiExtensions } from '../gemini/definitions.ts';
import { json, linkedRelations, type PlacedText } from '../reading.test-support.ts';
import { looseSkills } from './agents-md.ts';
import { pluginPartsLinker } from './plugin-parts.ts';

const relations = (...files: readonly PlacedText[]): readonly string[] => linkedRelations([pluginPartsLinker], files);
const skill = (name: string, anchor = 'repo'): PlacedText => ({
  source: looseSkills,
  path: 'SKILL.md',
  text: `---\nname: ${name}\n---\n`,
  anchor: `${anchor}/skills/${name}`,
});
const manifest = (anchor: string, name: string): PlacedText => ({
  source: claudeCodePlugins,
  path: '.claude-plugin/plugin.json',
  text: json({ name }),
  anchor,
});

test('one folder that is the plugin of two hosts: each exposes what it can bring', () => {
  expect(
    relations(
      manifest('repo', 'for claude'),
      { source: geminiExtensions, path: 'gemini-extension.json', text: json({ name: 'for gemini' }) },
      skill('s'),
      {
        source: claudeCodePluginParts,
        path: 'commands/*.md',
        text: '---\ndescription: d\n---\n',
        place: 'repo/commands/go.md',
      },
    ),
  ).toEqual(['for claude exposes s', 'for gemini exposes s', 'for claude exposes /go']);
});

test('a marketplace that cuts one folder into plugins: each exposes the parts that it names', () => {
  const text = json({
    name: 'm',
    plugins: [
      { name: 'a', source: './', skills: ['./skills/x'] },
      { name: 'b', source: './', skills: ['./skills/y'] },
    ],
  });
  expect(
    relations(
      { source: claudeCodeMarketplaces, path: '.claude-plugin/marketplace.json', text },
      skill('x'),
      skill('y'),
      skill('xy'),
    ),
  ).toEqual(['a exposes x', 'b exposes y']);
});

test('a manifest adds folders to the usual ones', () => {
  const text = json({ name: 'p', skills: './.claude/skills' });
  expect(
    relations({ source: claudeCodePlugins, path: '.claude-plugin/plugin.json', text }, skill('usual'), {
      source: claudeCodeSkills,
      path: '.claude/skills/**/SKILL.md',
      text: '---\nname: added\n---\n',
      place: 'repo/.claude/skills/added/SKILL.md',
    }).toSorted(),
  ).toEqual(['p exposes added', 'p exposes usual']);
});

test('the nearest plugin owns a part; servers of a folder of plugins need no manifest', () => {
  expect(
    relations(manifest('repo', 'outer'), manifest('repo/plugins/p', 'inner'), skill('s', 'repo/plugins/p'), {
      source: claudeCodeMcp,
      path: '.mcp.json',
      text: json({ mcpServers: { server: { command: 'node' } } }),
      anchor: 'repo/plugins/q',
    }),
  ).toEqual(['inner exposes s', 'q exposes server']);
});
