import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { readSafely } from '../scan/safe-read.ts';

/**
 * Reads commits and trees of a checkout from its object files, without running git (gitformat-pack(5), index version 2;
 * gitrepository-layout(5)). Blobs are never read. Everything is capped by counts and sizes, not by time, so that two scans of
 * the same folder give the same facts.
 */
export type GitObjects = {
  /** Null where there is no such object, it is of another type, too large, broken, or the budget is used up. */
  read(id: string, type: 'commit' | 'tree'): Buffer | null;
  /** True once an object was not read because the budget was used up. */
  readonly isSpent: boolean;
  close(): void;
};

export type GitLimits = {
  /** Objects that are inflated at most, bases of deltas counted. */
  readonly objects: number;
  readonly objectBytes: number;
  readonly indexBytes: number;
  readonly packs: number;
};

export const gitLimits: GitLimits = {
  objects: 60_000,
  objectBytes: 4 * 1024 * 1024,
  indexBytes: 96 * 1024 * 1024,
  packs: 64,
};

const maxDeltaDepth = 256;
const maxKeptBases = 512;

/** `folder` is the `.git` of a checkout on this disk. Null where it is none that can be read like this. */
export function openGitObjects(folder: string, limits: GitLimits = gitLimits): GitObjects | null {
  // A link would lead out of what is scanned.
  if (![folder, `${folder}/objects`].every(isRealFolder)) return null;
  const packs = isRealFolder(`${folder}/objects/pack`) ? openPacks(`${folder}/objects/pack`, limits) : [];
  const bases = new Map<string, GitObject>();
  let left = limits.objects;
  const spend = (): boolean => left-- > 0;

  const loose = (id: string): GitObject | null => {
    const file = readSafely(`${folder}/objects/${id.slice(0, 2)}/${id.slice(2)}`, limits.objectBytes);
    if (file.status !== 'read') return null;
    const bytes = inflate(file.bytes, limits.objectBytes);
    const end = bytes?.indexOf(0) ?? -1;
    if (bytes === null || end === -1 || end > 40) return null;
    const [type = '', size = ''] = bytes.toString('latin1', 0, end).split(' ');
    const body = bytes.subarray(end + 1);
    return String(body.length) === size ? { type, body } : null;
  };

  const packedAt = (pack: Pack, offset: number, depth: number): GitObject | null => {
    const key = `${pack.number}:${offset}`;
    const known = bases.get(key);
    if (known !== undefined) return known;
    if (depth > maxDeltaDepth || !spend()) return null;
    const entry = readEntry(pack, offset, limits);
    if (entry === null) return null;
    let made: GitObject | null;
    if (entry.base === null) made = { type: entry.type, body: entry.body };
    else {
      const base = typeof entry.base === 'number' ? packedAt(pack, entry.base, depth + 1) : find(entry.base, depth + 1);
      const body = base === null ? null : applyDelta(base.body, entry.body, limits.objectBytes);
      made = base === null || body === null ? null : { type: base.type, body };
    }
    if (made !== null && (made.type === 'commit' || made.type === 'tree')) {
      if (bases.size >= maxKeptBases) bases.delete(bases.keys().next().value ?? '');
      bases.set(key, made);
    }
    return made;
  };

  const find = (id: string, depth: number): GitObject | null => {
    for (const pack of packs) {
      const offset = offsetOf(pack, id);
      if (offset !== null) return packedAt(pack, offset, depth);
    }
    return spend() ? loose(id) : null;
  };

  return {
    read(id, type) {
      if (!/^[0-9a-f]{40}$/.test(id)) return null;
      const found = find(id, 0);
      return found?.type === type ? found.body : null;
    },
    get isSpent() {
      return left < 0;
    },
    close() {
      for (const pack of packs) closeSync(pack.descriptor);
    },
  };
}

type GitObject = { readonly type: string; readonly body: Buffer };
type Pack = {
  readonly number: number;
  readonly descriptor: number;
  readonly size: number;
  readonly index: Buffer;
  readonly count: number;
};

const isRealFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function openPacks(folder: string, limits: GitLimits): Pack[] {
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter((name) => /^pack-[0-9a-f]{40}\.idx$/.test(name))
      .sort()
      .slice(0, limits.packs);
  } catch {
    return [];
  }
  return names.flatMap((name, number): Pack[] => {
    const index = readSafely(`${folder}/${name}`, limits.indexBytes);
    if (index.status !== 'read' || !isIndex(index.bytes)) return [];
    const count = index.bytes.readUInt32BE(8 + 255 * 4);
    // Header, fan-out, ids, checksums, offsets: an index that claims more than it holds is broken.
    if (8 + 1024 + count * 28 > index.bytes.length) return [];
    try {
      const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
      const descriptor = openSync(`${folder}/${name.replace(/\.idx$/, '.pack')}`, flags);
      const stats = fstatSync(descriptor);
      if (stats.isFile()) return [{ number, descriptor, size: stats.size, index: index.bytes, count }];
      closeSync(descriptor);
    } catch {
      // Without its pack an index leads nowhere.
    }
    return [];
  });
}

