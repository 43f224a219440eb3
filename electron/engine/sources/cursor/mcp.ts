import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { entryOf, nodeOf, scalarText } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource } from '../source.ts';
import { cursor, product } from './product.ts';

const adapt: ServerAdapter = (raw, node) => {
  const envFile = scalarText(nodeOf(node, 'envFile'));
  return {
    raw,
    extra: {
      ...(envFile === undefined ? {} : { envFile }),
      ...(raw.oauth == null ? {} : { oauth: true }),
    },
  };
};

/** `mcp.json` of Cursor. */
export const cursorMcp: FileSource = {
  kind: 'file',
  id: 'cursor/mcp',
  version: 2,
  title: 'Cursor MCP servers',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cursor/mcp.json' },
    { scope: 'project', base: 'project', path: '.cursor/mcp.json' },
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, cursor);
    const servers = entryOf(opened.root, 'mcpServers');
    const other = entryOf(opened.root, 'servers');
    if (servers === undefined && other !== undefined)
      builder.issue(other.line, '"servers" is not the key this file uses, "mcpServers" is');
    serversFacts(builder, {
      entry: servers,
      context: {
        host: cursor.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
      },
      adapt,
    });
    facts.emit(servers ?? opened.root, confidence);
    return builder.done();
  },
};
