import type { Properties } from '../../../../shared/model/facts.ts';
import { type Host, HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf } from '../host/location.ts';
import { type HostProduct, openFile, structuredSource } from '../host/structured-source.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource, Statement } from '../source.ts';

/** The gateway that many hosts start as one entry; what it passes on is decided by the files of this folder. */
export const dockerMcp: Host = { id: 'docker-mcp', title: 'Docker MCP Toolkit' };
const product: HostProduct = { product: 'docker-mcp', productTitle: 'Docker MCP Toolkit', host: dockerMcp };

const inFolder = (path: string) => [
  { scope: 'user' as const, base: 'home' as const, path: `.docker/mcp/${path}`, confidence: 'high' as const },
];

/** `registry.yaml`: the servers that are switched on. docker/mcp-gateway, pkg/config/registry.go (2026-07-23). */
export const dockerRegistry: FileSource = structuredSource(
  product,
  {
    id: 'docker-mcp/registry',
    title: 'Docker MCP servers switched on',
    format: 'yaml',
    locations: inFolder('registry.yaml'),
  },
  ({ facts, root }) => {
    for (const entry of entriesOf(nodeOf(root, 'registry'))) {
      const ref = scalarText(nodeOf(entry.node, 'ref'));
      facts.located('serverSwitches', entry, {
        name: entry.key.slice(0, 200),
        enabled: true,
        ...(ref === undefined || ref === '' ? {} : { ref: maskText(ref) }),
      });
    }
    return undefined;
  },
);

/** `config.yaml`: settings handed to servers. Names of keys; values may be anything. */
export const dockerConfig: FileSource = structuredSource(
  product,
  {
    id: 'docker-mcp/config',
    title: 'Docker MCP server settings',
    format: 'yaml',
    locations: inFolder('config.yaml'),
    emits: ['credential'],
  },
  ({ facts, root }) => {
    for (const entry of entriesOf(root)) {
      facts.located('serverSettings', entry, {
        name: entry.key.slice(0, 200),
        keys: entriesOf(entry.node).map((member) => member.key.slice(0, 100)),
      });
      for (const member of entriesOf(entry.node))
        if (isCredentialName(member.key) && (scalarText(member.node) ?? '') !== '')
          facts.located('literalSecrets', member, {
            where: `${entry.key}.${member.key}`.slice(0, 300),
            kind: 'secret',
          });
    }
    return undefined;
  },
);

/** `tools.yaml`: the tools of a server that are offered; a server that is not named offers all. */
export const dockerTools: FileSource = structuredSource(
  product,
  { id: 'docker-mcp/tools', title: 'Docker MCP tools switched on', format: 'yaml', locations: inFolder('tools.yaml') },
  ({ facts, root }) => {
    for (const entry of entriesOf(root))
      facts.located('enabledTools', entry, {
        server: entry.key.slice(0, 200),
        tools: textsOf(entry.node).map(maskText).slice(0, 500),
      });
    return undefined;
  },
);

/** `catalog.json`: the catalogues that are known, by address. */
export const dockerCatalogList: FileSource = structuredSource(
  product,
  {
    id: 'docker-mcp/catalog-list',
    title: 'Docker MCP catalogues',
    format: 'json',
    locations: inFolder('catalog.json'),
  },
  ({ facts, root }) => {
    for (const entry of entriesOf(nodeOf(root, 'catalogs')))
      facts.located('catalogs', entry, {
        name: entry.key.slice(0, 200),
        url: maskUrl(textOf(nodeOf(entry.node, 'url')) ?? ''),
        lastUpdate: scalarText(nodeOf(entry.node, 'lastUpdate')) ?? null,
      });
    return undefined;
  },
);

/**
 * A catalogue describes hundreds of servers, of which the registry switches a few on. Its entries are statements, which
 * the linker makes servers of where the registry says so. pkg/catalog/types.go.
 */
