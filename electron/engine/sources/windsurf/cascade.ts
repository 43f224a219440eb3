import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { editorUserLocations } from '../host/editor-places.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { entryOf, itemsOf, nodeOf, scalarText } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Linker, Location } from '../source.ts';
import { machineFolders, windsurf, windsurfProduct as product } from './product.ts';

const markdown = { ...product, host: windsurf };

/**
 * Remote servers are named by `serverUrl` in this file. Newer pages of the vendor name `url` beside it, older ones do not,
 * and which builds take it was not seen: an entry with `url` alone may not be read.
 */
const cascadeServer: ServerAdapter = (raw, node) => ({
  raw: {
    ...raw,
    ...(nodeOf(node, 'serverUrl') === undefined
      ? {}
      : { url: scalarText(nodeOf(node, 'serverUrl')) ?? null, urlLine: nodeOf(node, 'serverUrl')?.line ?? raw.line }),
  },
  extra:
    raw.command === null && raw.url !== null && nodeOf(node, 'serverUrl') === undefined
      ? { needsVerification: 'this file documents serverUrl; url may not be read' }
      : {},
});

/** `mcp_config.json` of Cascade. Vendor documentation, excerpts (2026). */
export const windsurfMcp: FileSource = {
  kind: 'file',
  id: 'windsurf/mcp',
  version: 1,
  title: 'Windsurf MCP servers',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.codeium/windsurf/mcp_config.json', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.codeium/windsurf-next/mcp_config.json', confidence: 'low' },
    { scope: 'user', base: 'home', path: '.codeium/mcp_config.json', confidence: 'medium' },
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, windsurf);
    const confidence = confidenceOf(file);
    const servers = entryOf(opened.root, 'mcpServers');
    serversFacts(builder, {
      entry: servers,
      context: {
        host: windsurf.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
      },
      adapt: cascadeServer,
    });
    facts.emit(servers ?? opened.root, confidence);
    return builder.done();
  },
};

/** Hooks of every level run together: machine, user, workspace. Vendor documentation, Cascade Hooks (2026). */
export const windsurfHooks: FileSource = {
  kind: 'file',
  id: 'windsurf/hooks',
  version: 1,
  title: 'Windsurf hooks',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'hooks.json', 'medium'),
    { scope: 'user', base: 'home', path: '.codeium/windsurf/hooks.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.windsurf/hooks.json', confidence: 'medium' },
  ],
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, windsurf);
    const confidence = confidenceOf(file);
    hooksFacts(builder, entryOf(opened.root, 'hooks'), { host: windsurf.id, owner: facts.ref, confidence });
    facts.emit(entryOf(opened.root, 'hooks') ?? opened.root, confidence);
    return builder.done();
  },
};

/** Command lists and the level of automatic execution in the editor's settings. Key names are unverified. */
export const windsurfSettings: FileSource = {
  kind: 'file',
  id: 'windsurf/settings',
  version: 1,
  title: 'Windsurf editor settings',
  ...product,
  locations: editorUserLocations('settings.json', 'low', ['Windsurf', 'Windsurf - Next', 'Devin']),
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, windsurf);
    let found = false;
    for (const [list, key] of [
      ['allow', 'windsurf.cascadeCommandsAllowList'],
      ['deny', 'windsurf.cascadeCommandsDenyList'],
    ] as const) {
      const entry = entryOf(root, key);
      if (entry === undefined) continue;
      found = true;
      facts.permission(list, entry.node);
      if (itemsOf(entry.node).length === 0) facts.value('settings', key, entry);
    }
    for (const key of [
      'windsurf.autoExecutionPolicy',
      'windsurf.cascadeAutoExecutionPolicy',
      'windsurf.cascadeCommandsAutoExecution',
    ]) {
      found ||= entryOf(root, key) !== undefined;
      facts.value('modes', key, entryOf(root, key));
    }
    if (found) facts.emit(root, 'low');
    else builder.note('no key of Windsurf: no facts taken');
    return builder.done();
  },
};

const ruleLocations: readonly Location[] = [
  { scope: 'user', base: 'home', path: '.codeium/windsurf/memories/global_rules.md', confidence: 'medium' },
  { scope: 'project', base: 'project', path: '.windsurf/rules/**/*.md', confidence: 'medium' },
  { scope: 'project', base: 'project', path: '.windsurfrules', confidence: 'medium' },
  ...machineLocations(machineFolders, 'rules/*.md', 'low'),
];

/** Rules; `trigger` says when: always_on, model_decision, glob, manual. */
export const windsurfRules: FileSource = rulesSource(markdown, {
  id: 'windsurf/rules',
  title: 'Windsurf rules',
  locations: ruleLocations,
});

export const windsurfWorkflows: FileSource = commandsSource(markdown, {
  id: 'windsurf/workflows',
  title: 'Windsurf workflows',
  roots: ['workflows', 'global_workflows'],
  locations: [
    { scope: 'user', base: 'home', path: '.codeium/windsurf/global_workflows/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.windsurf/workflows/**/*.md', confidence: 'medium' },
    ...machineLocations(machineFolders, 'workflows/*.md', 'low'),
  ],
});

export const windsurfSkills: FileSource = skillsSource(markdown, {
  id: 'windsurf/skills',
  title: 'Windsurf skills',
  locations: [
    { scope: 'user', base: 'home', path: '.codeium/windsurf/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.windsurf/skills/**/SKILL.md', confidence: 'medium' },
    ...machineLocations(machineFolders, 'skills/*/SKILL.md', 'medium'),
  ],
});

export const windsurfLinker: Linker = serverWinnersLinker({
  host: windsurf,
  order: ['managed', 'project', 'user'],
  why: 'one file configures the servers of Cascade',
});
