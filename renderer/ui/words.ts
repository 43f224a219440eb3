/** Numbers and times as people read them. */

const grouping = new Intl.NumberFormat('en-US');

export const count = (value: number): string => grouping.format(value);

/** "1 file", "1,204 files". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, coarsely: "just now", "12 min ago", "3 h ago", "2 days ago". Times in milliseconds since 1970. */
export function ago(time: number, now: number): string {
  const age = Math.max(0, now - time);
  if (age < minute) return 'just now';
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  return `${counted(Math.floor(age / day), 'day')} ago`;
}

/** Clock time today, date and clock time otherwise. */
export function clock(time: number, now: number): string {
  const date = new Date(time);
  const hours = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  if (new Date(now).toDateString() === date.toDateString()) return hours;
  const month = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
  return `${month}, ${hours}`;
}

/** "0.4 s", "12 s", "3 min 20 s". */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** "812 bytes", "4 MB". */
export function bytes(size: number): string {
  if (size < 1024) return counted(size, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = size / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Last segment of a path, with either slash. */
export const lastSegment = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

/** Path before the last segment, without the slash; '' where there is none. */
export const leadingPath = (path: string): string =>
  path.slice(0, Math.max(0, path.length - lastSegment(path).length - 1));
