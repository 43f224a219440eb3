import type { Properties } from '../../../../shared/model/facts.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { credentialRef, type ServerEndpoint, serverRef } from '../keys.ts';
import { imageSpec } from '../mcp/package-spec.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { booleanOf, entryOf, itemsOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef, FileSource, Reading } from '../source.ts';

const product = { product: 'mcp-registry', productTitle: 'MCP registry' } as const;

/** How a server presents itself to the official registry (`server.schema.json` of 2025-09 and later; excerpt). */
export const registryServers: FileSource = {
  kind: 'file',
  id: 'mcp-registry/server',
  version: 1,
  title: 'MCP registry entries (server.json)',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: 'server.json', confidence: 'medium' }],
  emits: ['mcp-server', 'credential'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    // Other programs keep a `server.json` too: what is none of the registry's is no concern, broken or not.
    if (!/modelcontextprotocol|"registryType"|"registry_type"|"remotes"/.test(file.text.slice(0, 200_000)))
      return builder.done();
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const { root } = opened;
    const name = entryOf(root, 'name');
    const given = textOf(name?.node);
    const packages = itemsOf(nodeOf(root, 'packages')).slice(0, 50).map(packageOf);
    const remotes = itemsOf(nodeOf(root, 'remotes')).slice(0, 50).map(remoteOf);
    if (
      name === undefined ||
      given === undefined ||
      !/^[\w.-]+\/[\w.-]+$/.test(given) ||
      packages.length + remotes.length === 0
    )
      return builder.done();
    const endpoint = packages.find((one) => one.endpoint !== null)?.endpoint ??
      remotes.find((one) => one.endpoint !== null)?.endpoint ?? { type: 'unknown', place: file.place, name: given };
    const description = scalarText(nodeOf(root, 'description'));
    const version = scalarText(nodeOf(root, 'version')) ?? scalarText(nodeOf(root, 'version_detail', 'version'));
    const repository = scalarText(nodeOf(root, 'repository', 'url'));
    const ref = builder.asset({
      ...serverRef(endpoint),
      name: given.split('/').at(-1) ?? given,
      properties: {
        registryName: given,
        ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
        ...(version === undefined ? {} : { version: maskText(version) }),
        ...(repository === undefined ? {} : { repository: maskUrl(repository) }),
        registryPackages: packages.map((one) => one.facts),
        registryRemotes: remotes.map((one) => one.facts),
        declaredIn: file.place,
      },
      lines: linesOf(name),
      confidence: confidenceOf(file),
    });
    for (const one of [...packages, ...remotes]) for (const secret of one.secrets) emitSecret(builder, ref, secret);
    return builder.done();
  },
};

type Secret = { readonly name: string; readonly line: number };
type Reach = {
  readonly endpoint: ServerEndpoint | null;
  readonly facts: Properties;
  readonly secrets: readonly Secret[];
};

const registries: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['pypi', 'pypi'],
  ['oci', 'oci'],
  ['docker', 'oci'],
  ['nuget', 'nuget'],
]);

function packageOf(node: Node): Reach {
  const type = (
    scalarText(nodeOf(node, 'registryType')) ??
    scalarText(nodeOf(node, 'registry_type')) ??
    scalarText(nodeOf(node, 'registry_name')) ??
    'unknown'
  ).toLowerCase();
  const identifier = scalarText(nodeOf(node, 'identifier')) ?? scalarText(nodeOf(node, 'name')) ?? '';
  const version = scalarText(nodeOf(node, 'version')) ?? null;
  const registry = registries.get(type);
  const image = registry === 'oci' ? imageSpec(identifier) : null;
  const bare = image?.name ?? identifier;
  const variables = itemsOf(nodeOf(node, 'environmentVariables') ?? nodeOf(node, 'environment_variables')).slice(
    0,
    200,
  );
  return {
    endpoint:
      registry === undefined || !/^[@A-Za-z0-9][\w@./:-]{0,200}$/.test(bare)
        ? null
        : { type: 'package', registry, name: maskUrl(bare), args: [] },
    facts: {
      registry: type,
      name: maskUrl(bare.slice(0, 300)),
      version: version === null ? (image?.version ?? null) : maskText(version),
      transport: scalarText(nodeOf(node, 'transport', 'type')) ?? 'stdio',
      ...(scalarText(nodeOf(node, 'runtimeHint')) === undefined
        ? {}
        : { runtimeHint: maskText(scalarText(nodeOf(node, 'runtimeHint')) ?? '') }),
      ...(scalarText(nodeOf(node, 'fileSha256')) === undefined ? {} : { digest: 'sha256' }),
      environment: variables.map(variable),
      line: node.line,
    },
    secrets: variables.flatMap(secretOf),
  };
}

