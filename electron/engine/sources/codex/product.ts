import type { Host } from '../host/host-agent.ts';

export const codex: Host = {
  id: 'codex',
  title: 'Codex',
  transcripts: [
    { place: '~/.codex/sessions/**/rollout-*.jsonl', confidence: 'high' },
    { place: '~/.codex/history.jsonl', confidence: 'high' },
  ],
};
export const product = { product: 'codex', productTitle: 'Codex CLI' } as const;
/** The Windows folder is the equivalent of program data (documentation excerpt). */
export const machineFolders = {
  linux: '/etc/codex',
  macos: '/etc/codex',
  windows: 'C:/ProgramData/OpenAI/Codex',
} as const;
