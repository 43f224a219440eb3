import type { Confidence } from '../../../../shared/kinds.ts';
import { extensionStorageLocations } from '../host/editor-places.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { openCodeAgentFacts, openCodeConfig, openCodeRunsShell } from '../host/open-code-config.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Linker, Location } from '../source.ts';
import { kilo, kiloExtension, kiloProduct as product } from './product.ts';
import { readModes, readRooServers } from './readers.ts';

const markdown = { ...product, host: kilo };

/** A path below every folder of definitions: the user's, and the project's under both of its names. */
const below = (confidence: Confidence, ...paths: readonly string[]): readonly Location[] =>
  paths.flatMap((path): Location[] => [
    { scope: 'user', base: 'home', path: `.config/kilo/${path}`, confidence },
    { scope: 'user', base: 'home', path: `.kilo/${path}`, confidence },
    { scope: 'user', base: 'home', path: `.kilocode/${path}`, confidence },
    { scope: 'project', base: 'project', path: `.kilo/${path}`, confidence },
    { scope: 'project', base: 'project', path: `.kilocode/${path}`, confidence },
  ]);

/** `kilo.json` and `.jsonc`: the configuration of OpenCode's engine (Kilo-Org/kilocode, config paths, 2026). */
export const kiloConfig: FileSource = {
  kind: 'file',
  id: 'kilo-code/config',
  version: 1,
  title: 'Kilo Code configuration',
  ...product,
  locations: [
    ...below('high', 'kilo.json', 'kilo.jsonc'),
    { scope: 'project', base: 'project', path: 'kilo.json' },
    { scope: 'project', base: 'project', path: 'kilo.jsonc' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'prompt', 'plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (/(?:^|\/)\.kilo(?:code)?$/.test(file.anchor)) {
      builder.note('in the folder of a project, which is read as such: no facts taken');
      return builder.done();
    }
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, kilo);
    const confidence = confidenceOf(file);
    openCodeConfig({ builder, facts, host: kilo, confidence, framework: 'kilo-agent', refuses: false }, opened.root);
    facts.emit(opened.root, confidence);
    return builder.done();
  },
};

/** The file of the older extension, which the newer one takes over. */
export const kiloMcp: FileSource = {
  kind: 'file',
  id: 'kilo-code/mcp',
  version: 1,
  title: 'Kilo Code MCP servers',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.kilocode/mcp.json', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.kilocode/cli/global/settings/mcp_settings.json', confidence: 'low' },
    ...extensionStorageLocations(kiloExtension, 'settings/mcp_settings.json', 'medium'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => readRooServers(file, kilo),
};

export const kiloModes: FileSource = {
  kind: 'file',
  id: 'kilo-code/modes',
  version: 1,
  title: 'Kilo Code modes',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.kilocodemodes', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.kilocode/cli/global/settings/custom_modes.yaml', confidence: 'medium' },
    ...extensionStorageLocations(kiloExtension, 'settings/custom_modes.yaml'),
  ],
  emits: ['agent', 'prompt'],
  read: (file) => readModes(file, kilo, 'kilo-mode'),
};

export const kiloAgents: FileSource = agentsSource(markdown, {
  id: 'kilo-code/agents',
  title: 'Kilo Code agents',
  framework: 'kilo-agent',
  locations: below('high', 'agent/**/*.md', 'agents/**/*.md'),
  more: (builder, matter) => ({
    tools: 'inherits all',
    ...(matter.header === null ? {} : openCodeAgentFacts(builder, matter.header, false)),
  }),
});

export const kiloRules: FileSource = rulesSource(markdown, {
  id: 'kilo-code/rules',
  title: 'Kilo Code rules',
  locations: [
    ...below('medium', 'rules/**/*.md'),
    { scope: 'project', base: 'project', path: '.kilocode/rules-*/**/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.kilocoderules', confidence: 'low' },
    { scope: 'user', base: 'home', path: '.config/kilo/AGENTS.md', confidence: 'medium' },
  ],
});

export const kiloCommands: FileSource = commandsSource(markdown, {
  id: 'kilo-code/commands',
  title: 'Kilo Code commands and workflows',
  roots: ['command', 'commands', 'workflows'],
  locations: below('medium', 'command/**/*.md', 'commands/**/*.md', 'workflows/**/*.md'),
  runsShell: openCodeRunsShell,
});

export const kiloSkills: FileSource = skillsSource(markdown, {
  id: 'kilo-code/skills',
  title: 'Kilo Code skills',
  locations: below('medium', 'skill/**/SKILL.md', 'skills/**/SKILL.md'),
});

export const kiloLinker: Linker = serverWinnersLinker({
  host: kilo,
  order: ['managed', 'local', 'project', 'user'],
  why: 'keys of the nearer file replace those of the wider one',
  rank: (place) => (/(?:^|\/)\.kilo(?:code)?\//.test(place) ? 2 : 0) + (place.endsWith('.jsonc') ? 1 : 0),
});
