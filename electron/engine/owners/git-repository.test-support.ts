import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

export type Person = { readonly name: string; readonly email: string };

/** A checkout made without git: object files as gitformat-pack(5) and gitrepository-layout(5) describe them. */
export type MadeRepository = {
  readonly folder: string;
  /** Commits these files (path: text; null takes it out) on top of the parents and moves the branch; returns the id. */
  commit(files: { readonly [path: string]: string | null }, by: Person, parents?: readonly string[]): string;
  /** Moves all objects into one pack, trees and commits as deltas of one another where they can be. */
  pack(): void;
  remove(id: string): void;
};

type Stored = { readonly type: 'commit' | 'tree' | 'blob'; readonly body: Buffer };

const typeNumbers = { commit: 1, tree: 2, blob: 3 } as const;

export function makeRepository(root: string): MadeRepository {
  const folder = join(root, '.git');
  const objects = new Map<string, Stored>();
  const snapshots = new Map<string, ReadonlyMap<string, string>>();
  let head: string | null = null;
  let seconds = 1_700_000_000;
  const write = (path: string, text: string | Buffer): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const place = (id: string): string => `objects/${id.slice(0, 2)}/${id.slice(2)}`;
  const put = (type: Stored['type'], body: Buffer): string => {
    const whole = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
    const id = createHash('sha1').update(whole).digest('hex');
    objects.set(id, { type, body });
    write(place(id), deflateSync(whole));
    return id;
  };
  const putTree = (files: ReadonlyMap<string, string>): string => {
    const entries = new Map<string, { readonly mode: string; readonly id: string }>();
    const folders = new Map<string, Map<string, string>>();
    for (const [path, text] of files) {
      const slash = path.indexOf('/');
      if (slash === -1) entries.set(path, { mode: '100644', id: put('blob', Buffer.from(text)) });
      else {
        const name = path.slice(0, slash);
        folders.set(name, (folders.get(name) ?? new Map()).set(path.slice(slash + 1), text));
      }
    }
    for (const [name, inner] of folders) entries.set(name, { mode: '40000', id: putTree(inner) });
    const sorted = [...entries].sort(([a, x], [b, y]) => {
      const [first, second] = [x.mode === '40000' ? `${a}/` : a, y.mode === '40000' ? `${b}/` : b];
      return first < second ? -1 : 1;
    });
    return put(
      'tree',
      Buffer.concat(
        sorted.map(([name, { mode, id }]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])),
      ),
    );
  };
  write('HEAD', 'ref: refs/heads/main\n');
  write('config', '[core]\n\tbare = false\n');
  mkdirSync(join(folder, 'objects'), { recursive: true });
  return {
    folder,
    commit(files, by, parents = head === null ? [] : [head]) {
      const all = new Map(snapshots.get(parents[0] ?? '') ?? []);
      for (const [path, text] of Object.entries(files)) {
        if (text === null) all.delete(path);
        else all.set(path, text);
      }
      const tree = putTree(all);
      seconds += 60;
      const person = `${by.name} <${by.email}> ${seconds} +0100`;
      const id = put(
        'commit',
        Buffer.from(
          [
            `tree ${tree}`,
            ...parents.map((parent) => `parent ${parent}`),
            `author ${person}`,
            `committer ${person}`,
            '',
            'Message\n',
          ].join('\n'),
        ),
      );
      snapshots.set(id, all);
      head = id;
      write('refs/heads/main', `${id}\n`);
      write('logs/HEAD', `${parents[0] ?? '0'.repeat(40)} ${id} ${person}\tcommit: Message\n`);
      return id;
    },
    pack() {
      const { pack, index } = packOf(objects);
      write(`objects/pack/pack-${'a'.repeat(40)}.pack`, pack);
      write(`objects/pack/pack-${'a'.repeat(40)}.idx`, index);
      for (const id of objects.keys()) rmSync(join(folder, place(id)));
      write('packed-refs', `# pack-refs with: peeled fully-peeled sorted\n${head} refs/heads/main\n`);
      rmSync(join(folder, 'refs/heads/main'));
    },
    remove: (id) => rmSync(join(folder, place(id))),
  };
}

function packOf(objects: ReadonlyMap<string, Stored>): { pack: Buffer; index: Buffer } {
  const header = Buffer.alloc(12);
  header.write('PACK');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.size, 8);
  const parts = [header];
  const offsets = new Map<string, number>();
  const last = new Map<string, { id: string; body: Buffer; offset: number }>();
  let offset = 12;
  let isById = false;
  for (const [id, { type, body }] of objects) {
    const base = last.get(type);
    // Turn by turn: a base named by its distance, one named by its id, and every fourth object whole.
    const isWhole = base === undefined || offsets.size % 4 === 0;
    isById = !isById;
    const content = isWhole ? body : deltaOf(base.body, body);
    const entry = Buffer.concat([
      entryHead(isWhole ? typeNumbers[type] : isById ? 7 : 6, content.length),
      isWhole ? Buffer.alloc(0) : isById ? Buffer.from(base.id, 'hex') : distance(offset - base.offset),
      deflateSync(content),
    ]);
    offsets.set(id, offset);
    last.set(type, { id, body, offset });
    parts.push(entry);
    offset += entry.length;
  }
  const content = Buffer.concat(parts);
  const pack = Buffer.concat([content, createHash('sha1').update(content).digest()]);
  return { pack, index: indexOf(offsets, pack) };
}

function indexOf(offsets: ReadonlyMap<string, number>, pack: Buffer): Buffer {
  const ids = [...offsets.keys()].sort();
  const fanOut = Buffer.alloc(1024);
  for (let byte = 0; byte < 256; byte++)
    fanOut.writeUInt32BE(ids.filter((id) => Number.parseInt(id.slice(0, 2), 16) <= byte).length, byte * 4);
  const places = Buffer.alloc(ids.length * 4);
  for (const [position, id] of ids.entries()) places.writeUInt32BE(offsets.get(id) ?? 0, position * 4);
  const content = Buffer.concat([
    Buffer.from([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]),
    fanOut,
    ...ids.map((id) => Buffer.from(id, 'hex')),
    Buffer.alloc(ids.length * 4),
    places,
    pack.subarray(-20),
  ]);
  return Buffer.concat([content, createHash('sha1').update(content).digest()]);
}

function entryHead(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let left = size >> 4; left > 0; left >>= 7) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(left & 0x7f);
  }
  return Buffer.from(bytes);
}

function distance(offset: number): Buffer {
  const bytes = [offset & 0x7f];
  for (let left = offset >> 7; left > 0; left >>= 7) bytes.unshift((--left & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

function size(length: number): number[] {
  const bytes = [length & 0x7f];
  for (let left = length >> 7; left > 0; left >>= 7) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(left & 0x7f);
  }
  return bytes;
}

/** What both have at their begin is copied, the rest stands in the delta. */
function deltaOf(base: Buffer, body: Buffer): Buffer {
  let same = 0;
  while (same < base.length && same < body.length && same < 0xffff && base[same] === body[same]) same++;
  const parts = [...size(base.length), ...size(body.length)];
  if (same > 0) parts.push(0x80 | 0x10 | 0x20, same & 0xff, same >> 8);
  for (let at = same; at < body.length; at += 127) {
    const piece = body.subarray(at, at + 127);
    parts.push(piece.length, ...piece);
  }
  return Buffer.from(parts);
}
