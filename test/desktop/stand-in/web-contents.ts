import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { standInApp } from './app.ts';
import { browser } from './browser.ts';
import type { Chromium } from './chromium.ts';
import { standInIpcMain } from './ipc-main.ts';
import {
  type FromPage,
  isolatedScript,
  pageScript,
  receiveFunction,
  sendBinding,
  type ToPage,
  worldName,
} from './isolated-world.ts';
import { fromShown, toShown } from './loopback.ts';
import { refuse, strict } from './not-implemented.ts';
import type { StandInPort } from './ports.ts';
import { applyPermissions, defaultSession } from './session.ts';
import { structuredText } from './structured-text.ts';

const text = structuredText();
type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };
type ContextCreated = { context: { id: number; name: string; auxData: { frameId: string } } };
type Paused = {
  requestId: string;
  request: { url: string };
  frameId: string;
  redirectedRequestId?: string;
};

export class StandInWebContents extends EventEmitter {
  static #count = 0;
  static readonly byTarget = new Map<string, StandInWebContents>();
  readonly id: number;
  readonly session = defaultSession;
  /** The page's one frame that a preload runs in. Its address is the real one, not the one Chromium shows. */
  readonly mainFrame = { parent: null, url: 'about:blank' };
  /** What the app sees of this object: reading what is not implemented throws. */
  readonly #self: this;
  readonly #preferences: Electron.WebPreferences;
  readonly #opened: Promise<void>;
  #target = '';
  #session = '';
  #isolated: number | null = null;
  #destroyed = false;
  #title = '';
  #openHandler: OpenHandler | null = null;
  /** Addresses that we ourselves navigate to. */
  readonly #ours = new Set<string>();
  /** Navigations that the page itself wished for. */
  readonly #wished = new Map<string, number>();
  readonly #ports = new Map<number, StandInPort>();
  #lastPort = 0;

