import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { EventListener } from '../../electron/engine/engine.ts';
import { silentLogger } from '../../electron/engine/log.ts';
import { type HttpLimits, startHttpHost } from '../../electron/host/http.ts';
import type { Router } from '../../electron/host/router.ts';

/** A real loopback host over a recording router: what an attack must not do is to appear in `calls`. */
export type AttackedHost = {
  readonly port: number;
  /** `127.0.0.1:PORT` */
  readonly authority: string;
  readonly token: string;
  readonly pages: string;
  readonly calls: { readonly name: unknown; readonly input: unknown }[];
  /** Tells all event streams. */
  readonly emit: EventListener;
  /** Exchanges the token; returns the Cookie header of a reviewer's browser. */
  signIn(): Promise<string>;
  /** Sends these bytes and returns everything that came back until the host closed, or `milliseconds` of silence went by. */
  send(text: string, options?: { readonly address?: string; readonly milliseconds?: number }): Promise<string>;
  /** A request line, headers and body as one message with `Connection: close`. */
  request(line: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer>;
};

export type Answer = { readonly status: number; readonly head: string; readonly body: string };

export async function startAttackedHost(limits: Partial<HttpLimits> = {}): Promise<AttackedHost> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-attack-'));
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>index of the test</title>');
  writeFileSync(join(pages, 'assets', 'page-AbCd1234.js'), 'export const page = 1;\n');
  writeFileSync(join(folder, 'outside.js'), 'outside the pages');

  const calls: { name: unknown; input: unknown }[] = [];
  const call = async (name: unknown, input: unknown) => {
    calls.push({ name, input });
    return ok({ echoed: input, bytes: new Uint8Array([1, 2, 3]) });
  };
  const listeners = new Set<EventListener>();
  const engine = {
    subscribe(listener: EventListener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const host = await startHttpHost({
    router: { call, ask: call as Router['ask'] },
    engine,
    pages,
    port: 0,
    log: silentLogger,
    limits,
  });
  onTestFinished(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const authority = `127.0.0.1:${host.port}`;
  const token = new URL(host.url).searchParams.get('token') ?? '';
  const send: AttackedHost['send'] = (text, options = {}) => exchange(host.port, text, options);
  const request: AttackedHost['request'] = async (line, headers, body = '') => {
    const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const lines = Object.entries({ Connection: 'close', ...length, ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    return parseAnswer(await send(`${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`));
  };
  return {
    port: host.port,
    authority,
    token,
    pages,
    calls,
    emit: (name, payload) => {
      for (const listener of listeners) listener(name, payload);
    },
    async signIn() {
      const answer = await request(`GET /?token=${token}`, { Host: authority });
      return /^set-cookie: ([^;]+);/im.exec(answer.head)?.[1] ?? '';
    },
    send,
    request,
  };
}

/** Headers of an honest call from the own page. */
export const honestHeaders = (host: AttackedHost, cookie: string): Record<string, string> => ({
  Host: host.authority,
  Origin: `http://${host.authority}`,
  Cookie: cookie,
  'Content-Type': 'application/json',
});

export const honestBody = JSON.stringify({ name: 'settings.get', input: {} });

export function parseAnswer(text: string): Answer {
  const end = text.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    head: end < 0 ? text : text.slice(0, end),
    body: end < 0 ? '' : text.slice(end + 4),
  };
}

function exchange(port: number, text: string, options: { address?: string; milliseconds?: number }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: options.address ?? '127.0.0.1' });
    let received = '';
    const finish = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(options.milliseconds ?? 10_000, finish);
    socket.on('connect', () => socket.write(text));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    // A host that refuses in the middle of a body may reset; what it said before is what counts.
    socket.on('error', finish);
    socket.on('close', finish);
  });
}
