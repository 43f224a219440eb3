import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileScan, printedScan } from '../fixtures/hostile-scan.ts';
import { plant, plantedFolder, type Tree } from '../fixtures/temporary-tree.ts';

type Kind = { readonly name: string; readonly make: (random: string) => string };

/** Letters and digits that look generated, the same for the same name. Put together here: no secret stands in this file. */
function randomText(name: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round++)
    text += createHash('sha256')
      .update(`${name} ${round}`)
      .digest('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  return `FAKE${text}`.slice(0, length);
}

/** Names of credentials with the begin that their values have. */
const prefixes: readonly (readonly [string, string])[] = [
  ['ANTHROPIC_API_KEY', 'sk-ant-api03-'],
  ['OPENAI_API_KEY', 'sk-proj-'],
  ['OPENROUTER_API_KEY', 'sk-or-v1-'],
  ['STRIPE_SECRET_KEY', 'sk_live_'],
  ['STRIPE_TEST_KEY', 'sk_test_'],
  ['STRIPE_RESTRICTED_KEY', 'rk_live_'],
  ['STRIPE_WEBHOOK_SECRET', 'whsec_'],
  ['GITHUB_TOKEN', 'ghp_'],
  ['GITHUB_OAUTH_TOKEN', 'gho_'],
  ['GITHUB_APP_TOKEN', 'ghs_'],
  ['GITHUB_PAT', 'github_pat_'],
  ['GITLAB_TOKEN', 'glpat-'],
  ['SLACK_BOT_TOKEN', 'xoxb-'],
  ['SLACK_USER_TOKEN', 'xoxp-'],
  ['SLACK_APP_TOKEN', 'xapp-'],
  ['AWS_ACCESS_KEY_ID', 'AKIA'],
  ['AWS_SESSION_KEY_ID', 'ASIA'],
  ['GOOGLE_API_KEY', 'AIza'],
  ['GOOGLE_OAUTH_TOKEN', 'ya29.'],
  ['NPM_TOKEN', 'npm_'],
  ['PYPI_TOKEN', 'pypi-'],
  ['HF_TOKEN', 'hf_'],
  ['GROQ_API_KEY', 'gsk_'],
  ['XAI_API_KEY', 'xai-'],
  ['PERPLEXITY_API_KEY', 'pplx-'],
  ['TAVILY_API_KEY', 'tvly-'],
  ['FIGMA_TOKEN', 'figd_'],
  ['LINEAR_API_KEY', 'lin_api_'],
  ['NOTION_TOKEN', 'ntn_'],
  ['DIGITALOCEAN_TOKEN', 'dop_v1_'],
  ['SUPABASE_TOKEN', 'sbp_'],
  ['SHOPIFY_TOKEN', 'shpat_'],
  ['SENDGRID_API_KEY', 'SG.'],
  ['ATLASSIAN_TOKEN', 'ATATT'],
  ['DATABRICKS_TOKEN', 'dapi'],
  ['REPLICATE_API_TOKEN', 'r8_'],
  ['CONTEXT7_API_KEY', 'ctx7sk-'],
  ['ID_JWT', 'eyJhbGciOiJIUzI1NiJ9.'],
];
const plainNames = [
  'AWS_SECRET_ACCESS_KEY',
  'AZURE_OPENAI_API_KEY',
  'AZURE_CLIENT_SECRET',
  'DATADOG_API_KEY',
  'SENTRY_AUTH_TOKEN',
  'JIRA_API_TOKEN',
  'POSTGRES_PASSWORD',
  'MYSQL_PWD',
  'REDIS_PASSWORD',
  'SESSION_SECRET',
  'ENCRYPTION_KEY',
  'SIGNING_KEY',
  'CLIENT_SECRET',
  'ACCESS_TOKEN',
  'REFRESH_TOKEN',
  'BEARER_TOKEN',
  'PRIVATE_TOKEN',
  'DEPLOY_TOKEN',
  'BOT_TOKEN',
  'SMTP_PASSWORD',
  'ADMIN_PASSWORD',
  'VAULT_TOKEN',
];
const kinds: readonly Kind[] = [
  ...prefixes.map(([name, prefix]): Kind => ({ name, make: (random) => `${prefix}${random}` })),
  ...plainNames.map((name): Kind => ({ name, make: (random) => random })),
];

/** The secret of one kind in one file: the same kind elsewhere has another, so that a find tells where it came from. */
const planted = new Map<string, string>();
function secretOf(kind: Kind, place: string): string {
  const secret = kind.make(randomText(`${kind.name} in ${place}`, 36));
  planted.set(secret, `${kind.name} in ${place}`);
  return secret;
}

const each = <T>(place: string, use: (name: string, secret: string, index: number) => T): T[] =>
  kinds.map((kind, index) => use(kind.name, secretOf(kind, place), index));
const environment = (place: string): Record<string, string> =>
  Object.fromEntries(each(place, (name, secret) => [name, secret]));

