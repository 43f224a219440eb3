import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { mcpBundles } from './bundle.ts';
import { packageServers, registryServers } from './server-json.ts';

test('an entry of the registry is one server, by its first package', () => {
  const reading = readText(
    registryServers,
    'server.json',
    json({
      $schema: 'https://static.modelcontextprotocol.io/schemas/2025-09-29/server.schema.json',
      name: 'io.github.acme/orders',
      version: '1.2.0',
      packages: [
        {
          registryType: 'npm',
          identifier: '@acme/orders-mcp',
          version: '1.2.0',
          transport: { type: 'stdio' },
          environmentVariables: [{ name: 'ORDERS_TOKEN', isRequired: true, isSecret: true }, { name: 'REGION' }],
        },
        { registryType: 'oci', identifier: 'ghcr.io/acme/orders:1.2.0' },
      ],
      remotes: [{ type: 'streamable-http', url: 'https://orders.acme.example/mcp' }],
    }),
  );
  expect(reading.assets.map(({ kind, key, name }) => [kind, key, name])).toEqual([
    ['mcp-server', 'npm:@acme/orders-mcp', 'orders'],
    ['credential', 'ORDERS_TOKEN', 'ORDERS_TOKEN'],
  ]);
  expect(propertiesOf(reading, 'mcp-server', 'orders')).toMatchObject({
    registryName: 'io.github.acme/orders',
    registryPackages: [
      {
        registry: 'npm',
        name: '@acme/orders-mcp',
        environment: [
          { name: 'ORDERS_TOKEN', required: true, secret: true },
          { name: 'REGION', required: false, secret: false },
        ],
      },
      { registry: 'oci', name: 'ghcr.io/acme/orders', version: '1.2.0' },
    ],
    registryRemotes: [{ transport: 'streamable-http', url: 'https://orders.acme.example/mcp' }],
  });
});

test('files of the same names that are something else give nothing', () => {
  expect(assetsOf(readText(registryServers, 'server.json', '{"port": 80,}'))).toEqual([]);
  expect(assetsOf(readText(packageServers, 'package.json', json({ name: 'x' })))).toEqual([]);
  expect(
    assetsOf(readText(mcpBundles, 'manifest.json', json({ manifest_version: 3, name: 'a browser extension' }))),
  ).toEqual([]);
});

test('a package that names its entry is the server of that package', () => {
  const reading = readText(
    packageServers,
    'package.json',
    json({ name: '@acme/orders-mcp', mcpName: 'io.github.acme/orders' }),
  );
  expect(reading.assets.map(({ key, name }) => [key, name])).toEqual([['npm:@acme/orders-mcp', 'orders']]);
});

test('a bundle with its tools and its settings', () => {
  const reading = readText(
    mcpBundles,
    'manifest.json',
    json({
      mcpb_version: '0.2',
      name: 'files',
      version: '1.0.0',
      server: {
        type: 'node',
        mcp_config: {
          command: 'node',
          args: ['${__dirname}/server/index.js'],
          env: { API_KEY: '${user_config.api_key}' },
        },
      },
      tools: [{ name: 'read_file', description: 'Reads' }],
      user_config: { api_key: { type: 'string', sensitive: true } },
    }),
  );
  expect(assetsOf(reading)).toEqual(['mcp-server files', 'credential API_KEY', 'tool read_file']);
  expect(reading.relations.map((relation) => [relation.kind, relation.to.key])).toEqual([
    ['authenticates-with', 'API_KEY'],
    ['exposes', 'repo/manifest.json#read_file'],
  ]);
});
