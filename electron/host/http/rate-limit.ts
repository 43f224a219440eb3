/** A bucket of tokens: `burst` at once, `perSecond` in the long run. Time in milliseconds, from a clock that never goes back. */
export type RateLimit = { take(): boolean };

export function createRateLimit(burst: number, perSecond: number, now: () => number): RateLimit {
  let left = burst;
  let last = now();
  return {
    take() {
      const time = now();
      left = Math.min(burst, left + ((time - last) / 1000) * perSecond);
      last = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