function servers(place: string): Record<string, unknown> {
  return {
    environment: { command: 'npx', args: ['-y', '@acme/one'], env: environment(`${place} env`) },
    headers: {
      type: 'http',
      url: 'https://mcp.example.test/mcp',
      headers: Object.fromEntries(
        each(`${place} headers`, (name, secret) => [`X-${name.replaceAll('_', '-')}`, secret]),
      ),
    },
    ...Object.fromEntries(
      each(`${place} others`, (name, secret, index) => {
        const forms = [
          { command: 'npx', args: ['@acme/two', `--${name.toLowerCase().replaceAll('_', '-')}`, secret] },
          { command: 'npx', args: ['@acme/two', `--${name.toLowerCase().replaceAll('_', '-')}=${secret}`] },
          { url: `https://user:${secret}@db.example.test/x` },
          { url: `https://mcp.example.test/mcp?api_key=${secret}` },
          { type: 'http', url: 'https://mcp.example.test/mcp', headers: { Authorization: `Bearer ${secret}` } },
          { command: 'sh', args: ['-c', `curl -H "Authorization: Bearer ${secret}" https://x.example.test`] },
          { command: 'server', env: { DATABASE_URL: `postgres://app:${secret}@db.example.test:5432/x` } },
        ];
        return [`s${index}`, forms[index % forms.length]];
      }),
    ),
  };
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const lines = (place: string, form: (name: string, secret: string) => string): string =>
  `${each(place, form).join('\n')}\n`;

function projectTree(marker: string): Tree {
  const command = `touch ${marker}`;
  return {
    '.mcp.json': json({ mcpServers: { ...servers('.mcp.json'), marker: { command: 'touch', args: [marker] } } }),
    '.cursor/mcp.json': json({ mcpServers: servers('.cursor/mcp.json') }),
    '.vscode/mcp.json': json({
      servers: servers('.vscode/mcp.json'),
      inputs: [{ id: 'k', type: 'promptString', password: true, default: secretOf(kinds[0] as Kind, 'vscode input') }],
    }),
    '.gemini/settings.json': json({ mcpServers: servers('.gemini/settings.json') }),
    '.claude/settings.json': json({
      env: environment('.claude/settings.json'),
      apiKeyHelper: command,
      hooks: {
        SessionStart: [
          {
            hooks: [
              { type: 'command', command },
              ...each('hook', (name, secret) => ({
                type: 'command',
                command: `${name}=${secret} curl https://x.example.test`,
              })),
            ],
          },
        ],
      },
      statusLine: { type: 'command', command },
    }),
    '.claude/settings.local.json': json({ env: environment('.claude/settings.local.json') }),
    '.codex/config.toml': `notify = ["touch", "${marker}"]\n[mcp_servers.x]\ncommand = "touch"\nargs = ["${marker}"]\n[mcp_servers.x.env]\n${lines('.codex/config.toml', (name, secret) => `${name} = "${secret}"`)}`,
    'CLAUDE.md': `# Rules\n!\`${command}\`\n${lines('CLAUDE.md', (name, secret) => `Use ${name}=${secret} for it.`)}`,
    'AGENTS.md': lines('AGENTS.md', (name, secret) => `- ${name}: ${secret}`),
    '.claude/agents/helper.md': `---\nname: helper\ndescription: "uses ${secretOf(kinds[7] as Kind, 'agent description')}"\n---\n${lines('agent', (name, secret) => `export ${name}="${secret}"`)}`,
    '.claude/skills/one/SKILL.md': `---\nname: one\ndescription: x\n---\n!\`${command}\`\n${lines('skill', (name, secret) => `${name}: ${secret}`)}`,
    '.claude/commands/run.md': `---\ndescription: run\n---\n!\`${command}\`\n${lines('command', (name, secret) => `curl -H "Authorization: Bearer ${secret}" # ${name}`)}`,
    '.env': lines('.env', (name, secret) => `${name}=${secret}`),
    '.env.local': lines('.env.local', (name, secret) => `export ${name}='${secret}'`),
    'agent.py': [
      'import os',
      'from langgraph.prebuilt import create_react_agent',
      'from langchain_anthropic import ChatAnthropic',
      `open(${JSON.stringify(marker)}, "w").close()`,
      lines('agent.py', (name, secret) => `${name} = "${secret}"`),
      `model = ChatAnthropic(model="claude-sonnet-4-5", api_key="${secretOf(kinds[0] as Kind, 'python argument')}")`,
      `agent = create_react_agent(model, tools=[], prompt="Use the token ${secretOf(kinds[7] as Kind, 'python prompt')}", name="worker")`,
      '',
    ].join('\n'),
    'broken/.mcp.json': `{ "mcpServers": { "x": { "env": { "${kinds[1]?.name}": "${secretOf(kinds[1] as Kind, 'broken JSON')}" `,
    'broken/.codex/config.toml': `[mcp_servers.x.env]\n${kinds[2]?.name} = "${secretOf(kinds[2] as Kind, 'broken TOML')}\n`,
    'broken/.claude/agents/x.md': `---\nname: [${secretOf(kinds[3] as Kind, 'broken YAML')}\n---\n`,
  };
}

const homeTree: () => Tree = () => ({
  '.claude.json': json({
    mcpServers: servers('~/.claude.json'),
    oauthAccount: { accessToken: secretOf(kinds[0] as Kind, 'oauth') },
    primaryApiKey: secretOf(kinds[0] as Kind, 'primary key'),
  }),
  '.claude/settings.json': json({ env: environment('~/.claude/settings.json') }),
  '.claude/.credentials.json': json({
    claudeAiOauth: {
      accessToken: secretOf(kinds[0] as Kind, 'credentials'),
      refreshToken: secretOf(kinds[0] as Kind, 'refresh'),
    },
  }),
  '.codex/auth.json': json({ OPENAI_API_KEY: secretOf(kinds[1] as Kind, 'codex auth') }),
  '.cursor/mcp.json': json({ mcpServers: servers('~/.cursor/mcp.json') }),
});

/** Encodings that a value might hide in. Base64 depends on where in its group a value begins, so the middle is looked for. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift, 'a'), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  return [
    ...new Set([
      secret,
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      encodeURIComponent(secret),
    ]),
  ];
}

/** Where a planted secret is found, as `KIND in FILE`: never the value, also not in what a failing test prints. */
function leaks(text: string): string[] {
  const near = surroundings(text);
  return near === ''
    ? []
    : [...planted].filter(([secret]) => formsOf(secret).some((form) => near.includes(form))).map(([, where]) => where);
}

/** Every secret holds FAKE, so in every encoding one of these stands in it: only what stands around them is searched. */
const signs = [
  'FAKE',
  ...['46414b45', '46414B45'],
  ...[0, 1, 2].map((shift) =>
    Buffer.from(`${'a'.repeat(shift)}FAKE`)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : shift + 1, -1),
  ),
];

