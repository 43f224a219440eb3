import type { ImportIssue } from '../../../../shared/model/imports.ts';
import type { ToolList } from '../../../../shared/model/tool-lists.ts';
import { serverRef } from '../../sources/keys.ts';
import { endpointKeyOf } from '../../sources/mcp/endpoint-key.ts';
import { noServer, readInstructions, readTools } from '../../sources/mcp/tool-list.ts';
import { excerpt } from '../../sources/mcp/tool-text.ts';
import { readRawServer } from '../../sources/mcp/raw-server.ts';
import { type Entry, itemsOf, type MapNode, type Node, nodeOf, scalarText, textOf } from '../../sources/parse/node.ts';
import { maskUrl } from '../../sources/parse/secrets.ts';

const deepest = 10;
const mostLists = 200;

/** What stands around a list and says whose it is. */
type Around = { readonly name: string; readonly host: string; readonly server: MapNode | null };

/**
 * Lists of MCP tools in a JSON document, wherever they stand: the answer to `tools/list` alone, as a JSON-RPC message, or
 * as the MCP Inspector's command line prints it; one list for each server by name; the output of `mcp-scan inspect --json`
 * and its successor (`servers[].signature.tools`; from knowledge of the public package, version 0.3). Empty where a list
 * `tools` has no member with an `inputSchema`, which MCP requires: other programs have lists of that name.
 */
export function readToolLists(root: Node, issues: ImportIssue[]): ToolList[] {
  const found: ToolList[] = [];
  if (root.kind === 'list' && isToolList(root)) found.push(listOf(root.line, root.items, null, nothing, issues));
  else visit(root, '', nothing, 0, found, issues);
  if (found.length > mostLists)
    issues.push({ line: null, message: `only the first ${mostLists} lists of tools are kept` });
  return found.slice(0, mostLists);
}

const nothing: Around = { name: '', host: '', server: null };

export const isToolList = (node: Node | undefined): boolean =>
  node?.kind === 'list' &&
  node.items.some((item) => textOf(nodeOf(item, 'name')) !== undefined && nodeOf(item, 'inputSchema')?.kind === 'map');

/** Keys that lead to a list and name nothing. */
const structure = new Set([
  ...[
    'result',
    'results',
    'response',
    'servers',
    'mcpServers',
    'signature',
    'data',
    'tools',
    'list',
    'items',
    'output',
  ],
  ...['initialize', 'params', 'message', 'payload', 'body', 'toolsList'],
]);

function visit(node: Node, key: string, around: Around, depth: number, found: ToolList[], issues: ImportIssue[]): void {
  if (depth > deepest || found.length > mostLists) return;
  if (node.kind === 'list') {
    for (const item of node.items) visit(item, '', around, depth + 1, found, issues);
    return;
  }
  if (node.kind !== 'map') return;
  const here = aroundOf(node, key, around);
  const tools = nodeOf(node, 'tools');
  if (tools?.kind === 'list' && isToolList(tools)) {
    found.push(listOf(tools.line, tools.items, node, here, issues));
    return;
  }
  for (const [name, entry] of node.entries) visit(entry.node, name, here, depth + 1, found, issues);
}

function aroundOf(node: MapNode, key: string, around: Around): Around {
  const server = nodeOf(node, 'server');
  const own =
    server?.kind === 'map' && (nodeOf(server, 'command') ?? nodeOf(server, 'url')) !== undefined
      ? server
      : (nodeOf(node, 'command') ?? nodeOf(node, 'url') ?? nodeOf(node, 'serverUrl')) !== undefined
        ? node
        : null;
  const named =
    scalarText(nodeOf(node, 'serverName')) ??
    scalarText(nodeOf(node, 'server_name')) ??
    textOf(server) ??
    scalarText(nodeOf(server, 'name')) ??
    (nodeOf(node, 'jsonrpc') === undefined ? scalarText(nodeOf(node, 'name')) : undefined) ??
    (key === '' || structure.has(key) || /[\\/]/.test(key) ? undefined : key);
  return {
    name: named === undefined ? around.name : excerpt(named, 200),
    host: hostNamed(scalarText(nodeOf(node, 'client')) ?? scalarText(nodeOf(node, 'host'))) ?? around.host,
    server: own ?? around.server,
  };
}

/** Names of clients as other scanners write them, in the words of this one. */
const hosts: ReadonlyMap<string, string> = new Map([
  ['claude', 'claude-desktop'],
  ['claudedesktop', 'claude-desktop'],
  ['claudecode', 'claude-code'],
  ['cursor', 'cursor'],
  ['vscode', 'vscode'],
  ['windsurf', 'windsurf'],
  ['codex', 'codex'],
  ['geminicli', 'gemini'],
  ['gemini', 'gemini'],
]);
const hostNamed = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : hosts.get(text.toLowerCase().replace(/[^a-z]/g, ''));

function listOf(
  line: number,
  items: readonly Node[],
  node: MapNode | null,
  around: Around,
  issues: ImportIssue[],
): ToolList {
  // `serverInfo` and `instructions` are what `initialize` answers; dumps keep them beside the list or one level away.
  const about = [node, nodeOf(node, 'metadata'), nodeOf(node, 'initialize'), nodeOf(node, 'initialize', 'result')];
  const first = (...path: readonly string[]): Node | undefined =>
    about.map((one) => nodeOf(one, ...path)).find((one) => one !== undefined);
  const instructions = textOf(first('instructions'));
  const { tools, toolsLeftOut } = readTools(items);
  const unnamed = items.length - tools.length - toolsLeftOut;
  if (unnamed > 0) issues.push({ line, message: `${unnamed} tools without a name of their own are left out` });
  const hasMore = textOf(nodeOf(node, 'nextCursor')) !== undefined;
  if (hasMore) issues.push({ line, message: 'the answer has further pages that are not in this file' });
  const plain = (...path: readonly string[]): string => excerpt(scalarText(first(...path)) ?? '', 200);
  return {
    line,
    server: {
      ...noServer,
      name: around.name,
      presentedName: plain('serverInfo', 'name'),
      version: plain('serverInfo', 'version'),
      protocol: plain('protocolVersion'),
      host: around.host,
      ...endpointOf(around.server),
    },
    instructions: instructions === undefined || instructions === '' ? null : readInstructions(instructions),
    tools,
    toolsLeftOut,
    hasMore,
    prompts: countOf(nodeOf(node, 'prompts')),
    resources: countOf(nodeOf(node, 'resources')),
  };
}

const countOf = (node: Node | undefined): number | null => (node?.kind === 'list' ? itemsOf(node).length : null);

/** The configuration beside a list, read as a host's would be. */
function endpointOf(node: MapNode | null): { readonly endpoint: string; readonly key: string } {
  if (node === null) return { endpoint: '', key: '' };
  const entry: Entry = { key: 'server', node, line: node.line, endLine: node.endLine };
  const raw = readRawServer(entry, node);
  const endpoint = endpointKeyOf(raw, '', '');
  const words = [raw.command, ...raw.args].filter((word) => word !== null).join(' ');
  return {
    endpoint: excerpt(raw.url !== null && raw.command === null ? maskUrl(raw.url) : words, 300),
    key: endpoint.type === 'unknown' || endpoint.type === 'command' ? '' : serverRef(endpoint).key,
  };
}
