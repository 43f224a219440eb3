import type { Host } from '../host/host-agent.ts';

export const cursor: Host = {
  id: 'cursor',
  title: 'Cursor',
  transcripts: [
    { place: '~/.cursor/projects/*/agent-transcripts/**', confidence: 'low' },
    { place: '~/.config/Cursor/User/globalStorage/state.vscdb', confidence: 'low' },
  ],
};
export const product = { product: 'cursor', productTitle: 'Cursor' } as const;
export const machineFolders = {
  linux: '/etc/cursor',
  macos: '/Library/Application Support/Cursor',
  windows: 'C:/ProgramData/Cursor',
} as const;
