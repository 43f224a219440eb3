import type { Host } from '../host/host-agent.ts';

/** Places and keys read in @qwen-code/qwen-code 0.15.10. `QWEN_HOME` moves the folder. */
export const qwen: Host = {
  id: 'qwen-code',
  title: 'Qwen Code',
  transcripts: [
    { place: '~/.qwen/projects/*/chats/*.jsonl', confidence: 'high' },
    { place: '~/.qwen/tmp/**/*.json', confidence: 'medium' },
  ],
};
export const product = { product: 'qwen-code', productTitle: 'Qwen Code' } as const;
export const machineFolders = {
  linux: '/etc/qwen-code',
  macos: '/Library/Application Support/QwenCode',
  windows: 'C:/ProgramData/qwen-code',
} as const;
