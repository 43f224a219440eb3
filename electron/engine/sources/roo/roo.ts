import { editorSettingsLocations, extensionStorageLocations } from '../host/editor-places.ts';
import type { Confidence } from '../../../../shared/kinds.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { entryOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Linker, Location } from '../source.ts';
import { roo, rooExtension, rooProduct as product } from './product.ts';
import { readModes, readRooServers } from './readers.ts';

const markdown = { ...product, host: roo };
const project = (path: string, confidence: Confidence = 'high'): Location => ({
  scope: 'project',
  base: 'project',
  path,
  confidence,
});
const home = (path: string): Location => ({ scope: 'user', base: 'home', path });

export const rooMcp: FileSource = {
  kind: 'file',
  id: 'roo-code/mcp',
  version: 1,
  title: 'Roo Code MCP servers',
  ...product,
  locations: [
    project('.roo/mcp.json'),
    ...extensionStorageLocations(rooExtension, 'settings/mcp_settings.json'),
    ...extensionStorageLocations(rooExtension, 'settings/cline_mcp_settings.json', 'low'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => readRooServers(file, roo),
};

/** `.roomodes` counts before the user's `custom_modes.yaml`. */
export const rooModes: FileSource = {
  kind: 'file',
  id: 'roo-code/modes',
  version: 1,
  title: 'Roo Code modes',
  ...product,
  locations: [project('.roomodes'), ...extensionStorageLocations(rooExtension, 'settings/custom_modes.yaml')],
  emits: ['agent', 'prompt'],
  read: (file) => readModes(file, roo, 'roo-mode'),
};

const commandLists = [
  ['allow', 'allowedCommands'],
  ['deny', 'deniedCommands'],
] as const;

/** Command lists of the editor's settings. What is switched in the panel lies in the editor's database and is not read. */
export const rooSettings: FileSource = {
  kind: 'file',
  id: 'roo-code/settings',
  version: 1,
  title: 'Roo Code settings in the editor',
  ...product,
  locations: editorSettingsLocations(),
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, roo);
    let first: { readonly line: number; readonly endLine: number } | null = null;
    for (const [list, key] of commandLists) {
      const entry = entryOf(opened.root, `roo-cline.${key}`);
      if (entry === undefined) continue;
      first ??= entry;
      facts.permission(list, entry.node);
    }
    for (const key of ['useAgentRules', 'autoImportSettingsPath', 'customStoragePath', 'commandTimeoutAllowlist']) {
      const entry = entryOf(opened.root, `roo-cline.${key}`);
      first ??= entry ?? null;
      facts.value('settings', `roo-cline.${key}`, entry);
    }
    if (first !== null) facts.emit(first, confidenceOf(file));
    else builder.note('no key of Roo Code: no facts taken');
    return builder.done();
  },
};

export const rooRules: FileSource = rulesSource(markdown, {
  id: 'roo-code/rules',
  title: 'Roo Code rules',
  locations: [
    project('.roo/rules*/**/*.md'),
    project('.roo/rules*/**/*.txt'),
    project('.roorules'),
    project('.roorules-*'),
    home('.roo/rules*/**/*.md'),
    home('.roo/rules*/**/*.txt'),
  ],
  more: (file) => {
    const mode = /(?:rules|\.roorules)-([A-Za-z0-9-]{1,100})(?:\/|$)/.exec(file.place)?.[1];
    return mode === undefined ? {} : { forMode: mode };
  },
});

export const rooSkills: FileSource = skillsSource(markdown, {
  id: 'roo-code/skills',
  title: 'Roo Code skills',
  locations: [project('.roo/skills*/*/SKILL.md'), home('.roo/skills*/*/SKILL.md')],
});

export const rooCommands: FileSource = commandsSource(markdown, {
  id: 'roo-code/commands',
  title: 'Roo Code commands',
  roots: ['commands'],
  locations: [project('.roo/commands/**/*.md'), home('.roo/commands/**/*.md')],
});

export const rooLinker: Linker = serverWinnersLinker({
  host: roo,
  order: ['managed', 'project', 'user'],
  why: 'the server of the project replaces the one of the user',
});
