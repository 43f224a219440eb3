import { serverWinnersLinker } from '../host/server-winners.ts';
import type { Linker } from '../source.ts';
import { opencode } from './product.ts';

/**
 * Layers merge key by key, the managed one last (opencode-ai 1.18.33, config loader). Within a layer `.opencode` counts
 * before the folder above, and `.jsonc` before `.json`.
 */
export const opencodeLinker: Linker = serverWinnersLinker({
  host: opencode,
  order: ['managed', 'local', 'project', 'user'],
  why: 'keys of the nearer file replace those of the wider one',
  rank: (place) => (/(?:^|\/)\.opencode\//.test(place) ? 2 : 0) + (place.endsWith('.jsonc') ? 1 : 0),
});
