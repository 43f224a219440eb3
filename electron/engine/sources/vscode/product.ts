import type { Confidence } from '../../../../shared/kinds.ts';
import type { Host } from '../host/host-agent.ts';
import { homeLocations } from '../host/location.ts';
import type { Location } from '../source.ts';

export const vscode: Host = {
  id: 'vscode-copilot',
  title: 'VS Code Copilot',
  transcripts: [{ place: '~/.config/Code/User/workspaceStorage/*/chatSessions/*', confidence: 'low' }],
};
export const product = { product: 'vscode-copilot', productTitle: 'VS Code / GitHub Copilot' } as const;

/** A file of the user's profile folder, in the stable build and the Insiders build, with and without named profiles. */
export const profileLocations = (name: string, confidence: Confidence = 'medium'): readonly Location[] =>
  ['Code', 'Code - Insiders'].flatMap((build) => {
    const folders = {
      linux: `.config/${build}/User`,
      macos: `Library/Application Support/${build}/User`,
      windows: `AppData/Roaming/${build}/User`,
    };
    return [...homeLocations(folders, name, confidence), ...homeLocations(folders, `profiles/*/${name}`, confidence)];
  });
