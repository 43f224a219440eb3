import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type Settings, settingsSchema } from '../../shared/contract/settings.ts';
import type { RecentWorkspace } from '../../shared/contract/workspaces.ts';

const recentSchema = z.array(z.strictObject({ path: z.string(), openedAt: z.number(), pinned: z.boolean() }));
type RecentEntry = z.infer<typeof recentSchema>[number];

const maxRecent = 30;

/** Settings and recent workspaces of this user: readable JSON, written whole and swapped in, so that a crash leaves the old one. */
export type UserFiles = {
  readonly settingsFile: string;
  readonly workspacesFolder: string;
  settings(): Settings;
  saveSettings(changes: Partial<Settings>): Settings;
  recent(): RecentWorkspace[];
  noteOpened(path: string, now: number): void;
  setPinned(path: string, pinned: boolean): void;
  forget(path: string): void;
};

export function createUserFiles(dataFolder: string): UserFiles {
  const settingsFile = join(dataFolder, 'settings.json');
  const recentFile = join(dataFolder, 'recent.json');

  const readRecent = (): RecentEntry[] => readJson(recentFile, recentSchema) ?? [];
  const writeRecent = (entries: RecentEntry[]): void => writeJson(recentFile, entries);

  return {
    settingsFile,
    workspacesFolder: join(dataFolder, 'workspaces'),
    settings: () => readJson(settingsFile, settingsSchema) ?? settingsSchema.parse({}),
    saveSettings(changes) {
      const settings = settingsSchema.parse({ ...this.settings(), ...changes });
      writeJson(settingsFile, settings);
      return settings;
    },
    recent: () =>
      readRecent()
        .map((entry) => ({
          ...entry,
          name: basename(entry.path).replace(/\.countersign$/, ''),
          present: existsSync(entry.path),
        }))
        .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.openedAt - a.openedAt),
    noteOpened(path, now) {
      const entries = readRecent();
      const known = entries.find((entry) => entry.path === path);
      const rest = entries.filter((entry) => entry.path !== path);
      const kept = [{ path, openedAt: now, pinned: known?.pinned ?? false }, ...rest];
      writeRecent([
        ...kept.filter((entry) => entry.pinned),
        ...kept.filter((entry) => !entry.pinned).slice(0, maxRecent),
      ]);
    },
    setPinned: (path, pinned) =>
      writeRecent(readRecent().map((entry) => (entry.path === path ? { ...entry, pinned } : entry))),
    forget: (path) => writeRecent(readRecent().filter((entry) => entry.path !== path)),
  };
}

/** Undefined when the file is absent or not in the agreed form; a damaged one is kept aside under another name. */
function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    renameSync(file, `${file}.damaged-${Date.now()}`);
    return undefined;
  }
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomUUID()}`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}
