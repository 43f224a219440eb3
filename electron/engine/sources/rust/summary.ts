import type { FileInput, ModuleSummary } from '../source.ts';
import { summariseTyped } from '../typed-languages/summary.ts';
import { moduleBody } from './module-body.ts';

export const rustEndings: readonly string[] = ['.rs'];

/** What one Rust file says; see `../typed-languages/summary.ts`. */
export const summariseRust = (file: Pick<FileInput, 'place' | 'sha256' | 'text'>): Promise<ModuleSummary> =>
  summariseTyped('rust', moduleBody, file);
