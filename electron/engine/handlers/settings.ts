import type { EventName, EventPayload } from '../../../shared/contract/index.ts';
import type { About } from '../../../shared/contract/settings.ts';
import type { Handlers } from '../engine.ts';
import { sources } from '../sources/registry.ts';
import type { Platform } from '../sources/source.ts';
import type { UserFiles } from '../user-files.ts';

export type SettingsDeps = {
  readonly host: About['host'];
  readonly version: string;
  readonly platform: Platform;
  readonly home: string;
  readonly dataFolder: string;
  readonly userFiles: UserFiles;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
};

/** Without the fields that are there and undefined: spread, they would take a value away. */
const given = <T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

export function createSettingsHandlers(
  deps: SettingsDeps,
): Pick<Handlers, 'settings.get' | 'settings.set' | 'settings.about'> {
  return {
    'settings.get': () => deps.userFiles.settings(),
    'settings.set': (changes) => {
      const before = deps.userFiles.settings();
      const settings = deps.userFiles.saveSettings({
        ...before,
        ...given(changes),
        limits: { ...before.limits, ...given(changes.limits ?? {}) },
      });
      deps.emit('settings.changed', {});
      return settings;
    },
    'settings.about': () => ({
      version: deps.version,
      host: deps.host,
      platform: deps.platform,
      dataFolder: deps.dataFolder,
      settingsFile: deps.userFiles.settingsFile,
      home: deps.home,
      sources: sources.map(({ id, title, productTitle, version }) => ({ id, title, product: productTitle, version })),
    }),
  };
}
