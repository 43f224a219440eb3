import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { LaunchPlan } from './launch-plan.ts';
import type { IntrospectionLimits } from './limits.ts';
import { ServerMisbehaved } from './program-transport.ts';

type Address = Extract<LaunchPlan, { type: 'address' }>;

export type AddressTransport = StreamableHTTPClientTransport | SSEClientTransport;

/** The official client's transport with our own limits: no redirects, no second origin, a cap on all that comes back, no OAuth. */
export function addressTransport(
  { transport, url, headers }: Address,
  limits: IntrospectionLimits,
  signal: AbortSignal,
  fail: (reason: Error) => void,
): AddressTransport {
  const target = new URL(url);
  const options = {
    requestInit: { headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) },
    fetch: limitedFetch(target.origin, limits, signal, fail),
  };
  return transport === 'sse'
    ? new SSEClientTransport(target, options)
    : new StreamableHTTPClientTransport(target, {
        ...options,
        reconnectionOptions: {
          maxRetries: 0,
          initialReconnectionDelay: 1000,
          maxReconnectionDelay: 1000,
          reconnectionDelayGrowFactor: 1,
        },
      });
}

function limitedFetch(
  origin: string,
  limits: IntrospectionLimits,
  signal: AbortSignal,
  fail: (reason: Error) => void,
): FetchLike {
  let bytes = 0;
  const refuse = (why: string): ServerMisbehaved => {
    const reason = new ServerMisbehaved(why);
    fail(reason);
    return reason;
  };
  return async (input, init) => {
    if (new URL(String(input)).origin !== origin) throw refuse('the server names an address of another origin');
    const response = await fetch(input, {
      ...init,
      redirect: 'manual',
      signal: init?.signal == null ? signal : AbortSignal.any([signal, init.signal]),
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw refuse(`the server redirects (status ${response.status}); redirects are not followed`);
    }
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel();
      throw refuse(`the server asks for authentication (status ${response.status})`);
    }
    if (response.body === null) return response;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          bytes += chunk.length;
          if (bytes > limits.bytes) controller.error(refuse(`the server sent more than ${limits.bytes} bytes`));
          else controller.enqueue(chunk);
        },
      }),
    );
    return new Response(counted, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}
