import { extensionStoragePatterns } from '../host/editor-places.ts';
import type { Host } from '../host/host-agent.ts';

export const rooExtension = 'rooveterinaryinc.roo-cline';
export const kiloExtension = 'kilocode.kilo-code';

const tasks = (extension: string, confidence: 'high' | 'medium') =>
  extensionStoragePatterns(extension, 'tasks/*/*.json').map((place) => ({ place, confidence }));

/** Read in the source of Roo Code (RooCodeInc/Roo-Code, 2026-04-14). */
export const roo: Host = { id: 'roo-code', title: 'Roo Code', transcripts: tasks(rooExtension, 'high') };
/** Read in the source and documentation of Kilo Code (Kilo-Org/kilocode, 2026): the newer builds share OpenCode's engine. */
export const kilo: Host = {
  id: 'kilo-code',
  title: 'Kilo Code',
  transcripts: [
    { place: '~/.local/share/kilo/kilo*.db', confidence: 'low' },
    { place: '~/.local/share/kilo/storage/**/*.json', confidence: 'low' },
    ...tasks(kiloExtension, 'medium'),
  ],
};
export const rooProduct = { product: 'roo-code', productTitle: 'Roo Code' } as const;
export const kiloProduct = { product: 'kilo-code', productTitle: 'Kilo Code' } as const;
