import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../electron/build/parts.ts';
import { permissionFacts, settingOf } from '../../electron/engine/permissions/facts-of-reading.test-support.ts';
import { evaluatorNamed } from '../../electron/engine/permissions/registry.ts';
import { loadShellGrammar } from '../../electron/engine/permissions/shell/grammar.ts';
import type { Verdict } from '../../electron/engine/permissions/verdict.ts';
import { commands as chosen, generated } from './cases.ts';
import { type Done, prepareStage, runClaude, runCodex, runGemini, runOpenCode, type Stage } from './clients.ts';

/**
 * Real clients on loopback against our verdicts: the same files, the same command. `CLIENTS_DIR` names a folder with
 * `node_modules/.bin` of the clients; those that are not there are not run, and that is said.
 */
type Session = {
  readonly client: 'claude-code' | 'codex' | 'gemini-cli' | 'opencode';
  readonly name: string;
  readonly mode: string | null;
  readonly context: 'interactive' | 'headless';
  run(bin: string, stage: Stage): Promise<readonly Done[]>;
};

/** `--generated SEED`: commands by chance instead of the chosen ones. */
const seedAt = process.argv.indexOf('--generated');
const commands = seedAt < 0 ? chosen : generated(64, Number(process.argv[seedAt + 1] ?? 1));

const rule = (decision: string, ...pattern: readonly string[]): string =>
  `prefix_rule(pattern = ${JSON.stringify(pattern)}, decision = "${decision}")\n`;

const codexSessions: readonly Session[] = [
  ['no rules', ''],
  ['terraform forbidden', rule('forbidden', 'terraform')],
  [
    'terraform apply forbidden, terraform allowed',
    rule('forbidden', 'terraform', 'apply') + rule('allow', 'terraform'),
  ],
  ['terraform prompts', rule('prompt', 'terraform')],
  ['make forbidden, kubectl delete prompts', rule('forbidden', 'make') + rule('prompt', 'kubectl', 'delete')],
  [
    'everything allowed',
    ['terraform', 'make', 'kubectl', 'npm', 'cargo', 'aws'].map((program) => rule('allow', program)).join(''),
  ],
].map(([name = '', rules = '']) => ({
  client: 'codex',
  name,
  mode: null,
  context: 'headless',
  run: (bin, stage) => runCodex(bin, stage, rules, commands),
}));

const policy = (decision: string, prefix: string, priority: number): string =>
  `[[rule]]\ntoolName = "run_shell_command"\ncommandPrefix = "${prefix}"\ndecision = "${decision}"\npriority = ${priority}\n\n`;

const geminiSessions: readonly Session[] = (
  [
    ['yolo', {}, '', 'yolo'],
    ['yolo, terraform denied', {}, policy('deny', 'terraform', 500), 'yolo'],
    [
      'yolo, terraform apply denied, make denied',
      {},
      policy('deny', 'terraform apply', 500) + policy('deny', 'make', 400),
      'yolo',
    ],
    ['default, make allowed', { tools: { allowed: ['run_shell_command(make)'] } }, '', 'default'],
    [
      'default, terraform and make allowed',
      { tools: { allowed: ['run_shell_command(terraform)', 'run_shell_command(make)'] } },
      '',
      'default',
    ],
    ['default, policy allows kubectl', {}, policy('allow', 'kubectl', 500), 'default'],
  ] as const
).map(([name, settings, rules, mode]) => ({
  client: 'gemini-cli',
  name,
  mode,
  context: 'headless',
  run: (bin, stage) => runGemini(bin, stage, { settings, policy: rules, mode }, commands),
}));

const claudeSessions: readonly Session[] = (
  [
    ['no rules', {}],
    ['terraform allowed', { allow: ['Bash(terraform *)'] }],
    ['make and terraform plan allowed', { allow: ['Bash(make *)', 'Bash(terraform plan *)'] }],
    ['all allowed, terraform denied', { allow: ['Bash'], deny: ['Bash(terraform *)'] }],
    ['all allowed, terraform apply denied', { allow: ['Bash(*)'], deny: ['Bash(terraform apply:*)'] }],
    ['all allowed, terraform asks', { allow: ['Bash'], ask: ['Bash(terraform apply *)'] }],
    ['accept edits, npm allowed', { defaultMode: 'acceptEdits', allow: ['Bash(npm run *)', 'Bash(npm test *)'] }],
    ['dontAsk, make allowed', { defaultMode: 'dontAsk', allow: ['Bash(make:*)'] }],
  ] as const
).map(([name, permissions]) => ({
  client: 'claude-code',
  name,
  mode: null,
  context: 'headless',
  run: (bin, stage) => runClaude(bin, stage, { permissions }, commands),
}));

let port = 42_310;
const openCodeSessions: readonly Session[] = (
  [
    ['nothing set', {}],
    ['terraform denied', { bash: { '*': 'allow', 'terraform *': 'deny' } }],
    ['asks, make allowed', { bash: { '*': 'ask', 'make *': 'allow' } }],
    ['last match', { bash: { 'terraform apply*': 'deny', 'terraform *': 'allow', '*': 'ask' } }],
    ['order the other way', { bash: { '*': 'ask', 'terraform *': 'allow', 'terraform apply*': 'deny' } }],
    ['all denied', { bash: 'deny' }],
  ] as const
).map(([name, permission]) => ({
  client: 'opencode',
  name,
  mode: null,
  context: 'interactive',
  run: (bin, stage) => {
    port += 1;
    return runOpenCode(bin, stage, permission, commands, port);
  },
}));

