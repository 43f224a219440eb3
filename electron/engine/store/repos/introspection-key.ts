import type { Connection } from '../driver.ts';

/** Secret of this workspace for digests of what an introspection would run. Made with the schema; never leaves the engine. */
export function introspectionKey(connection: Connection): string {
  const key = connection.prepare("SELECT value FROM meta WHERE key = 'introspection-key'").pluck().get();
  if (typeof key !== 'string') throw new Error('the workspace has no key for introspections');
  return key;
}
