import ignore, { type Ignore } from 'ignore';

/**
 * Which folders git ignores, for skipping them as a whole. Files are never skipped for being ignored: local agent settings
 * usually are. Plain names cost one look-up; only patterns with wildcards, slashes or negation go to the `ignore` library.
 */
export type IgnoreRules = {
  readonly parent: IgnoreRules | null;
  /** Depth of the folder that holds the .gitignore; patterns count from there. */
  readonly depth: number;
  readonly names: ReadonlySet<string>;
  /** Ends of names: `.map` of the pattern `*.map`. */
  readonly endings: readonly string[];
  readonly patterns: Ignore | null;
  /** What the rules were read from. */
  readonly text: string;
};

const maxRuleBytes = 64 * 1024;

/** Rules of one .gitignore, or null when it has none that could skip a folder. */
export function parseIgnoreRules(whole: string, depth: number, parent: IgnoreRules | null): IgnoreRules | null {
  const text = whole.slice(0, maxRuleBytes);
  const names = new Set<string>();
  const endings: string[] = [];
  const patterns: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r$/, '').trimEnd();
    if (line === '' || line.startsWith('#')) continue;
    // Repositories of a home's dot files ignore everything and add single files by force: that must not hide the home.
    if (line === '*' || line === '/*' || line === '**' || line === '/**') continue;
    const name = line.endsWith('/') ? line.slice(0, -1) : line;
    if (/^[\w.@+-]+$/.test(name)) names.add(name);
    else if (/^\*[\w.@+-]+$/.test(name)) endings.push(name.slice(1));
    else patterns.push(line);
  }
  if (names.size === 0 && endings.length === 0 && patterns.length === 0) return null;
  // A negation may bring a plain name back, so then all rules go to the library in their order.
  if (patterns.some((pattern) => pattern.startsWith('!'))) {
    const all = text.split('\n').filter((line) => !/^\/?\*{1,2}\s*$/.test(line));
    return { parent, depth, names: new Set(), endings: [], patterns: ignore().add(all), text };
  }
  return { parent, depth, names, endings, patterns: patterns.length === 0 ? null : ignore().add(patterns), text };
}

/** Whether git would ignore the folder `segments` (from the root) `/` `name`. */
export function isIgnoredFolder(rules: IgnoreRules | null, segments: readonly string[], name: string): boolean {
  for (let current = rules; current !== null; current = current.parent) {
    if (current.names.has(name) || current.endings.some((ending) => name.endsWith(ending))) return true;
    if (current.patterns === null) continue;
    const path = [...segments.slice(current.depth), name].join('/');
    if (ignore.isPathValid(path) && current.patterns.ignores(`${path}/`)) return true;
  }
  return false;
}
