import { describe, expect, test } from 'vitest';
import { canary, faultsOf, inputAt } from '../conformance.ts';
import { sources } from '../registry.ts';
import type { FileSource } from '../source.ts';

/** Hosts whose own keys the general hostile inputs do not know. */
const products = new Set([
  'opencode',
  'windsurf',
  'devin',
  'cline',
  'roo-code',
  'kilo-code',
  'continue',
  'amazon-q',
  'kiro',
  'zed',
  'qwen-code',
  'antigravity',
]);

/** Where a host expects a name; what stands as a name is shown as one. */
const name = 'some-name';
/** Where a host expects a value, a pattern or a text. */
const word = `call --token ${canary} https://u:${canary}@h.example/${canary}`;
const secret = { apiKey: canary, token: canary, clientSecret: canary, headers: { Authorization: `Bearer ${canary}` } };
/** Where a host expects an address. */
const address = `https://u:${canary}@h.example/${canary}?token=${canary}`;
const server = {
  type: 'local',
  command: ['npx', '--api-key', canary],
  environment: { X_TOKEN: canary },
  cwd: word,
  oauth: secret,
};

const shapes: Readonly<Record<string, unknown>> = {
  'keys of many hosts': {
    permission: { bash: { [word]: 'allow', '*': 'deny' }, [word]: 'ask', webfetch: { [word]: 'allow' } },
    tools: { [name]: true },
    agent: {
      [name]: { prompt: word, model: name, permission: { bash: { [word]: 'deny' } }, description: word, variant: name },
    },
    mode: { build: { prompt: word } },
    command: { [name]: { template: word, agent: name } },
    instructions: [word],
    plugin: [word, [word]],
    provider: { [name]: { npm: word, options: { ...secret, baseURL: address }, models: { [name]: {} } } },
    mcp: { a: server, b: { type: 'remote', url: address, headers: secret.headers }, servers: { c: server } },
    skills: { paths: [word], urls: [address] },
    formatter: { [name]: { command: [word] } },
    share: word,
    default_agent: word,
    experimental: {
      primary_tools: [word],
      modelContextProtocolServers: [{ transport: { command: word, env: { T_TOKEN: canary } } }],
    },
  },
  'rules, settings, servers': {
    permissions: { allow: [word], deny: [word], ask: [word] },
    read_config_from: { [name]: word },
    sandbox: { [name]: word },
    unknownKey: word,
    autoApprovalSettings: { actions: { [name]: word } },
    disabledTools: [word],
    providers: { [name]: { settings: { ...secret, baseUrl: address, model: name } } },
    mcpServers: {
      [name]: { command: word, args: [word], alwaysAllow: [name], watchPaths: [word], cwd: word, oauthClient: secret },
      nested: { transport: { type: word, url: address, headers: secret.headers } },
    },
    'roo-cline.allowedCommands': [word],
    'windsurf.cascadeCommandsAllowList': [word],
    'kiroAgent.trustedCommands': [word],
    'chat.defaultAgent': word,
    name,
    tools: [word],
    allowedTools: [word],
    toolAliases: { [name]: word },
    toolsSettings: { [name]: { allowedCommands: [word], [name]: word } },
    resources: [word],
    prompt: word,
    model: name,
    hooks: { [name]: [{ matcher: name, command: word }] },
    when: { type: word, patterns: [word] },
    then: { type: word, prompt: word, command: word },
    trustedWorkspaces: [],
    toolPermission: word,
    security: { auth: { apiKey: canary } },
    modelProviders: { [name]: [{ id: name, baseUrl: address, envKey: name }] },
    env: { X: word, X_TOKEN: canary },
  },
  'settings of an editor': {
    agent: {
      tool_permissions: { default: word, tools: { [word]: { default: word, always_allow: [{ pattern: word }] } } },
      profiles: { [name]: { tools: { [word]: true }, context_servers: { [name]: { tools: { [name]: true } } } } },
      sandbox_permissions: { [name]: word },
      default_model: { provider: name, model: name },
    },
    agent_servers: { [name]: { command: word, args: [word], env: { X_TOKEN: canary }, type: word } },
    context_servers: { [name]: { settings: { x_token: canary } }, b: { command: { path: word, args: [word] } } },
    language_models: { [name]: { api_url: address } },
    profiles: { [name]: { settings: { context_servers: { c: { command: word } } } } },
  },
};

const yaml = `rules:
  - capability: ${JSON.stringify(word)}
    effect: allow
    match: [${JSON.stringify(word)}]
  - ${JSON.stringify(word)}
allow: [${JSON.stringify(word)}]
customModes:
  - slug: a
    name: ${JSON.stringify(word)}
    roleDefinition: ${JSON.stringify(word)}
    groups: [${JSON.stringify(word)}, [edit, {fileRegex: ${JSON.stringify(word)}}]]
models:
  - {provider: p, model: m, apiKey: ${canary}, apiBase: ${JSON.stringify(address)}, roles: [${JSON.stringify(word)}]}
  - {uses: ${JSON.stringify(word)}}
mcpServers:
  - {name: a, command: x, args: [${JSON.stringify(word)}], env: {X_TOKEN: ${canary}}, apiKey: ${canary}}
  - {name: b, url: ${JSON.stringify(address)}, requestOptions: {headers: {Authorization: Bearer ${canary}}}}
prompts:
  - {name: p, prompt: ${JSON.stringify(word)}}
data:
  - {destination: ${JSON.stringify(address)}}
env: {X_TOKEN: ${canary}}
`;
const texts: readonly (readonly [string, string])[] = [
  ...Object.entries(shapes).map(([name, value]) => [name, JSON.stringify(value, null, 1)] as const),
  ['YAML of hosts', yaml],
  [
    'header of a definition',
    `---\nname: a\ndescription: ${JSON.stringify(word)}\nagent: a\ntrigger: ${JSON.stringify(word)}\nglobs: ${JSON.stringify(word)}\nskills: [${JSON.stringify(word)}]\npermission:\n  bash:\n    ${JSON.stringify(word)}: allow\ntools:\n  ${JSON.stringify(word)}: true\napprovalMode: ${JSON.stringify(word)}\nmodelId: x\nproviderId: p\n---\n${word}\n`,
  ],
];

/** Where in a reading the secret stands, so that a failure names the property. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(canary) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key.includes(canary) ? [`${path}, a key`] : []),
    ...pathsOf(inner, `${path}.${Array.isArray(value) ? '' : key}`),
  ]);
}

const hosts = sources.filter((source): source is FileSource => source.kind === 'file' && products.has(source.product));

describe.each(hosts.map((source) => [source.id, source] as const))('%s', (_id, source) => {
  test('no value of a secret, wherever a host may write one', () => {
    const faults = source.locations.flatMap((location) =>
      texts.flatMap(([title, text]) => {
        const input = inputAt(location, text);
        const reading = source.read(input);
        return [...faultsOf(source, input, reading), ...pathsOf(reading)].map((fault) => `${title}: ${fault}`);
      }),
    );
    expect([...new Set(faults)]).toEqual([]);
  });
});