function surroundings(text: string): string {
  const parts: string[] = [];
  for (const sign of signs)
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1))
      parts.push(text.slice(Math.max(0, at - 100), at + 200));
  return parts.join('\n');
}

test('no value of a secret appears in any output, and nothing that was scanned is run', {
  timeout: 60_000,
}, async () => {
  const folder = plantedFolder({});
  const marker = join(folder, 'executed');
  plant(join(folder, 'project'), projectTree(marker));
  plant(join(folder, 'home'), homeTree());
  const [root, home] = [join(folder, 'project'), join(folder, 'home')];
  expect(kinds.length).toBe(60);
  // The search itself must be able to find: each planted value is found where it was planted.
  const source = readFileSync(join(root, '.env'), 'utf8');
  expect(leaks(source).length).toBe(60);
  expect(leaks(Buffer.from(source).toString('base64')).length).toBe(60);
  expect(leaks(Buffer.from(source).toString('hex')).length).toBe(60);

  const printed = await printedScan(root, '--home', home);
  expect(printed.report.assets.length).toBeGreaterThan(60);
  const found: Record<string, string[]> = {
    'the JSON report': leaks(printed.json),
    'the text report': leaks(printed.text),
    'the notes of the command line': leaks(printed.noted),
    'its workspace file': leaks(printed.workspace.toString('latin1')),
  };

  const { bench, workspace, status } = await hostileScan({ roots: [root], home });
  expect(status).toBe('complete');
  const { router } = bench;
  const columns = await router.ask('assets.columns', { scan: null });
  const ids = columns.ok ? columns.value.ids.split('\n') : [];
  let shown = '';
  const files = new Set<string>();
  for (const id of ids) {
    const detail = await router.ask('assets.detail', { scan: null, id });
    shown += JSON.stringify(detail);
    for (const { root: at, file } of detail.ok ? detail.value.asset.evidence : []) files.add(`${at} ${file}`);
  }
  found['the details of assets'] = leaks(shown + JSON.stringify(columns));
  let read = '';
  for (const key of files) {
    const [at = '', ...file] = key.split(' ');
    const answer = await router.ask('assets.sourceLines', {
      scan: null,
      root: Number(at),
      file: file.join(' '),
      line: 1,
      endLine: 1000,
      context: 0,
    });
    read += answer.ok ? `${answer.value.lines.join('\n')}\n` : '';
  }
  expect(files.size).toBeGreaterThan(10);
  found['the shown lines of files'] = leaks(read);
  found['the log'] = leaks(bench.logLines.join(''));
  found['events'] = leaks(JSON.stringify(bench.events));
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(workspace + suffix))
      found[`the open workspace file${suffix}`] = leaks(readFileSync(workspace + suffix, 'latin1'));
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((output) => [output, []])));
  expect(existsSync(marker)).toBe(false);
});
