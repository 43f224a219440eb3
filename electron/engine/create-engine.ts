import type { EventName, EventPayload } from '../../shared/contract/index.ts';
import type { About } from '../../shared/contract/settings.ts';
import type { Engine, EventListener } from './engine.ts';
import { createAssetHandlers } from './handlers/assets.ts';
import { createChangeHandlers } from './handlers/changes.ts';
import { createImportHandlers } from './handlers/imports.ts';
import { createIntrospectionHandlers } from './handlers/introspection.ts';
import { createInventoryHandlers } from './handlers/inventory.ts';
import { createFindingHandlers } from './handlers/findings.ts';
import { createPermissionHandlers } from './handlers/permissions.ts';
import { createRecordHandlers } from './handlers/records.ts';
import { createRegistryHandlers } from './handlers/registry.ts';
import { createScanHandlers } from './handlers/scans.ts';
import { createSettingsHandlers } from './handlers/settings.ts';
import { createViewHandlers } from './handlers/views.ts';
import { createWorkspaceHandlers } from './handlers/workspaces.ts';
import { introspectionLimits } from './introspect/limits.ts';
import type { Logger } from './log.ts';
import { createWorkspaceFactsReader } from './owners/workspace-facts.ts';
import { readyFacts } from './permissions/ready-facts.ts';
import { createScanJobs } from './scan/scan-jobs.ts';
import { createSession } from './session.ts';
import type { Platform } from './sources/source.ts';
import { createUserFiles } from './user-files.ts';

/** What a host gives the engine. */
export type EngineDeps = {
  readonly host: About['host'];
  readonly version: string;
  readonly platform: Platform;
  /** This user's home, for the question "include my own settings?"; nothing in it is read unless a scan asks. */
  readonly home: string;
  /** Folder for settings, recent workspaces and workspaces without a place of their own. */
  readonly dataFolder: string;
  /** Folder `resources` of this installation, which holds the sample. */
  readonly resources: string;
  readonly scanWorker: URL;
  readonly parseWorker: URL;
  readonly now: () => number;
  readonly log: Logger;
};

/** Builds the engine of one window or browser: at most one workspace open, at most one scan running. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const listeners = new Set<EventListener>();
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    for (const listener of [...listeners]) listener(name, payload);
  };
  const userFiles = createUserFiles(deps.dataFolder);
  const session = createSession();
  const ready = readyFacts(session, deps.platform);
  const facts = createWorkspaceFactsReader();
  const jobs = createScanJobs({
    scanWorker: deps.scanWorker,
    parseWorker: deps.parseWorker,
    tool: `countersign ${deps.version}`,
    platform: deps.platform,
    log: deps.log,
    emit,
  });
  return {
    handlers: {
      ...createWorkspaceHandlers({ ...deps, session, userFiles, jobs, emit }),
      ...createScanHandlers({ session, jobs, userFiles }),
      ...createAssetHandlers({ session, facts }),
      ...createRecordHandlers({ session, emit, now: deps.now }),
      ...createImportHandlers({ session, emit, now: deps.now }),
      ...createRegistryHandlers({ session, facts }),
      ...createInventoryHandlers({ session, facts, now: deps.now }),
      ...createChangeHandlers({ session }),
      ...createIntrospectionHandlers({
        version: deps.version,
        home: deps.home,
        now: deps.now,
        environment: process.env,
        limits: introspectionLimits,
        session,
        facts,
        emit,
      }),
      ...createPermissionHandlers({ ready }),
      ...createFindingHandlers({ ready }),
      ...createViewHandlers({ session, emit, now: deps.now }),
      ...createSettingsHandlers({ ...deps, userFiles, emit }),
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await jobs.cancelAll();
      session.close();
    },
  };
}
