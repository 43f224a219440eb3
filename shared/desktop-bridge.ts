import type { Result } from './result.ts';

/** Things of the native menu (and of links and files opened from outside) that the page has to do. */
export const menuActionIds = [
  'workspace.new',
  'workspace.open',
  'workspace.openRecent',
  'workspace.close',
  'scan.start',
  'link.open',
  'palette.show',
  'settings.show',
  'go.overview',
  'go.inventory',
  'go.graph',
  'edit.find',
  'help.keys',
] as const;
export type MenuActionId = (typeof menuActionIds)[number];

/**
 * `argument` is the path of the workspace for `workspace.openRecent` (also used for a file opened from the desktop), the
 * route (`/inventory?...`) for `link.open`, and null for everything else.
 */
export type MenuAction = { readonly id: MenuActionId; readonly argument: string | null };

/** `open`: an existing workspace file. `create`: a path for a new one; the file is not made yet. */
export type WorkspaceFilePurpose = 'open' | 'create';

/** What the preload puts on `window.countersign` of the desktop window. Nothing else crosses. */
export type DesktopBridge = {
  /** Never rejects. `unavailable` when the engine died or does not come back in time. The page parses the value itself. */
  call(name: string, input: unknown): Promise<Result<unknown>>;
  /** Listens to one event of the contract, over all restarts of the engine. Returns the end of it. */
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
  readonly native: {
    /** Absolute path, or null when the person cancelled. */
    chooseFolder(): Promise<Result<string | null>>;
    chooseWorkspaceFile(purpose: WorkspaceFilePurpose): Promise<Result<string | null>>;
    /** Absolute path of a dropped or chosen File; '' when it is not a file of this disk. */
    pathForFile(file: unknown): string;
    onMenuAction(listener: (action: MenuAction) => void): () => void;
  };
};
