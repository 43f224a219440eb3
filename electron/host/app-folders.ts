import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where this installation keeps what it needs at run time. */
export type AppFolders = {
  /** Folder of package.json: the checkout, or the packaged app. */
  readonly app: string;
  readonly out: string;
  readonly pages: string;
  readonly grammars: string;
  readonly resources: string;
  /** Modules of the threads that scan and parse. */
  readonly scanWorker: URL;
  readonly parseWorker: URL;
  readonly version: string;
};

/** Found by walking up from this file, which is at different depths in the sources and in the bundles. */
export function findAppFolders(start: string = import.meta.dirname): AppFolders {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: string; readonly version?: string };
      if (manifest.name === 'countersign') {
        const out = join(folder, 'out');
        // Run from the sources (tests), Node takes the source itself.
        const isBundled = start.startsWith(out);
        const worker = (name: string): URL =>
          pathToFileURL(isBundled ? join(out, `${name}.js`) : join(folder, 'electron', 'engine', 'scan', `${name}.ts`));
        return {
          app: folder,
          out,
          pages: join(out, 'renderer'),
          grammars: join(out, 'grammars'),
          // In a package the sample lies beside the archive, where it can be copied from.
          resources: join(folder.replace(/app\.asar$/, 'app.asar.unpacked'), 'resources'),
          scanWorker: worker('scan-worker'),
          parseWorker: worker('parse-worker'),
          version: manifest.version ?? '0.0.0',
        };
      }
    }
    if (dirname(folder) === folder) throw new Error('countersign is not complete: its package.json is missing');
  }
}

/** Where this user's settings, recent workspaces and workspaces without a place of their own lie on this system. */
export function dataFolder(environment: NodeJS.ProcessEnv, home: string, platform: string = process.platform): string {
  if (platform === 'win32') return join(environment['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Countersign');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Countersign');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'countersign');
}
