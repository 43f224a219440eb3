import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, homeLocations } from '../host/location.ts';
import { agentsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { modelFacts } from '../host/models.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { type Entry, entriesOf, entryOf, type MapNode, nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileInput, FileSource, Linker, Location } from '../source.ts';
import { devin, devinFolders, devinProduct as product } from './product.ts';

const markdown = { ...product, host: devin };

/** The files of this agent name remote servers by `url`. */
const devinServer: ServerAdapter = (raw, node) => ({
  raw,
  extra:
    raw.command === null && nodeOf(node, 'url') === undefined && raw.url !== null
      ? { needsVerification: 'this file documents url; serverUrl may not be read' }
      : {},
});

/** What a project may set; everything else counts in the user's file only (vendor documentation, Devin CLI configuration). */
const projectKeys = new Set(['permissions', 'mcpServers', 'read_config_from', 'hooks', '$schema']);
/** The loader's key and, of older files, its other spelling. */
const serverKeys = ['mcpServers'] as const;

const projectConfig = (name: string, scope: 'project' | 'local'): Location => ({
  scope,
  base: 'project',
  path: `.devin/${name}`,
  confidence: 'medium',
});

/** `config.json`: model, permissions, sandbox, what is imported of other hosts. JSON with comments. */
export const devinConfig: FileSource = {
  kind: 'file',
  id: 'devin/config',
  version: 1,
  title: 'Devin configuration',
  ...product,
  locations: [
    ...homeLocations(devinFolders, 'config.json', 'medium'),
    projectConfig('config.json', 'project'),
    projectConfig('config.local.json', 'local'),
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, devin);
    const confidence = confidenceOf(file);
    for (const list of ['deny', 'ask', 'allow'])
      if (entryOf(root, 'permissions', list) !== undefined) facts.permission(list, nodeOf(root, 'permissions', list));
    serversOf(builder, facts, root, file);
    hooksFacts(builder, entryOf(root, 'hooks'), { host: devin.id, owner: facts.ref, confidence });
    for (const entry of entriesOf(nodeOf(root, 'read_config_from')))
      facts.value('settings', `read_config_from.${entry.key.slice(0, 100)}`, entry);
    if (file.scope === 'user') {
      const model = entryOf(root, 'agent', 'model');
      const id = textOf(model?.node);
      if (model !== undefined && id !== undefined)
        modelFacts(builder, facts.ref, id, model, { host: devin.id, confidence });
      for (const entry of entriesOf(nodeOf(root, 'sandbox')))
        facts.value('sandbox', `sandbox.${entry.key.slice(0, 100)}`, entry);
      for (const path of [['agent', 'permission_mode'], ['permission_mode']] as const)
        facts.value('modes', path.join('.'), entryOf(root, ...path));
    } else
      for (const entry of entriesOf(root))
        if (!projectKeys.has(entry.key))
          facts.located('inert', entry, {
            key: entry.key.slice(0, 200),
            why: 'only the user file sets this: a project sets permissions, servers, imports and hooks',
          });
    facts.emit(root, confidence);
    return builder.done();
  },
};

function serversOf(builder: ReadingBuilder, facts: HostAgentFacts, root: MapNode, file: FileInput): void {
  for (const key of serverKeys)
    serversFacts(builder, {
      entry: entryOf(root, key),
      context: {
        host: devin.id,
        user: facts.ref,
        scope: file.scope,
        where: key,
        anchor: file.anchor,
        confidence: confidenceOf(file),
      },
      adapt: devinServer,
    });
}

/** `mcp_config.json`, the file of the desktop application. Excerpt of the vendor's documentation (2026). */
export const devinMcp: FileSource = {
  kind: 'file',
  id: 'devin/mcp',
  version: 1,
  title: 'Devin MCP servers',
  ...product,
  locations: [
    ...homeLocations(devinFolders, 'mcp_config.json', 'medium'),
    { scope: 'project', base: 'project', path: '.devin/mcp_config.json', confidence: 'medium' },
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, devin);
    serversOf(builder, facts, opened.root, file);
    facts.emit(entryOf(opened.root, 'mcpServers') ?? opened.root, confidenceOf(file));
    return builder.done();
  },
};

/** `hooks.v1.json`: the events stand at the top, in the form of Claude Code (vendor documentation, Devin CLI hooks). */
export const devinHooks: FileSource = {
  kind: 'file',
  id: 'devin/hooks',
  version: 1,
  title: 'Devin hooks',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.devin/hooks.v1.json', confidence: 'medium' },
    ...homeLocations(devinFolders, 'hooks.v1.json', 'low'),
  ],
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, devin);
    const nested = entryOf(opened.root, 'hooks');
    const top: Entry = { key: 'hooks', line: 1, endLine: opened.root.endLine, node: opened.root };
    hooksFacts(builder, nested?.node.kind === 'map' ? nested : top, {
      host: devin.id,
      owner: facts.ref,
      confidence: confidenceOf(file),
    });
    facts.emit(opened.root, confidenceOf(file));
    return builder.done();
  },
};

export const devinRules: FileSource = rulesSource(markdown, {
  id: 'devin/rules',
  title: 'Devin rules',
  locations: [
    ...homeLocations(devinFolders, 'AGENTS.md', 'medium'),
    { scope: 'project', base: 'project', path: '.devin/rules/**/*.md', confidence: 'medium' },
  ],
});

export const devinSkills: FileSource = skillsSource(markdown, {
  id: 'devin/skills',
  title: 'Devin skills',
  locations: [
    ...homeLocations(devinFolders, 'skills/*/SKILL.md', 'medium'),
    { scope: 'project', base: 'project', path: '.devin/skills/**/SKILL.md', confidence: 'medium' },
  ],
});

export const devinAgents: FileSource = agentsSource(markdown, {
  id: 'devin/agents',
  title: 'Devin sub-agents',
  framework: 'devin-subagent',
  needs: 'header',
  locations: [
    ...homeLocations(devinFolders, 'agents/*/AGENT.md', 'medium'),
    { scope: 'project', base: 'project', path: '.devin/agents/*/AGENT.md', confidence: 'medium' },
  ],
});

/** Project before user, the personal file of the project before both (vendor documentation, Devin CLI configuration). */
export const devinLinker: Linker = serverWinnersLinker({
  host: devin,
  order: ['managed', 'local', 'project', 'user'],
  why: 'the file of the project counts before the one of the user',
});
