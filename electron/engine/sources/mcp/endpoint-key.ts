import type { ServerEndpoint } from '../keys.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import { withoutHome } from './home-paths.ts';
import { type Launch, readLaunch } from './launch.ts';
import { maskArguments } from './mask-arguments.ts';
import type { RawServer } from './raw-server.ts';

export const endpointKeyOf = (raw: RawServer, anchor: string, place: string): ServerEndpoint =>
  serverEndpoint(raw, raw.command === null ? null : readLaunch(raw.command, raw.args), anchor, place);

/**
 * What decides which server an entry is. `anchor`: the folder that a program which is no package belongs to; `place` and the
 * entry's name stand in where nothing can be said.
 */
export function serverEndpoint(raw: RawServer, launch: Launch | null, anchor: string, place: string): ServerEndpoint {
  const url = launch?.remote?.url ?? (raw.command === null ? raw.url : null);
  if (url !== null && url !== '') {
    const clean = maskUrl(url);
    return URL.canParse(clean) && !/^[a-z]+:\/\/[^/]*\$/i.test(clean)
      ? { type: 'url', url: clean }
      : { type: 'unknown', place, name: raw.name };
  }
  if (launch === null) return { type: 'unknown', place, name: raw.name };
  if (launch.inner !== null) return serverEndpoint({ ...raw, url: null }, launch.inner.launch, anchor, place);
  if (launch.package !== null) {
    return {
      type: 'package',
      registry: launch.package.registry,
      name: maskUrl(launch.package.name),
      args: maskArguments(launch.packageArgs).args.map(withoutHome),
    };
  }
  return {
    type: 'command',
    command: fromFolder(withoutHome(maskText(launch.command)), './'),
    args: maskArguments(launch.args).args.map((text) => fromFolder(withoutHome(text), '')),
    anchor,
  };
}

/**
 * The ways in which hosts write "in this folder" are one: `./x`, `${workspaceFolder}/x`, `${CLAUDE_PROJECT_DIR:-.}/x`.
 * In an argument `x` alone is that as well; a command without a slash is looked for elsewhere.
 */
const fromFolder = (text: string, start: '' | './'): string =>
  text.replace(
    /^(?:\.[\\/])*(?:(?:\$\{(?:workspaceFolder|workspaceRoot|workspacePath|CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT|extensionPath)(?::-\.?)?\}|\$(?:CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT))[\\/]|\.[\\/])/,
    start,
  );
