import { create } from 'zustand';

/** A list of the organisation that was chosen or dropped: its text has been read already. */
export type ImportFile = { readonly name: string; readonly text: string };

/**
 * Dialogs that any screen may ask for. `folder`: what to scan; `path` is what was chosen or dropped already.
 * `workspace`: choosing a workspace file where no native dialog exists. `import`: a list of the organisation.
 * `record`: owner, state and notes of these assets; `name` is that of the first.
 */
export type OpenDialog =
  | { readonly kind: 'none' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'record'; readonly assets: readonly string[]; readonly name: string }
  | { readonly kind: 'import'; readonly file: ImportFile | null };

export const useOpenDialog = create<{ readonly dialog: OpenDialog }>(() => ({ dialog: { kind: 'none' } }));

export const showDialog = (dialog: OpenDialog): void => useOpenDialog.setState({ dialog });
export const closeDialog = (): void => showDialog({ kind: 'none' });
