import type { Host } from '../host/host-agent.ts';

/** Places and keys read in opencode-ai 1.18.33 (opencode-linux-x64, its loader, schema and path functions). */
export const opencode: Host = {
  id: 'opencode',
  title: 'OpenCode',
  transcripts: [
    { place: '~/.local/share/opencode/opencode*.db', confidence: 'high' },
    { place: '~/.local/share/opencode/storage/**/*.json', confidence: 'medium' },
  ],
};
export const product = { product: 'opencode', productTitle: 'OpenCode' } as const;
export const machineFolders = {
  linux: '/etc/opencode',
  macos: '/Library/Application Support/opencode',
  windows: 'C:/ProgramData/opencode',
} as const;
