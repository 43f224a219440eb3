/**
 * The header under which the renderer runs, in both windows: `'none'` under `app://`, where calls travel over a message
 * port, `'self'` on the loopback host. Workers need the one named Trusted Types policy: with none at all every
 * `new Worker()` throws.
 */
export function contentSecurityPolicy(connect: "'none'" | "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types countersign-worker',
  ].join('; ');
}
