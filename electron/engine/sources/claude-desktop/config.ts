import { type Host, HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, homeLocations } from '../host/location.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entriesOf, entryOf, itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';

export const claudeDesktop: Host = { id: 'claude-desktop', title: 'Claude Desktop' };
const product = { product: 'claude-desktop', productTitle: 'Claude Desktop' } as const;

/** Linux is unverified knowledge; the other two are documented. */
const folders = { macos: 'Library/Application Support/Claude', windows: 'AppData/Roaming/Claude' } as const;

/** `claude_desktop_config.json`: local servers. Servers of the account are not on disk. */
export const claudeDesktopConfig: FileSource = {
  kind: 'file',
  id: 'claude-desktop/config',
  version: 2,
  title: 'Claude Desktop configuration',
  ...product,
  locations: [
    ...homeLocations(folders, 'claude_desktop_config.json'),
    ...homeLocations({ linux: '.config/Claude' }, 'claude_desktop_config.json', 'low'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, claudeDesktop);
    const servers = entryOf(root, 'mcpServers');
    serversFacts(builder, {
      entry: servers,
      context: {
        host: claudeDesktop.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
      },
    });
    for (const entry of entriesOf(nodeOf(root, 'preferences')))
      if (entry.node.kind === 'scalar') facts.value('settings', `preferences.${entry.key}`, entry);
    facts.emit(servers ?? root, confidence);
    return builder.done();
  },
};

/** Desktop extensions: one folder each with a `manifest.json`. Format unverified. */
export const claudeDesktopExtensions: FileSource = {
  kind: 'file',
  id: 'claude-desktop/extensions',
  version: 2,
  title: 'Claude Desktop extensions',
  ...product,
  locations: [
    ...homeLocations(folders, 'Claude Extensions/*/manifest.json', 'low'),
    ...homeLocations({ linux: '.config/Claude' }, 'Claude Extensions/*/manifest.json', 'low'),
  ],
  emits: ['agent', 'plugin', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, claudeDesktop);
    const folder = file.place.split('/').slice(0, -1).join('/');
    const name = entryOf(root, 'name');
    const version = scalarText(nodeOf(root, 'version'));
    const tools = itemsOf(nodeOf(root, 'tools')).flatMap((item) => textOf(nodeOf(item, 'name')) ?? []);
    const description = scalarText(nodeOf(root, 'description'));
    const plugin = builder.asset({
      kind: 'plugin',
      key: `claude-desktop:${folder}`,
      name: scalarText(nodeOf(root, 'display_name')) ?? textOf(name?.node) ?? folder.split('/').at(-1) ?? folder,
      properties: {
        host: claudeDesktop.id,
        root: folder,
        ...(version === undefined ? {} : { version }),
        ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
        tools,
      },
      lines: linesOf(name ?? root),
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: plugin, lines: linesOf(name ?? root), confidence });
    const config = entryOf(root, 'server', 'mcp_config');
    const title = textOf(name?.node) ?? folder;
    if (config !== undefined) {
      const [server] = serversFacts(builder, {
        entry: {
          ...config,
          node: {
            kind: 'map',
            line: config.line,
            endLine: config.endLine,
            entries: new Map([[title, { ...config, key: title }]]),
          },
        },
        context: {
          host: claudeDesktop.id,
          user: null,
          scope: file.scope,
          where: 'server',
          anchor: folder,
          confidence,
          extra: { plugin: folder },
        },
      });
      if (server !== undefined)
        builder.relation({ kind: 'exposes', from: plugin, to: server, lines: linesOf(config), confidence });
    }
    facts.emit({ line: 1, endLine: 1 }, confidence);
    return builder.done();
  },
};
