import type { Confidence } from '../../../../shared/kinds.ts';
import type { Host } from '../host/host-agent.ts';
import { homeLocations } from '../host/location.ts';
import type { HostProduct } from '../host/structured-source.ts';
import type { Location } from '../source.ts';

/** goose keeps its places by the XDG rules on Linux and macOS (crates/goose/src/config/paths.rs, 2026). */
const folders = {
  linux: '.config/goose',
  macos: '.config/goose',
  windows: 'AppData/Roaming/Block/goose/config',
} as const;

export const goose: Host = {
  id: 'goose',
  title: 'goose',
  transcripts: [
    { place: '~/.local/share/goose/sessions/sessions.db', confidence: 'medium' },
    { place: '~/.local/share/goose/sessions/*.jsonl', confidence: 'medium' },
    { place: '~/AppData/Roaming/Block/goose/data/sessions/*', confidence: 'low' },
  ],
};

export const product: HostProduct = { product: 'goose', productTitle: 'goose', host: goose };

export const gooseHome = (name: string, confidence: Confidence = 'high'): readonly Location[] =>
  homeLocations(folders, name, confidence);
