import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { openBrowser } from './cli/browser.ts';
import { findAppFolders } from './host/app-folders.ts';
import { type CommandIo, commandLog, type ExitCode, exitCodes } from './cli/io.ts';
import { printable } from './cli/terminal-text.ts';
import { createEngine } from './engine/create-engine.ts';
import { AppError } from './engine/errors.ts';
import { engineDeps } from './host/engine-deps.ts';
import { startHttpHost } from './host/http.ts';
import { createRouter, type Router } from './host/router.ts';

export type ServeCommand = { readonly workspace: string | null; readonly port: number; readonly openBrowser: boolean };

/** `countersign serve`: the engine in this process, its pages on loopback, until a person interrupts. */
export async function serveCommand(command: ServeCommand, io: CommandIo): Promise<ExitCode> {
  const folders = findAppFolders();
  if (!existsSync(join(folders.pages, 'index.html'))) {
    throw new AppError('not-found', 'The pages are not built: run npm run build, or start through npm.');
  }
  const log = commandLog(io);
  const engine = await createEngine(engineDeps('browser', log));
  try {
    const router = createRouter(engine, log);
    if (command.workspace !== null) await openWorkspaceFile(router, resolve(io.folder, command.workspace));
    const host = await startHttpHost({ router, engine, pages: folders.pages, port: command.port, log });
    try {
      io.out(`${host.url}\n`);
      io.note('The address works once, for one browser on this machine. Ctrl-C ends Countersign.\n');
      if (command.openBrowser && !(await openBrowser(host.url, io.environment))) io.note('Open it in a browser.\n');
      await interrupted(io.signal);
    } finally {
      await host.close();
    }
  } finally {
    await engine.close();
  }
  return exitCodes.clean;
}

/** The named workspace; made where there is none. */
async function openWorkspaceFile(router: Router, path: string): Promise<void> {
  const result = existsSync(path)
    ? await router.ask('workspaces.open', { path })
    : await router.ask('workspaces.create', { path, name: basename(path).replace(/\.countersign$/, '') });
  if (!result.ok) throw new AppError(result.error.code, printable(result.error.message));
}

const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
