import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareSample } from '../../electron/engine/sample.ts';
import type { Input, Output } from '../../shared/contract/index.ts';
import { realEngine, repository } from '../fixtures/real-engine.ts';
import { temporaryFolder } from '../fixtures/temporary-tree.ts';

/** The permission questions of the sample workspaces, asked through the contract over a real scan. */
type Query = {
  readonly agent: string;
  readonly settings: string;
  readonly call: string;
  readonly decision: string;
  readonly because: string;
};
type Asked = Output<'permissions.ask'>[number];

const queriesOf = (workspace: string): readonly Query[] =>
  (
    JSON.parse(
      readFileSync(join(repository, 'test/fixtures/sample-workspaces', `${workspace}.truth.json`), 'utf8'),
    ) as { permissionQueries: readonly Query[] }
  ).permissionQueries;

/** A question of the truth files as a call: in the host's own tool names, or as a person types it. */
function callOf(text: string): string | Record<string, unknown> {
  const tool = /^(\w+)\(([\s\S]*)\)$/.exec(text);
  if (tool !== null) {
    const [, name = '', inner = ''] = tool;
    if (name === 'Bash' || name === 'run_shell_command') return { tool: name, command: inner };
    if (name === 'WebFetch') return { tool: name, url: inner };
    return { tool: name, path: inner };
  }
  const mcp = /^mcp__(.+?)__(.+)$/.exec(text);
  if (mcp !== null) return { tool: text };
  const named = /^(bash|webfetch):?\s+(.+)$/.exec(text);
  if (named !== null) return named[1] === 'bash' ? `run: ${named[2]}` : `fetch: ${named[2]}`;
  if (text === 'pagerduty: any tool') return 'mcp: pagerduty/list_incidents';
  if (text === 'write_file in workspace') return { tool: 'write_file', path: 'notes.txt' };
  return `run: ${text}`;
}

const hosts = new Set(['claude-code', 'codex', 'cursor-cli', 'gemini-cli', 'vscode', 'opencode']);
/** Names of agents in the truth files that the inventory calls by the name of their job. */
const names: Readonly<Record<string, string>> = { 'issue-agent': 'Issue agent', 'infra-agent': 'Infra agent' };

function questionOf(query: Query, cwd: string): Record<string, unknown> {
  const isHost = hosts.has(query.agent);
  return {
    ...(isHost ? { host: query.agent, cwd } : { agent: names[query.agent] ?? query.agent }),
    trusted: true,
    context: query.settings.startsWith('CI') ? 'ci' : 'interactive',
    call: callOf(query.call),
  };
}

/** Words of the truth files for our verdicts. The cloud half of a decision belongs to a later evaluator. */
const verdictOf: Readonly<Record<string, string>> = { unavailable: 'hidden', 'deny (cloud)': 'allow' };

async function ask(workspace: string): Promise<readonly Asked[]> {
  const target = temporaryFolder('queries');
  const { roots } = prepareSample(join(repository, 'resources'), join(target, 'files'));
  const root = roots.find((path) => path.endsWith(workspace)) ?? '';
  const queries = queriesOf(workspace);
  const answers = new Map<Query, Asked>();
  // First with every file, then with the local settings taken away.
  for (const projectOnly of [false, true]) {
    const wanted = queries.filter((query) => (query.settings === 'project file only') === projectOnly);
    if (wanted.length === 0) continue;
    if (projectOnly) rmSync(join(root, '.claude', 'settings.local.json'));
    const bench = await realEngine();
    const path = join(target, `${projectOnly ? 'project' : 'all'}.countersign`);
    await bench.router.ask('workspaces.create', { path, name: workspace });
    const started = await bench.router.ask('scans.start', { roots: [root], home: null, fsRoot: null, exclude: [] });
    if (!started.ok) throw new Error(started.error.message);
    await bench.ended(started.value.number);
    const questions = wanted.map((query) => questionOf(query, root)) as Input<'permissions.ask'>['questions'];
    const asked = await bench.router.ask('permissions.ask', { scan: null, questions });
    if (!asked.ok) throw new Error(asked.error.message);
    for (const [index, query] of wanted.entries()) {
      const answer = asked.value[index];
      if (answer !== undefined) answers.set(query, answer);
    }
  }
  return queries.map((query) => answers.get(query) ?? { status: 'failed', id: '', message: 'not asked' });
}

test.each(['acme-support', 'acme-platform'])(
  '%s: every question of its truth file',
  async (workspace) => {
    const asked = await ask(workspace);
    const words = (query: Query): string => `${query.agent} (${query.settings}): ${query.call}`;
    const queries = queriesOf(workspace);
    expect(
      Object.fromEntries(
        queries.map((query, index) => {
          const one = asked[index];
          return [words(query), one?.status === 'answered' ? one.answer.verdict : one?.message];
        }),
      ),
    ).toEqual(Object.fromEntries(queries.map((query) => [words(query), verdictOf[query.decision] ?? query.decision])));
  },
  60_000,
);
