import type { FileInput, ModuleSummary } from '../source.ts';
import { summariseTyped } from '../typed-languages/summary.ts';
import { moduleBody } from './module-body.ts';

export const goEndings: readonly string[] = ['.go'];

/** What one Go file says; see `../typed-languages/summary.ts`. */
export const summariseGo = (file: Pick<FileInput, 'place' | 'sha256' | 'text'>): Promise<ModuleSummary> =>
  summariseTyped('go', moduleBody, file);
