/**
 * Globs of `--exclude`: `*` within a segment, `**` over segments, `?` one character; without a slash a pattern speaks of a
 * name at any depth. Compiled to one linear regular expression each.
 */
export function compileExcludes(globs: readonly string[]): (path: string) => boolean {
  const tests = globs.map(compile);
  return tests.length === 0 ? () => false : (path) => tests.some((test) => test(path));
}

function compile(glob: string): (path: string) => boolean {
  const pattern = glob.replace(/\/+$/, '').replace(/^\.?\//, '');
  const anywhere = !pattern.includes('/');
  const expression = new RegExp(`^${toExpression(pattern)}$`);
  return anywhere ? (path) => expression.test(path.slice(path.lastIndexOf('/') + 1)) : (path) => expression.test(path);
}

function toExpression(pattern: string): string {
  let text = '';
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index);
    if (char === '*' && pattern.startsWith('**/', index)) {
      text += '(?:[^/]+/)*';
      index += 2;
    } else if (char === '*' && pattern.startsWith('**', index)) {
      text += '.*';
      index += 1;
    } else if (char === '*') text += '[^/]*';
    else if (char === '?') text += '[^/]';
    else text += char.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  }
  return text;
}
