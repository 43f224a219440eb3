import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { type MenuAction, menuActionIds } from '../../shared/desktop-bridge.ts';
import { menuTemplate } from './menu.ts';

const recent = [{ path: '/w/acme.countersign', name: 'acme & sons\u202e' }];

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}
const click = (item: MenuItemConstructorOptions | undefined): void =>
  item?.click?.(undefined as never, undefined, undefined as never);

test.each(['darwin', 'linux', 'win32'] as const)(
  'on %s every action of ours is in the menu and sends its own id',
  (platform) => {
    const sent: MenuAction[] = [];
    const all = items(
      menuTemplate({ platform, packaged: true, recent, workspaceOpen: true, send: (action) => sent.push(action) }),
    );
    const ours = all.filter((item) => item.id !== undefined);
    ours.forEach(click);
    expect(sent.map(({ id }) => id)).toEqual(ours.map(({ id }) => id));
    const fromElsewhere = ['workspace.openRecent', 'link.open'];
    expect(new Set([...sent.map(({ id }) => id), ...fromElsewhere])).toEqual(new Set(menuActionIds));
    const keys = all.flatMap(({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []));
    expect(new Set(keys).size).toBe(keys.length);
    const roles = all.flatMap(({ role }) => (role === undefined ? [] : [role]));
    expect(roles).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'quit', 'windowMenu']),
    );
    expect(roles.includes('appMenu')).toBe(platform === 'darwin');
  },
);

test('recent workspaces send their path, and their name cannot change the menu', () => {
  const sent: MenuAction[] = [];
  const all = items(
    menuTemplate({
      platform: 'linux',
      packaged: true,
      recent,
      workspaceOpen: false,
      send: (action) => sent.push(action),
    }),
  );
  const item = all.find(({ toolTip }) => toolTip === '/w/acme.countersign');
  expect(item?.label).toBe('acme && sons ');
  click(item);
  expect(sent).toEqual([{ id: 'workspace.openRecent', argument: '/w/acme.countersign' }]);
});

test('what needs a workspace is there and cannot be chosen without one; developer tools are for a checkout', () => {
  const all = (packaged: boolean) =>
    items(menuTemplate({ platform: 'linux', packaged, recent: [], workspaceOpen: false, send: () => {} }));
  const enabled = Object.fromEntries(all(true).flatMap(({ id, enabled: on }) => (id === undefined ? [] : [[id, on]])));
  expect(enabled).toMatchObject({
    'scan.start': false,
    'go.graph': false,
    'workspace.open': true,
    'palette.show': true,
  });
  expect(all(true).some(({ role }) => role === 'toggleDevTools')).toBe(false);
  expect(all(false).some(({ role }) => role === 'toggleDevTools')).toBe(true);
});
