import type { Location } from '../sources/source.ts';

/** One place a source wants, with who wants it. */
export type Want = { readonly source: number; readonly location: Location };

type WildEdge<T> = { readonly test: (name: string) => boolean; readonly to: T };

/**
 * Names with a `*`, by the last character that they must have: of many such names only a few are compared with a file's.
 * Those that may end in anything stand under -1.
 */
type WildFiles = Map<number, WildEdge<Want[]>[]>;

/** Node of the pattern trie: what may come next below a folder. */
export type MatchState = {
  readonly files: Map<string, Want[]>;
  readonly wildFiles: WildFiles;
  readonly folders: Map<string, MatchState>;
  readonly wildFolders: WildEdge<MatchState>[];
  /** The state stays alive in every folder below (`**`). */
  repeats: boolean;
};

/** A state reached in a folder, and the depth of the folder that its location hangs on. */
export type ActiveState = { readonly state: MatchState; readonly anchorDepth: number };

export type FileMatch = { readonly want: Want; readonly anchorDepth: number };

const emptyState = (): MatchState => ({
  files: new Map(),
  wildFiles: new Map(),
  folders: new Map(),
  wildFolders: [],
  repeats: false,
});

/** Compiles places to a trie, so that a name costs a few map look-ups however many sources there are. */
export function compileLocations(wants: readonly Want[], pathOf: (location: Location) => string): MatchState {
  const start = emptyState();
  const wilds = new Map<MatchState, Map<string, MatchState>>();
  for (const want of wants) {
    const segments = pathOf(want.location).split('/').filter(Boolean);
    let state = start;
    for (const [index, segment] of segments.entries()) {
      if (index === segments.length - 1) {
        addFile(state, segment, want);
      } else if (segment === '**') {
        const next = emptyState();
        next.repeats = true;
        // `a/**/b` also means `a/b`: the repeating state is entered without a folder of its own.
        state.wildFolders.push({ test: () => true, to: next });
        addRest(state, segments.slice(index + 1), want, wilds);
        addRest(next, segments.slice(index + 1), want, wilds);
        break;
      } else state = childState(state, segment, wilds);
    }
  }
  return start;
}

function addRest(
  state: MatchState,
  segments: readonly string[],
  want: Want,
  wilds: Map<MatchState, Map<string, MatchState>>,
): void {
  let current = state;
  for (const [index, segment] of segments.entries()) {
    if (index === segments.length - 1) addFile(current, segment, want);
    else current = childState(current, segment, wilds);
  }
}

function addFile(state: MatchState, segment: string, want: Want): void {
  if (!segment.includes('*')) {
    const known = state.files.get(segment);
    if (known === undefined) state.files.set(segment, [want]);
    else known.push(want);
    return;
  }
  const last = segment.endsWith('*') ? anyEnd : segment.charCodeAt(segment.length - 1);
  const edge = { test: segmentTest(segment), to: [want] };
  const known = state.wildFiles.get(last);
  if (known === undefined) state.wildFiles.set(last, [edge]);
  else known.push(edge);
}

function childState(state: MatchState, segment: string, wilds: Map<MatchState, Map<string, MatchState>>): MatchState {
  if (!segment.includes('*')) {
    const known = state.folders.get(segment);
    if (known !== undefined) return known;
    const next = emptyState();
    state.folders.set(segment, next);
    return next;
  }
  let known = wilds.get(state);
  if (known === undefined) {
    known = new Map();
    wilds.set(state, known);
  }
  const existing = known.get(segment);
  if (existing !== undefined) return existing;
  const next = emptyState();
  known.set(segment, next);
  state.wildFolders.push({ test: segmentTest(segment), to: next });
  return next;
}

/** `*` within one segment, by string comparison: no regular expression can be slow on a hostile name. */
export function segmentTest(segment: string): (name: string) => boolean {
  const parts = segment.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    for (const part of middle) {
      const at = name.indexOf(part, from);
      if (at < 0 || at + part.length > name.length - last.length) return false;
      from = at + part.length;
    }
    return true;
  };
}

const anyEnd = -1;

/** Every state that can be reached, each once and always in the same order: its position can stand for it elsewhere. */
export function allStates(start: MatchState): readonly MatchState[] {
  const states = new Set([start]);
  // A set is gone through in the order in which it grows.
  for (const state of states) {
    for (const next of state.folders.values()) states.add(next);
    for (const edge of state.wildFolders) states.add(edge.to);
  }
  return [...states];
}

/** Who wants the file `name` in a folder with these states. */
export function matchFile(active: readonly ActiveState[], name: string): FileMatch[] | undefined {
  let matches: FileMatch[] | undefined;
  for (const { state, anchorDepth } of active) {
    const exact = state.files.get(name);
    if (exact !== undefined) {
      matches ??= [];
      for (const want of exact) matches.push({ want, anchorDepth });
    }
    if (state.wildFiles.size === 0) continue;
    matches = matchWild(state.wildFiles.get(name.charCodeAt(name.length - 1)), name, anchorDepth, matches);
    matches = matchWild(state.wildFiles.get(anyEnd), name, anchorDepth, matches);
  }
  return matches;
}

function matchWild(
  edges: readonly WildEdge<Want[]>[] | undefined,
  name: string,
  anchorDepth: number,
  matches: FileMatch[] | undefined,
): FileMatch[] | undefined {
  if (edges === undefined) return matches;
  let found = matches;
  for (const edge of edges) {
    if (!edge.test(name)) continue;
    found ??= [];
    for (const want of edge.to) found.push({ want, anchorDepth });
  }
  return found;
}

/** States below the folder `name`, without the start state. Empty when nobody waits for anything special there. */
export function descend(active: readonly ActiveState[], name: string): readonly ActiveState[] {
  let next: ActiveState[] | undefined;
  for (const entry of active) {
    const exact = entry.state.folders.get(name);
    if (exact !== undefined) (next ??= []).push({ state: exact, anchorDepth: entry.anchorDepth });
    for (const edge of entry.state.wildFolders) {
      if (edge.test(name)) (next ??= []).push({ state: edge.to, anchorDepth: entry.anchorDepth });
    }
    if (entry.state.repeats) (next ??= []).push(entry);
  }
  return next ?? nothing;
}

const nothing: readonly ActiveState[] = [];

/** Whether a name ends like a file that a code source searches. */
export function codeTest(sources: readonly { readonly extensions: readonly string[] }[]): (name: string) => boolean {
  const extensions = new Set(sources.flatMap((source) => source.extensions));
  return (name) => {
    const dot = name.lastIndexOf('.');
    return dot > 0 && extensions.has(name.slice(dot));
  };
}
