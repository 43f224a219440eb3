import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

export type ChosenElectron = {
  readonly kind: 'named' | 'installed' | 'stand-in';
  readonly executable: string;
  /** One line for reports. */
  readonly title: string;
};

/** What only a real Electron can show; printed with every run on the stand-in. */
export const unprovenOnStandIn: readonly string[] = [
  'fuses at run time, reading from the asar, code signing, the installer',
  'the app:// scheme itself (shown as http://countersign.app.localhost/; handler, headers and CSP are the real ones)',
  'that a sandboxed preload has no Node (the stand-in runs it in an isolated world of Chromium with only `electron`)',
  "Chromium's own permission prompts and device choosers (the app's handlers decide what Chromium is told)",
  'message ports without a detour (here they pass through the main process; typed arrays are copied as text)',
  'the utility process as a Chromium process (here a child Node process)',
  'native menus, dialogs, window placement, tray, notifications, file associations, links, macOS habits',
  'paths of dropped files (webUtils.getPathForFile)',
];

/** $ELECTRON_EXEC_PATH, else a runtime that is installed here and can show a window, else the stand-in. */
export function chooseElectron(environment: NodeJS.ProcessEnv = process.env): ChosenElectron {
  const named = environment['ELECTRON_EXEC_PATH'];
  if (named) return { kind: 'named', executable: named, title: `Electron at ${named} (ELECTRON_EXEC_PATH)` };
  const installed = installedRuntime();
  if (installed !== null && hasDisplay(environment)) {
    return { kind: 'installed', executable: installed, title: `Electron at ${installed} (installed)` };
  }
  const because = installed === null ? 'no Electron runtime is installed here' : 'there is no display';
  return {
    kind: 'stand-in',
    executable: join(import.meta.dirname, 'stand-in', 'electron'),
    title: `the stand-in for Electron, because ${because}`,
  };
}

function installedRuntime(): string | null {
  const folder = join(repository, 'node_modules', 'electron');
  try {
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(executable) ? executable : null;
  } catch {
    return null;
  }
}

const hasDisplay = (environment: NodeJS.ProcessEnv): boolean =>
  process.platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
