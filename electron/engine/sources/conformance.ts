import { createHash } from 'node:crypto';
import { type AssetKind, assetKinds, confidences, relationKinds } from '../../../shared/kinds.ts';
import type { FileInput, FileSource, Location, Reading } from './source.ts';

/**
 * Inputs that every source of files has to survive, and what must hold for any reading. A new source is covered by
 * being in the registry.
 */

/** Stands in every hostile input where a secret would; must never stand in a reading. */
export const canary = 'FAKEcanary7Q2xV9mT4kLpZ8sWb3';

export type HostileInput = { readonly name: string; readonly text: string };

const deep = (open: string, close: string, depth: number): string => `${open.repeat(depth)}${close.repeat(depth)}`;

function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level++)
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
  return lines.join('\n');
}

const secretServers = (root: string): string =>
  JSON.stringify(
    {
      [root]: {
        one: {
          command: 'npx',
          args: ['-y', 'x', '--api-key', canary, `--token=${canary}`, `https://u:${canary}@h.example/p?key=${canary}`],
          env: { X_API_KEY: canary, DATABASE_URL: `postgres://u:${canary}@h/db` },
        },
        two: {
          type: 'http',
          url: `https://u:${canary}@h.example/mcp?access_token=${canary}`,
          headers: { Authorization: `Bearer ${canary}` },
          headersHelper: `curl -H "Authorization: Bearer ${canary}"`,
        },
        three: 5,
        four: [],
        five: null,
        'name <b>with</b> "markup" & \u202Ebidi': {
          command: `API_KEY=${canary} run`,
          args: {},
          env: [`A_TOKEN=${canary}`],
        },
      },
      env: { MY_SECRET: canary, OTHER: 1, NESTED: {} },
      hooks: {
        PreToolUse: [
          { matcher: 5, hooks: [{ type: 'command', command: `echo --password ${canary} --password=${canary}` }, 7] },
          'x',
        ],
        Stop: 3,
      },
      permissions: { allow: [`Bash(curl -H "Authorization: Bearer ${canary}")`, 1, null], deny: 'text', ask: {} },
      apiKeyHelper: `echo API_KEY=${canary}`,
      sandbox: { enabled: 'maybe', network: { token: canary } },
      projects: {
        '/home/dev/x': { mcpServers: { p: { command: 'x', env: { P_TOKEN: canary } } }, disabledMcpServers: 'no' },
      },
      __proto__x: 1,
    },
    null,
    2,
  );

/** Every shape that a file of any format may have without meaning well. */
export function hostileInputs(): readonly HostileInput[] {
  const valid = secretServers('mcpServers');
  return [
    { name: 'empty', text: '' },
    { name: 'blank', text: ' \n\t\n' },
    { name: 'one value', text: '5' },
    { name: 'a list where an object is meant', text: '[1, {"mcpServers": []}]' },
    { name: 'null', text: 'null' },
    { name: '4 MB of one line', text: `{"mcpServers": {"a": {"command": "${'x'.repeat(4 * 1024 * 1024 - 60)}"}}}` },
    {
      name: '4 MB of keys',
      text: `{${Array.from({ length: 250_000 }, (_item, index) => `"key${index}":1`).join(',\n')}}`,
    },
    { name: '4 MB of lines', text: 'key: value # comment\n'.repeat(200_000) },
    { name: '4 MB of TOML tables', text: '[a.b]\nc = "d"\n'.repeat(300_000) },
    { name: '1 MB of brackets', text: '['.repeat(1024 * 1024) },
    {
      name: 'binary',
      text: Array.from({ length: 4096 }, (_item, index) => String.fromCharCode((index * 7919) % 256)).join(''),
    },
    { name: 'truncated', text: valid.slice(0, Math.floor(valid.length / 2)) },
    { name: 'truncated front matter', text: '---\nname: x\ndescription: "open' },
    { name: '200 deep JSON', text: deep('{"a":[', ']}', 100) },
    { name: '200 deep YAML', text: `---\na: ${deep('[', ']', 200)}\n---\n` },
    { name: 'alias bomb', text: aliasBomb() },
    { name: 'alias bomb in front matter', text: `---\nname: bomb\ndescription: x\n${aliasBomb()}\n---\nbody` },
    {
      name: '__proto__ keys',
      text: '{"__proto__": {"polluted": true}, "mcpServers": {"__proto__": {"command": "x"}, "constructor": {"command": "y"}}, "env": {"__proto__": "z"}, "hooks": {"__proto__": [{"command": "w"}]}}',
    },
    {
      name: '__proto__ in YAML',
      text: '---\n__proto__: {polluted: true}\nname: constructor\ndescription: d\nmcpServers:\n  __proto__: {command: x}\n---\n',
    },
    { name: '__proto__ in TOML', text: '["__proto__"]\npolluted = true\n[mcp_servers."__proto__"]\ncommand = "x"\n' },
    { name: 'broken encoding', text: '{"mcpServers": {"\uFFFD\uFFFD": {"command": "\uFFFD"}}}' },
    { name: 'wrong encoding', text: Buffer.from(valid, 'utf16le').toString('latin1') },
    { name: 'BOM inside', text: `\uFEFF${valid}` },
    { name: 'NUL', text: valid.replaceAll('"x"', '"x\u0000y"') },
    { name: 'secrets under mcpServers', text: valid },
    { name: 'secrets under servers', text: secretServers('servers') },
    { name: 'secrets in a bare map', text: valid.replace('"mcpServers"', '"context"') },
    {
      name: 'secrets in TOML',
      text: `model = "m"\nnotify = ["sh", "-c", "curl -H 'Authorization: Bearer ${canary}'"]\n[mcp_servers.a]\ncommand = "npx"\nargs = ["--token", "${canary}"]\nenv = { A_TOKEN = "${canary}" }\n[mcp_servers.a.http_headers]\nAuthorization = "Bearer ${canary}"\n[shell_environment_policy.set]\nMY_PASSWORD = "${canary}"\n[model_providers.x]\nbase_url = "https://u:${canary}@h.example"\n`,
    },
    {
      name: 'secrets in Markdown',
      text: `---\nname: leaky <script>alert(1)</script>\ndescription: Use token ${canary} with API_KEY=${canary}\nmcpServers:\n  - x:\n      command: npx\n      env:\n        X_TOKEN: ${canary}\nhooks:\n  PreToolUse:\n    - hooks:\n        - command: echo PASSWORD=${canary}\n---\nAPI_KEY=${canary}\n`,
    },
    {
      name: 'secrets in an environment file',
      text: `A_TOKEN=${canary}\nexport B_PASSWORD='${canary}'\nDATABASE_URL=postgres://u:${canary}@h/db\nMULTI_KEY="-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----"\n`,
    },
    {
      name: 'rules',
      text: `prefix_rule(pattern=["curl", "-H", "Authorization: Bearer ${canary}"], decision="allow")\nprefix_rule(pattern=[[["x"]]])\n${'prefix_rule('.repeat(500)}`,
    },
  ];
}

