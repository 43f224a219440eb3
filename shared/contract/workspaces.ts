import { z } from 'zod';
import { command, event, query } from './call.ts';

const pathSchema = z.string().min(1).max(4096);

/** What is open, as the title bar, the status bar and the start screen need it. */
export const workspaceInfoSchema = z.strictObject({
  /** Absolute path of the workspace file. */
  path: z.string(),
  name: z.string(),
  readOnly: z.boolean(),
  /** True for a workspace made from the sample that ships with the product. */
  sample: z.boolean(),
  createdAt: z.int(),
  schemaVersion: z.int(),
  sizeBytes: z.int(),
  latestScan: z.int().nullable(),
});
export type WorkspaceInfo = z.infer<typeof workspaceInfoSchema>;

export const recentWorkspaceSchema = z.strictObject({
  path: z.string(),
  name: z.string(),
  openedAt: z.int(),
  pinned: z.boolean(),
  /** False when the file is not there any more; the entry stays until a person removes it. */
  present: z.boolean(),
});
export type RecentWorkspace = z.infer<typeof recentWorkspaceSchema>;

/** One thing of a folder, for choosing folders and workspaces where no native dialog exists. */
export const folderEntrySchema = z.strictObject({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'workspace']),
});
export type FolderEntry = z.infer<typeof folderEntrySchema>;

export const workspacesContract = {
  /** The open workspace; null on the start screen. */
  'workspaces.current': query(z.strictObject({}), workspaceInfoSchema.nullable()),
  'workspaces.recent': query(z.strictObject({}), z.array(recentWorkspaceSchema)),
  'workspaces.open': command(z.strictObject({ path: pathSchema }), workspaceInfoSchema),
  /** Makes a workspace file at `path`, or beside the other workspaces of this user when `path` is null. Never overwrites. */
  'workspaces.create': command(
    z.strictObject({ path: pathSchema.nullable(), name: z.string().min(1).max(200) }),
    workspaceInfoSchema,
  ),
  /** Makes a fresh workspace from the sample that ships with the product; scanning it is a separate, real scan. */
  'workspaces.createSample': command(
    z.strictObject({}),
    z.strictObject({ info: workspaceInfoSchema, roots: z.array(z.string()), home: z.string().nullable() }),
  ),
  'workspaces.close': command(z.strictObject({}), z.null()),
  'workspaces.setPinned': command(z.strictObject({ path: pathSchema, pinned: z.boolean() }), z.null()),
  'workspaces.forget': command(z.strictObject({ path: pathSchema }), z.null()),
  /** Folders and workspace files in a folder (null: this user's home), names sorted, hidden ones last. */
  'workspaces.browse': query(
    z.strictObject({ path: pathSchema.nullable() }),
    z.strictObject({
      path: z.string(),
      parent: z.string().nullable(),
      home: z.string(),
      entries: z.array(folderEntrySchema),
    }),
  ),
} as const;

export const workspacesEvents = {
  'workspaces.changed': event(z.strictObject({ path: z.string().nullable() })),
} as const;
