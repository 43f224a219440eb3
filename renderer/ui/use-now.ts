import { useEffect, useState } from 'react';

/** The time, refreshed at this interval, for words such as "12 min ago". Milliseconds since 1970. */
export function useNow(interval: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}
