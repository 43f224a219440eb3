import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { encodeWire } from '../../shared/contract/wire.ts';
import { assertNever } from '../../shared/kinds.ts';
import { fail } from '../../shared/result.ts';
import type { Engine } from '../engine/engine.ts';
import type { Logger } from '../engine/log.ts';
import { readBody } from './http/body.ts';
import { createEventStreams, type EventStreams } from './http/event-stream.ts';
import { readStaticFile } from './http/files.ts';
import { type GuardOptions, judge } from './http/guard.ts';
import { everyAnswer } from './http/headers.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { createSession } from './http/session.ts';
import type { Router } from './router.ts';

export type HttpHostOptions = {
  readonly router: Router;
  readonly engine: Pick<Engine, 'subscribe'>;
  /** Folder with the built pages. */
  readonly pages: string;
  /** 0 = one that is free. */
  readonly port: number;
  readonly log: Logger;
  readonly limits?: Partial<HttpLimits>;
};

export type HttpLimits = {
  readonly bodyBytes: number;
  readonly bodyMilliseconds: number;
  readonly headerMilliseconds: number;
  readonly connections: number;
  readonly eventStreams: number;
  /** Requests that come without the cookie. */
  readonly strangers: { readonly burst: number; readonly perSecond: number };
  readonly admitted: { readonly burst: number; readonly perSecond: number };
};

const defaultLimits: HttpLimits = {
  bodyBytes: 64 * 1024,
  bodyMilliseconds: 10_000,
  headerMilliseconds: 10_000,
  connections: 512,
  eventStreams: 32,
  strangers: { burst: 60, perSecond: 10 },
  admitted: { burst: 1000, perSecond: 500 },
};

