import type { Host } from '../host/host-agent.ts';

export const gemini: Host = {
  id: 'gemini-cli',
  title: 'Gemini CLI',
  transcripts: [{ place: '~/.gemini/tmp/*/chats/*', confidence: 'high' }],
};
export const product = { product: 'gemini-cli', productTitle: 'Gemini CLI' } as const;
export const machineFolders = {
  linux: '/etc/gemini-cli',
  macos: '/Library/Application Support/GeminiCli',
  windows: 'C:/ProgramData/gemini-cli',
} as const;
