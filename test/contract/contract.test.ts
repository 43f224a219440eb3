import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../electron/engine/log.ts';
import { startHttpHost } from '../../electron/host/http.ts';
import { connectPort, servePort } from '../../electron/host/message-port.ts';
import { type CallName, contract } from '../../shared/contract/index.ts';
import { decodeWire } from '../../shared/contract/wire.ts';
import type { Result } from '../../shared/result.ts';
import { type RealEngine, realEngine } from '../fixtures/real-engine.ts';
import { plantedFolder, temporaryFolder } from '../fixtures/temporary-tree.ts';

type Call = (name: string, input: unknown) => Promise<Result<unknown>>;
type Transport = { readonly name: string; readonly open: (bench: RealEngine) => Promise<Call> };

/** Every way into the engine. A new one is added here, and then has to give the same answers. */
const transports: readonly Transport[] = [
  { name: 'in process', open: ({ router }) => Promise.resolve((name, input) => router.call(name, input)) },
  {
    name: 'message port',
    open: ({ router, engine }) => {
      const { port1, port2 } = new MessageChannel();
      const end = servePort(port1, router, engine);
      const client = connectPort(port2);
      onTestFinished(() => {
        client.close();
        end();
      });
      return Promise.resolve((name, input) => client.call(name, input));
    },
  },
  {
    name: 'http',
    open: async ({ router, engine }) => {
      const host = await startHttpHost({
        router,
        engine,
        pages: plantedFolder({ 'index.html': '<!doctype html>' }),
        port: 0,
        log: silentLogger,
      });
      onTestFinished(() => host.close());
      const origin = new URL(host.url).origin;
      const signIn = await fetch(host.url, { redirect: 'manual' });
      const cookie = (signIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
      return async (name, input) => {
        const response = await fetch(`${origin}/api/call`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Origin: origin, Cookie: cookie },
          body: JSON.stringify({ name, input }),
        });
        return decodeWire(new Uint8Array(await response.arrayBuffer())) as Result<unknown>;
      };
    },
  },
];

type Step = { readonly name: CallName; readonly input: unknown };

/** The same work through one transport: every call of the contract, good ones and refused ones. */
async function work(
  transport: Transport,
  folder: string,
  file: string,
): Promise<{ steps: Step[]; answers: unknown[] }> {
  let now = 1_700_000_000_000;
  const bench = await realEngine({ now: () => now++, version: '1.2.3' });
  const call = await transport.open(bench);
  const steps: Step[] = [];
  const answers: unknown[] = [];
  const ask = async (name: CallName, input: unknown): Promise<Result<unknown>> => {
    const answer = await call(name, input);
    steps.push({ name, input });
    answers.push([name, answer]);
    return answer;
  };
  await ask('settings.get', {});
  await ask('settings.set', { density: 'roomy', limits: { maxDepth: 20 } });
  await ask('settings.set', { theme: 'no such' });
  await ask('settings.about', {});
  await ask('workspaces.current', {});
  await ask('workspaces.open', { path: file });
  await ask('workspaces.create', { path: file, name: 'Contract' });
  await ask('workspaces.create', { path: file, name: 'Contract' });
  await ask('workspaces.recent', {});
  await ask('workspaces.setPinned', { path: file, pinned: true });
  await ask('workspaces.recent', {});
  await ask('workspaces.browse', { path: folder });
  await ask('scans.lastRequest', {});
  const started = await ask('scans.start', { roots: [folder], home: null, fsRoot: null, exclude: ['no'] });
  await bench.ended(started.ok ? (started.value as { number: number }).number : 0);
  await ask('scans.running', {});
  await ask('scans.cancel', { number: 1 });
  await ask('scans.list', {});
  await ask('scans.lastRequest', {});
  for (const name of ['scans.coverage', 'scans.coverageBoard', 'scans.issues'] as const) await ask(name, { number: 1 });
  await ask('scans.coverage', { number: 2 });
  await ask('scans.compare', { from: 1, to: 1 });
  await ask('scans.compare', { from: 1, to: 2 });
  await ask('assets.columns', { scan: null });
  await ask('assets.relationColumns', { scan: 1 });
  const found = await ask('assets.search', { scan: null, text: 'claude', limit: 10 });
  const id = found.ok ? ((found.value as { id: string }[])[0]?.id ?? '') : '';
  await ask('assets.detail', { scan: null, id });
  await ask('assets.detail', { scan: null, id: 'none' });
  await ask('assets.history', { id });
  await ask('assets.sourceLines', { scan: null, root: 0, file: 'CLAUDE.md', line: 1, endLine: 2, context: 3 });
  await ask('assets.sourceLines', { scan: null, root: 0, file: '../CLAUDE.md', line: 1, endLine: 2, context: 3 });
  await ask('views.save', { id: 'v', name: 'View', screen: 'graph', search: '?a=\u2028é' });
  await ask('views.list', {});
  await ask('views.setPositions', { layout: 'l', positions: [{ id, x: 1.25, y: -3 }] });
  await ask('views.positions', { layout: 'l' });
  await ask('views.remove', { id: 'v' });
  await ask('views.list', {});
  await ask('records.set', {
    assets: [id, 'agent:none'],
    by: 'Ada',
    changes: { state: 'approved', owner: 'team-a', review: null },
  });
  await ask('records.set', { assets: [id], by: '', changes: {} });
  await ask('records.get', { asset: id });
  await ask('records.list', {});
  const registry = 'schema: countersign-registry/1\nagents:\n  - name: Claude Code in none\n    owner: team-b\n';
  await ask('imports.add', { file: { name: 'register.yaml', text: registry }, by: 'Ada' });
  await ask('imports.add', { file: { name: 'notes.txt', text: 'nothing' }, by: 'Ada' });
  await ask('imports.add', { file: { path: join(folder, 'CLAUDE.md') }, by: 'Ada' });
  const entered = await ask('imports.addAgent', { agent: { name: 'Helper', system: 'Desk' }, by: 'Ada' });
  await ask('imports.addAgent', { agent: { name: 'helper', system: 'desk' }, by: 'Ada' });
  await ask('imports.list', {});
  await ask('registry.compare', { scan: null });
  await ask('registry.compare', { scan: 99 });
  await ask('inventory.columns', { scan: null });
  await ask('inventory.summary', { scan: null });
  await ask('inventory.lifecycle', { asset: id });
  await ask('inventory.events', { kinds: ['agent', 'prompt'], limit: 100 });
  await ask('inventory.context', { scan: null });
  await ask('changes.between', { from: 1, to: 1 });
  await ask('changes.between', { from: null, to: null });
  const tools = JSON.stringify({ tickets: { tools: [{ name: 'read', inputSchema: { type: 'object' } }] } });
  await ask('imports.add', { file: { name: 'tools.json', text: tools }, by: 'Ada' });
  await ask('introspection.lists', { scan: null });
  const servers = await ask('assets.search', { scan: null, text: 'tickets', limit: 1 });
  const server = servers.ok ? ((servers.value as { id: string }[])[0]?.id ?? '') : '';
  // Something that cannot be run: the digest of what can is another in every workspace.
  await ask('introspection.preview', { scan: null, server, configuration: null });
  await ask('introspection.preview', { scan: null, server: id, configuration: 0 });
  await ask('introspection.run', { scan: null, server, configuration: 0, digest: 'none', by: 'Ada' });
  await ask('introspection.serverDetail', { scan: null, server });
  await ask('changes.between', { from: 1, to: 2 });
  await ask('permissions.agents', { scan: null });
  await ask('permissions.ask', { scan: null, questions: [{ host: 'claude-code', cwd: '/', call: 'run: ls' }] });
  await ask('permissions.ask', { scan: null, questions: [{ agent: 'nobody', call: 'fly: away' }] });
  await ask('permissions.matrix', { scan: null, context: 'interactive' });
  await ask('findings.list', { scan: null });
  await ask('findings.rules', {});
  await ask('assets.detail', { scan: null, id });
  const enteredId = entered.ok ? (entered.value as { id: string }).id : '';
  await ask('assets.detail', { scan: null, id: enteredId });
  await ask('imports.removeAgent', { id: enteredId, by: 'Ada' });
  await ask('imports.removeAgent', { id: enteredId, by: 'Ada' });
  await ask('imports.remove', { id: 1, by: 'Ada' });
  await ask('imports.remove', { id: 1, by: 'Ada' });
  await ask('workspaces.forget', { path: file });
  const sample = await ask('workspaces.createSample', {});
  expect(sample.ok).toBe(true);
  await ask('workspaces.close', {});
  return { steps, answers: [...answers, own(bench)] };

  function own({ events }: RealEngine): unknown {
    return ['events', events.filter(({ name }) => name !== 'scans.progress')];
  }
}

