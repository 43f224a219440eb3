import type { DesktopBridge } from '../../shared/desktop-bridge.ts';
import type { Result } from '../../shared/result.ts';
import { type Client, createClient } from './client.ts';

/** What the preload exposes; absent in a plain browser. */
export function desktopBridge(): DesktopBridge | undefined {
  return (globalThis as { readonly countersign?: DesktopBridge }).countersign;
}

/** A dialog that could not be shown is one that nobody answered. */
const chosen = async (answer: Promise<Result<string | null>>): Promise<string | null> => {
  const result = await answer;
  return result.ok ? result.value : null;
};

export function createDesktopClient({ call, subscribe, native }: DesktopBridge): Client {
  return createClient(
    { call, subscribe },
    {
      host: 'desktop',
      chooseFolder: () => chosen(native.chooseFolder()),
      chooseWorkspaceFile: (purpose) => chosen(native.chooseWorkspaceFile(purpose)),
      pathOfDrop: (file) => native.pathForFile(file) || null,
      onMenuAction: native.onMenuAction,
    },
  );
}
