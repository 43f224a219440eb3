/**
 * Tells, from what the last operations took, whether a disk answers from memory or makes one wait. From memory an
 * operation on the spot is cheapest (a trip through the thread pool costs more than the operation); from a disk many have
 * to be under way at once.
 */
export type DiskPace = {
  /** How the next operation is to be done. Says "on the spot" again from time to time, to find out. */
  waits(): boolean;
  /** What one operation on the spot took, in milliseconds. */
  note(milliseconds: number): void;
};

/** Operations judged together, and how many of them must have been slow: a busy processor slows a few, a disk most. */
const sampleSize = 24;
const slowOnes = 8;
/** Operations through the pool after which a sample is taken again. */
const trustedFor = 4096;

export function createDiskPace(slowMilliseconds: number): DiskPace {
  let seen = 0;
  let slow = 0;
  let left = 0;
  // Set while a slow sample is looked at once more: counting waits costs too much for every sample.
  let waitsBefore: number | null = null;
  return {
    waits() {
      if (left === 0) return false;
      left--;
      return true;
    },
    note(milliseconds) {
      seen++;
      if (milliseconds > slowMilliseconds) slow++;
      if (slow < slowOnes && seen < sampleSize) return;
      const suspected = slow >= slowOnes;
      if (suspected && (!countsWaits || (waitsBefore !== null && waitCount() - waitsBefore >= slowOnes)))
        left = trustedFor;
      waitsBefore = suspected && left === 0 && countsWaits ? waitCount() : null;
      seen = 0;
      slow = 0;
    },
  };
}

/** A process that waits for a disk gives its processor away by itself; one that is only crowded out does not. */
const waitCount = (): number => process.resourceUsage().voluntaryContextSwitches;
const countsWaits = process.platform !== 'win32';
