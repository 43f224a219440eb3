import { type IgnoreRules, parseIgnoreRules } from './ignore-rules.ts';
import { type ActiveState, allStates, descend, type MatchState } from './location-matcher.ts';
import { readSafely } from './safe-read.ts';

/** A folder that is still to be listed, with what is known of it from the folders above. */
export type WalkTask = {
  /** Relative to the root. */
  readonly path: string;
  /** What to list where `path` is no text on this disk, or where a link led here; else null. */
  readonly raw: Buffer | null;
  readonly depth: number;
  readonly active: readonly ActiveState[];
  readonly rules: IgnoreRules | null;
  /** Below a pruned folder only what sources name is looked at. */
  readonly namedOnly: boolean;
  /** Come to through a link to a folder: the folder's own path, relative to the root; else null. */
  readonly target: string | null;
};

type PackedRules = { readonly parent: PackedRules | null; readonly depth: number; readonly text: string };

/** A task as it crosses between threads: states by their number, rules by their text. */
export type PackedTask = Pick<WalkTask, 'path' | 'depth' | 'namedOnly' | 'target'> & {
  readonly raw: Uint8Array | null;
  /** State and depth of its anchor, in turn. */
  readonly active: readonly number[];
  readonly rules: PackedRules | null;
};

export type TaskPacker = {
  pack(tasks: readonly WalkTask[]): PackedTask[];
  unpack(tasks: readonly PackedTask[]): WalkTask[];
};

/** Both threads compile the same places, and so number the same states alike. */
export function createTaskPacker(start: MatchState): TaskPacker {
  const states = allStates(start);
  const numbers = new Map(states.map((state, number) => [state, number]));
  return {
    pack(tasks) {
      const known = new Map<IgnoreRules, PackedRules>();
      return tasks.map((task) => ({
        path: task.path,
        depth: task.depth,
        namedOnly: task.namedOnly,
        target: task.target,
        raw: task.raw,
        active: task.active.flatMap(({ state, anchorDepth }) => [numbers.get(state) ?? 0, anchorDepth]),
        rules: packRules(task.rules, known),
      }));
    },
    unpack(tasks) {
      // Tasks of one message share the rules of the folders above them: what is one object there is one here.
      const known = new Map<PackedRules, IgnoreRules | null>();
      return tasks.map(({ path, depth, namedOnly, target, raw, active, rules }) => ({
        path,
        depth,
        namedOnly,
        target,
        raw: raw === null ? null : Buffer.from(raw.buffer as ArrayBuffer, raw.byteOffset, raw.byteLength),
        active: unpackStates(states, active),
        rules: unpackRules(rules, known),
      }));
    },
  };
}

function unpackStates(states: readonly MatchState[], numbers: readonly number[]): ActiveState[] {
  const active: ActiveState[] = [];
  for (let at = 0; at < numbers.length; at += 2) {
    const state = states[numbers[at] ?? -1];
    if (state === undefined) throw new Error('a task speaks of places that this thread does not know');
    active.push({ state, anchorDepth: numbers[at + 1] ?? 0 });
  }
  return active;
}

function packRules(rules: IgnoreRules | null, known: Map<IgnoreRules, PackedRules>): PackedRules | null {
  if (rules === null) return null;
  let packed = known.get(rules);
  if (packed === undefined) {
    packed = { parent: packRules(rules.parent, known), depth: rules.depth, text: rules.text };
    known.set(rules, packed);
  }
  return packed;
}

function unpackRules(packed: PackedRules | null, known: Map<PackedRules, IgnoreRules | null>): IgnoreRules | null {
  if (packed === null) return null;
  let rules = known.get(packed);
  if (rules === undefined) {
    rules = parseIgnoreRules(packed.text, packed.depth, unpackRules(packed.parent, known));
    known.set(packed, rules);
  }
  return rules;
}

/** States and rules for a folder in the middle of a root, as if the walk had come down to it. */
export function taskFor(
  { root, start }: { readonly root: string; readonly start: MatchState },
  path: string,
): WalkTask {
  let task: WalkTask = { path: '', raw: null, depth: 0, active: [], rules: null, namedOnly: false, target: null };
  if (path === '') return task;
  for (const name of path.split('/')) {
    const below = task.path === '' ? '' : `${task.path}/`;
    const read = readSafely(`${root}/${below}.gitignore`, maxIgnoreBytes);
    const rules =
      read.status === 'read'
        ? (parseIgnoreRules(read.bytes.toString('utf8'), task.depth, task.rules) ?? task.rules)
        : task.rules;
    const active = descend([...task.active, { state: start, anchorDepth: task.depth }], name);
    task = {
      path: `${below}${name}`,
      raw: null,
      depth: task.depth + 1,
      active,
      rules,
      namedOnly: false,
      target: null,
    };
  }
  return task;
}

const maxIgnoreBytes = 1024 * 1024;
