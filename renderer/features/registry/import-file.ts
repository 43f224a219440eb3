import type { ImportFile } from '../../actions/dialogs.ts';

/** Characters of a list that the engine takes. */
export const maxCharacters = 8 * 1024 * 1024;

export const listEndings = '.yaml,.yml,.json,.csv,.tsv';

/** The text of a chosen or dropped file; a sentence where it cannot be a list. */
export async function readImportFile(file: File): Promise<ImportFile | string> {
  if (file.size > maxCharacters) return `${file.name} is larger than 8 MB.`;
  try {
    return { name: file.name, text: await file.text() };
  } catch {
    return `${file.name} could not be read. A folder is no list.`;
  }
}
