import { editorUserLocations } from '../host/editor-places.ts';
import { type Host, HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { modelFacts } from '../host/models.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { entryOf, linedTexts, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource, Linker, Location } from '../source.ts';

/** Excerpts of vendor pages and guides (2026); nothing of it was seen on an installation. */
export const antigravity: Host = {
  id: 'antigravity',
  title: 'Antigravity',
  transcripts: [
    { place: '~/.gemini/antigravity/conversations/*.pb', confidence: 'low' },
    { place: '~/.gemini/antigravity/brain/**', confidence: 'low' },
    { place: '~/.gemini/antigravity-cli/conversations/**', confidence: 'low' },
  ],
};
const product = { product: 'antigravity', productTitle: 'Google Antigravity' } as const;
const markdown = { ...product, host: antigravity };

/** Remote servers are named by `serverUrl`; whether `url` alone is read was not verified. */
const server: ServerAdapter = (raw, node) => ({
  raw,
  extra: {
    ...(raw.command === null && raw.url !== null && nodeOf(node, 'serverUrl') === undefined
      ? { needsVerification: 'this file is said to name remote servers by serverUrl; url may not be read' }
      : {}),
    ...(scalarText(nodeOf(node, 'authProviderType')) === undefined ? {} : { oauth: true }),
  },
});

const home = (path: string, confidence: Location['confidence'] = 'medium'): Location => ({
  scope: 'user',
  base: 'home',
  path,
  ...(confidence === undefined ? {} : { confidence }),
});
const project = (path: string, confidence: Location['confidence'] = 'medium'): Location => ({
  scope: 'project',
  base: 'project',
  path,
  ...(confidence === undefined ? {} : { confidence }),
});

export const antigravityMcp: FileSource = {
  kind: 'file',
  id: 'antigravity/mcp',
  version: 1,
  title: 'Antigravity MCP servers',
  ...product,
  locations: [
    home('.gemini/antigravity/mcp_config.json'),
    home('.gemini/config/mcp_config.json'),
    project('.agents/mcp_config.json'),
    project('.gemini/mcp_config.json'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (file.text.trim() === '') return builder.done();
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, antigravity);
    const servers = entryOf(opened.root, 'mcpServers');
    const confidence = confidenceOf(file);
    serversFacts(builder, {
      entry: servers,
      context: {
        host: antigravity.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
      },
      adapt: server,
    });
    facts.emit(servers ?? opened.root, confidence);
    return builder.done();
  },
};

/** Settings of the command line: how it asks, its sandbox, the folders that are trusted. */
export const antigravitySettings: FileSource = {
  kind: 'file',
  id: 'antigravity/settings',
  version: 1,
  title: 'Antigravity CLI settings',
  ...product,
  locations: [
    home('.gemini/antigravity-cli/settings.json', 'low'),
    ...editorUserLocations('settings.json', 'low', ['Antigravity']),
  ],
  emits: ['agent', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, antigravity);
    const isEditor = file.place.includes('/User/');
    let concerned = !isEditor;
    for (const list of ['allow', 'deny', 'ask']) {
      const entry = entryOf(root, 'permissions', list);
      if (entry !== undefined && !isEditor) facts.permission(list, entry.node);
    }
    for (const key of ['antigravity.terminalAutoExecutionPolicy', 'antigravity.artifactReviewPolicy']) {
      concerned ||= entryOf(root, key) !== undefined;
      facts.value('modes', key, entryOf(root, key));
    }
    if (!isEditor) {
      facts.value('modes', 'toolPermission', entryOf(root, 'toolPermission'));
      facts.value('sandbox', 'enableTerminalSandbox', entryOf(root, 'enableTerminalSandbox'));
      facts.value('settings', 'enableTelemetry', entryOf(root, 'enableTelemetry'));
      for (const item of linedTexts(nodeOf(root, 'trustedWorkspaces')).slice(0, 2000))
        facts.located('projects', item, { path: item.text.slice(0, 1000), trusted: true });
      const model = entryOf(root, 'model');
      const id = textOf(model?.node);
      if (model !== undefined && id !== undefined)
        modelFacts(builder, facts.ref, id, model, { host: antigravity.id, confidence: 'low' });
    }
    if (concerned) facts.emit(root, 'low');
    else builder.note('no key of Antigravity: no facts taken');
    return builder.done();
  },
};

export const antigravitySkills: FileSource = skillsSource(markdown, {
  id: 'antigravity/skills',
  title: 'Antigravity skills',
  locations: [home('.gemini/antigravity/skills/**/SKILL.md'), project('.agent/skills/**/SKILL.md')],
});

export const antigravityRules: FileSource = rulesSource(markdown, {
  id: 'antigravity/rules',
  title: 'Antigravity rules',
  locations: [project('.agent/rules/**/*.md'), project('.agents/rules/**/*.md', 'low')],
});

export const antigravityWorkflows: FileSource = commandsSource(markdown, {
  id: 'antigravity/workflows',
  title: 'Antigravity workflows',
  roots: ['workflows', 'global_workflows'],
  locations: [
    home('.gemini/antigravity/global_workflows/*.md', 'low'),
    project('.agent/workflows/**/*.md', 'low'),
    project('.agents/workflows/**/*.md', 'low'),
  ],
});

export const antigravityPlugins: FileSource = {
  kind: 'file',
  id: 'antigravity/plugins',
  version: 1,
  title: 'Antigravity plugins',
  ...product,
  locations: [home('.gemini/config/plugins/*/plugin.json', 'low')],
  emits: ['agent', 'plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, antigravity);
    const folder = file.place.split('/').slice(0, -1).join('/');
    const version = scalarText(nodeOf(opened.root, 'version'));
    const lines = linesOf(opened.root);
    const plugin = builder.asset({
      kind: 'plugin',
      key: `${antigravity.id}:${folder}`,
      name: maskText(textOf(nodeOf(opened.root, 'name'))?.trim().slice(0, 200) || (folder.split('/').at(-1) ?? folder)),
      properties: {
        host: antigravity.id,
        root: folder,
        scope: file.scope,
        ...(version === undefined ? {} : { version: maskText(version.slice(0, 100)) }),
      },
      lines,
      confidence: 'low',
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: plugin, lines, confidence: 'low' });
    facts.emit(opened.root, 'low');
    return builder.done();
  },
};

export const antigravityLinker: Linker = serverWinnersLinker({
  host: antigravity,
  order: ['managed', 'project', 'user'],
  why: 'the file of the project counts before the one of the user',
});
