/** One pattern of a CODEOWNERS file, ready to be asked about paths below the root of its repository. */
export type CodeOwnerPattern = { matches(path: string): boolean };

export type CodeOwnerDialect = 'github' | 'gitlab';

const longestPattern = 1000;

/**
 * The patterns of CODEOWNERS are those of gitignore with exceptions (GitHub Docs, "About code owners"; GitLab Docs, "Code
 * Owners syntax", both read 2026): no ranges, no negation, and a last segment `*` means the files of that folder alone, not
 * what lies deeper. GitLab lets a pattern without a leading slash begin at any depth, GitHub only one without a slash inside.
 * Matching is by segments and linear in each: a hostile pattern costs nothing extra.
 */
export function compileCodeOwnerPattern(pattern: string, dialect: CodeOwnerDialect): CodeOwnerPattern {
  const segments = pattern.slice(0, longestPattern).split('/');
  if (segments[0] === '') segments.shift();
  else {
    const isLone = segments.length === 1 || (segments.length === 2 && segments[1] === '');
    if ((isLone || dialect === 'gitlab') && segments[0] !== '**') segments.unshift('**');
  }
  const isFolder = segments.length > 0 && segments.at(-1) === '';
  if (isFolder) segments[segments.length - 1] = '**';
  const last = segments.at(-1) ?? '';
  // GitLab wants the slash behind the name of a folder.
  const takesBelow = dialect === 'github' && last !== '*' && last !== '**';
  const wanted = segments.filter((segment, index) => !(segment === '**' && segments[index - 1] === '**'));
  return {
    matches: (path) => wanted.length > 0 && matchSegments(wanted, path.split('/'), takesBelow),
  };
}

/** Greedy with one point of return, as for stars in a name: `**` stands for folders, at the end for anything below. */
function matchSegments(pattern: readonly string[], path: readonly string[], takesBelow: boolean): boolean {
  const isDone = (at: number, pathAt: number): boolean =>
    at === pattern.length && (pathAt === path.length || (takesBelow && pathAt > 0));
  let at = 0;
  let pathAt = 0;
  let starAt = -1;
  let starPath = 0;
  for (;;) {
    if (isDone(at, pathAt)) return true;
    const segment = pattern[at];
    if (segment === '**') {
      // At the end it needs something below; a folder is not its own content.
      if (at === pattern.length - 1) return pathAt < path.length;
      starAt = at++;
      starPath = pathAt;
      continue;
    }
    const name = path[pathAt];
    if (segment !== undefined && name !== undefined && matchName(segment, name)) {
      at++;
      pathAt++;
      continue;
    }
    if (starAt === -1 || starPath >= path.length) return false;
    pathAt = ++starPath;
    at = starAt + 1;
  }
}

/** `*` and `?` within one name; a backslash takes the next character as it is. */
function matchName(pattern: string, name: string): boolean {
  let at = 0;
  let nameAt = 0;
  let starAt = -1;
  let starName = 0;
  while (nameAt < name.length) {
    const character = pattern[at];
    if (character === '*') {
      starAt = at++;
      starName = nameAt;
      continue;
    }
    const escaped = character === '\\' && at + 1 < pattern.length;
    const literal = escaped ? pattern[at + 1] : character;
    if (literal !== undefined && ((!escaped && literal === '?') || literal === name[nameAt])) {
      at += escaped ? 2 : 1;
      nameAt++;
      continue;
    }
    if (starAt === -1) return false;
    at = starAt + 1;
    nameAt = ++starName;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
