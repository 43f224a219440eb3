import type { IncomingMessage } from 'node:http';
import type { RateLimit } from './rate-limit.ts';
import type { Session } from './session.ts';

/** What a request may do, decided from its first line and headers alone, before a byte of its body is read. */
export type Verdict =
  | {
      readonly kind: 'refuse';
      readonly status: 400 | 403 | 405 | 414 | 429;
      readonly message: string;
      readonly allow?: string;
    }
  | { readonly kind: 'exchange'; readonly token: string; readonly location: string }
  | { readonly kind: 'file'; readonly pathname: string }
  | { readonly kind: 'call' }
  | { readonly kind: 'events' };

export type GuardOptions = {
  /** The exact Host values under which this host is reached: `127.0.0.1:PORT`, `[::1]:PORT`. */
  readonly hosts: ReadonlySet<string>;
  readonly session: Session;
  readonly strangers: RateLimit;
  readonly admitted: RateLimit;
};

const maxTarget = 8192;
const refuse = (status: 400 | 403 | 405 | 414 | 429, message: string): Verdict => ({ kind: 'refuse', status, message });

/** Order matters: whoever comes under a foreign name or from a foreign page learns nothing, not even whether a cookie fits. */
export function judge(request: IncomingMessage, options: GuardOptions): Verdict {
  const host = onlyHeader(request, 'host');
  if (host === null || !options.hosts.has(host)) return stranger(options, 'This address is not served here.');
  if (!hasOwnOrigin(request, host)) return stranger(options, 'Requests from other pages are refused.');

  const target = request.url ?? '';
  if (target.length > maxTarget) return refuse(414, 'The address is too long.');
  // Absolute and asterisk forms (`GET http://other/`) would give the request a second host.
  if (!target.startsWith('/')) return refuse(400, 'The address is not understood.');
  const url = parseTarget(target, host);
  if (url === null) return refuse(400, 'The address is not understood.');

  const token = url.searchParams.get('token');
  if (request.method === 'GET' && token !== null) {
    if (!options.strangers.take()) return refuse(429, 'Too many requests.');
    return { kind: 'exchange', token, location: withoutToken(url) };
  }
  if (!options.session.admits(request.headers.cookie)) {
    return stranger(
      options,
      'This address needs the link that Countersign printed. It works once; start Countersign again for a new one.',
    );
  }
  if (!options.admitted.take()) return refuse(429, 'Too many requests.');
  return route(request, url.pathname);
}

function route(request: IncomingMessage, pathname: string): Verdict {
  const isCall = pathname === '/api/call';
  const allow = isCall ? 'POST' : 'GET';
  if (request.method !== allow)
    return { kind: 'refuse', status: 405, message: 'This method is not served here.', allow };
  if (isCall) return { kind: 'call' };
  return pathname === '/api/events' ? { kind: 'events' } : { kind: 'file', pathname };
}

/** Strangers share one small bucket, so that they cannot use up what the reviewer's own window needs. */
function stranger(options: GuardOptions, message: string): Verdict {
  return options.strangers.take() ? refuse(403, message) : refuse(429, 'Too many requests.');
}

/**
 * Browsers always send Origin with POST; with GET only where it crosses origins. A request that changes something and
 * has none did not come from our page. Sec-Fetch-Site says the same where a browser sends it.
 */
function hasOwnOrigin(request: IncomingMessage, host: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isPlainNavigation(request)) return false;
  const origin = onlyHeader(request, 'origin');
  if (origin === null)
    return request.headers.origin === undefined && (request.method === 'GET' || request.method === 'HEAD');
  return origin === `http://${host}`;
}

/** Following a link from elsewhere is allowed: it carries no cookie (SameSite=Strict) and so gets the plain 403 page at most. */
const isPlainNavigation = (request: IncomingMessage): boolean =>
  request.method === 'GET' &&
  request.headers['sec-fetch-mode'] === 'navigate' &&
  request.headers['sec-fetch-dest'] === 'document';

/** A header that was sent exactly once; Node keeps the first Host of several, a proxy might have believed the second. */
function onlyHeader(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name];
  return values?.length === 1 ? (values[0] ?? null) : null;
}

function parseTarget(target: string, host: string): URL | null {
  try {
    // The leading slashes of `//other/x` would name a host.
    return new URL(`http://${host}/${target.replace(/^[/\\]+/, '')}`);
  } catch {
    return null;
  }
}

function withoutToken(url: URL): string {
  url.searchParams.delete('token');
  return `${url.pathname.replace(/^\/+/, '/')}${url.search}`;
}
