import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly status: 400 | 408 | 413; readonly message: string };

/**
 * The whole body as text, within a size and a time. A declared length over the limit is refused without reading; a body
 * that grows past it, or trickles in for too long, is given up on. The caller closes the connection after a refusal.
 */
export function readBody(request: IncomingMessage, limit: number, milliseconds: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    return Promise.resolve({ ok: false, status: 413, message: `A request may hold ${limit} bytes.` });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (body: Body): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      request.on('error', () => {});
      request.pause();
      resolve(body);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size > limit) finish({ ok: false, status: 413, message: `A request may hold ${limit} bytes.` });
      else chunks.push(chunk);
    };
    const onEnd = (): void => finish({ ok: true, text: Buffer.concat(chunks).toString('utf8') });
    const onBroken = (): void => finish({ ok: false, status: 400, message: 'The request was cut off.' });
    const timer = setTimeout(
      () => finish({ ok: false, status: 408, message: 'The request took too long.' }),
      milliseconds,
    );
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}
