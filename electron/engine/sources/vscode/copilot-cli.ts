import { type Host, HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entryOf, linedTexts, nodeOf, textOf, textsOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource } from '../source.ts';
import { product } from './product.ts';

const copilotCli: Host = { id: 'copilot-cli', title: 'Copilot CLI' };

/** `~/.copilot/mcp-config.json`: `mcpServers` with a `tools` list. Excerpt of the vendor's documentation. */
export const copilotCliMcp: FileSource = {
  kind: 'file',
  id: 'copilot-cli/mcp',
  version: 2,
  title: 'Copilot CLI MCP servers',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.copilot/mcp-config.json', confidence: 'medium' }],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, copilotCli);
    const servers = entryOf(opened.root, 'mcpServers');
    serversFacts(builder, {
      entry: servers,
      context: {
        host: copilotCli.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence: confidenceOf(file),
      },
      adapt: (raw, node) => ({ raw: { ...raw, includeTools: textsOf(nodeOf(node, 'tools')) } }),
    });
    facts.emit(servers ?? opened.root, confidenceOf(file));
    return builder.done();
  },
};

/** `~/.copilot/config.json`: trusted folders, addresses, model. */
export const copilotCliConfig: FileSource = {
  kind: 'file',
  id: 'copilot-cli/config',
  version: 2,
  title: 'Copilot CLI configuration',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.copilot/config.json', confidence: 'medium' }],
  emits: ['agent', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, copilotCli);
    for (const item of linedTexts(nodeOf(root, 'trusted_folders')))
      facts.located('trust', item, { path: item.text, level: 'trusted' });
    for (const list of ['allowed_urls', 'denied_urls'])
      if (entryOf(root, list) !== undefined) facts.permission(list, nodeOf(root, list));
    const model = entryOf(root, 'model');
    const id = textOf(model?.node);
    if (model !== undefined && id !== undefined)
      modelFacts(builder, facts.ref, id, model, { host: copilotCli.id, confidence: 'medium' });
    facts.emit(root, confidenceOf(file));
    return builder.done();
  },
};
