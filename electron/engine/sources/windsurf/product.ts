import type { Host } from '../host/host-agent.ts';

/** Two agents of one product since the rename of 2026-06-02: Cascade is the older one, with files of its own. */
export const windsurf: Host = {
  id: 'windsurf',
  title: 'Windsurf Cascade',
  transcripts: [{ place: '~/.codeium/windsurf/cascade/*.pb', confidence: 'low' }],
};
export const devin: Host = {
  id: 'devin',
  title: 'Devin',
  transcripts: [{ place: '~/.local/share/devin/sessions/**', confidence: 'low' }],
};
export const windsurfProduct = { product: 'windsurf', productTitle: 'Windsurf' } as const;
export const devinProduct = { product: 'devin', productTitle: 'Devin Desktop and CLI' } as const;
export const machineFolders = {
  linux: '/etc/windsurf',
  macos: '/Library/Application Support/Windsurf',
  windows: 'C:/ProgramData/Windsurf',
} as const;
export const devinFolders = {
  linux: '.config/devin',
  macos: '.config/devin',
  windows: 'AppData/Roaming/devin',
} as const;