/** What the client did, as a verdict. A tool that is not offered and one that is refused are one thing here. */
const observed = ({ ran, asked }: Done): 'allow' | 'ask' | 'deny' => (asked ? 'ask' : ran ? 'allow' : 'deny');
const foretold = (verdict: Verdict): string => (verdict === 'hidden' ? 'deny' : verdict);

/** How often the client ran, asked and refused: agreement about nothing but refusals would prove little. */
const count = (own: readonly { readonly theirs: string }[]): string =>
  ['allow', 'ask', 'deny'].map((word) => `${own.filter((row) => row.theirs === word).length} ${word}`).join(', ');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clients = process.env['CLIENTS_DIR'];
const only = process.argv.slice(2).find((argument) => /^[a-z]/.test(argument));
const grammar = await loadShellGrammar();
const rows: { client: string; session: string; command: string; ours: string; theirs: string; said: string }[] = [];
const notRun: string[] = [];
const bins = { codex: 'codex', 'gemini-cli': 'gemini', opencode: 'opencode', 'claude-code': 'claude' } as const;

for (const session of [...codexSessions, ...geminiSessions, ...openCodeSessions, ...claudeSessions]) {
  if (only !== undefined && session.client !== only) continue;
  const bin = clients === undefined ? '' : join(clients, 'node_modules', '.bin', bins[session.client]);
  if (bin === '' || !existsSync(bin)) {
    if (!notRun.includes(session.client)) notRun.push(session.client);
    continue;
  }
  const root = mkdtempSync(join(tmpdir(), 'countersign-differential-'));
  try {
    const stage = prepareStage(root);
    const done = await session.run(bin, stage);
    const evaluator = evaluatorNamed(session.client);
    if (evaluator === undefined) throw new Error(`no evaluator for ${session.client}`);
    const facts = permissionFacts({ fsRoot: root, home: '/home', repository: '/project' });
    const setting = settingOf({
      home: '/home',
      workingDirectory: '/project',
      context: session.context,
      mode: session.mode,
      trusted: true,
    });
    const compiled = evaluator.compile({ facts, agent: null, setting, grammar });
    for (const [index, command] of commands.entries()) {
      const one = done[index];
      if (one === undefined) continue;
      const ours = foretold(compiled.verdict({ type: 'shell', command: command.replaceAll('ID', `run${index}x`) }));
      rows.push({
        client: session.client,
        session: session.name,
        command,
        ours,
        theirs: observed(one),
        said: one.said,
      });
    }
    const own = rows.filter((row) => row.client === session.client && row.session === session.name);
    say(
      `${session.client}, ${session.name}: ${own.filter((row) => row.ours === row.theirs).length} of ${own.length} agree (${count(own)})`,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const differing = rows.filter((row) => row.ours !== row.theirs);
const dangerous = differing.filter((row) => row.theirs === 'allow' && (row.ours === 'ask' || row.ours === 'deny'));
for (const row of differing)
  say(
    `DIFFERS ${row.client} [${row.session}] ${row.command}: ours ${row.ours}, the client ${row.theirs} | ${row.said.replace(/\s+/g, ' ').slice(0, 160)}`,
  );
for (const client of notRun) say(`${client}: not run: CLIENTS_DIR names no folder with it`);
say(
  `${rows.length} pairs, ${rows.length - differing.length} agree, ${dangerous.length} where we say ask or deny and the client runs it`,
);
if (process.argv.includes('--write')) {
  const cell = (text: string): string =>
    text
      .replace(/\s+/g, ' ')
      .replace(/[|<>`]/g, ' ')
      .slice(0, 120);
  const versions = Object.fromEntries(
    Object.keys(bins).map((name) => [name, evaluatorNamed(name)?.versions[0]?.version ?? '']),
  );
  const table = Object.keys(bins).map((name) => {
    const own = rows.filter((row) => row.client === name);
    const agree = own.filter((row) => row.ours === row.theirs).length;
    return `| ${name} | ${own.length === 0 ? 'not run' : versions[name]} | ${own.length} | ${agree} | ${own.length - agree} | ${dangerous.filter((row) => row.client === name).length} |`;
  });
  const text = [
    '# Verdicts against real clients',
    '',
    'Written by `npm run differential -- --write` with `CLIENTS_DIR` naming a folder with the clients. Each real client runs in a',
    'folder of its own against a model on loopback that asks for one command after the other; the programs are stand-ins that note',
    'their start. The same files and the same commands go to our evaluators. The clients are never bundled.',
    '',
    `Date: ${new Date().toISOString().slice(0, 10)}. ${commands.length} commands in ${new Set(rows.map((row) => `${row.client} ${row.session}`)).size} configurations.`,
    '',
    '| client | version | pairs | agree | differ | we say ask or deny, the client runs it |',
    '|---|---|---|---|---|---|',
    ...table,
    '',
    '## Where they differ',
    '',
    ...(differing.length === 0
      ? ['Nowhere.']
      : differing.map(
          (row) =>
            `- ${row.client}, ${row.session}: ${cell(row.command)}: ours ${row.ours}, the client ${row.theirs} (${cell(row.said)})`,
        )),
    '',
  ].join('\n');
  writeFileSync(join(checkout, 'resources', 'differential.md'), text);
}
