import { bridge } from './bridge.ts';
import { structuredText } from './structured-text.ts';

export const worldName = 'Electron Isolated Context';
/** Binding through which the isolated world speaks to us, and function by which it hears us. */
export const sendBinding = '__standInSend';
export const receiveFunction = '__standInReceive';

/** What the isolated world says. `args` and `data` are structured text. */
export type FromPage =
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly type: 'send'; readonly channel: string; readonly args: string }
  | { readonly type: 'port'; readonly port: number; readonly data: string }
  | { readonly type: 'port-close'; readonly port: number };
export type ToPage =
  | { readonly type: 'answer'; readonly id: number; readonly value?: string; readonly error?: string }
  | { readonly type: 'message'; readonly channel: string; readonly args: string; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly port: number; readonly data: string }
  | { readonly type: 'port-close'; readonly port: number };

/** Source to run in the page's own world of every new document. */
export const pageScript = `(${bridge})('page', 'isolated');`;

/** Source to run in the isolated world of every new document: the preload, with what a sandboxed preload may require. */
export function isolatedScript(preload: string): string {
  return `if (window === window.top) (() => {
    const electron = (${preloadElectron})(${bridge}, (${structuredText})(), '${sendBinding}', '${receiveFunction}');
    const require = (name) => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error('module not found: ' + name);
    };
    const process = { platform: ${JSON.stringify(process.platform)}, contextIsolated: true, sandboxed: true, env: {} };
    const module = { exports: {} };
    (function (require, process, module, exports) { ${preload}
    })(require, process, module, module.exports);
  })();`;
}

/** The `electron` of a sandboxed preload. Self-contained: only its source is used. */
function preloadElectron(
  makeBridge: typeof bridge,
  text: ReturnType<typeof structuredText>,
  sendName: string,
  receiveName: string,
): object {
  const world = globalThis as unknown as Record<string, (message: string) => void>;
  const send = (message: object): void => world[sendName]?.(JSON.stringify(message));
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ports = new Map<number, MessagePort>();
  let lastId = 0;

  const openPort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port2);
    port2.onmessage = (event) => send({ type: 'port', port: id, data: text.encode(event.data) });
    port2.addEventListener('close', () => {
      if (ports.delete(id)) send({ type: 'port-close', port: id });
    });
    return port1;
  };

  world[receiveName] = (raw) => {
    const message = JSON.parse(raw) as ToPage;
    switch (message.type) {
      case 'answer': {
        const waiting = open.get(message.id);
        open.delete(message.id);
        if (message.error === undefined) waiting?.resolve(text.decode(message.value ?? 'null'));
        else waiting?.reject(new Error(message.error));
        break;
      }
      case 'message': {
        const event = { sender: ipcRenderer, senderId: 0, ports: message.ports.map(openPort) };
        for (const listener of [...(listeners.get(message.channel) ?? [])]) {
          listener(event, ...(text.decode(message.args) as unknown[]));
        }
        break;
      }
      case 'port':
        ports.get(message.port)?.postMessage(text.decode(message.data));
        break;
      case 'port-close': {
        const port = ports.get(message.port);
        ports.delete(message.port);
        port?.close();
        break;
      }
    }
  };

  const strict = (title: string, target: object): object =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'symbol' || key in object) return Reflect.get(object, key, object);
        throw new Error(`stand-in: ${title}.${key} is not implemented`);
      },
    });

  const ipcRenderer = strict('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        open.set(lastId, { resolve, reject });
        send({ type: 'invoke', id: lastId, channel, args: text.encode(structuredClone(args)) });
      }),
    send: (channel: string, ...args: unknown[]) =>
      send({ type: 'send', channel, args: text.encode(structuredClone(args)) }),
    on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  });
  return strict('electron', {
    contextBridge: strict('contextBridge', makeBridge('isolated', 'page')),
    ipcRenderer,
    // A File of the page has crossed the worlds as a copy: only a real Electron knows where it lies.
    webUtils: strict('webUtils', { getPathForFile: () => '' }),
  });
}
