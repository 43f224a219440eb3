import { describe, expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import type { FileSource } from '../source.ts';
import { clients } from './clients.ts';
import { mcpClientSources } from './sources.ts';

const source = (id: string): FileSource => {
  const found = mcpClientSources.find((item) => item.product === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('the table', () => {
  test('every client has an id, a place and a confidence that is stated', () => {
    expect(new Set(clients.map((client) => client.id)).size).toBe(clients.length);
    expect(clients.length).toBeGreaterThan(40);
    for (const client of clients) {
      expect(client.locations.length, client.id).toBeGreaterThan(0);
      for (const location of client.locations) expect(['medium', 'low']).toContain(location.confidence);
    }
  });

  test.each(clients.map((client) => [client.id, client] as const))(
    '%s reads a server from each of its places',
    (id, client) => {
      for (const location of client.locations) {
        const [path = 'mcpServers'] = client.where;
        const text =
          client.format === 'toml'
            ? `[${path}.a]\ncommand = "npx"\nargs = ["-y", "x@1.0.0"]\n`
            : json(
                path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), {
                  a: { command: 'npx', args: ['-y', 'x@1.0.0'] },
                }),
              );
        const reading = readText(source(id), location.base === 'home' ? `~/${location.path}` : location.path, text);
        expect(issuesOf(reading)).toEqual([]);
        expect(assetsOf(reading)).toEqual(['mcp-server a', expect.stringMatching(/^agent /)]);
        expect(reading.assets.at(-1)?.confidence).toBe(location.confidence);
      }
    },
  );
});

test('spellings of single clients', () => {
  const first = (id: string, path: string, value: unknown, name = 'a'): Properties => {
    const text = typeof value === 'string' ? value : json(value);
    return (
      (
        propertiesOf(readText(source(id), path, text), 'mcp-server', name)['configurations'] as readonly Properties[]
      )[0] ?? {}
    );
  };
  expect(
    first('copilot-jetbrains', '~/.config/github-copilot/intellij/mcp.json', {
      servers: { a: { url: 'https://h/mcp', requestInit: { headers: { Authorization: 'Bearer ${T}' } } } },
    }),
  ).toMatchObject({ headerNames: ['Authorization'], auth: { type: 'header' } });
  expect(
    first('anythingllm', 'plugins/anythingllm_mcp_servers.json', { a: { type: 'streamable', url: 'https://h/mcp' } }),
  ).toMatchObject({
    transport: 'http',
    url: 'https://h/mcp',
  });
  expect(
    first(
      'mistral-vibe',
      '.vibe/config.toml',
      '[[mcp_servers]]\nname = "a"\ntransport = "http"\nurl = "https://h/mcp"\napi_key_env = "VIBE_KEY"\n',
    ),
  ).toMatchObject({ transport: 'http', auth: { type: 'header', names: ['VIBE_KEY'] } });
  expect(
    first('jan', '~/.config/Jan/data/mcp_config.json', { mcpServers: { a: { command: 'x', active: false } } }),
  ).toMatchObject({ enabled: false });
  expect(
    first('witsy', '~/.config/Witsy/settings.json', {
      mcp: { servers: [{ name: 'a', command: 'x', state: 'enabled' }] },
    }),
  ).toMatchObject({ enabled: true });
  expect(
    first(
      'hermes-agent',
      '~/.hermes/config.yaml',
      'mcp_servers:\n  a:\n    command: x\n    tools: {include: [b]}\n    enabled: false\n',
    ),
  ).toMatchObject({ enabled: false, includeTools: ['b'] });
});

test('a file that others use too says nothing without servers', () => {
  expect(readText(source('librechat'), 'librechat.yaml', 'version: 1.2.1\n')).toMatchObject({
    status: 'read',
    assets: [],
  });
  expect(assetsOf(readText(source('boltai'), '~/.boltai/mcp.json', '{}'))).toEqual(['agent BoltAI, user settings']);
  expect(readText(source('boltai'), '~/.boltai/mcp.json', '{').status).toBe('malformed');
});
