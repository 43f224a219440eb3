/** Compares dotted versions number by number; what is no number counts as 0. */
export function compareVersions(one: string, other: string): number {
  const left = one.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const right = other.split('.').map((part) => Number.parseInt(part, 10) || 0);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const atLeast = (version: string, wanted: string): boolean => compareVersions(version, wanted) >= 0;
