import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serveCommand } from '../serve.ts';
import { findAppFolders } from '../host/app-folders.ts';
import { findDesktop } from './desktop-runtime.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';

/** `countersign open`: the window where an Electron runtime and a display exist, else the same pages in the browser. */
export async function openCommand(workspace: string | null, io: CommandIo): Promise<ExitCode> {
  const folders = findAppFolders();
  const desktop = findDesktop(folders.app, io.environment);
  if (desktop.found && existsSync(join(folders.out, 'main.js'))) {
    const file = workspace === null ? [] : [resolve(io.folder, workspace)];
    const failure = await runDesktop(desktop.executable, [folders.app, ...file], io);
    if (failure === null) return exitCodes.clean;
    io.note(`The window could not be opened (${failure}); opening the workbench in the browser instead.\n`);
  } else {
    const because = desktop.found ? 'the desktop part is not built' : desktop.because;
    io.note(`No window: ${because}. Opening the same workbench in the browser.\n`);
  }
  return serveCommand({ workspace, port: 0, openBrowser: true }, io);
}

/** Null when the app ran and was closed by a person; otherwise why it did not run. */
function runDesktop(executable: string, args: readonly string[], io: CommandIo): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(executable, args, { stdio: 'inherit', env: io.environment });
    const stop = (): void => void child.kill();
    io.signal.addEventListener('abort', stop);
    child.once('error', (error) => done(error.message));
    child.once('exit', (code) => {
      io.signal.removeEventListener('abort', stop);
      done(code === 0 || io.signal.aborted ? null : `it ended with code ${code}`);
    });
  });
}
