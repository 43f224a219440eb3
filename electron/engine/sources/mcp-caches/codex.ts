import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { readListedTool } from '../mcp/tool-list.ts';
import { listedToolProperties } from '../mcp/tool-properties.ts';
import { excerpt } from '../mcp/tool-text.ts';
import { itemsOf, nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Reading, Statement } from '../source.ts';
import { product } from './product.ts';

const mostTools = 2000;

/**
 * Codex keeps the tools of its hosted connectors in `~/.codex/cache/codex_apps_tools/<account>.json` (schema 4 of
 * rust-v0.156; path from public programs that manage the file, the members of `tools` unverified).
 */
export const codexToolCaches: FileSource = {
  kind: 'file',
  id: 'mcp-caches/codex',
  version: 1,
  title: 'Codex connector tool cache',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.codex/cache/codex_apps_tools/*.json', confidence: 'low' }],
  emits: ['tool'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const items = itemsOf(nodeOf(opened.root, 'tools'));
    if (items.length > mostTools) builder.note(`only the first ${mostTools} of ${items.length} tools are read`);
    const statements = items.slice(0, mostTools).flatMap((item): Statement[] => {
      const inner = nodeOf(item, 'tool');
      const tool = readListedTool(inner?.kind === 'map' ? inner : item);
      if (tool === null) return [];
      const server = textOf(nodeOf(item, 'server_name')) ?? 'codex_apps';
      return [
        {
          kind: 'cached-tools',
          anchor: file.anchor,
          // Accounts are digests in the name of the file, and one server is one server for all of them.
          subject: `~/.codex/cache/codex_apps_tools#${excerpt(server, 100)}`,
          properties: {
            host: 'codex',
            part: 'tool',
            server: excerpt(server, 200),
            confidence: confidenceOf(file),
            name: tool.name,
            facts: listedToolProperties(tool),
          },
          lines: { line: item.line, endLine: Math.max(item.line, item.endLine) },
        },
      ];
    });
    return { ...builder.done(), statements };
  },
};
