/** Blocks of an event loop: how far apart ticks come that were asked for every millisecond. */
export type Ticker = {
  /** Longest time between two ticks beyond the millisecond asked for, in ms; ends the ticking. */
  stop(): number;
};

export function startTicker(): Ticker {
  let longest = 0;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  };
  const timer = setInterval(tick, 1);
  return {
    stop() {
      clearInterval(timer);
      tick();
      return longest;
    },
  };
}
