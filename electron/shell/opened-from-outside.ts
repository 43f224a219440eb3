import { isAbsolute, resolve } from 'node:path';
import type { MenuAction } from '../../shared/desktop-bridge.ts';
import { linkScheme } from './channels.ts';

const maxLength = 4096;

/**
 * What a command line, a second instance, a double-clicked file or a link asks for, as an action of the page; null when
 * it asks for nothing we know. Only names a file or a route: the page and the engine decide what to do with it.
 */
export function actionForArgument(argument: string, folder: string): MenuAction | null {
  if (argument.length > maxLength || argument.startsWith('-')) return null;
  if (argument.startsWith(`${linkScheme}:`)) return actionForLink(argument);
  if (!argument.endsWith('.countersign')) return null;
  const path = isAbsolute(argument) ? argument : resolve(folder, argument);
  return { id: 'workspace.openRecent', argument: path };
}

/** The last argument that asks for something; switches and the app's own folder do not. */
export function actionForCommandLine(args: readonly string[], folder: string): MenuAction | null {
  return args.map((argument) => actionForArgument(argument, folder)).findLast((action) => action !== null) ?? null;
}

/** `countersign://inventory?kind=agent` means the route `/inventory?kind=agent`. */
function actionForLink(link: string): MenuAction | null {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return null;
  }
  const route = `/${url.host}${url.pathname === '/' ? '' : url.pathname}${url.search}`;
  if (
    url.username !== '' ||
    url.password !== '' ||
    !/^\/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?]*$/.test(route) ||
    route.startsWith('//')
  ) {
    return null;
  }
  return { id: 'link.open', argument: route };
}
