/**
 * Globs of `--exclude`: `*` within a segment, `**` over segments, `?` one character; without a slash a pattern speaks of a
 * name at any depth. Matched by comparison: a regular expression of many stars takes for ever on some names.
 */
export function compileExcludes(globs: readonly string[]): (path: string) => boolean {
  const tests = globs.map(compile);
  return tests.length === 0 ? () => false : (path) => tests.some((test) => test(path));
}

/** Whether a path or any folder above it is excluded, for paths that were not come to by walking. */
export function excludesPath(isExcluded: (path: string) => boolean, path: string): boolean {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    if (isExcluded(path.slice(0, end))) return true;
  }
  return isExcluded(path);
}

function compile(glob: string): (path: string) => boolean {
  const pattern = glob
    .replace(/^\.?\//, '')
    .split('/')
    .filter((segment) => segment !== '');
  const [only] = pattern;
  if (only === undefined) return () => false;
  if (
    !glob
      .replace(/^\.?\//, '')
      .replace(/\/+$/, '')
      .includes('/') &&
    !glob.startsWith('/')
  ) {
    return (path) => matchesSegment(only, path.slice(path.lastIndexOf('/') + 1));
  }
  return (path) => matchesPath(pattern, path.split('/'));
}

/** Row by row: which segments of the path may be used up after each segment of the pattern. `**` at the end takes at least one. */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = [true, ...path.map(() => false)];
  for (const [index, segment] of pattern.entries()) {
    const next = reached.map(() => false);
    if (segment === '**') {
      let open = false;
      for (const [used, isReached] of reached.entries()) {
        if (index === pattern.length - 1) next[used] = open;
        open ||= isReached;
        if (index < pattern.length - 1) next[used] = open;
      }
    } else {
      for (const [used, name] of path.entries())
        if (reached[used] === true && matchesSegment(segment, name)) next[used + 1] = true;
    }
    reached = next;
  }
  return reached.at(-1) === true;
}

/** `*` and `?` in one name. After a mismatch only the last star is tried again: pattern times name at most. */
function matchesSegment(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  for (let index = 0; index < name.length; ) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at++;
      retry = index;
    } else if (sign !== undefined && (sign === '?' || sign === name[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++retry;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
