import { create } from 'zustand';

/**
 * Dialogs that any screen may ask for. `folder`: what to scan; `path` is what was chosen or dropped already.
 * `workspace`: choosing a workspace file where no native dialog exists.
 */
export type OpenDialog =
  | { readonly kind: 'none' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'workspace' };

export const useOpenDialog = create<{ readonly dialog: OpenDialog }>(() => ({ dialog: { kind: 'none' } }));

export const showDialog = (dialog: OpenDialog): void => useOpenDialog.setState({ dialog });
export const closeDialog = (): void => showDialog({ kind: 'none' });
