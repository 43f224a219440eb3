import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loopbackModel } from './loopback-model.ts';
import { programs } from './cases.ts';

/** What a real client did with one command. `asked` = it asked a person, who said yes. */
export type Done = { readonly ran: boolean; readonly asked: boolean; readonly said: string };

/** A folder of its own for one session: home, project, stand-in programs and the file where they note their start. */
export type Stage = {
  readonly root: string;
  readonly home: string;
  readonly project: string;
  readonly path: string;
  readonly log: string;
};

export function prepareStage(root: string): Stage {
  const stage = {
    root,
    home: join(root, 'home'),
    project: join(root, 'project'),
    path: join(root, 'bin'),
    log: join(root, 'ran.log'),
  };
  for (const folder of [stage.home, stage.project, stage.path]) mkdirSync(folder, { recursive: true });
  for (const program of programs) {
    const file = join(stage.path, program);
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "${program} $*" >> '${stage.log}'\n`);
    chmodSync(file, 0o755);
  }
  // A login shell sets its own path; this puts the stand-ins first again.
  for (const name of ['.bash_profile', '.profile', '.bashrc'])
    writeFileSync(join(stage.home, name), `export PATH='${stage.path}':"$PATH"\n`);
  return stage;
}

const noted = (stage: Stage): string => (existsSync(stage.log) ? readFileSync(stage.log, 'utf8') : '');
const identified = (commands: readonly string[]): readonly string[] =>
  commands.map((command, index) => command.replaceAll('ID', `run${index}x`));
const ranAt = (stage: Stage, index: number): boolean => noted(stage).includes(`run${index}x`);

function start(
  program: string,
  args: readonly string[],
  stage: Stage,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const env = {
    PATH: `${stage.path}:${process.env['PATH'] ?? ''}`,
    HOME: stage.home,
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    ...environment,
  };
  return spawn(program, args, { cwd: stage.project, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

/** Waits for its end, at most so long; kills it with its children. Returns what it printed. */
async function finish(child: ChildProcess, milliseconds: number): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const timer = setTimeout(() => stop(child), milliseconds);
  await new Promise((done) => child.once('close', done));
  clearTimeout(timer);
  return text;
}

function stop(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** `codex exec` with full access, where only rules and built-in checks decide: nobody can be asked. */
export async function runCodex(
  bin: string,
  stage: Stage,
  rules: string,
  commands: readonly string[],
): Promise<readonly Done[]> {
  const model = await loopbackModel(
    identified(commands).map((command) => ({ tool: 'exec_command|shell_command|shell', arguments: { command } })),
  );
  const settings = join(stage.home, '.codex');
  mkdirSync(join(settings, 'rules'), { recursive: true });
  writeFileSync(join(settings, 'rules', 'default.rules'), rules);
  writeFileSync(
    join(settings, 'config.toml'),
    [
      'model = "stub-model"',
      'model_provider = "stub"',
      'check_for_update_on_startup = false',
      'approval_policy = "never"',
      'sandbox_mode = "danger-full-access"',
      '[analytics]',
      'enabled = false',
      '[model_providers.stub]',
      'name = "stub"',
      `base_url = "http://127.0.0.1:${model.port}/v1"`,
      'wire_api = "responses"',
      'env_key = "STUB_KEY"',
      'requires_openai_auth = false',
      'supports_websockets = false',
      'request_max_retries = 0',
      'stream_max_retries = 0',
      `[projects."${stage.project}"]`,
      'trust_level = "trusted"',
      '',
    ].join('\n'),
  );
  const child = start(bin, ['exec', '--json', '--skip-git-repo-check', '-C', stage.project, 'probe'], stage, {
    CODEX_HOME: settings,
    STUB_KEY: 'dummy-for-loopback',
  });
  const printed = await finish(child, 120_000);
  const results = model.results();
  await model.close();
  return commands.map((_, index) => ({
    ran: ranAt(stage, index),
    asked: false,
    said: (results[index] ?? printed.slice(-300)).slice(0, 300),
  }));
}

/** `gemini -p`: what could only ask is refused. */
export async function runGemini(
  bin: string,
  stage: Stage,
  files: { readonly settings: object; readonly policy: string; readonly mode: string },
  commands: readonly string[],
): Promise<readonly Done[]> {
  const model = await loopbackModel(
    identified(commands).map((command) => ({
      tool: 'run_shell_command',
      arguments: { command, description: 'probe' },
    })),
  );
  const folder = join(stage.home, '.gemini');
  mkdirSync(join(folder, 'policies'), { recursive: true });
  const base = {
    security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
    privacy: { usageStatisticsEnabled: false },
    general: { enableAutoUpdate: false, disableAutoUpdate: true },
    model: { maxSessionTurns: 200 },
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...base, ...files.settings }));
  if (files.policy !== '') writeFileSync(join(folder, 'policies', 'rules.toml'), files.policy);
  const child = start(
    bin,
    ['-p', 'probe', '-m', 'gemini-2.5-flash', '--approval-mode', files.mode, '--output-format', 'stream-json'],
    stage,
    {
      GEMINI_API_KEY: 'dummy-for-loopback',
      GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${model.port}`,
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      NO_BROWSER: '1',
      CI: '',
    },
  );
  const printed = await finish(child, 180_000);
  const results = model.results();
  const offered = model.offered().has('run_shell_command');
  await model.close();
  return commands.map((_, index) => ({
    ran: ranAt(stage, index),
    asked: false,
    said: offered ? (results[index] ?? printed.slice(-300)).slice(0, 300) : 'the tool is not offered',
  }));
}

