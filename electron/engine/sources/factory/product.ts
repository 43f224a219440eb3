import type { Host } from '../host/host-agent.ts';
import type { HostProduct } from '../host/structured-source.ts';
import type { Location } from '../source.ts';

export const factory: Host = {
  id: 'factory-droid',
  title: 'Factory Droid',
  transcripts: [{ place: '~/.factory/sessions/**/*.jsonl', confidence: 'low' }],
};
export const product: HostProduct = { product: 'factory-droid', productTitle: 'Factory Droid', host: factory };

/** Documentation "Hierarchical Settings & Org Control": the machine's file stands for the organisation (2026-07-24). */
export const machineFolders = {
  linux: '/etc/factory',
  macos: '/Library/Application Support/Factory',
  windows: 'C:/Program Files/Factory',
} as const;

/** A file of `.factory`, of the user and of every folder of a project. */
export const factoryFile = (path: string): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.factory/${path}`, confidence: 'high' },
  { scope: 'project', base: 'project', path: `.factory/${path}`, confidence: 'high' },
];
