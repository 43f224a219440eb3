import { spawn } from 'node:child_process';

type Opener = { readonly command: string; readonly args: (url: string) => readonly string[] };

/** The program that shows an address in this person's browser; null where nobody could see it. */
export function findOpener(environment: NodeJS.ProcessEnv, platform: string = process.platform): Opener | null {
  if (platform === 'darwin') return { command: 'open', args: (url) => [url] };
  if (platform === 'win32') return { command: 'rundll32.exe', args: (url) => ['url.dll,FileProtocolHandler', url] };
  // Without a display xdg-open would start a text browser inside the terminal.
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return null;
  return { command: 'xdg-open', args: (url) => [url] };
}

/** Shows the address, or quietly does not: it is printed in any case. False where there is no browser to be had. */
export function openBrowser(url: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const opener = findOpener(environment);
  if (opener === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(opener.command, opener.args(url), { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
