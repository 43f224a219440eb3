import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, answerDialogs, appFolder, chosen, launch, makeHome, type Running } from './launch.ts';

const { home, remove } = makeHome();
let running: Running;
beforeAll(async () => {
  running = await launch(home);
});
afterAll(async () => {
  await running?.app.close();
  remove();
});

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
  'trusted-types countersign-worker';

describe('the window', () => {
  test('is sandboxed, isolated and without Node', async () => {
    const preferences = await running.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
    });
    expect(preferences['preload']).toBe(join(appFolder, 'out', 'preload.cjs'));
  });

  test('shows app://countersign/ and nothing else', async () => {
    expect(await addressOf(running)).toMatch(/^app:\/\/countersign\//);
  });

  test('gives the page the bridge, frozen, and nothing of Node or Electron', async () => {
    const seen = await running.page.evaluate(() => {
      const names = (value: object): string[] =>
        Object.entries(value)
          .flatMap(([key, item]) =>
            typeof item === 'object' && item !== null ? names(item).map((inner) => `${key}.${inner}`) : [key],
          )
          .sort();
      const { countersign } = window;
      let overwritten = true;
      try {
        Object.assign(countersign.native, { chooseFolder: () => 'mine' });
      } catch {
        overwritten = false;
      }
      const globals = [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        'ipcRenderer',
        'electron',
        '__dirname',
      ];
      return { names: names(countersign), overwritten, leaked: globals.filter((name) => name in globalThis) };
    });
    expect(seen).toEqual({
      names: [
        'call',
        'native.chooseFolder',
        'native.chooseWorkspaceFile',
        'native.onMenuAction',
        'native.pathForFile',
        'subscribe',
      ],
      overwritten: false,
      leaked: [],
    });
  });
});

describe('the app protocol', () => {
  test('every answer carries the content security policy and nosniff', async () => {
    const heads: { readonly url: string; readonly policy: string | undefined; readonly sniff: string | undefined }[] =
      [];
    running.page.on('response', (response) => {
      const headers = response.headers();
      heads.push({
        url: response.url(),
        policy: headers['content-security-policy'],
        sniff: headers['x-content-type-options'],
      });
    });
    await running.page.reload();
    await running.page.waitForFunction(() => document.body.innerText.trim() !== '');
    await expect.poll(() => heads.filter(({ url }) => /\.(js|css)(\?|$)/.test(url)).length).toBeGreaterThan(0);
    for (const head of heads.filter(({ url }) => !url.startsWith('data:'))) {
      expect(head).toEqual({ url: head.url, policy, sniff: 'nosniff' });
    }
    running.page.removeAllListeners('response');
  });

  test.each([
    ['app://countersign/../package.json'],
    ['app://countersign/..%2f..%2fpackage.json'],
    ['app://countersign/%2e%2e/%2e%2e/package.json'],
    ['app://countersign/assets/..%5c..%5cmain.js'],
    ['app://other/index.html'],
  ])('%s leads nowhere', async (address) => {
    const title = await running.app.evaluate(async ({ BrowserWindow }, url) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
      await window.loadURL(url).catch(() => {});
      const text: unknown = await window.webContents.executeJavaScript('document.body?.innerText ?? ""');
      window.destroy();
      return text;
    }, address);
    expect(title).toMatch(/^(There is no such file\.|Not an address of this app\.)?$/);
  });

  test('a route without a file is the page', async () => {
    const text = await running.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
      await window.loadURL('app://countersign/inventory?kind=agent');
      const root: unknown = await window.webContents.executeJavaScript('document.getElementById("root") !== null');
      window.destroy();
      return root;
    });
    expect(text).toBe(true);
  });
});

describe('the page under its policy', () => {
  test('draws itself without breaking it', async () => {
    const complaints: string[] = [];
    const note = (text: string): void => {
      if (/Content Security Policy|Trusted ?(Type|HTML|Script)|violat/i.test(text)) complaints.push(text);
    };
    running.page.on('console', (message) => note(message.text()));
    running.page.on('pageerror', (error) => complaints.push(error.message));
    await running.page.reload();
    await running.page.getByRole('button', { name: /sample/i }).waitFor();
    await new Promise((resolve) => setTimeout(resolve, 500));
    running.page.removeAllListeners('console');
    running.page.removeAllListeners('pageerror');
    expect(complaints).toEqual([]);
  });

  // In the page's own event loop: what the inspector evaluates itself is allowed more than a page is.
  test('cannot evaluate text', async () => {
    const outcome = await running.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              // biome-ignore lint/security/noGlobalEval: that it does not work is what is tested
              // biome-ignore lint/complexity/noCommaOperator: an indirect call, as an attacker would
              resolve(`ran: ${(0, eval)('1 + 1')}`);
            } catch (error) {
              resolve(error instanceof Error ? error.name : 'unknown');
            }
          }, 0);
        }),
    );
    expect(['EvalError', 'TypeError']).toContain(outcome);
  });

  test('cannot write markup from text', async () => {
    const outcome = await running.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            const element = document.createElement('div');
            try {
              element.innerHTML = '<img src=x>';
              resolve(`written: ${element.childNodes.length}`);
            } catch (error) {
              resolve(error instanceof Error ? error.name : 'unknown');
            }
          }, 0);
        }),
    );
    expect(outcome).toBe('TypeError');
  });

  test('cannot fetch, not even from itself, nor frame anything', async () => {
    const outcome = await running.page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const fetched = await Promise.allSettled([fetch('/index.html'), fetch('https://example.com/')]);
      const frame = document.createElement('iframe');
      frame.src = '/';
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      frame.remove();
      return { fetched: fetched.map(({ status }) => status), violations: [...new Set(violations)].sort() };
    });
    expect(outcome).toEqual({ fetched: ['rejected', 'rejected'], violations: ['connect-src', 'frame-src'] });
  });
});

