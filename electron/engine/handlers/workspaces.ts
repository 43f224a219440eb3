import { mkdirSync, existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EventName, EventPayload } from '../../../shared/contract/index.ts';
import type { FolderEntry, WorkspaceInfo } from '../../../shared/contract/workspaces.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import { prepareSample } from '../sample.ts';
import { isFolder } from '../scan/roots.ts';
import type { ScanJobs } from '../scan/scan-jobs.ts';
import type { Session } from '../session.ts';
import { schemaVersion } from '../store/migrate.ts';
import { type OpenWorkspace, openWorkspace } from '../store/open.ts';
import { latestScan } from '../store/repos/scans.ts';
import type { UserFiles } from '../user-files.ts';

export type WorkspaceDeps = {
  readonly session: Session;
  readonly userFiles: UserFiles;
  readonly jobs: ScanJobs;
  readonly home: string;
  readonly now: () => number;
  readonly resources: string;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
};

type WorkspaceCalls = Extract<keyof Handlers, `workspaces.${string}`>;

const extension = '.countersign';
const maxListed = 5000;

export function createWorkspaceHandlers(deps: WorkspaceDeps): Pick<Handlers, WorkspaceCalls> {
  const { session, userFiles, jobs, emit } = deps;

  async function show(workspace: OpenWorkspace): Promise<WorkspaceInfo> {
    await jobs.cancelAll();
    session.set(workspace);
    userFiles.noteOpened(workspace.file, deps.now());
    emit('workspaces.changed', { path: workspace.file });
    return describe(workspace);
  }

  /** A file name beside the other workspaces of this user that is not taken. */
  function freePath(name: string): string {
    const stem =
      name
        .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
        .replace(/^[. ]+/, '')
        .slice(0, 80) || 'workspace';
    mkdirSync(userFiles.workspacesFolder, { recursive: true, mode: 0o700 });
    for (let count = 1; ; count++) {
      const file = join(userFiles.workspacesFolder, `${stem}${count === 1 ? '' : ` ${count}`}${extension}`);
      if (!existsSync(file)) return file;
    }
  }

  return {
    'workspaces.current': () => {
      const open = session.current();
      return open === null ? null : describe(open);
    },
    'workspaces.recent': () => userFiles.recent(),
    'workspaces.open': async ({ path }) => {
      const file = resolve(path);
      const current = session.current();
      if (current?.file === file) return describe(current);
      return show(await openWorkspace(file));
    },
    'workspaces.create': async ({ path, name }) => {
      const file = path === null ? freePath(name) : resolve(path);
      if (!file.endsWith(extension)) throw new AppError('bad-request', `A workspace file ends with ${extension}.`);
      return show(await openWorkspace(file, { create: { name, sample: false, now: deps.now() } }));
    },
    'workspaces.createSample': async () => {
      const file = freePath('Sample');
      const { roots, home } = prepareSample(deps.resources, `${file.slice(0, -extension.length)} files`);
      const info = await show(await openWorkspace(file, { create: { name: 'Sample', sample: true, now: deps.now() } }));
      return { info, roots: [...roots], home };
    },
    'workspaces.close': async () => {
      await jobs.cancelAll();
      session.close();
      emit('workspaces.changed', { path: null });
      return null;
    },
    'workspaces.setPinned': ({ path, pinned }) => {
      userFiles.setPinned(path, pinned);
      return null;
    },
    'workspaces.forget': ({ path }) => {
      userFiles.forget(path);
      return null;
    },
    'workspaces.browse': async ({ path }) => {
      const folder = resolve(path ?? deps.home);
      let names: string[];
      try {
        const entries = await readdir(folder, { withFileTypes: true });
        names = entries
          .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || entry.name.endsWith(extension))
          .map((entry) => entry.name);
      } catch {
        throw new AppError('file-unreadable', `${folder} cannot be listed.`);
      }
      const entries = names.slice(0, maxListed).flatMap((name): FolderEntry[] => {
        const full = join(folder, name);
        if (isFolder(full)) return [{ name, path: full, kind: 'folder' }];
        return name.endsWith(extension) ? [{ name, path: full, kind: 'workspace' }] : [];
      });
      entries.sort(
        (a, b) => Number(a.name.startsWith('.')) - Number(b.name.startsWith('.')) || a.name.localeCompare(b.name, 'en'),
      );
      const parent = dirname(folder);
      return { path: folder, parent: parent === folder ? null : parent, home: deps.home, entries };
    },
  };
}

function describe({ file, connection, readOnly }: OpenWorkspace): WorkspaceInfo {
  const meta = new Map(connection.prepare('SELECT key, value FROM meta').raw().all() as [string, string][]);
  return {
    path: file,
    name: meta.get('name') ?? basename(file).replace(/\.countersign$/, ''),
    readOnly,
    sample: meta.get('sample') === '1',
    createdAt: Number(meta.get('created_at') ?? 0),
    schemaVersion: schemaVersion(connection),
    sizeBytes: statSync(file).size,
    latestScan: latestScan(connection),
  };
}
