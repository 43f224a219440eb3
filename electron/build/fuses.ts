import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Fuses are bytes inside the Electron binary that switch abilities off for good. The wire is: the sentinel, a version
 * byte (1), a length byte, then one byte per fuse, '0' or '1' ('r' for one that Electron has removed).
 * Source: electron.d.ts and documentation of Electron 45, tutorial/fuses.
 */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const off = 0x30;
const on = 0x31;

/** In the order of the wire. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const;
export type FuseName = (typeof fuseNames)[number];
export type Fuses = { readonly [N in FuseName]: boolean };

/** Where the fuses of a binary start; a universal binary has them twice. Throws when it has other fuses than these nine. */
function wires(binary: Buffer): readonly number[] {
  const found: number[] = [];
  for (let at = binary.indexOf(sentinel); at !== -1; at = binary.indexOf(sentinel, at + sentinel.length)) {
    const version = binary[at + sentinel.length];
    const length = binary[at + sentinel.length + 1];
    if (version !== 1) throw new Error(`The binary has fuses of version ${version}, not 1.`);
    if (length !== fuseNames.length) {
      throw new Error(`The binary has ${length} fuses, ${fuseNames.length} are known: decide about every one of them.`);
    }
    found.push(at + sentinel.length + 2);
  }
  if (found.length === 0) throw new Error('The binary has no fuses.');
  return found;
}

export function setFuses(file: string, fuses: Fuses): void {
  const binary = readFileSync(file);
  for (const wire of wires(binary)) {
    for (const [index, name] of fuseNames.entries()) binary[wire + index] = fuses[name] ? on : off;
  }
  writeFileSync(file, binary);
}

/** Fuses as the binary has them; where it has them twice, both have to say the same. */
export function readFuses(file: string): Fuses {
  const binary = readFileSync(file);
  const read = wires(binary).map((wire) =>
    Object.fromEntries(
      fuseNames.map((name, index) => {
        const byte = binary[wire + index];
        if (byte !== on && byte !== off) throw new Error(`The fuse ${name} is neither on nor off.`);
        return [name, byte === on];
      }),
    ),
  );
  const [first] = read;
  if (read.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new Error('The two halves of the binary differ.');
  return first as Fuses;
}
