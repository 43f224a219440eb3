import ignore, { type Ignore } from 'ignore';
import { normalise } from '../../paths.ts';
import type { Rule } from './rule.ts';

/**
 * Read and Edit rules: gitignore patterns with four anchors. `//x` is absolute, `~/x` the home, `/x` the folder of the
 * settings file, `x` and `./x` the folder that Claude Code was started in. Documentation 2026-08-22 (v2.1.240); that
 * `./name` is not anchored and that letters compare without case was seen on 2.1.328.
 */
export type PathRule = { readonly rule: Rule; matches(path: string): boolean };

export type Anchors = {
  readonly home: string;
  readonly workingDirectory: string;
  /** Folder that `/x` starts at: project root, start folder, `~/.claude` or the file's folder, by scope. */
  readonly settingsFolder: (rule: Rule) => string;
};

export function pathRule(rule: Rule, anchors: Anchors): PathRule {
  const specifier = rule.specifier ?? '**';
  const { folder, pattern } = anchored(specifier, rule, anchors);
  const matcher = patterns(pattern, rule.effect);
  return {
    rule,
    matches(path) {
      const below = relative(path, folder);
      return below !== null && (below === '' ? pattern === '/**' || pattern === '**' : matcher.ignores(below));
    },
  };
}

function anchored(
  specifier: string,
  rule: Rule,
  anchors: Anchors,
): { readonly folder: string; readonly pattern: string } {
  if (specifier.startsWith('//')) return { folder: '/', pattern: specifier.slice(1) };
  if (specifier === '~') return { folder: anchors.home, pattern: '/**' };
  if (specifier.startsWith('~/')) return { folder: anchors.home, pattern: specifier.slice(1) };
  if (specifier.startsWith('/')) return { folder: anchors.settingsFolder(rule), pattern: specifier };
  const plain = specifier.startsWith('./') ? specifier.slice(2) : specifier;
  const segments = plain.replace(/\/+$/, '').split('/');
  // A name alone matches at any depth, whether written with or without `./`.
  if (segments.length === 1) return { folder: anchors.workingDirectory, pattern: plain };
  // `src/**`: an allow rule means the folder itself, a deny or ask rule any folder of that name.
  const directory = segments.length === 2 && segments[1] === '**' && !(segments[0] ?? '').includes('*');
  if (directory && rule.effect !== 'allow' && !specifier.startsWith('./'))
    return { folder: anchors.workingDirectory, pattern: `**/${plain}` };
  return { folder: anchors.workingDirectory, pattern: plain.startsWith('**/') ? plain : `/${plain}` };
}

function patterns(pattern: string, effect: Rule['effect']): Ignore {
  const matcher = ignore({ ignorecase: true });
  // A rule for a folder covers what is in it; gitignore says so by itself. `!` would negate, which rules do not.
  matcher.add(pattern.startsWith('!') ? `\\${pattern}` : pattern);
  if (effect === 'allow' && pattern.endsWith('/**')) matcher.add(pattern.slice(0, -1));
  return matcher;
}

/** Path below a folder, null when it is not; letters compare without case, as the host does. */
function relative(path: string, folder: string): string | null {
  const full = normalise(path);
  const base = folder === '/' ? '/' : `${normalise(folder)}/`;
  if (full.toLowerCase() === normalise(folder).toLowerCase()) return '';
  return full.toLowerCase().startsWith(base.toLowerCase()) ? full.slice(base.length) : null;
}

const protectedFolders = new Set([
  '.git',
  '.vscode',
  '.idea',
  '.husky',
  '.cargo',
  '.devcontainer',
  '.yarn',
  '.mvn',
  '.claude',
]);
const protectedFiles = new Set([
  '.gitconfig',
  '.gitmodules',
  '.bashrc',
  '.bash_profile',
  '.bash_login',
  '.bash_logout',
  '.profile',
  '.zshrc',
  '.zshenv',
  '.zprofile',
  '.zlogin',
  '.zlogout',
  '.envrc',
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  '.pnp.cjs',
  '.pnp.loader.mjs',
  '.pnpmfile.cjs',
  'bunfig.toml',
  '.bunfig.toml',
  '.bazelrc',
  '.bazelversion',
  '.bazeliskrc',
  '.pre-commit-config.yaml',
  'lefthook.yml',
  'lefthook.yaml',
  '.lefthook.yml',
  '.lefthook.yaml',
  'gradle-wrapper.properties',
  'maven-wrapper.properties',
  '.devcontainer.json',
  '.ripgreprc',
  'pyrightconfig.json',
  '.mcp.json',
  '.claude.json',
]);

/** Writes to these are never approved by an allow rule. Section protected paths of the documentation. */
export function isProtected(path: string): boolean {
  const segments = path
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
  if (protectedFiles.has(segments.at(-1) ?? '')) return true;
  for (const [index, segment] of segments.entries()) {
    if (segment === '.config' && segments[index + 1] === 'git') return true;
    if (!protectedFolders.has(segment)) continue;
    if (segment === '.claude' && segments[index + 1] === 'worktrees') continue;
    return true;
  }
  return false;
}
