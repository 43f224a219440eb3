/** A flow as boxes and arrows by id. What a cycle leads back to is before and after. */
export type Arrows = {
  readonly into: ReadonlyMap<string, readonly string[]>;
  readonly from: ReadonlyMap<string, readonly string[]>;
};

const mostArrows = 20_000;

export function arrowsOf(pairs: readonly (readonly [from: string, to: string])[]): Arrows {
  const into = new Map<string, string[]>();
  const from = new Map<string, string[]>();
  for (const [start, end] of pairs.slice(0, mostArrows)) {
    into.set(end, [...(into.get(end) ?? []), start].slice(0, 1000));
    from.set(start, [...(from.get(start) ?? []), end].slice(0, 1000));
  }
  return { into, from };
}

/** Everything that leads to a box, or that it leads to; itself only where it stands in a circle. */
export function around(arrows: Arrows, id: string, direction: 'before' | 'after'): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const other of (direction === 'before' ? arrows.into : arrows.from).get(next) ?? [])
      if (!seen.has(other)) {
        seen.add(other);
        open.push(other);
      }
  return seen;
}

/** Whether every way from a start to the box goes through the other one; false where nothing is a start. */
export function isOnEveryWay(arrows: Arrows, gate: string, id: string): boolean {
  const before = around(arrows, id, 'before');
  if (!before.has(gate)) return false;
  const starts = [...before].filter((one) => (arrows.into.get(one) ?? []).length === 0);
  if (starts.length === 0) return false;
  const seen = new Set<string>([gate]);
  const open = starts.filter((one) => one !== gate);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return false;
    for (const other of arrows.from.get(next) ?? [])
      if (!seen.has(other)) {
        seen.add(other);
        open.push(other);
      }
  }
  return true;
}
