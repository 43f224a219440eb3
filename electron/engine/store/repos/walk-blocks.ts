import type { Connection } from '../driver.ts';

/** Entries of one block: a row each would cost more than everything else that a walk stores. */
const entriesPerBlock = 1024;

/**
 * A table of a root that is read whole and written whole, by name: what the last walk saw. Entries are flat lists of texts
 * and numbers, so that a block is one JSON text. Changes stand in memory until `write`.
 */
export type WalkTable<T> = {
  /** Entries by path; the map may be changed, followed by `touch`. */
  of(root: number): Map<string, T>;
  touch(root: number): void;
  /** Writes the tables of roots that were touched. */
  write(): void;
};

type Flat = (string | number)[];

export function walkTable<T>(
  connection: Connection,
  type: 'folders' | 'files',
  beforeWrite: () => void,
  /** `width` values an entry, its path first. */
  codec: {
    readonly width: number;
    encode(path: string, entry: T, into: Flat): void;
    decode(values: Flat, at: number): T;
  },
): WalkTable<T> {
  const read = connection.prepare('SELECT entries FROM walk_block WHERE root = ? AND type = ? ORDER BY number').pluck();
  const drop = connection.prepare('DELETE FROM walk_block WHERE root = ? AND type = ?');
  const add = connection.prepare('INSERT INTO walk_block(root, type, number, entries) VALUES (?, ?, ?, ?)');
  const tables = new Map<number, Map<string, T>>();
  const touched = new Set<number>();

  function load(root: number): Map<string, T> {
    const table = new Map<string, T>();
    for (const text of read.iterate(root, type) as IterableIterator<string>) {
      const values = JSON.parse(text) as Flat;
      for (let at = 0; at < values.length; at += codec.width) table.set(String(values[at]), codec.decode(values, at));
    }
    return table;
  }

  return {
    of(root) {
      let table = tables.get(root);
      if (table === undefined) {
        table = load(root);
        tables.set(root, table);
      }
      return table;
    },
    touch: (root) => void touched.add(root),
    write() {
      for (const root of touched) {
        beforeWrite();
        drop.run(root, type);
        let number = 0;
        let values: Flat = [];
        const put = (): void => {
          beforeWrite();
          add.run(root, type, number, JSON.stringify(values));
          number++;
          values = [];
        };
        for (const [path, entry] of tables.get(root) ?? []) {
          codec.encode(path, entry, values);
          if (values.length >= entriesPerBlock * codec.width) put();
        }
        if (values.length > 0) put();
      }
      touched.clear();
    },
  };
}
