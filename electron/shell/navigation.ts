import type { App, Dialog, Session, Shell, WebContents } from 'electron';
import { appOrigin } from './channels.ts';

/** `https` addresses only, in the form the browser will really go to (punycode host); null for everything else. */
export function externalAddress(address: string): string | null {
  if (address.length > 2000) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}

export type ExternalOpener = (address: string) => Promise<'opened' | 'cancelled' | 'refused'>;

/** Opens a page in the person's browser, after showing where it really leads. */
export function createExternalOpener(
  shell: Pick<Shell, 'openExternal'>,
  dialog: Pick<Dialog, 'showMessageBox'>,
): ExternalOpener {
  let asking = false;
  return async (address) => {
    const href = externalAddress(address);
    if (href === null || asking) return 'refused';
    asking = true;
    try {
      const { response } = await dialog.showMessageBox({
        type: 'question',
        message: 'Open this address in the browser?',
        detail: href,
        buttons: ['Cancel', 'Open'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      if (response !== 1) return 'cancelled';
      await shell.openExternal(href);
      return 'opened';
    } finally {
      asking = false;
    }
  };
}

/** Nothing that a page starts leads anywhere: routes change through the history API, which none of these events covers. */
export function guardContents(contents: WebContents, openExternal: ExternalOpener): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url);
    return { action: 'deny' };
  });
}

/** Putting text or a picture on the clipboard, on a person's click. Reading the clipboard is another permission, and denied. */
const clipboardWriting = 'clipboard-sanitized-write';

/**
 * Every permission, asked or checked, and every device: no. The one exception is writing to the clipboard for our own page:
 * without it nothing could be copied.
 */
export function guardSession(session: Session): void {
  const isCopying = (permission: string, origin: string, details: { readonly isMainFrame?: boolean }): boolean =>
    permission === clipboardWriting && details.isMainFrame === true && isOwnOrigin(origin);
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isCopying(permission, details?.requestingUrl ?? '', details ?? {})),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isCopying(permission, origin, details ?? {}),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // Pictures that the page itself drew may be saved, where the person chooses; nothing is ever fetched as a download.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
}

function isOwnOrigin(address: string): boolean {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === appOrigin;
  } catch {
    return false;
  }
}

/** Covers every page that could ever come into being, not only those we make. */
export function guardEverything(app: App, openExternal: ExternalOpener): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, openExternal));
  app.on('session-created', guardSession);
}
