import type { RecentWorkspace } from '../../../shared/contract/workspaces.ts';
import { lastSegment } from '../../ui/words.ts';

/** Pinned first, then the latest opened. */
export const orderRecent = (recent: readonly RecentWorkspace[]): readonly RecentWorkspace[] =>
  recent.toSorted((first, second) => Number(second.pinned) - Number(first.pinned) || second.openedAt - first.openedAt);

/** Name of a workspace for a folder: its last segment, or what a person reads for the root of a disk. */
export const workspaceName = (folder: string): string => lastSegment(folder).slice(0, 200) || 'workspace';

/** Roots of a scan that adds a folder to what is scanned already; a folder inside a root is in it already. */
export function rootsWith(roots: readonly string[], folder: string): readonly string[] {
  const plain = folder.length > 1 ? folder.replace(/[\\/]+$/, '') : folder;
  const inside = roots.some((root) => root === plain || plain.startsWith(root.endsWith('/') ? root : `${root}/`));
  if (inside) return roots;
  const outer = plain.endsWith('/') ? plain : `${plain}/`;
  return [...roots.filter((root) => !root.startsWith(outer)), plain];
}

/** Folders of a path with the paths that they open, for the line above a list of folders. */
export function crumbs(path: string): readonly { readonly label: string; readonly path: string }[] {
  const windows = /^[a-z]:/i.test(path);
  const parts = path.split(/[\\/]/).filter(Boolean);
  const first = windows ? [] : [{ label: '/', path: '/' }];
  return [
    ...first,
    ...parts.map((label, index) => ({
      label,
      path: windows
        ? parts.slice(0, index + 1).join('\\') + (index === 0 ? '\\' : '')
        : `/${parts.slice(0, index + 1).join('/')}`,
    })),
  ];
}
