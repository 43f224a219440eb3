import type { Host } from '../host/host-agent.ts';

/** Documentation and source of zed-industries/zed (2026: docs/src/ai, crates/settings_content). */
export const zed: Host = {
  id: 'zed',
  title: 'Zed',
  transcripts: [
    { place: '~/.local/share/zed/threads/threads.db', confidence: 'medium' },
    { place: '~/Library/Application Support/Zed/threads/threads.db', confidence: 'medium' },
    { place: '~/AppData/Local/Zed/threads/threads.db', confidence: 'medium' },
  ],
};
export const product = { product: 'zed', productTitle: 'Zed' } as const;
export const homeFolders = {
  linux: '.config/zed',
  macos: '.config/zed',
  windows: 'AppData/Roaming/Zed',
} as const;
