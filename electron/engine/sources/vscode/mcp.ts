import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  textOf,
} from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource } from '../source.ts';
import { product, profileLocations, vscode } from './product.ts';

export const vscodeServer: ServerAdapter = (raw, node) => {
  const envFile = scalarText(nodeOf(node, 'envFile'));
  return { raw, extra: envFile === undefined ? {} : { envFile } };
};

/** Ids of the inputs that are asked for as passwords. */
export const passwordInputs = (inputs: Node | undefined): ReadonlySet<string> =>
  new Set(
    itemsOf(inputs).flatMap((item) =>
      booleanOf(nodeOf(item, 'password')) === true ? (textOf(nodeOf(item, 'id')) ?? []) : [],
    ),
  );

/** Servers under a key of another host: written, never read by this file's reader. */
export function notServers(facts: HostAgentFacts, entry: Entry | undefined): void {
  for (const member of entriesOf(entry?.node)) {
    facts.located('notServers', member, {
      name: member.key,
      why: '"mcpServers" is not the key this file uses, "servers" is',
    });
  }
}

/** `mcp.json`: the root key is `servers`, with `inputs`. JSON with comments. Excerpt of the vendor's documentation. */
export const vscodeMcp: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/mcp',
  version: 2,
  title: 'VS Code MCP servers',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.vscode/mcp.json', confidence: 'medium' },
    ...profileLocations('mcp.json'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, vscode);
    const servers = entryOf(root, 'servers');
    const other = entryOf(root, 'mcpServers');
    serversFacts(builder, {
      entry: servers,
      context: {
        host: vscode.id,
        user: facts.ref,
        scope: file.scope,
        where: 'servers',
        anchor: file.anchor,
        confidence,
        passwordInputs: passwordInputs(nodeOf(root, 'inputs')),
      },
      adapt: vscodeServer,
    });
    if (other !== undefined) builder.issue(other.line, '"mcpServers" is not the key this file uses, "servers" is');
    notServers(facts, other);
    facts.emit(servers ?? root, confidence);
    return builder.done();
  },
};

/** Dev container: servers under `customizations.vscode.mcp`. */
export const vscodeDevContainer: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/dev-container',
  version: 3,
  title: 'VS Code dev container servers',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.devcontainer/devcontainer.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.devcontainer/*/devcontainer.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.devcontainer.json', confidence: 'medium' },
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    const servers = entryOf(opened?.root, 'customizations', 'vscode', 'mcp', 'servers');
    if (opened === null || servers === undefined) return builder.done();
    const facts = new HostAgentFacts(builder, vscode);
    serversFacts(builder, {
      entry: servers,
      context: {
        host: vscode.id,
        user: facts.ref,
        scope: file.scope,
        where: 'customizations.vscode.mcp.servers',
        anchor: file.anchor,
        confidence: 'medium',
      },
      adapt: vscodeServer,
    });
    facts.emit(servers, 'medium');
    return builder.done();
  },
};
