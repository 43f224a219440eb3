import { EventEmitter } from 'node:events';
import { browser } from './browser.ts';
import { strict } from './not-implemented.ts';

type Handlers = {
  request: Parameters<Electron.Session['setPermissionRequestHandler']>[0];
  check: Parameters<Electron.Session['setPermissionCheckHandler']>[0];
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0];
  display: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0];
};

/** Electron's name of a permission, and the one of the Permissions API, which Chromium is told. */
const permissions = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['local-fonts', 'local-fonts'],
] as const;

class StandInSession extends EventEmitter {
  /** As set by the app; tests call them. */
  readonly handlers: Handlers = { request: null, check: null, device: null, display: null };

  setPermissionRequestHandler(handler: Handlers['request']): void {
    this.handlers.request = handler;
  }
  setPermissionCheckHandler(handler: Handlers['check']): void {
    this.handlers.check = handler;
  }
  setDevicePermissionHandler(handler: Handlers['device']): void {
    this.handlers.device = handler;
  }
  setDisplayMediaRequestHandler(handler: Handlers['display']): void {
    this.handlers.display = handler;
  }
}

export const standInSession = new StandInSession();
export const defaultSession = strict('Session', standInSession) as unknown as Electron.Session;
export const session = strict('session', { defaultSession });

/** Makes Chromium answer pages as the app's handlers decide; without a handler everything is granted, as in Electron. */
export async function applyPermissions(origin: string, shownOrigin: string): Promise<void> {
  const chromium = await browser;
  const { check, request } = standInSession.handlers;
  for (const [name, chromiumName] of permissions) {
    let granted = check === null || check(null, name, origin, { isMainFrame: true, requestingUrl: origin } as never);
    if (granted && request !== null)
      request(
        null as never,
        name as never,
        (answer) => {
          granted = answer;
        },
        {} as never,
      );
    await chromium
      .send('Browser.setPermission', {
        origin: shownOrigin,
        permission: { name: chromiumName },
        setting: granted ? 'granted' : 'denied',
      })
      .catch((error: unknown) => process.stderr.write(`stand-in: permission ${name}: ${String(error)}\n`));
  }
}
