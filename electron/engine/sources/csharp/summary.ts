import type { FileInput, ModuleSummary } from '../source.ts';
import { summariseTyped } from '../typed-languages/summary.ts';
import { moduleBody } from './module-body.ts';

export const csharpEndings: readonly string[] = ['.cs'];

/** What one C# file says; see `../typed-languages/summary.ts`. */
export const summariseCsharp = (file: Pick<FileInput, 'place' | 'sha256' | 'text'>): Promise<ModuleSummary> =>
  summariseTyped('csharp', moduleBody, file);
