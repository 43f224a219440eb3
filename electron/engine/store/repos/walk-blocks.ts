import type { Connection } from '../driver.ts';
import type { FlatRow } from './walk-rows.ts';

/** Entries of one block: a row each would cost more than everything else that a walk stores. */
const entriesPerBlock = 1024;

/**
 * A table of a root that is read and written whole, by path: what the last walk saw. Entries are flat lists of texts and
 * numbers, so that a block is one JSON text. A table that begins empty is written block by block and never held; one that
 * exists is held in memory from its first change until `write`.
 */
export type WalkTable<T> = {
  /** Entries as they are now. */
  all(root: number): ReadonlyMap<string, T>;
  /** Empties the table. */
  reset(root: number): void;
  put(root: number, path: string, entry: T): void;
  /** Entries of a block that was made elsewhere. */
  putBlock(root: number, text: string): void;
  remove(root: number, path: string): void;
  /** Writes what is held and what waits. */
  write(): void;
};

export type EntryCodec<T> = {
  /** Values of an entry, its path first. */
  readonly width: number;
  encode(path: string, entry: T, into: FlatRow): void;
  decode(values: FlatRow, at: number): T;
};

/** `growing`: only added to so far, blocks are written as they fill up. `held`: in memory, written whole. */
type State<T> =
  | { readonly type: 'growing'; blocks: number; waiting: FlatRow }
  | { readonly type: 'held'; readonly entries: Map<string, T>; touched: boolean };

export function walkTable<T>(
  connection: Connection,
  type: 'folders' | 'files',
  beforeWrite: () => void,
  codec: EntryCodec<T>,
): WalkTable<T> {
  const read = connection.prepare('SELECT entries FROM walk_block WHERE root = ? AND type = ? ORDER BY number').pluck();
  const drop = connection.prepare('DELETE FROM walk_block WHERE root = ? AND type = ?');
  const add = connection.prepare('INSERT INTO walk_block(root, type, number, entries) VALUES (?, ?, ?, ?)');
  const states = new Map<number, State<T>>();

  function load(root: number): Map<string, T> {
    const entries = new Map<string, T>();
    for (const text of read.iterate(root, type) as IterableIterator<string>) decodeInto(entries, text);
    return entries;
  }

  function decodeInto(entries: Map<string, T>, text: string): void {
    const values = JSON.parse(text) as FlatRow;
    for (let at = 0; at < values.length; at += codec.width) entries.set(String(values[at]), codec.decode(values, at));
  }

  function stateOf(root: number): State<T> {
    let state = states.get(root);
    if (state === undefined) {
      const entries = load(root);
      state =
        entries.size === 0 ? { type: 'growing', blocks: 0, waiting: [] } : { type: 'held', entries, touched: false };
      states.set(root, state);
    }
    return state;
  }

  function heldOf(root: number): Extract<State<T>, { type: 'held' }> {
    const state = stateOf(root);
    if (state.type === 'held') return state;
    writeWaiting(root, state);
    const held: Extract<State<T>, { type: 'held' }> = { type: 'held', entries: load(root), touched: false };
    states.set(root, held);
    return held;
  }

  function writeBlock(root: number, number: number, text: string): void {
    beforeWrite();
    add.run(root, type, number, text);
  }

  function writeWaiting(root: number, state: Extract<State<T>, { type: 'growing' }>): void {
    if (state.waiting.length === 0) return;
    writeBlock(root, state.blocks, JSON.stringify(state.waiting));
    state.blocks++;
    state.waiting = [];
  }

  function writeHeld(root: number, entries: ReadonlyMap<string, T>): void {
    beforeWrite();
    drop.run(root, type);
    let blocks = 0;
    let values: FlatRow = [];
    for (const [path, entry] of entries) {
      codec.encode(path, entry, values);
      if (values.length < entriesPerBlock * codec.width) continue;
      writeBlock(root, blocks, JSON.stringify(values));
      blocks++;
      values = [];
    }
    if (values.length > 0) writeBlock(root, blocks, JSON.stringify(values));
  }

  return {
    all: (root) => {
      const state = stateOf(root);
      return state.type === 'growing' && state.blocks === 0 && state.waiting.length === 0
        ? new Map<string, T>()
        : heldOf(root).entries;
    },
    reset(root) {
      beforeWrite();
      drop.run(root, type);
      states.set(root, { type: 'growing', blocks: 0, waiting: [] });
    },
    put(root, path, entry) {
      const state = stateOf(root);
      if (state.type === 'held') {
        state.entries.set(path, entry);
        state.touched = true;
        return;
      }
      codec.encode(path, entry, state.waiting);
      if (state.waiting.length >= entriesPerBlock * codec.width) writeWaiting(root, state);
    },
    putBlock(root, text) {
      const state = stateOf(root);
      if (state.type === 'growing') {
        writeBlock(root, state.blocks, text);
        state.blocks++;
        return;
      }
      decodeInto(state.entries, text);
      state.touched = true;
    },
    remove(root, path) {
      const held = heldOf(root);
      if (held.entries.delete(path)) held.touched = true;
    },
    write() {
      for (const [root, state] of states) {
        if (state.type === 'growing') writeWaiting(root, state);
        else if (state.touched) {
          writeHeld(root, state.entries);
          state.touched = false;
        }
      }
    },
  };
}
