import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import { askServer } from './ask-server.ts';
import type { LaunchPlan } from './launch-plan.ts';
import { type IntrospectionLimits, introspectionLimits } from './limits.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'mcp-server.ts');

const program = (mode: string, extra = '', values: Record<string, string> = {}): LaunchPlan => ({
  type: 'program',
  command: process.execPath,
  args: ['--no-warnings', script, mode, extra],
  folder: temporaryFolder('introspect'),
  environment: [
    { name: 'PATH', value: process.env['PATH'] ?? '', from: 'this process' },
    ...Object.entries(values).map(([name, value]) => ({ name, value, from: 'the configuration file' })),
  ],
});

const limits = (changes: Partial<IntrospectionLimits> = {}): IntrospectionLimits => ({
  ...introspectionLimits,
  milliseconds: 10_000,
  graceMilliseconds: 200,
  ...changes,
});
const reason = async (plan: LaunchPlan, changes: Partial<IntrospectionLimits> = {}): Promise<string> => {
  try {
    return `answered: ${(await askServer(plan, limits(changes), '1.0.0')).document}`;
  } catch (error) {
    return (error as Error).message;
  }
};

const tool = (document: string): { name: string; description: string } =>
  (JSON.parse(document) as { tools: { name: string; description: string }[] }).tools[0] ?? {
    name: '',
    description: '',
  };

test('a program says who it is and which tools it has; prompts and resources are only counted', async () => {
  const { document, protocol, refused } = await askServer(program('plain'), limits(), '1.0.0');
  const answer = JSON.parse(document) as Record<string, unknown>;
  expect([protocol, refused]).toEqual(['2025-06-18', []]);
  expect(answer).toMatchObject({
    serverInfo: { name: 'fixture', version: '1.2.3' },
    instructions: 'Ask for tickets by number.',
    prompts: [0, 0],
    tools: [{ name: 'read_ticket', outputSchema: { type: 'object' } }],
  });
  // The server failed at resources: their number is not known, which is not none.
  expect(Object.hasOwn(answer, 'resources')).toBe(false);
});

test('nothing of the environment is inherited, and what the server was given does not come back', async () => {
  process.env['COUNTERSIGN_TEST_SECRET'] = 'FAKE-not-for-the-server';
  onTestFinished(() => void delete process.env['COUNTERSIGN_TEST_SECRET']);
  const { document } = await askServer(
    program('environment', '', { API_TOKEN: 'FAKE-token-1234567890', LOG_LEVEL: 'verbose' }),
    limits(),
    '1.0.0',
  );
  const seen = JSON.parse(tool(document).description) as Record<string, string>;
  // Programs of the operating system add a few of their own.
  expect(
    Object.keys(seen)
      .filter((name) => !/^(?:__CF|LC_)/.test(name))
      .sort(),
  ).toEqual(['API_TOKEN', 'LOG_LEVEL', 'PATH']);
  expect([seen['API_TOKEN'], seen['LOG_LEVEL']]).toEqual(['***', 'verbose']);
  expect(document).not.toContain('FAKE');
});

test('a server that asks for a model, for folders or for a password gets a refusal, and that it asked is told', async () => {
  const { document, refused } = await askServer(program('asking'), limits(), '1.0.0');
  expect(tool(document).name).toBe('read_ticket');
  expect(refused).toEqual(['elicitation/create', 'roots/list', 'sampling/createMessage']);
});

