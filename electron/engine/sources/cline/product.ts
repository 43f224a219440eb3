import { extensionStoragePatterns } from '../host/editor-places.ts';
import type { Host } from '../host/host-agent.ts';

export const extensionId = 'saoudrizwan.claude-dev';

/**
 * Places and keys read in the packages of Cline CLI 3.0.65 (@cline/core and @cline/shared 0.0.86) and in the source of
 * the extension (cline/cline, apps/vscode, 2026). `CLINE_DIR` and `CLINE_DATA_DIR` move the folders.
 */
export const cline: Host = {
  id: 'cline',
  title: 'Cline',
  transcripts: [
    { place: '~/.cline/data/sessions/**', confidence: 'high' },
    { place: '~/.cline/data/db/sessions.db', confidence: 'high' },
    { place: '~/.cline/data/tasks/**/*.json', confidence: 'medium' },
    ...extensionStoragePatterns(extensionId, 'tasks/*/*.json').map((place) => ({ place, confidence: 'high' as const })),
  ],
};
export const product = { product: 'cline', productTitle: 'Cline' } as const;
