import type { Properties } from '../../../../shared/model/facts.ts';
import { text, texts } from '../host/fact-view.ts';

/**
 * Files that the command of a configuration starts, the likeliest first: places, or paths from `/` or `~/` on where the
 * configuration names such. A scan does not know where its folders lie on that machine: those are compared from their ends.
 */
export type LaunchedFiles = {
  readonly places: readonly string[];
  /** Folders that a server of the same project lies in, where the file itself is built or only imports it. Places only. */
  readonly folders: readonly string[];
};

/** Whether a launched file is the file of a place. A path of the machine has to end with the whole place, root and all. */
export const isFileOf = (launched: string, place: string): boolean =>
  launched === place || (/^[/~]/.test(launched) && launched.endsWith(`/${place}`));

const sourceFile = /\.(?:py|[cm]?[jt]sx?)$/i;
const builtFolder = /(?:^|\/)(?:dist|build|out|lib|\.build)\//;
const runners =
  /^(?:python[\d.]*|uv|uvx|poetry|pdm|hatch|pipenv|node|bun|deno|tsx|ts-node|npx|fastmcp|mcp|go|cargo|dotnet)$/;
const directoryFlags = new Set(['--directory', '--project', '--cwd', '-C', '--prefix', '--dir']);

/** What a command starts, as far as its words say so. Relative words are meant from the folder of the configuration. */
export function launchedFiles(configuration: Properties): LaunchedFiles {
  const anchor = text(configuration, 'anchor');
  const words = [text(configuration, 'command'), ...texts(configuration, 'args')];
  if (words[0] === '') return { places: [], folders: [] };
  // What a user or a machine configures is started from anywhere: only whole paths say which file is meant.
  let folder: string | null = anchor === '' || anchor === '~' ? null : anchor;
  const own = text(configuration, 'cwd');
  if (own !== '') folder = joined(folder, own) ?? folder;
  const places: string[] = [];
  const add = (place: string | null): void => {
    if (place !== null && !places.includes(place)) places.push(place);
  };
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    if (directoryFlags.has(word)) folder = joined(folder, next) ?? folder;
    if (word === '-m' && /^[A-Za-z_][\w.]*$/.test(next)) {
      const path = next.replaceAll('.', '/');
      for (const base of ['', 'src/'])
        for (const end of ['.py', '/__main__.py', '/server.py', '/__init__.py'])
          add(joined(folder, `${base}${path}${end}`));
    }
    // `server.py:mcp` names the object in the file.
    const path = word.replace(/:[A-Za-z_]\w*$/, '');
    if (sourceFile.test(path) && !/^[a-z]+:\/\//i.test(path)) {
      const place = joined(folder, path);
      add(place);
      if (place !== null && builtFolder.test(place))
        for (const end of ['.ts', '.mts', '.js'])
          for (const source of ['src/', ''])
            add(
              place
                .replace(builtFolder, (found) => `${found.startsWith('/') ? '/' : ''}${source}`)
                .replace(/\.[cm]?js$/, end),
            );
    }
  }
  const first = places[0];
  const isLocal =
    first !== undefined ||
    (directoryFlags.has(words.find((word) => directoryFlags.has(word)) ?? '') && runners.test(words[0] ?? ''));
  if (!isLocal) return { places, folders: [] };
  const folders = first === undefined ? [folder ?? ''] : [folderOf(first), projectFolder(first), folder ?? ''];
  return {
    places,
    folders: [...new Set(folders)].filter((one) => one !== '' && (one === anchor || one.startsWith(`${anchor}/`))),
  };
}

const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));
/** The folder above `dist`, `build`, `src`. */
const projectFolder = (place: string): string =>
  folderOf(place).replace(/\/(?:dist|build|out|lib|src|\.build)(?:\/.*)?$/, '');

/** Null where the path leads out of its folder, has no folder to start from, or holds a variable that is no folder of it. */
function joined(folder: string | null, path: string): string | null {
  const inside = path.replace(
    /^(?:\$\{(?:workspaceFolder|workspaceRoot|CLAUDE_PROJECT_DIR)(?::-[^}]*)?\}|\$CLAUDE_PROJECT_DIR)\/?/,
    '',
  );
  if (inside.includes('$')) return null;
  const whole = inside.replaceAll('\\', '/').replace(/^[A-Za-z]:(?=\/)/, '');
  const isWhole = whole.startsWith('/') || whole.startsWith('~/');
  if (!isWhole && folder === null) return null;
  const parts = isWhole ? [whole.startsWith('~') ? '~' : ''] : (folder ?? '').split('/');
  for (const part of isWhole ? whole.slice(whole.startsWith('~') ? 2 : 1).split('/') : whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 1) parts.pop();
    else return null;
  }
  return parts.join('/');
}
