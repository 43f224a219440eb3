import { createHash } from 'node:crypto';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { placedRef } from '../keys.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource, Reading } from '../source.ts';

/** Manifest of a desktop extension, MCPB or the older DXT (specification 0.1 to 0.3; excerpt). */
export const mcpBundles: FileSource = {
  kind: 'file',
  id: 'mcp-registry/bundle',
  version: 1,
  title: 'MCP bundles (manifest.json)',
  product: 'mcp-registry',
  productTitle: 'MCP registry',
  locations: [{ scope: 'project', base: 'project', path: 'manifest.json', confidence: 'medium' }],
  emits: ['mcp-server', 'tool', 'credential'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    // Web pages, browser extensions and many others have a `manifest.json`.
    if (!/"(?:mcpb_version|dxt_version|mcp_config)"/.test(file.text.slice(0, 500_000))) return builder.done();
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const { root } = opened;
    const config = entryOf(root, 'server', 'mcp_config');
    const name = textOf(nodeOf(root, 'name'));
    if (config === undefined || name === undefined || config.node.kind !== 'map') return builder.done();
    const confidence = confidenceOf(file);
    const options = entriesOf(nodeOf(root, 'user_config')).slice(0, 200);
    const description = scalarText(nodeOf(root, 'description'));
    const version = scalarText(nodeOf(root, 'version'));
    const [server] = serversFacts(builder, {
      entry: {
        ...config,
        node: {
          kind: 'map',
          line: config.line,
          endLine: config.endLine,
          entries: new Map([[name, { ...config, key: name }]]),
        },
      },
      context: {
        host: 'mcpb',
        user: null,
        scope: file.scope,
        where: 'server',
        anchor: file.anchor,
        confidence,
        passwordInputs: new Set(
          options.flatMap((option) => (booleanOf(nodeOf(option.node, 'sensitive')) === true ? [option.key] : [])),
        ),
        extra: {
          bundle: file.place,
          ...(version === undefined ? {} : { bundleVersion: maskText(version) }),
          userConfig: options.map((option) => ({
            name: option.key,
            sensitive: booleanOf(nodeOf(option.node, 'sensitive')) ?? false,
            line: option.line,
          })),
        },
      },
    });
    if (server === undefined) return builder.done();
    builder.asset({
      ...server,
      name,
      properties: description === undefined ? {} : { description: maskText(description.slice(0, 500)) },
      lines: linesOf(config),
      confidence,
    });
    for (const item of itemsOf(nodeOf(root, 'tools')).slice(0, 500)) {
      const tool = entryOf(item, 'name');
      const given = textOf(tool?.node);
      if (tool === undefined || given === undefined || given.trim() === '') continue;
      const text = scalarText(nodeOf(item, 'description')) ?? '';
      const ref = builder.asset({
        ...placedRef('tool', file, given),
        name: given,
        properties: {
          framework: 'mcp',
          form: 'mcp tool',
          description: maskText(text.slice(0, 500)),
          descriptionSha256: createHash('sha256').update(text).digest('hex'),
          capabilities: [],
          capabilitiesKnown: false,
        },
        lines: linesOf(tool),
        confidence,
      });
      builder.relation({ kind: 'exposes', from: server, to: ref, lines: linesOf(tool), confidence });
    }
    return builder.done();
  },
};
