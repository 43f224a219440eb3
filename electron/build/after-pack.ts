import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { type Fuses, fuseNames, readFuses, setFuses } from './fuses.ts';

/** Hook of electron-builder: every fuse that the binary has is set by us, before anything is signed, and read back. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const fuses = { ...context.packager.config.electronFuses, wasmTrapHandlers: true };
  for (const name of fuseNames) {
    if (typeof fuses[name] !== 'boolean')
      throw new Error(`electron-builder.yml does not decide about the fuse ${name}.`);
  }
  const binary = binaryWithFuses(context);
  setFuses(binary, fuses as Fuses);
  const read = readFuses(binary);
  for (const name of fuseNames)
    if (read[name] !== fuses[name]) throw new Error(`The fuse ${name} did not stay as it was set.`);
}

/** On macOS the fuses are in the framework, elsewhere in the executable. */
function binaryWithFuses({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const product = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin' || electronPlatformName === 'mas') {
    const framework = 'Electron Framework';
    return join(appOutDir, `${product}.app`, 'Contents', 'Frameworks', `${framework}.framework`, framework);
  }
  if (electronPlatformName === 'win32') return join(appOutDir, `${product}.exe`);
  return join(appOutDir, (packager as { readonly executableName?: string }).executableName ?? product);
}
