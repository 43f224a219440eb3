import type { Confidence } from '../../../../shared/kinds.ts';
import type { Location } from '../source.ts';
import { homeLocations } from './location.ts';

/** Editors that run extensions of VS Code, by the name of their folder below the platform's folder for settings. */
export const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'] as const;
type Editor = (typeof editors)[number];

/** Folders of their backends on machines that are worked on over SSH, in containers and in WSL. */
const servers: readonly (readonly [folder: string, editor: Editor])[] = [
  ['.vscode-server', 'Code'],
  ['.vscode-server-insiders', 'Code - Insiders'],
  ['.cursor-server', 'Cursor'],
  ['.windsurf-server', 'Windsurf'],
];

const folderOf = (editor: string) =>
  ({
    linux: `.config/${editor}/User`,
    macos: `Library/Application Support/${editor}/User`,
    windows: `AppData/Roaming/${editor}/User`,
  }) as const;

/** A file below the user folder of the given editors: settings, or what an extension keeps in `globalStorage/<id>`. */
export const editorUserLocations = (
  path: string,
  confidence: Confidence = 'high',
  which: readonly string[] = editors,
): readonly Location[] => which.flatMap((editor) => homeLocations(folderOf(editor), path, confidence));

/** What an extension keeps for itself, in every editor and in the backends of remote machines. */
export const extensionStorageLocations = (
  extension: string,
  path: string,
  confidence: Confidence = 'high',
): readonly Location[] => [
  ...editorUserLocations(`globalStorage/${extension}/${path}`, confidence),
  ...servers.map(
    ([folder]): Location => ({
      scope: 'user',
      base: 'home',
      path: `${folder}/data/User/globalStorage/${extension}/${path}`,
      platform: 'linux',
      confidence: confidence === 'high' ? 'medium' : confidence,
    }),
  ),
];

/** Settings of the editors, of their profiles and of a workspace. Open to every extension: only own keys are facts. */
export const editorSettingsLocations = (confidence: Confidence = 'high'): readonly Location[] => [
  { scope: 'project', base: 'project', path: '.vscode/settings.json', confidence },
  ...editorUserLocations('settings.json', confidence),
  ...editorUserLocations('profiles/*/settings.json', confidence),
];

/** The same places as patterns for people and other tools, from the home. */
export const extensionStoragePatterns = (extension: string, path: string): readonly string[] => [
  ...new Set(extensionStorageLocations(extension, path).map((location) => `~/${location.path}`)),
];
