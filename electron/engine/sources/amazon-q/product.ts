import { editorUserLocations } from '../host/editor-places.ts';
import type { Host } from '../host/host-agent.ts';

/** Documentation and source of aws/amazon-q-developer-cli (2026-04-23). */
export const amazonQ: Host = {
  id: 'amazon-q',
  title: 'Amazon Q Developer',
  transcripts: [
    { place: '~/.local/share/amazon-q/data.sqlite3', confidence: 'high' },
    { place: '~/Library/Application Support/amazon-q/data.sqlite3', confidence: 'high' },
  ],
};
/** kiro.dev documentation (2026), excerpts. */
export const kiro: Host = {
  id: 'kiro',
  title: 'Kiro',
  transcripts: [
    { place: '~/.local/share/kiro-cli/data.sqlite3', confidence: 'low' },
    { place: '~/Library/Application Support/kiro-cli/data.sqlite3', confidence: 'low' },
    { place: '~/.kiro/sessions/**', confidence: 'low' },
    ...editorUserLocations('globalStorage/kiro.kiroagent/**', 'low', ['Kiro']).map((location) => ({
      place: `~/${location.path}`,
      confidence: 'low' as const,
    })),
  ],
};
export const amazonQProduct = { product: 'amazon-q', productTitle: 'Amazon Q Developer' } as const;
export const kiroProduct = { product: 'kiro', productTitle: 'Kiro' } as const;
