import { assertNever } from '../../shared/kinds.ts';
import type { Engine } from '../engine/engine.ts';
import type { Logger } from '../engine/log.ts';
import { type FromEngine, toEngineSchema } from './engine-messages.ts';
import { type PortLike, servePort } from './message-port.ts';
import type { Router } from './router.ts';

/** `process.parentPort` of an Electron utility process, as far as it is used. */
export type ParentPort = {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
};

const recentInMenu = 10;

/**
 * Serves the engine to the ports that the window's process hands over, and tells that process the little it shows
 * itself: the name in the title bar, the recent workspaces in the menu, the theme. `exit` is called after a clean end.
 */
export function serveParentPort(
  parent: ParentPort,
  engine: Engine,
  router: Router,
  log: Logger,
  exit: () => void,
): void {
  const tell = (message: FromEngine): void => parent.postMessage(message);

  async function tellWorkspace(): Promise<void> {
    const current = await router.ask('workspaces.current', {});
    if (current.ok) tell({ type: 'workspace', path: current.value?.path ?? null, name: current.value?.name ?? null });
    const recent = await router.ask('workspaces.recent', {});
    if (!recent.ok) return;
    const present = recent.value.filter((workspace) => workspace.present).slice(0, recentInMenu);
    tell({ type: 'recent', workspaces: present.map(({ path, name }) => ({ path, name })) });
  }

  async function tellTheme(): Promise<void> {
    const settings = await router.ask('settings.get', {});
    if (settings.ok) tell({ type: 'theme', theme: settings.value.theme });
  }

  engine.subscribe((name) => {
    if (name === 'workspaces.changed') void tellWorkspace();
    else if (name === 'settings.changed') void tellTheme();
  });

  parent.on('message', (event) => {
    const parsed = toEngineSchema.safeParse(event.data);
    if (!parsed.success) {
      log.warn('message of the window was not understood');
      return;
    }
    switch (parsed.data.type) {
      case 'serve': {
        const [port] = event.ports;
        if (port === undefined) log.warn('message of the window carried no port');
        else servePort(port, router, engine);
        break;
      }
      case 'reopen':
        void router.ask('workspaces.open', { path: parsed.data.path }).then((opened) => {
          if (!opened.ok) log.warn('the workspace could not be opened again', { code: opened.error.code });
        });
        break;
      case 'close':
        void engine
          .close()
          .catch((error: unknown) =>
            log.error('close failed', { error: error instanceof Error ? error.message : String(error) }),
          )
          .then(exit);
        break;
      default:
        assertNever(parsed.data);
    }
  });

  void tellWorkspace();
  void tellTheme();
}