/** A file at a place of the source, with the given text. */
export function inputAt(location: Location, text: string): FileInput {
  const path = location.path.replaceAll('**/', 'inner/').replaceAll('*', 'some');
  const place = location.base === 'project' ? `repo/${path}` : location.base === 'home' ? `~/${path}` : path;
  const anchor = location.base === 'project' ? 'repo' : location.base === 'home' ? '~' : '';
  return {
    path: location.base === 'machine' ? path : `/home/dev/${path}`,
    place,
    anchor,
    anchorName: anchor,
    scope: location.scope,
    location,
    text,
    replacements: 0,
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
    mode: 0o644,
  };
}

/** What `serversFacts` emits beside a server: its bridge, its network proxies, the cloud profiles that it acts as. */
const withServers: readonly AssetKind[] = ['workload', 'external-service', 'identity'];

/** What is wrong with a reading, in words; nothing when all is well. */
export function faultsOf(source: FileSource, input: FileInput, reading: Reading): readonly string[] {
  const faults: string[] = [];
  const lines = input.text.split('\n').length;
  const text = JSON.stringify(reading);
  if (text.includes(canary)) faults.push('a secret stands in the reading');
  if (reading.status !== 'read' && (reading.detail ?? '') === '')
    faults.push('no detail says why the file is not simply read');
  for (const issue of reading.issues) {
    if (issue.line !== null && (issue.line < 1 || issue.line > lines))
      faults.push(`issue at line ${issue.line} of ${lines}`);
    if (issue.message === '') faults.push('issue without words');
  }
  const emitted = new Set(source.emits.flatMap((kind) => (kind === 'mcp-server' ? [kind, ...withServers] : [kind])));
  const described = new Set<string>();
  for (const asset of reading.assets) {
    described.add(`${asset.kind} ${asset.key}`);
    if (!assetKinds.includes(asset.kind) || !emitted.has(asset.kind))
      faults.push(`emits ${asset.kind} without saying so`);
    if (asset.key === '' || asset.name.trim() === '') faults.push(`${asset.kind} without key or name`);
    if (asset.confidence !== undefined && !confidences.includes(asset.confidence))
      faults.push(`confidence ${String(asset.confidence)}`);
    if (asset.key.includes('/home/dev')) faults.push(`key with an absolute path: ${asset.key}`);
    if (asset.lines === undefined) faults.push(`${asset.kind} ${asset.key} without lines`);
    else if (asset.lines.line < 1 || asset.lines.endLine < asset.lines.line || asset.lines.endLine > lines)
      faults.push(`${asset.kind} at ${asset.lines.line}-${asset.lines.endLine} of ${lines}`);
  }
  for (const relation of reading.relations) {
    if (!relationKinds.includes(relation.kind)) faults.push(`relation ${relation.kind}`);
    if (relation.lines === undefined) faults.push(`relation ${relation.kind} without lines`);
    for (const end of [relation.from, relation.to])
      if (!described.has(`${end.kind} ${end.key}`))
        faults.push(`relation to ${end.kind} ${end.key}, which the file does not describe`);
  }
  if (JSON.stringify(JSON.parse(text)) !== text) faults.push('not plain JSON');
  return faults;
}
