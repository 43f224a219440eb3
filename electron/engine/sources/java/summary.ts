import type { FileInput, ModuleSummary } from '../source.ts';
import { summariseTyped } from '../typed-languages/summary.ts';
import { moduleBody } from './module-body.ts';

export const javaEndings: readonly string[] = ['.java'];

/** What one Java file says; see `../typed-languages/summary.ts`. */
export const summariseJava = (file: Pick<FileInput, 'place' | 'sha256' | 'text'>): Promise<ModuleSummary> =>
  summariseTyped('java', moduleBody, file);
