import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Desktop =
  | { readonly found: true; readonly executable: string }
  | { readonly found: false; readonly because: string };

/**
 * Finds an Electron runtime that is already on this machine, and a display to show it on. Never asks the `electron`
 * package for its path: that would start a download.
 */
export function findDesktop(
  appFolder: string,
  environment: NodeJS.ProcessEnv,
  platform: string = process.platform,
): Desktop {
  const executable = findExecutable(appFolder, environment);
  if (executable === null) return { found: false, because: 'no Electron runtime is installed here' };
  if (!hasDisplay(environment, platform)) return { found: false, because: 'there is no display' };
  return { found: true, executable };
}

function findExecutable(appFolder: string, environment: NodeJS.ProcessEnv): string | null {
  const named = environment['ELECTRON_EXEC_PATH'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  const packageFolder = join(appFolder, 'node_modules', 'electron');
  try {
    const executable = join(packageFolder, 'dist', readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim());
    return existsSync(executable) ? executable : null;
  } catch {
    return null;
  }
}

function hasDisplay(environment: NodeJS.ProcessEnv, platform: string): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}
