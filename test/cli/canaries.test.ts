import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
import { recordedIo } from './recorded-io.ts';

/** A value like a provider's token, put together here so that no scanner of repositories takes this file for a leak. */
const canaryOf = (prefix: string, number: number): string =>
  `${prefix}FAKE${String(number).padStart(3, '0')}${'q7Zt3Kx9Lm2Vb5Nw8Rp4'.repeat(2)}`;

/** Where people put secrets, by the file that they put them into. Each place gets a value of its own. */
const places: { readonly [file: string]: (canary: (prefix?: string) => string) => unknown } = {
  'app/.mcp.json': (canary) => ({
    mcpServers: {
      env: {
        command: 'server',
        env: {
          API_TOKEN: canary('sk-'),
          PLAIN_LOOKING: canary('ghp_'),
          DATABASE_URL: `postgres://dev:${canary()}@db.example/app`,
        },
      },
      flag: { command: 'server', args: ['--api-key', canary('sk-'), `--token=${canary()}`, '--password', canary()] },
      variable: { command: 'docker', args: ['run', '-e', `TOKEN=${canary('ghp_')}`, 'image'] },
      header: {
        command: 'npx',
        args: ['mcp-remote', 'https://mcp.example/sse', '--header', `Authorization: Bearer ${canary()}`],
      },
      shell: { command: 'sh', args: ['-c', `API_KEY=${canary('sk-')} server --secret ${canary()}`] },
      url: { type: 'http', url: `https://user:${canary()}@mcp.example/mcp?api_key=${canary('sk-')}` },
      headers: {
        type: 'http',
        url: 'https://mcp.example/mcp',
        headers: { Authorization: `Bearer ${canary('sk-')}`, 'X-Api-Key': canary() },
      },
    },
  }),
  'app/.claude/settings.json': (canary) => ({
    env: { ANTHROPIC_API_KEY: canary('sk-ant-'), SERVICE_PASSWORD: canary() },
    permissions: { allow: [`Bash(curl -H "Authorization: Bearer ${canary()}" https://api.example)`] },
    hooks: {
      PreToolUse: [
        {
          matcher: 'Bash',
          hooks: [{ type: 'command', command: `curl -H 'X-Api-Key: ${canary('sk-')}' https://hooks.example` }],
        },
      ],
    },
    apiKeyHelper: `echo ${canary('sk-ant-')}`,
  }),
  'app/.cursor/mcp.json': (canary) => ({ mcpServers: { one: { command: 'server', env: { TOKEN: canary('xoxb-') } } } }),
  'app/.vscode/mcp.json': (canary) => ({
    servers: { one: { type: 'http', url: 'https://mcp.example', headers: { 'X-Token': canary() } } },
  }),
  'app/.gemini/settings.json': (canary) => ({
    mcpServers: {
      one: { httpUrl: `https://mcp.example/?token=${canary()}`, headers: { Authorization: `Bearer ${canary()}` } },
    },
  }),
  'app/src/agent.py': (canary) =>
    [
      'from langchain_openai import ChatOpenAI',
      'from langgraph.prebuilt import create_react_agent',
      `OPENAI_API_KEY = "${canary('sk-')}"`,
      `model = ChatOpenAI(model="gpt-4.1", api_key="${canary('sk-')}", base_url="https://u:${canary()}@llm.example/v1")`,
      `agent = create_react_agent(model, tools=[], prompt="You are helpful. password: ${canary()}")`,
      '',
    ].join('\n'),
  'home/.claude.json': (canary) => ({
    oauthAccount: { accessToken: canary() },
    primaryApiKey: canary('sk-ant-'),
    mcpServers: { mine: { command: 'server', env: { TOKEN: canary() } } },
    projects: { '/x': { mcpServers: { theirs: { type: 'sse', url: `https://mcp.example/?key=${canary('sk-')}` } } } },
  }),
  'home/.claude/.credentials.json': (canary) => ({
    claudeAiOauth: { accessToken: canary('sk-ant-'), refreshToken: canary() },
  }),
  'home/.codex/config.toml': (canary) =>
    `[mcp_servers.one]\ncommand = "server"\nargs = ["--token", "${canary()}"]\n[mcp_servers.one.env]\nAPI_KEY = "${canary('sk-')}"\n[model_providers.mine]\nname = "mine"\nbase_url = "https://x:${canary()}@llm.example"\nhttp_headers = { "X-Api-Key" = "${canary('sk-')}" }\n`,
  'home/.codex/auth.json': (canary) => ({ OPENAI_API_KEY: canary('sk-') }),
};

test('of many secrets in many places none is printed, logged or stored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-canaries-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const canaries: { readonly place: string; readonly value: string }[] = [];
  for (const [file, content] of Object.entries(places)) {
    const text = content((prefix = '') => {
      const value = canaryOf(prefix, canaries.length);
      canaries.push({ place: file, value });
      return value;
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof text === 'string' ? text : JSON.stringify(text, null, 2));
  }

  const outputs = new Map<string, string>();
  for (const format of ['json', 'text', 'sarif']) {
    const io = recordedIo(folder, { environment: { COUNTERSIGN_DEBUG: '1' } });
    const code = await runCommand(
      ['scan', 'app', '--home', 'home', '--format', format, '--workspace', 'kept.countersign'],
      io,
    );
    // Secrets that are written out are findings, and told without their values.
    expect(code).toBe(1);
    outputs.set(`${format} on stdout`, io.printed()).set(`${format} log`, io.noted());
  }
  for (const name of readdirSync(folder))
    if (name.startsWith('kept.')) outputs.set(name, readFileSync(join(folder, name), 'latin1'));
  expect(outputs.get('json on stdout')).toContain('API_TOKEN');
  expect(outputs.get('sarif on stdout')).toContain('literal-credential');

  const found: string[] = [];
  for (const [output, text] of outputs) {
    for (const { place, value } of canaries) {
      // The number tells the values apart, and a value that was cut would still hold it.
      const marks = [
        value.slice(0, value.indexOf('FAKE') + 7),
        Buffer.from(value).toString('base64').slice(4, 16),
        Buffer.from(value).toString('hex').slice(0, 20),
      ];
      if (marks.some((mark) => text.includes(mark)))
        found.push(`${output}: ${place} ${value.slice(0, value.indexOf('FAKE') + 7)}`);
    }
  }
  expect(found).toEqual([]);
});
