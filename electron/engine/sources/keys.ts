import { createHash } from 'node:crypto';
import type { AssetRef, FileInput } from './source.ts';

/**
 * Natural keys of assets: the same thing found again must get the same key, wherever the scanned folder lies. Keys use
 * `place` and `anchor` of a file, never its absolute path.
 */

/** The agent of a host in a folder: `claude-code@acme-support`, `claude-code@~` for user settings, `claude-code@` for the machine. */
export const hostAgentRef = (host: string, anchor: string): AssetRef => ({ kind: 'agent', key: `${host}@${anchor}` });

/** A named thing that one file defines: a sub-agent, a skill, a function. */
export const placedRef = (kind: AssetRef['kind'], file: Pick<FileInput, 'place'>, name = ''): AssetRef => ({
  kind,
  key: name === '' ? file.place : `${file.place}#${name}`,
});

/** A credential is known by its name alone: two files that name DATABASE_URL speak of one credential, in one anchor's world. */
export const credentialRef = (name: string): AssetRef => ({ kind: 'credential', key: name });

/** A model by provider and id: `anthropic:claude-sonnet-4-5`; the provider is '' where it is not known. */
export const modelRef = (provider: string, id: string): AssetRef => ({ kind: 'model', key: `${provider}:${id}` });

/** How a server is reached decides which server it is; its name, version, environment and headers are configuration. */
export type ServerEndpoint =
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'package'; readonly registry: string; readonly name: string; readonly args: readonly string[] }
  | { readonly type: 'command'; readonly command: string; readonly args: readonly string[]; readonly anchor: string }
  | { readonly type: 'unknown'; readonly place: string; readonly name: string };

/** One key per endpoint, so that five hosts that configure it give one server with five configurations. */
export function serverRef(endpoint: ServerEndpoint): AssetRef {
  return { kind: 'mcp-server', key: endpointKey(endpoint) };
}

function endpointKey(endpoint: ServerEndpoint): string {
  switch (endpoint.type) {
    case 'url':
      return `url:${normaliseUrl(endpoint.url)}`;
    case 'package':
      return `${endpoint.registry}:${endpoint.name}${argsKey(endpoint.args)}`;
    case 'command':
      return `command:${endpoint.anchor}:${endpoint.command}${argsKey(endpoint.args)}`;
    case 'unknown':
      return `unknown:${endpoint.place}#${endpoint.name}`;
  }
}

/** Arguments may hold secrets: the key carries a digest of them, not the text. */
const argsKey = (args: readonly string[]): string =>
  args.length === 0 ? '' : `?${createHash('sha256').update(JSON.stringify(args)).digest('hex').slice(0, 12)}`;

function normaliseUrl(text: string): string {
  try {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    url.hash = '';
    url.search = '';
    return url.href.replace(/\/$/, '');
  } catch {
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  }
}
