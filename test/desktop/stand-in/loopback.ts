import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strict } from './not-implemented.ts';

/**
 * `protocol`. Debian's Chromium cannot be taught a scheme, so `app://countersign/x` is shown as
 * `http://countersign.app.localhost/x`: the browser sends everything below `localhost` to this server, and the server
 * asks the handler for the real address. The app's own code only ever sees the real one. Addresses below `localhost` are
 * secure contexts, as `secure` schemes are.
 */
type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();
const privileged = new Set<string>();
let ready = false;

export const protocolIsReady = (): void => {
  ready = true;
};

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly Electron.CustomScheme[]) {
    if (ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure)
        throw new Error(`stand-in: ${scheme} has to be standard and secure`);
      if (privileges.bypassCSP) throw new Error(`stand-in: ${scheme} bypasses the CSP`);
      privileged.add(scheme);
    }
  },
  handle(scheme: string, handler: Handler) {
    if (!ready) throw new Error('protocol.handle cannot be called before app is ready');
    if (!privileged.has(scheme)) throw new Error(`stand-in: ${scheme} was not registered as privileged`);
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} has been registered`);
    handlers.set(scheme, handler);
  },
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
});

/** The address under which Chromium shows one of a registered scheme; every other address stays as it is. */
export function toShown(address: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address) ?? [];
  if (scheme === undefined || host === undefined || !privileged.has(scheme)) return address;
  return `http://${host}.${scheme}.localhost${rest === '' ? '/' : rest}`;
}

/** The other way round. */
export function fromShown(address: string): string {
  const [, host, scheme, rest] = /^http:\/\/([^/?#:]+)\.([a-z0-9+-]+)\.localhost(.*)$/.exec(address) ?? [];
  return scheme !== undefined && privileged.has(scheme) ? `${scheme}://${host}${rest}` : address;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = fromShown(`http://${request.headers.host}${request.url}`);
  const handler = handlers.get(address.split(':', 1)[0] ?? '');
  if (handler === undefined) {
    response.destroy();
    return;
  }
  const answered = await handler(new Request(address, { method: request.method ?? 'GET' }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(answered.body === null ? undefined : Buffer.from(await answered.arrayBuffer()));
}

/** Starts the server; the port that Chromium is told about. */
export async function startLoopback(): Promise<number> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`stand-in: ${String(error)}\n`);
      response.destroy();
    });
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
