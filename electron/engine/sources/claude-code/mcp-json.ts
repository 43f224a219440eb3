import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { parseJson } from '../parse/json-document.ts';
import { entriesOf, entryOf, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { claudeServer } from './mcp-entry.ts';
import { pluginRef } from './plugin-settings.ts';
import { claudeCode, managedFolders, product } from './product.ts';

/** `.mcp.json` of a project, and the exclusive set of the organisation. Claude Code documentation: mcp, managed-mcp (2026-08-22). */
export const claudeCodeMcp: FileSource = {
  kind: 'file',
  id: 'claude-code/mcp',
  version: 2,
  title: 'Claude Code MCP servers',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.mcp.json' },
    ...machineLocations(managedFolders, 'managed-mcp.json'),
  ],
  emits: ['agent', 'plugin', 'mcp-server', 'credential'],
  read,
};

/**
 * A folder that holds plugins (`plugins/x/.mcp.json`): the plugin brings the servers, nobody works in it. It is a plugin
 * whether or not a manifest or a marketplace says so; both have the same key and add to it.
 */
const insidePlugins = (place: string): boolean => /(?:^|\/)(?:external_)?plugins\/[^/]+\/\.mcp\.json$/.test(place);

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const document = parseJson(file.text);
  builder.problems(document.problems);
  if (document.root?.kind !== 'map') {
    builder.malformed('the file is not a JSON object');
    return builder.done();
  }
  if (!document.strict) builder.malformed('not strict JSON');
  const confidence = confidenceOf(file);
  const facts = new HostAgentFacts(builder, claudeCode);
  const rooted = entryOf(document.root, 'mcpServers');
  if (rooted === undefined && entryOf(document.root, 'servers') !== undefined) {
    builder.issue(
      entryOf(document.root, 'servers')?.line ?? 1,
      '"servers" is not the key this file uses, "mcpServers" is',
    );
  }
  const bare =
    rooted === undefined &&
    [...document.root.entries.values()].some(
      (entry) =>
        textOf(entryOf(entry.node, 'command')?.node) !== undefined ||
        textOf(entryOf(entry.node, 'url')?.node) !== undefined,
    );
  const plugin = insidePlugins(file.place);
  if (plugin && entriesOf(rooted?.node ?? document.root).length > 0)
    builder.asset({
      ...pluginRef(file.anchor),
      name: file.anchorName,
      properties: { host: claudeCode.id, root: file.anchor },
      lines: { line: document.root.line, endLine: document.root.line },
      confidence: 'medium',
    });
  if (file.scope === 'managed')
    facts.located('mcpExclusive', document.root, { why: 'managed-mcp.json is the only set of servers' });
  serversFacts(builder, {
    entry:
      rooted ??
      (bare ? { key: '', line: document.root.line, endLine: document.root.endLine, node: document.root } : undefined),
    context: {
      host: claudeCode.id,
      user: plugin ? null : facts.ref,
      scope: file.scope,
      where: rooted === undefined ? '(root)' : 'mcpServers',
      anchor: file.anchor,
      confidence: bare ? 'low' : confidence,
    },
    adapt: claudeServer,
  });
  if (!plugin && (rooted !== undefined || builder.hasFacts || file.scope === 'managed'))
    facts.emit(rooted ?? document.root, confidence);
  return builder.done();
}
