import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeWire } from '../../shared/contract/wire.ts';
import { createBrowserTransport, parseEvent } from './browser-transport.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('browser transport', () => {
  it('posts name and input and decodes the wire format', async () => {
    const requests: { readonly path: string; readonly body: unknown }[] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      requests.push({ path, body: JSON.parse(String(init.body)) });
      return new Response(encodeWire({ ok: true, value: { kinds: Uint8Array.of(1, 2) } }));
    });
    const answer = (await createBrowserTransport().call('assets.columns', { scan: null })) as {
      readonly ok: boolean;
      readonly value: { readonly kinds: Uint8Array };
    };
    expect(requests).toEqual([{ path: '/api/call', body: { name: 'assets.columns', input: { scan: null } } }]);
    expect([...answer.value.kinds]).toEqual([1, 2]);
  });

  it('opens one stream for all listeners, and asks for everything again after a gap', () => {
    const streams: { onmessage?: (event: { data: string }) => void; onopen?: () => void }[] = [];
    vi.stubGlobal(
      'EventSource',
      class {
        constructor() {
          streams.push(this);
        }
      },
    );
    const transport = createBrowserTransport();
    const heard: unknown[] = [];
    const end = transport.subscribe('views.changed', (payload) => heard.push(['views', payload]));
    transport.subscribe('workspaces.changed', (payload) => heard.push(['workspace', payload]));
    expect(streams.length).toBe(1);
    streams[0]?.onopen?.();
    streams[0]?.onmessage?.({ data: '{"name":"views.changed","payload":{}}' });
    end();
    streams[0]?.onmessage?.({ data: '{"name":"views.changed","payload":{}}' });
    streams[0]?.onopen?.();
    expect(heard).toEqual([
      ['views', {}],
      ['workspace', { path: null }],
    ]);
  });

  it('reads only events of the contract', () => {
    expect(parseEvent('{"name":"views.changed","payload":{}}')).toEqual({ name: 'views.changed', payload: {} });
    for (const data of ['', 'null', '[]', '{"name":"toString","payload":{}}', '{"name":"views.changed"}'])
      expect(parseEvent(data)).toBeUndefined();
  });
});