/** Temporary folders of a run and times differ between two runs; typed arrays stay what they are. */
function comparable(value: unknown, replaced: readonly RegExp[]): unknown {
  if (typeof value === 'string') return replaced.reduce((text, each) => text.replaceAll(each, '<temporary>'), value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((item) => comparable(item, replaced));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      /^(?:startedAt|endedAt|sinceTime|openedAt|createdAt|at|scannedAt|ageDays|firstSeen|lastSeen)$/.test(key)
        ? typeof item
        : comparable(item, replaced),
    ]),
  );
}

test('every call of the contract gives the same answer over every transport', async () => {
  const folder = plantedFolder({
    'CLAUDE.md': '# Rules\nBe kind\n',
    '.claude/settings.json': '{ "model": "opus", "hooks": {} }',
    '.claude/agents/helper.md': '---\nname: helper\ndescription: helps\n---\nHelp.\n',
    'broken/.mcp.json': '{ "mcpServers": ',
    'servers/.mcp.json': '{ "mcpServers": { "tickets": { "command": "npx", "args": ["x@1", "{input:y}"] } } }',
    'no/CLAUDE.md': 'excluded',
  });
  const results: { readonly name: string; readonly answers: unknown }[] = [];
  for (const transport of transports) {
    const file = join(temporaryFolder('workspace'), 'contract.countersign');
    const { steps, answers } = await work(transport, folder, file);
    expect(Object.keys(contract).filter((name) => !steps.some((step) => step.name === name))).toEqual([]);
    const columns = answers
      .map((answer) => answer as [string, Result<Record<string, unknown>>])
      .find(([name]) => name === 'assets.columns')?.[1];
    expect(columns?.ok === true && columns.value['kinds']).toBeInstanceOf(Uint8Array);
    const relations = answers
      .map((answer) => answer as [string, Result<Record<string, unknown>>])
      .find(([name]) => name === 'assets.relationColumns')?.[1];
    expect(relations?.ok === true && relations.value['from']).toBeInstanceOf(Uint32Array);
    results.push({
      name: transport.name,
      answers: comparable(answers, [/\/[^\s"]*\/countersign-(?:workspace|data|home)-\w{6}/g]),
    });
  }
  const [first, ...others] = results;
  for (const other of others) expect([other.name, other.answers]).toEqual([other.name, first?.answers]);
});
