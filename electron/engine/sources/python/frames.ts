/**
 * Which values may be remembered. A value that was cut short because it depends on itself tells the truth only inside of
 * the evaluation that it came back to: it holds while that one runs, and what that one gives in the end holds always.
 * (Otherwise everything that touches a circle is worked out again for each one who asks, and in circles within circles
 * that multiplies.)
 */
export type Frames = {
  /** How many evaluations are open that remember what they find. */
  readonly level: number;
  /** Opens one; what it returns is for `leave`. */
  enter(): number;
  leave(outer: number): Holds;
  /** A value was cut short that belongs to the evaluation opened at this level. */
  cut(level: number): void;
  /** Whether something remembered can be used now. */
  still(holds: Holds): boolean;
  use(holds: Holds): void;
};

/** For how long a value holds; null = always. */
export type Holds = { readonly level: number; readonly serial: number } | null;

export function createFrames(): Frames {
  let level = 0;
  let low = Number.POSITIVE_INFINITY;
  let last = 0;
  const serials: number[] = [0];
  return {
    get level() {
      return level;
    },
    enter() {
      const outer = low;
      low = Number.POSITIVE_INFINITY;
      level += 1;
      last += 1;
      serials[level] = last;
      return outer;
    },
    leave(outer) {
      const [own, found] = [level, low];
      level -= 1;
      low = found < own && found < outer ? found : outer;
      return found < own ? { level: found, serial: serials[found] ?? 0 } : null;
    },
    cut(target) {
      if (target < low) low = target;
    },
    still: (holds) => holds === null || (holds.level <= level && serials[holds.level] === holds.serial),
    use(holds) {
      if (holds !== null && holds.level < low) low = holds.level;
    },
  };
}