const isIndex = (bytes: Buffer): boolean =>
  bytes.length >= 8 + 1024 && bytes.readUInt32BE(0) === 0xff744f63 && bytes.readUInt32BE(4) === 2;

function offsetOf({ index, count }: Pack, id: string): number | null {
  const wanted = Buffer.from(id, 'hex');
  const first = wanted[0] ?? 0;
  let low = first === 0 ? 0 : index.readUInt32BE(8 + (first - 1) * 4);
  let high = Math.min(index.readUInt32BE(8 + first * 4), count);
  const ids = 8 + 1024;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = index.compare(wanted, 0, 20, ids + middle * 20, ids + middle * 20 + 20);
    if (order === 0) return offsetAt(index, count, middle);
    // `compare` tells how the index stands to what is wanted.
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return null;
}

function offsetAt(index: Buffer, count: number, position: number): number | null {
  const offsets = 8 + 1024 + count * 24;
  const offset = index.readUInt32BE(offsets + position * 4);
  if (offset < 0x8000_0000) return offset;
  const at = offsets + count * 4 + (offset - 0x8000_0000) * 8;
  return at + 8 <= index.length ? Number(index.readBigUInt64BE(at)) : null;
}

const types = new Map([
  [1, 'commit'],
  [2, 'tree'],
  [3, 'blob'],
  [4, 'tag'],
]);

/** An entry of a pack; `base` is the offset or the id of what a delta stands on, null for a whole object. */
type Entry = { readonly type: string; readonly base: number | string | null; readonly body: Buffer };

function readEntry(pack: Pack, offset: number, limits: GitLimits): Entry | null {
  const head = readAt(pack, offset, 64);
  if (head === null || head.length < 2) return null;
  let at = 0;
  let byte = head[at++] ?? 0;
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let shift = 4; byte & 0x80 && shift < 32; shift += 7) {
    byte = head[at++] ?? 0;
    size += (byte & 0x7f) * 2 ** shift;
  }
  if (size > limits.objectBytes) return null;
  let base: Entry['base'] = null;
  if (type === 6) {
    byte = head[at++] ?? 0;
    let back = byte & 0x7f;
    for (let count = 0; byte & 0x80 && count < 8; count++) {
      byte = head[at++] ?? 0;
      back = (back + 1) * 128 + (byte & 0x7f);
    }
    // A base lies before its delta: anything else would go round in circles.
    if (back <= 0 || back > offset) return null;
    base = offset - back;
  } else if (type === 7) {
    base = head.toString('hex', at, at + 20);
    at += 20;
  } else if (type !== 1 && type !== 2) return null;
  const packed = readAt(pack, offset + at, size + (size >> 8) + 128);
  const body = packed === null ? null : inflate(packed, size);
  return body === null || body.length !== size ? null : { type: types.get(type) ?? '', base, body };
}

function readAt({ descriptor, size }: Pack, offset: number, length: number): Buffer | null {
  const wanted = Math.min(length, size - offset);
  if (wanted <= 0) return null;
  const bytes = Buffer.allocUnsafe(wanted);
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, wanted, offset));
  } catch {
    return null;
  }
}

function inflate(bytes: Buffer, maxBytes: number): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, maxBytes) });
  } catch {
    return null;
  }
}

/** gitformat-pack(5), "Deltified representation": copies from the base and bytes of its own. */
function applyDelta(base: Buffer, delta: Buffer, maxBytes: number): Buffer | null {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 42; shift += 7) {
      const byte = delta[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) break;
    }
    return value;
  };
  if (number() !== base.length) return null;
  const size = number();
  if (size > maxBytes) return null;
  const made = Buffer.allocUnsafe(size);
  let length = 0;
  while (at < delta.length) {
    const code = delta[at++] ?? 0;
    if (code & 0x80) {
      let start = 0;
      let count = 0;
      for (let bit = 0; bit < 4; bit++) if (code & (1 << bit)) start += (delta[at++] ?? 0) * 2 ** (8 * bit);
      for (let bit = 0; bit < 3; bit++) if (code & (0x10 << bit)) count += (delta[at++] ?? 0) * 2 ** (8 * bit);
      if (count === 0) count = 0x10000;
      if (start + count > base.length || length + count > size) return null;
      length += base.copy(made, length, start, start + count);
    } else if (code === 0 || at + code > delta.length || length + code > size) return null;
    else {
      length += delta.copy(made, length, at, at + code);
      at += code;
    }
  }
  return length === size ? made : null;
}