  constructor(preferences: Electron.WebPreferences, size: { readonly width: number; readonly height: number }) {
    super();
    StandInWebContents.#count += 1;
    this.id = StandInWebContents.#count;
    this.#preferences = preferences;
    this.#self = strict('WebContents', this);
    this.#opened = this.#open(size);
    standInApp.emit('web-contents-created', {}, this.#self);
    // biome-ignore lint/correctness/noConstructorReturn: whoever makes one gets the strict view of it
    return this.#self;
  }

  async #open(size: { readonly width: number; readonly height: number }): Promise<void> {
    const chromium = await browser;
    const { targetId } = await chromium.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
    });
    this.#target = targetId;
    StandInWebContents.byTarget.set(targetId, this.#self);
    const { sessionId } = await chromium.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    this.#session = sessionId;

    chromium.on<ContextCreated>(sessionId, 'Runtime.executionContextCreated', ({ context }) => {
      if (context.name === worldName && context.auxData.frameId === targetId) {
        this.#forgetPage();
        this.#isolated = context.id;
      }
    });
    chromium.on<{ executionContextId: number }>(
      sessionId,
      'Runtime.executionContextDestroyed',
      ({ executionContextId }) => {
        if (executionContextId === this.#isolated) this.#forgetPage();
      },
    );
    chromium.on<{ name: string; payload: string; executionContextId: number }>(
      sessionId,
      'Runtime.bindingCalled',
      (call) => {
        if (call.name === sendBinding) void this.#heard(JSON.parse(call.payload) as FromPage, call.executionContextId);
      },
    );
    chromium.on<{ frame: { id: string; url: string } }>(sessionId, 'Page.frameNavigated', ({ frame }) => {
      if (frame.id === targetId) this.mainFrame.url = fromShown(frame.url);
    });
    chromium.on<{ frameId: string; url: string }>(sessionId, 'Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === targetId) this.mainFrame.url = fromShown(url);
    });
    chromium.on<{ targetInfo: { targetId: string; openerId?: string } }>(
      '',
      'Target.targetCreated',
      ({ targetInfo }) => {
        if (targetInfo.openerId === targetId) void closeDenied(chromium, targetInfo.targetId).catch(() => {});
      },
    );
    chromium.on<{ targetInfo: { targetId: string; title: string } }>(
      '',
      'Target.targetInfoChanged',
      ({ targetInfo }) => {
        if (targetInfo.targetId !== targetId || targetInfo.title === this.#title) return;
        this.#title = targetInfo.title;
        this.emit('page-title-updated', targetInfo.title);
      },
    );
    await chromium.send('Target.setDiscoverTargets', { discover: true });
    chromium.on<{ url: string }>(sessionId, 'Page.windowOpen', ({ url }) => {
      const { action } = this.#openHandler?.({ url: fromShown(url) }) ?? { action: 'allow' };
      if (action !== 'deny') refuse('a second window opened by a page');
    });
    chromium.on<{ frameId: string; url: string }>(sessionId, 'Page.frameRequestedNavigation', ({ frameId, url }) => {
      this.#wished.set(`${frameId} ${url}`, Date.now());
    });
    chromium.on<Paused>(sessionId, 'Fetch.requestPaused', (paused) => void this.#decideNavigation(paused));
    chromium.on(sessionId, 'Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );

    await this.#send('Page.enable');
    await this.#send('Runtime.enable');
    await this.#send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
    await this.#send('Runtime.addBinding', { name: sendBinding, executionContextName: worldName });
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript });
    const { preload } = this.#preferences;
    if (preload !== undefined) {
      const source = isolatedScript(readFileSync(preload, 'utf8'));
      await this.#send('Page.addScriptToEvaluateOnNewDocument', { worldName, source });
    }
  }

  async #send<T>(method: string, parameters: { readonly [name: string]: unknown } = {}): Promise<T> {
    return (await browser).send<T>(method, parameters, this.#session);
  }

  /** The page wishes to go somewhere: the app's handlers decide. What we or a developer tool start goes through. */
  async #decideNavigation({ requestId, request: { url }, frameId, redirectedRequestId }: Paused): Promise<void> {
    const isReload = frameId === this.#target && fromShown(url) === this.mainFrame.url;
    if (!isReload && !this.#ours.has(url) && (await this.#isWished(`${frameId} ${url}`))) {
      const isMainFrame = frameId === this.#target;
      let prevented = false;
      const event = {
        url: fromShown(url),
        isMainFrame,
        isSameDocument: false,
        frame: isMainFrame ? this.mainFrame : null,
        preventDefault: () => {
          prevented = true;
        },
      };
      if (redirectedRequestId !== undefined) this.emit('will-redirect', event);
      else {
        this.emit('will-frame-navigate', event);
        if (isMainFrame) this.emit('will-navigate', event);
      }
      if (prevented) {
        await this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(() => {});
        return;
      }
    }
    await this.#send('Fetch.continueRequest', { requestId }).catch(() => {});
  }

  /** The wish and the paused request come from two processes, in either order. */
  async #isWished(key: string): Promise<boolean> {
    for (let waited = 0; waited < 1000; waited += 20) {
      if (this.#wished.delete(key)) return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.#wished.delete(key);
  }

  #forgetPage(): void {
    this.#isolated = null;
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  async #heard(message: FromPage, context: number): Promise<void> {
    if (message.type === 'port') {
      this.#ports.get(message.port)?.receivedFromElsewhere(text.decode(message.data));
      return;
    }
    if (message.type === 'port-close') {
      this.#ports.get(message.port)?.close();
      this.#ports.delete(message.port);
      return;
    }
    const event = {
      sender: this.#self,
      senderFrame: this.mainFrame,
      type: 'frame',
      processId: 0,
      frameId: 0,
      ports: [],
    };
    const args = text.decode(message.args) as unknown[];
    if (message.type === 'send') {
      standInIpcMain.emit(message.channel, event, ...args);
      return;
    }
    let answer: ToPage;
    try {
      const handler = standInIpcMain.handlerOf(message.channel);
      if (handler === undefined) throw new Error(`No handler registered for '${message.channel}'`);
      answer = { type: 'answer', id: message.id, value: text.encode(structuredClone(await handler(event, ...args))) };
    } catch (error) {
      answer = {
        type: 'answer',
        id: message.id,
        error: `Error invoking remote method '${message.channel}': ${String(error)}`,
      };
    }
    await this.#tell(answer, context);
  }

  async #tell(message: ToPage, contextId: number | null = this.#isolated): Promise<void> {
    if (contextId === null || this.#destroyed) return;
    // A page that is gone meanwhile hears nothing, as in Electron.
    await this.#send('Runtime.evaluate', {
      contextId,
      expression: `${receiveFunction}(${JSON.stringify(JSON.stringify(message))})`,
    }).catch(() => {});
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#tell({ type: 'message', channel, args: text.encode(structuredClone(args)), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly StandInPort[] = []): void {
    const ports = transfer.map((port) => {
      this.#lastPort += 1;
      const id = this.#lastPort;
      this.#ports.set(id, port);
      return { id, port };
    });
    void this.#tell({
      type: 'message',
      channel,
      args: text.encode([structuredClone(message)]),
      ports: ports.map(({ id }) => id),
    });
    for (const { id, port } of ports) {
      port.transfer({
        deliver: (data) => void this.#tell({ type: 'port', port: id, data: text.encode(data) }),
        closed: () => void this.#tell({ type: 'port-close', port: id }),
      });
    }
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Not in electron.d.ts, but there in Electron: what the window was really made with. */
  getLastWebPreferences(): Electron.WebPreferences {
    return this.#preferences;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  forcefullyCrashRenderer(): void {
    // Never answered: the page that would answer is gone.
    void this.#send('Page.crash').catch(() => {});
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#send<{
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    }>('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'script failed');
    return result.value;
  }

  async loadURL(address: string): Promise<void> {
    await this.#opened;
    const shown = toShown(address);
    this.#ours.add(shown);
    if (shown !== address) await applyPermissions(new URL(address).href.replace(/\/$/, ''), new URL(shown).origin);
    const chromium = await browser;
    const loaded = new Promise((resolve) => chromium.on(this.#session, 'Page.loadEventFired', resolve));
    const { errorText } = await this.#send<{ errorText?: string }>('Page.navigate', { url: shown });
    if (errorText) throw new Error(`${errorText} loading '${address}'`);
    await loaded;
    this.#ours.delete(shown);
    this.emit('did-finish-load');
  }

  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#forgetPage();
    await this.#opened;
    StandInWebContents.byTarget.delete(this.#target);
    await (await browser).send('Target.closeTarget', { targetId: this.#target }).catch(() => {});
    this.emit('destroyed');
  }

  /** Playwright closes pages this way. */
  close(): void {
    this.emit('stand-in:close');
  }
}

/**
 * A denied window lives for a moment in Chromium; in Electron it never comes into being. It waits for playwright when it
 * starts, on the thread of the page that opened it: closed before it runs, it would take that page with it.
 */
async function closeDenied(chromium: Chromium, targetId: string): Promise<void> {
  const { sessionId } = await chromium.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  await chromium.send('Runtime.runIfWaitingForDebugger', {}, sessionId);
  await chromium.send('Runtime.evaluate', { expression: '0' }, sessionId);
  await chromium.send('Target.closeTarget', { targetId });
}

export const webContents = strict('webContents', {
  fromDevToolsTargetId: (target: string) => StandInWebContents.byTarget.get(target),
  getAllWebContents: () => [...StandInWebContents.byTarget.values()],
});