describe('navigation', () => {
  test.each(['https://example.com/', 'http://127.0.0.1:1/', 'data:text/html,<h1>hi</h1>', 'file:///etc/passwd'])(
    'the page cannot go to %s',
    async (target) => {
      const before = await addressOf(running);
      await running.page.evaluate((address) => {
        window.location.href = address;
      }, target);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await addressOf(running)).toBe(before);
      expect(await running.page.evaluate(() => typeof window.countersign)).toBe('object');
    },
  );

  test('a form leads nowhere', async () => {
    const before = await addressOf(running);
    await running.page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'https://example.com/';
      document.body.append(form);
      form.submit();
      form.remove();
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await addressOf(running)).toBe(before);
  });

  test('a page opens no window; https is offered to the browser after it was shown, and only then opened', async () => {
    await running.app.evaluate(({ dialog, shell }) => {
      const seen = { shown: [] as string[], opened: [] as string[], answer: 0 };
      Object.assign(globalThis, { seenByTest: seen });
      dialog.showMessageBox = (async (options: Electron.MessageBoxOptions) => {
        seen.shown.push(options.detail ?? '');
        return { response: seen.answer, checkboxChecked: false };
      }) as unknown as typeof dialog.showMessageBox;
      shell.openExternal = async (address: string) => {
        seen.opened.push(address);
      };
    });
    const open = (address: string): Promise<void> =>
      running.page.evaluate((target) => {
        window.open(target);
      }, address);
    const seen = (): Promise<{ shown: string[]; opened: string[] }> =>
      running.app.evaluate(
        () => (globalThis as unknown as { seenByTest: { shown: string[]; opened: string[] } }).seenByTest,
      );

    await open('http://example.com/plain');
    await open('javascript:alert(1)');
    await open('https://exämple.com/a?b#c');
    await expect.poll(async () => (await seen()).shown).toEqual(['https://xn--exmple-cua.com/a?b#c']);
    expect((await seen()).opened).toEqual([]);
    await running.app.evaluate(() => {
      (globalThis as unknown as { seenByTest: { answer: number } }).seenByTest.answer = 1;
    });
    await open('https://example.com/docs');
    await expect.poll(async () => (await seen()).opened).toEqual(['https://example.com/docs']);
    await expect.poll(() => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

describe('permissions', () => {
  test('the page gets none', async () => {
    const states = await running.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const found = await Promise.all(
        names.map(
          async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state] as const,
        ),
      );
      return { ...Object.fromEntries(found), asked: await Notification.requestPermission() };
    });
    expect(states).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      camera: 'denied',
      microphone: 'denied',
      midi: 'denied',
      'clipboard-read': 'denied',
      asked: 'denied',
    });
  });

  if (chosen.kind === 'stand-in') {
    test('the handlers say no to every question, also to those Chromium does not ask here', async () => {
      const answers = await running.app.evaluate(({ session }) => {
        const { handlers } = session.defaultSession as unknown as {
          handlers: {
            request: (contents: null, permission: string, answer: (granted: boolean) => void, details: object) => void;
            check: (contents: null, permission: string, origin: string, details: object) => boolean;
            device: (details: object) => boolean;
            display: (request: object, answer: (streams: unknown) => void) => void;
          };
        };
        const heard: unknown[] = [];
        for (const name of ['openExternal', 'fullscreen', 'usb', 'unknown']) {
          handlers.request(null, name, (granted) => heard.push(granted), {});
          heard.push(handlers.check(null, name, 'app://countersign', {}));
        }
        heard.push(handlers.device({ deviceType: 'hid' }));
        handlers.display({}, (streams) => heard.push(streams));
        return heard;
      });
      expect(answers).toEqual([...Array.from({ length: 9 }, () => false), null]);
    });
  }
});

describe('messages to the main process', () => {
  test('from our page are answered', async () => {
    await answerDialogs(running, { open: { canceled: false, filePaths: ['/somewhere/acme'] } });
    expect(await running.page.evaluate(() => window.countersign.native.chooseFolder())).toEqual({
      ok: true,
      value: '/somewhere/acme',
    });
  });

  test('that do not fit the schema are refused', async () => {
    const answer = await running.page.evaluate(() =>
      window.countersign.native.chooseWorkspaceFile('../../etc' as 'open'),
    );
    expect(answer).toEqual({ ok: false, error: { code: 'bad-request', message: 'The message was not understood.' } });
  });

  test('from a page that is not ours are refused, although it has our preload', async () => {
    const answer = await running.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { sandbox: true, contextIsolation: true, preload },
        });
        await window.loadURL('data:text/html,<h1>hi</h1>');
        const result: unknown = await window.webContents.executeJavaScript('countersign.native.chooseFolder()');
        window.destroy();
        return result;
      },
      join(appFolder, 'out', 'preload.cjs'),
    );
    expect(answer).toEqual({ ok: false, error: { code: 'bad-request', message: 'This page may not ask for that.' } });
    expect(running.log()).toContain('message refused');
  });
});