test('a server that never answers is ended in time', async () => {
  const started = performance.now();
  expect(await reason(program('silent'), { milliseconds: 700 })).toBe(
    'The server gave no list of tools: the server did not answer within 700 ms.',
  );
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([
  ['flood', 'the program wrote more than 2000000 bytes'],
  ['flood-errors', 'the program wrote more than 2000000 bytes'],
  ['one-line', 'one message is longer than 1000000 bytes'],
])('a server that says too much is ended (%s)', async (mode, words) => {
  const before = process.memoryUsage().arrayBuffers;
  expect(await reason(program(mode), { bytes: 2_000_000, messageBytes: 1_000_000 })).toContain(words);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
});

test('a server with pages without end is asked for a few of them', async () => {
  const { document } = await askServer(program('endless-pages'), limits(), '1.0.0');
  const answer = JSON.parse(document) as { tools: unknown[]; nextCursor: string };
  expect([answer.tools.length, answer.nextCursor]).toEqual([50, 'more']);
});

test('a program that ends is told with its reason, without secrets', async () => {
  const words = await reason(program('exit'));
  expect(words).toMatch(/^The server gave no list of tools: the program .*\. It wrote: cannot read the config/);
  expect(words).not.toContain('abcdefghijklmnop');
  expect(await reason({ ...program('plain'), command: '/no/such/program' } as LaunchPlan)).toBe(
    'The server gave no list of tools: the program could not be started (ENOENT).',
  );
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie that waits for its parent is no running program.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

test.skipIf(process.platform !== 'linux')(
  'children that ignore the request to end are ended with their parent',
  async () => {
    const note = join(temporaryFolder('introspect'), 'pids');
    expect(await reason(program('children', note))).toContain('answered');
    const [own = 0, child = 0] = readFileSync(note, 'utf8').split(' ').map(Number);
    expect(own * child).toBeGreaterThan(0);
    await expect.poll(() => [isAlive(own), isAlive(child)]).toEqual([false, false]);
  },
);

test('a person can stop it', async () => {
  const stop = new AbortController();
  const asked = askServer(program('silent'), limits(), '1.0.0', stop.signal);
  stop.abort();
  await expect(asked).rejects.toThrow('The introspection was cancelled.');
});

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const results: Record<string, unknown> = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'remote', version: '9' },
  },
  'tools/list': { tools: [{ name: 'search', inputSchema: { type: 'object' } }] },
};
const answerTo = (message: Record<string, unknown>): string =>
  JSON.stringify({ jsonrpc: '2.0', id: message['id'], result: results[String(message['method'])] });

const address = (url: string, transport: 'http' | 'sse' = 'http'): LaunchPlan => ({
  type: 'address',
  transport,
  url,
  headers: [{ name: 'Authorization', value: 'Bearer FAKE-abcdef123456', from: 'the configuration file' }],
});

const streamable =
  (seen: string[]): RequestListener =>
  async (request, response: ServerResponse) => {
    seen.push(`${request.method} ${request.headers.authorization ?? ''}`);
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    const message = await bodyOf(request);
    if (message['id'] === undefined) response.writeHead(202).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(answerTo(message));
  };

test('a server behind an address is asked with the headers of its configuration', async () => {
  const seen: string[] = [];
  const url = await listen(streamable(seen));
  const { document, protocol } = await askServer(address(`${url}/mcp`), limits(), '1.0.0');
  expect([tool(document).name, protocol]).toEqual(['search', '2025-06-18']);
  expect(new Set(seen.filter((line) => line.startsWith('POST')))).toEqual(new Set(['POST Bearer FAKE-abcdef123456']));
});

test('a server of the older transport (SSE) is asked', async () => {
  let stream: ServerResponse | null = null;
  const url = await listen(async (request, response) => {
    if (request.method === 'GET') {
      stream = response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('event: endpoint\ndata: /messages\n\n');
      return;
    }
    const message = await bodyOf(request);
    response.writeHead(202).end();
    if (message['id'] !== undefined) stream?.write(`event: message\ndata: ${answerTo(message)}\n\n`);
  });
  const { document } = await askServer(address(`${url}/sse`, 'sse'), limits(), '1.0.0');
  expect(tool(document).name).toBe('search');
});

test('redirects, other origins, floods, silence and a wish for a login end it', async () => {
  const hits: string[] = [];
  const other = await listen((request, response) => {
    hits.push(String(request.headers.authorization));
    response.end();
  });
  const redirecting = await listen((_request, response) => void response.writeHead(307, { Location: other }).end());
  expect(await reason(address(redirecting))).toContain('the server redirects (status 307)');
  const leading = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`event: endpoint\ndata: ${other}/messages\n\n`);
  });
  expect(await reason(address(leading, 'sse'))).toMatch(/gave no list of tools/);
  expect(hits).toEqual([]);

  const closed = await listen((_request, response) => void response.writeHead(401).end());
  expect(await reason(address(closed))).toContain('the server asks for authentication (status 401)');
  const silent = await listen(() => undefined);
  expect(await reason(address(silent), { milliseconds: 500 })).toContain('did not answer within 500 ms');
  const flooding = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const chunk = Buffer.alloc(65_536, ' ');
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  });
  expect(await reason(address(flooding), { bytes: 1_000_000 })).toContain('the server sent more than 1000000 bytes');
  expect(await reason(address('http://127.0.0.1:1/mcp'))).toContain('gave no list of tools');
});