export type HttpHost = {
  /** Address with the one-time token, for one person's browser. A secret until it is used. */
  readonly url: string;
  readonly port: number;
  /** Loopback addresses that are listened on. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
};

/**
 * The interface for people without a desktop window: the built pages, `POST /api/call` ({ name, input } as JSON; the
 * answer is a Result in the wire format) and `GET /api/events`. Listens on loopback only. What is refused at the door is
 * answered as a failed Result in the same format, or as a plain page for addresses that a browser shows.
 */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const limits = { ...defaultLimits, ...options.limits };
  const session = createSession();
  const monotonic = (): number => performance.now();
  const hosts = new Set<string>();
  const guard: GuardOptions = {
    hosts,
    session,
    strangers: createRateLimit(limits.strangers.burst, limits.strangers.perSecond, monotonic),
    admitted: createRateLimit(limits.admitted.burst, limits.admitted.perSecond, monotonic),
  };
  const streams = createEventStreams(options.engine, limits.eventStreams);
  const context: Context = { ...options, limits, guard, streams };

  const makeServer = (): Server => {
    const server = createServer({
      headersTimeout: limits.headerMilliseconds,
      requestTimeout: limits.headerMilliseconds + limits.bodyMilliseconds,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    });
    server.maxConnections = limits.connections;
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      void serve(request, response, context).catch((error: unknown) => {
        options.log.error('request failed', {
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
        if (response.headersSent) response.destroy();
        else refuse(response, 500, 'Countersign could not answer.', false);
      });
    };
    server.on('request', answer);
    // Without this Node would ask for the body before anybody has looked at Host, Origin and cookie.
    server.on('checkContinue', answer);
    const refuseUpgrade = (_request: IncomingMessage, socket: Socket): void => {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    };
    server.on('upgrade', refuseUpgrade);
    server.on('connect', refuseUpgrade);
    server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
    return server;
  };

  const { servers, port, addresses } = await listen(makeServer, options.port);
  for (const address of addresses) hosts.add(`${address.includes(':') ? `[${address}]` : address}:${port}`);
  const base = addresses.includes('127.0.0.1') ? '127.0.0.1' : '[::1]';
  return {
    url: `http://${base}:${port}/?token=${session.token}`,
    port,
    addresses,
    async close() {
      streams.close();
      await Promise.all(servers.map((server) => closeServer(server)));
    },
  };
}

type Context = HttpHostOptions & {
  readonly limits: HttpLimits;
  readonly guard: GuardOptions;
  readonly streams: EventStreams;
};

async function serve(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const verdict = judge(request, context.guard);
  switch (verdict.kind) {
    case 'refuse':
      return refuse(response, verdict.status, verdict.message, isForPeople(request), verdict.allow);
    case 'exchange': {
      const cookie = context.guard.session.exchange(verdict.token);
      if (cookie === null)
        return refuse(response, 403, 'This link was used already, or it is not one of ours.', isForPeople(request));
      response.writeHead(303, {
        ...everyAnswer,
        'Set-Cookie': cookie,
        Location: verdict.location,
        'Cache-Control': 'no-store',
      });
      response.end();
      return;
    }
    case 'call':
      return answerCall(request, response, context);
    case 'events':
      if (!context.streams.add(response, everyAnswer)) refuse(response, 429, 'Too many windows listen already.', false);
      return;
    case 'file': {
      const file = await readStaticFile(context.pages, verdict.pathname);
      if (file === null) return refuse(response, 404, 'There is nothing here.', isForPeople(request));
      response.writeHead(200, { ...everyAnswer, ...file.headers, 'Content-Length': file.bytes.byteLength });
      response.end(file.bytes);
      return;
    }
    default:
      return assertNever(verdict);
  }
}

async function answerCall(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  // Anything but JSON could be sent by a form of another page without the browser asking first.
  if (!/^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) {
    return refuse(response, 415, 'Calls are sent as application/json.', false);
  }
  if (request.headers.expect !== undefined) response.writeContinue();
  const body = await readBody(request, context.limits.bodyBytes, context.limits.bodyMilliseconds);
  if (!body.ok) return refuse(response, body.status, body.message, false);
  const call = parseCall(body.text);
  if (call === null) return refuse(response, 400, 'A call is { "name": ..., "input": ... }.', false);
  const message = encodeWire(await context.router.call(call.name, call.input));
  response.writeHead(200, {
    ...everyAnswer,
    'Content-Type': 'application/octet-stream',
    'Content-Length': message.byteLength,
    'Cache-Control': 'no-store',
  });
  response.end(message);
}

function parseCall(text: string): { readonly name: unknown; readonly input: unknown } | null {
  try {
    const call: unknown = JSON.parse(text);
    if (typeof call !== 'object' || call === null || Array.isArray(call)) return null;
    const extra = Object.keys(call).some((key) => key !== 'name' && key !== 'input');
    return extra
      ? null
      : { name: 'name' in call ? call.name : undefined, input: 'input' in call ? call.input : undefined };
  } catch {
    return null;
  }
}

const isForPeople = (request: IncomingMessage): boolean => !(request.url ?? '').startsWith('/api/');

/** Every refusal ends the connection: what is left of its body is never read. The texts are ours; nothing of the request is repeated. */
function refuse(response: ServerResponse, status: number, message: string, asPage: boolean, allow?: string): void {
  const failure = fail(status === 404 ? 'not-found' : status >= 500 ? 'internal' : 'bad-request', message);
  const body = asPage ? Buffer.from(plainPage(message)) : encodeWire(failure);
  response.writeHead(status, {
    ...everyAnswer,
    'Content-Type': asPage ? 'text/html; charset=utf-8' : 'application/octet-stream',
    'Content-Length': body.byteLength,
    'Cache-Control': 'no-store',
    Connection: 'close',
    ...(allow === undefined ? {} : { Allow: allow }),
  });
  response.end(body);
}

/** The link helps where a strict cookie was held back because the address was opened from another page. */
const plainPage = (message: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Countersign</title><body><h1>Countersign</h1><p>${message}</p><p><a href="/">Open again</a></p></body></html>\n`;

type Listening = { readonly servers: readonly Server[]; readonly port: number; readonly addresses: readonly string[] };

/** Both loopback addresses on one port; where the machine has only one of them, that one. */
async function listen(makeServer: () => Server, wanted: number): Promise<Listening> {
  for (let attempt = 0; ; attempt++) {
    const first = makeServer();
    const firstError = await listenOn(first, '127.0.0.1', wanted);
    if (firstError !== null && firstError.code !== 'EADDRNOTAVAIL') throw firstError;
    const port = firstError === null ? (first.address() as AddressInfo).port : wanted;
    const second = makeServer();
    const secondError = await listenOn(second, '::1', port);
    if (secondError === null) {
      return firstError === null
        ? { servers: [first, second], port, addresses: ['127.0.0.1', '::1'] }
        : { servers: [second], port: (second.address() as AddressInfo).port, addresses: ['::1'] };
    }
    if (firstError === null && secondError.code !== 'EADDRINUSE')
      return { servers: [first], port, addresses: ['127.0.0.1'] };
    if (firstError === null) await closeServer(first);
    if (firstError !== null || wanted !== 0 || attempt >= 20) throw secondError;
  }
}

function listenOn(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => resolve(error);
    server.once('error', onError);
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', onError);
      resolve(null);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
