import { homedir } from 'node:os';
import type { EngineDeps } from '../engine/create-engine.ts';
import type { Logger } from '../engine/log.ts';
import { dataFolder, findAppFolders } from './app-folders.ts';

/** What every host gives the engine: this installation, this user, this clock. */
export function engineDeps(host: EngineDeps['host'], log: Logger): EngineDeps {
  const folders = findAppFolders();
  const home = homedir();
  return {
    host,
    version: folders.version,
    platform: process.platform === 'darwin' ? 'macos' : process.platform === 'win32' ? 'windows' : 'linux',
    home,
    dataFolder: dataFolder(process.env, home),
    resources: folders.resources,
    scanWorker: folders.scanWorker,
    parseWorker: folders.parseWorker,
    now: Date.now,
    log,
  };
}
