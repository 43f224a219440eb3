/**
 * Small choices about the looks of this window (widths, what is folded). Losing them loses nothing of value, so that a
 * page without storage works the same.
 */
const prefix = 'countersign.';

export function readStored(name: string): string | null {
  try {
    return window.localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function writeStored(name: string, value: string): void {
  try {
    window.localStorage.setItem(prefix + name, value);
  } catch {
    // No storage: the choice lasts as long as the window.
  }
}