function remoteOf(node: Node): Reach {
  const url = scalarText(nodeOf(node, 'url')) ?? '';
  const clean = maskUrl(url);
  const headers = itemsOf(nodeOf(node, 'headers')).slice(0, 100);
  return {
    endpoint: URL.canParse(clean) && !clean.includes('{') ? { type: 'url', url: clean } : null,
    facts: {
      transport: scalarText(nodeOf(node, 'type')) ?? scalarText(nodeOf(node, 'transport_type')) ?? 'unknown',
      url: clean,
      headers: headers.map(variable),
      line: node.line,
    },
    secrets: [],
  };
}

const variable = (node: Node): Properties => ({
  name: maskText((scalarText(nodeOf(node, 'name')) ?? '').slice(0, 200)),
  required: booleanOf(nodeOf(node, 'isRequired')) ?? booleanOf(nodeOf(node, 'is_required')) ?? false,
  secret: booleanOf(nodeOf(node, 'isSecret')) ?? booleanOf(nodeOf(node, 'is_secret')) ?? false,
});

function secretOf(node: Node): readonly Secret[] {
  const name = scalarText(nodeOf(node, 'name'));
  const secret =
    booleanOf(nodeOf(node, 'isSecret')) ??
    booleanOf(nodeOf(node, 'is_secret')) ??
    (name !== undefined && isCredentialName(name));
  return secret && name !== undefined && /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) ? [{ name, line: node.line }] : [];
}

function emitSecret(builder: ReadingBuilder, server: AssetRef, secret: Secret): void {
  const lines = { line: secret.line, endLine: secret.line };
  const to = builder.asset({
    ...credentialRef(secret.name),
    name: secret.name,
    properties: { forms: [{ form: 'asked for', host: 'mcp-registry', place: builder.file.place, line: secret.line }] },
    lines,
    confidence: 'medium',
  });
  builder.relation({ kind: 'authenticates-with', from: server, to, lines, confidence: 'medium' });
}

/** `mcpName` in a package says which registry entry the package belongs to ("Publishing", MCP registry; excerpt). */
export const packageServers: FileSource = {
  kind: 'file',
  id: 'mcp-registry/package',
  version: 1,
  title: 'MCP servers of npm packages (mcpName)',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: 'package.json', confidence: 'medium' }],
  emits: ['mcp-server'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    if (!file.text.includes('"mcpName"')) return builder.done();
    const opened = openObject(builder, 'strict');
    const named = entryOf(opened?.root, 'mcpName');
    const registryName = textOf(named?.node);
    const name = textOf(nodeOf(opened?.root, 'name'));
    if (
      named === undefined ||
      registryName === undefined ||
      name === undefined ||
      !/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name)
    )
      return builder.done();
    builder.asset({
      ...serverRef({ type: 'package', registry: 'npm', name, args: [] }),
      name: maskText((registryName.split('/').at(-1) ?? registryName).slice(0, 200)),
      properties: { registryName: maskText(registryName.slice(0, 200)), declaredIn: file.place },
      lines: linesOf(named),
      confidence: confidenceOf(file),
    });
    return builder.done();
  },
};