export const dockerCatalogs: FileSource = {
  kind: 'file',
  id: 'docker-mcp/catalogs',
  version: 1,
  title: 'Docker MCP catalogue entries',
  product: product.product,
  productTitle: product.productTitle,
  locations: inFolder('catalogs/*.yaml'),
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const root = openFile(builder, 'yaml');
    if (root === null) return builder.done();
    const all = entriesOf(nodeOf(root, 'registry'));
    const catalogue = scalarText(nodeOf(root, 'name')) ?? file.place.split('/').at(-1) ?? '';
    const facts = new HostAgentFacts(builder, dockerMcp);
    facts.located('catalogues', root, { name: catalogue.slice(0, 200), entries: all.length });
    facts.emit(root, confidenceOf(file));
    if (all.length > mostEntries) builder.note(`only the first ${mostEntries} of ${all.length} entries are read`);
    const statements = all
      .slice(0, mostEntries)
      .flatMap((entry) => catalogueEntry(entry, file.anchor, catalogue) ?? []);
    return { ...builder.done(), statements };
  },
};

const mostEntries = 2000;

/** Names, addresses and digests of one entry; values of its environment are left out. */
function catalogueEntry({ key, node, line, endLine }: Entry, anchor: string, catalogue: string): Statement | null {
  const image = textOf(nodeOf(node, 'image'))?.trim() ?? '';
  const legacy = textOf(nodeOf(node, 'sseEndpoint'));
  const url = textOf(nodeOf(node, 'remote', 'url')) ?? legacy ?? '';
  if (image === '' && url === '') return null;
  return {
    kind: 'catalogue-entry',
    anchor,
    subject: key.slice(0, 200),
    lines: { line, endLine: Math.max(line, endLine) },
    properties: {
      catalogue: catalogue.slice(0, 200),
      // A digest looks like a secret; an image name of plain form is none.
      image: /^[A-Za-z0-9._/:@-]{1,300}$/.test(image) ? image : maskText(image),
      url: image === '' ? maskUrl(url) : '',
      transport: textOf(nodeOf(node, 'remote', 'transport_type')) ?? (legacy === undefined ? 'http' : 'sse'),
      command: textsOf(nodeOf(node, 'command')).slice(0, 100).map(maskText),
      envNames: itemsOf(nodeOf(node, 'env')).flatMap((item) => textOf(nodeOf(item, 'name')) ?? []),
      secretNames: itemsOf(nodeOf(node, 'secrets')).flatMap((item) => textOf(nodeOf(item, 'env')) ?? []),
      headerNames: entriesOf(nodeOf(node, 'remote', 'headers')).map((member) => member.key),
      oauth: nodeOf(node, 'oauth') !== undefined,
      scopes: textsOf(nodeOf(node, 'oauth', 'scopes')).slice(0, 100),
      extra: extraOf(node, catalogue),
    },
  };
}

function extraOf(node: Node, catalogue: string): Properties {
  const tools = itemsOf(nodeOf(node, 'tools')).flatMap((item) => textOf(nodeOf(item, 'name')) ?? []);
  const hosts = textsOf(nodeOf(node, 'allowHosts'));
  const volumes = textsOf(nodeOf(node, 'volumes'));
  const registryUrl = textOf(nodeOf(node, 'metadata', 'registryUrl'));
  return {
    catalogue: catalogue.slice(0, 200),
    ...(tools.length === 0 ? {} : { declaredTools: tools.slice(0, 300) }),
    ...(booleanOf(nodeOf(node, 'disableNetwork')) === true ? { disableNetwork: true } : {}),
    ...(hosts.length === 0 ? {} : { allowHosts: hosts.slice(0, 100).map((text) => text.slice(0, 200)) }),
    ...(volumes.length === 0 ? {} : { volumes: volumes.slice(0, 50).map(maskText) }),
    ...(registryUrl === undefined ? {} : { registryUrl: maskUrl(registryUrl) }),
  };
}
