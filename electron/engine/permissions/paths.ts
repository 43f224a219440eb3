/**
 * Paths as rules and calls write them, made absolute without touching a disk. Forward slashes only; a drive `C:\x`
 * becomes `/c/x`, as hosts compare it.
 */
export function absolutePath(text: string, base: { readonly home: string; readonly workingDirectory: string }): string {
  const slashes = text
    .replaceAll('\\', '/')
    .replace(/^([A-Za-z]):(?=\/|$)/, (_, drive: string) => `/${drive.toLowerCase()}`);
  if (slashes === '~' || slashes.startsWith('~/')) return normalise(`${base.home}${slashes.slice(1)}`);
  return normalise(slashes.startsWith('/') ? slashes : `${base.workingDirectory}/${slashes}`);
}

/** Removes `.`, `..`, doubled and trailing slashes. `..` above the root stays at the root. */
export function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
