import type { ServerResponse } from 'node:http';
import type { Engine } from '../../engine/engine.ts';

/** A reader this far behind (bytes) is dropped; it connects again and asks for what it missed. */
const maxBacklog = 1024 * 1024;
const heartbeatMilliseconds = 15_000;

export type EventStreams = {
  /** Sends every event of the engine to this response until it closes. False when there are too many listeners already. */
  add(response: ServerResponse, headers: Readonly<Record<string, string>>): boolean;
  close(): void;
};

/** Server-sent events: `data: {"name": ..., "payload": ...}`, one message an event. */
export function createEventStreams(engine: Pick<Engine, 'subscribe'>, maxStreams: number): EventStreams {
  const streams = new Set<ServerResponse>();
  const send = (text: string): void => {
    for (const stream of streams) {
      if (stream.writableLength > maxBacklog) stream.destroy();
      else stream.write(text);
    }
  };
  const unsubscribe = engine.subscribe((name, payload) => send(`data: ${JSON.stringify({ name, payload })}\n\n`));
  const heartbeat = setInterval(() => send(':\n\n'), heartbeatMilliseconds);
  heartbeat.unref();
  return {
    add(response, headers) {
      if (streams.size >= maxStreams) return false;
      response.writeHead(200, {
        ...headers,
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
      });
      response.write('retry: 1000\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return true;
    },
    close() {
      clearInterval(heartbeat);
      unsubscribe();
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
