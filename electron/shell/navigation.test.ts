import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { createExternalOpener, externalAddress, guardEverything } from './navigation.ts';

describe('addresses for the browser', () => {
  test.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['https://exämple.com', 'https://xn--exmple-cua.com/'],
    ['HTTPS://EXAMPLE.com:443/', 'https://example.com/'],
  ])('%s is shown and opened as %s', (address, shown) => expect(externalAddress(address)).toBe(shown));

  test.each([
    'http://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'ms-settings:',
    'https://user@example.com/',
    'https://user:password@example.com/',
    `https://example.com/${'a'.repeat(2000)}`,
    '',
    'https://',
  ])('%s is none', (address) => expect(externalAddress(address)).toBeNull());
});

describe('opening an address', () => {
  function bench(response: number) {
    const shown: unknown[] = [];
    const opened: string[] = [];
    const open = createExternalOpener(
      { openExternal: async (address) => void opened.push(address) },
      {
        showMessageBox: (async (options: Electron.MessageBoxOptions) => {
          shown.push(options.detail);
          return { response, checkboxChecked: false };
        }) as unknown as Electron.Dialog['showMessageBox'],
      },
    );
    return { open, shown, opened };
  }

  test('shows it first, and opens it when the person agrees', async () => {
    const { open, shown, opened } = bench(1);
    expect(await open('https://exämple.com/')).toBe('opened');
    expect({ shown, opened }).toEqual({
      shown: ['https://xn--exmple-cua.com/'],
      opened: ['https://xn--exmple-cua.com/'],
    });
  });

  test('does not open it when the person does not', async () => {
    const { open, opened } = bench(0);
    expect(await open('https://example.com/')).toBe('cancelled');
    expect(opened).toEqual([]);
  });

  test('asks nothing about other schemes, and one question at a time', async () => {
    const { open, shown } = bench(0);
    expect(await open('http://example.com/')).toBe('refused');
    const answers = await Promise.all([open('https://example.com/1'), open('https://example.com/2')]);
    expect({ answers, shown }).toEqual({ answers: ['cancelled', 'refused'], shown: ['https://example.com/1'] });
  });
});

test('every page and every session that comes into being is guarded', () => {
  const app = new EventEmitter();
  guardEverything(app as unknown as App, async () => 'refused');

  let openHandler: ((details: { url: string }) => unknown) | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof openHandler) => {
      openHandler = handler;
    },
  });
  app.emit('web-contents-created', {}, contents as unknown as WebContents);
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    let prevented = false;
    contents.emit(name, {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect([name, prevented]).toEqual([name, true]);
  }
  expect(openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });

  const answers: unknown[] = [];
  const ask = (
    handler: (...args: unknown[]) => void,
    permission: string,
    requestingUrl: string,
    isMainFrame: boolean,
  ): void => handler(null, permission, (granted: unknown) => answers.push(granted), { requestingUrl, isMainFrame });
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: (...args: unknown[]) => void) => {
      ask(handler, 'media', 'app://countersign/', true);
      ask(handler, 'clipboard-read', 'app://countersign/', true);
      ask(handler, 'clipboard-sanitized-write', 'https://evil.example/', true);
      ask(handler, 'clipboard-sanitized-write', 'app://countersign/', false);
      ask(handler, 'clipboard-sanitized-write', 'app://countersign/inventory', true);
    },
    setPermissionCheckHandler: (handler: (...args: unknown[]) => unknown) => {
      answers.push(handler(null, 'media', 'app://countersign', { isMainFrame: true }));
      answers.push(handler(null, 'clipboard-sanitized-write', 'app://countersign', { isMainFrame: true }));
    },
    setDevicePermissionHandler: (handler: () => unknown) => answers.push(handler()),
    setDisplayMediaRequestHandler: (handler: (...args: unknown[]) => void) =>
      handler({}, (streams: unknown) => answers.push(streams)),
  });
  app.emit('session-created', session as unknown as Session);
  expect(answers).toEqual([false, false, false, false, true, false, true, false, null]);
  const isPrevented = (url: string): boolean => {
    let prevented = false;
    const event = {
      preventDefault: () => {
        prevented = true;
      },
    };
    session.emit('will-download', event, { getURL: () => url });
    return prevented;
  };
  expect(isPrevented('https://example.com/file.zip')).toBe(true);
  expect(isPrevented('app://countersign/index.html')).toBe(true);
  expect(isPrevented('blob:https://example.com/1')).toBe(true);
  expect(isPrevented('blob:app://countersign/8f1c')).toBe(false);
});
