import type { Host } from '../host/host-agent.ts';

export const claudeCode: Host = {
  id: 'claude-code',
  title: 'Claude Code',
  transcripts: [
    { place: '~/.claude/projects/*/*.jsonl', confidence: 'high' },
    { place: '~/.claude/projects/*/*/subagents/**', confidence: 'medium' },
    { place: '~/.claude/history.jsonl', confidence: 'high' },
  ],
};
export const product = { product: 'claude-code', productTitle: 'Claude Code' } as const;

/** Claude Code documentation of 2026-08-22, v2.1.240. The old ProgramData folder is not read any more. */
export const managedFolders = {
  linux: '/etc/claude-code',
  macos: '/Library/Application Support/ClaudeCode',
  windows: 'C:/Program Files/ClaudeCode',
} as const;