/** `opencode serve`: every question is answered with yes, once, and noted. */
export async function runOpenCode(
  bin: string,
  stage: Stage,
  permission: object,
  commands: readonly string[],
  port: number,
): Promise<readonly Done[]> {
  const model = await loopbackModel(
    identified(commands).map((command) => ({ tool: 'bash', arguments: { command, description: 'probe' } })),
  );
  const provider = {
    stub: {
      npm: '@ai-sdk/openai-compatible',
      name: 'stub',
      options: { baseURL: `http://127.0.0.1:${model.port}/v1`, apiKey: 'dummy' },
      models: { stub: { name: 'stub', tool_call: true, limit: { context: 1_000_000, output: 1000 } } },
    },
  };
  writeFileSync(
    join(stage.project, 'opencode.json'),
    JSON.stringify({
      autoupdate: false,
      share: 'disabled',
      model: 'stub/stub',
      small_model: 'stub/stub',
      enabled_providers: ['stub'],
      provider,
      permission: { doom_loop: 'allow', ...permission },
    }),
  );
  const folders = Object.fromEntries(
    ['DATA', 'CONFIG', 'STATE', 'CACHE'].map((name) => [`XDG_${name}_HOME`, join(stage.home, name.toLowerCase())]),
  );
  const child = start(bin, ['serve', '--port', String(port), '--hostname', '127.0.0.1'], stage, {
    ...folders,
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_SERVER_PASSWORD: 'probe',
  });
  const closed = finish(child, 180_000);
  const base = `http://127.0.0.1:${port}`;
  const headers = {
    authorization: `Basic ${Buffer.from('opencode:probe').toString('base64')}`,
    'content-type': 'application/json',
  };
  const asked = new Set<number>();
  const control = new AbortController();
  try {
    for (let round = 0; round < 200; round += 1) {
      try {
        if ((await fetch(`${base}/global/health`, { headers, signal: AbortSignal.timeout(1500) })).ok) break;
      } catch {
        // Not up yet.
      }
      await new Promise((done) => setTimeout(done, 150));
    }
    void (async () => {
      const stream = await fetch(`${base}/event`, { headers, signal: control.signal });
      let buffer = '';
      for await (const chunk of stream.body ?? []) {
        buffer += Buffer.from(chunk as Uint8Array).toString();
        for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
          const data = buffer.slice(0, end).replace(/^data:/, '');
          buffer = buffer.slice(end + 2);
          if (!data.trim().startsWith('{')) continue;
          const event = JSON.parse(data) as { type: string; properties: { id: string } };
          if (event.type !== 'permission.asked') continue;
          asked.add(model.results().length);
          await fetch(`${base}/permission/${event.properties.id}/reply`, {
            method: 'POST',
            headers,
            body: '{"reply":"once"}',
          });
        }
      }
    })().catch(() => {});
    await new Promise((done) => setTimeout(done, 300));
    const session = (await (await fetch(`${base}/session`, { method: 'POST', headers, body: '{}' })).json()) as {
      id: string;
    };
    await fetch(`${base}/session/${session.id}/message`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        model: { providerID: 'stub', modelID: 'stub' },
        parts: [{ type: 'text', text: 'probe' }],
      }),
      signal: AbortSignal.timeout(150_000),
    }).then((response) => response.text());
  } finally {
    control.abort();
    stop(child);
    await closed;
  }
  const results = model.results();
  await model.close();
  return commands.map((_, index) => ({
    ran: ranAt(stage, index),
    asked: asked.has(index),
    said: (results[index] ?? 'no answer').slice(0, 300),
  }));
}

/** `claude -p`: what would ask is refused. Proprietary: only where somebody has put it there, never bundled. */
export async function runClaude(
  bin: string,
  stage: Stage,
  settings: object,
  commands: readonly string[],
): Promise<readonly Done[]> {
  const model = await loopbackModel(
    identified(commands).map((command) => ({ tool: 'Bash', arguments: { command, description: 'probe' } })),
  );
  mkdirSync(join(stage.home, '.claude'), { recursive: true });
  writeFileSync(join(stage.home, '.claude', 'settings.json'), JSON.stringify(settings));
  const child = start(
    bin,
    ['-p', 'probe', '--output-format', 'json', '--model', 'claude-sonnet-4-5', '--max-turns', '200'],
    stage,
    {
      TERM: 'dumb',
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${model.port}`,
      ANTHROPIC_API_KEY: 'dummy-for-loopback',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
    },
  );
  const printed = await finish(child, 240_000);
  const results = model.results();
  await model.close();
  return commands.map((_, index) => ({
    ran: ranAt(stage, index),
    asked: false,
    said: (results[index] ?? printed.slice(-300)).slice(0, 300),
  }));
}
