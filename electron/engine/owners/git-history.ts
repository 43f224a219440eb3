import { readSafely } from '../scan/safe-read.ts';
import { type GitLimits, gitLimits, openGitObjects } from './git-objects.ts';

/** Who changed a file, as far back as was looked. */
export type FileAuthors = {
  readonly path: string;
  readonly recent: GitAuthor;
  readonly frequent: GitAuthor;
  /** Changes that were seen, and those by the most frequent author. */
  readonly commits: number;
  readonly byFrequent: number;
};
export type GitAuthor = { readonly name: string; readonly email: string; readonly commit: string; readonly at: number };

export type GitHistory = {
  readonly authors: readonly FileAuthors[];
  /** True where the history goes further back than was looked: shallow clones, missing objects, limits. */
  readonly isCut: boolean;
};

const maxCommits = 3000;
const maxPaths = 400;

type Commit = {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Omit<GitAuthor, 'commit'>;
  readonly committedAt: number;
};

/**
 * Most recent and most frequent author of files of a checkout, from the commit that is checked out back. Like `git log` for a
 * path: a commit counts for a file when it differs from all parents, and a parent that has the file unchanged is followed
 * alone; what was before the file was last added is left out. Null where the checkout cannot be read like this (a worktree, a repository of SHA-256 ids, no commit yet).
 */
export function readGitHistory(
  folder: string,
  head: string,
  paths: readonly string[],
  limits: GitLimits = gitLimits,
): GitHistory | null {
  const objects = openGitObjects(folder, limits);
  if (objects === null) return null;
  try {
    const wanted = [...new Set(paths)].sort().slice(0, maxPaths);
    const trees = new Map<string, ReadonlyMap<string, string> | null>();
    const treeOf = (id: string): ReadonlyMap<string, string> | null => {
      const known = trees.get(id);
      if (known !== undefined) return known;
      if (trees.size > 20_000) trees.clear();
      const body = objects.read(id, 'tree');
      const entries = body === null ? null : parseTree(body);
      trees.set(id, entries);
      return entries;
    };
    const idAt = (tree: string, path: string): string | null | undefined => {
      let id: string | undefined = tree;
      for (const segment of path.split('/')) {
        const entries: ReadonlyMap<string, string> | null = treeOf(id);
        if (entries === null) return undefined;
        id = entries.get(segment);
        if (id === undefined) return null;
      }
      return id;
    };
    const commits = new Map<string, Commit | null>();
    const commitOf = (id: string): Commit | null => {
      const known = commits.get(id);
      if (known !== undefined) return known;
      const body = objects.read(id, 'commit');
      const commit = body === null ? null : parseCommit(id, body);
      commits.set(id, commit);
      return commit;
    };

    const first = commitOf(head);
    if (first === null) return null;
    const tally = new Map<string, Map<string, { author: GitAuthor; count: number }>>();
    const recent = new Map<string, GitAuthor>();
    const waiting = new Map<string, Set<string>>([
      [head, new Set(wanted.filter((path) => idAt(first.tree, path) != null))],
    ]);
    let isCut = paths.length > wanted.length && new Set(paths).size > wanted.length;
    for (let count = 0; waiting.size > 0; count++) {
      if (count >= maxCommits) {
        isCut = true;
        break;
      }
      const commit = newest(waiting, commitOf);
      if (commit === null) {
        isCut = true;
        break;
      }
      const interested = waiting.get(commit.id) ?? new Set();
      waiting.delete(commit.id);
      const parents = commit.parents.map(commitOf);
      if (parents.includes(null)) isCut = true;
      const known = parents.filter((parent) => parent !== null);
      for (const path of interested) {
        const own = idAt(commit.tree, path);
        const same = known.find((parent) => parent.tree === commit.tree || idAt(parent.tree, path) === own);
        if (own === undefined) isCut = true;
        else if (same !== undefined) follow(waiting, same.id, path);
        // Behind a missing parent nobody knows whether the file was there before: that is no change by this author.
        else if (known.length === commit.parents.length) {
          note(tally, recent, path, { ...commit.author, commit: commit.id });
          for (const parent of known) if (idAt(parent.tree, path) !== null) follow(waiting, parent.id, path);
        }
      }
    }
    return { authors: authorsOf(tally, recent), isCut: isCut || objects.isSpent };
  } finally {
    objects.close();
  }
}

function follow(waiting: Map<string, Set<string>>, commit: string, path: string): void {
  const known = waiting.get(commit);
  if (known === undefined) waiting.set(commit, new Set([path]));
  else known.add(path);
}

type Tally = Map<string, Map<string, { author: GitAuthor; count: number }>>;

function note(tally: Tally, recent: Map<string, GitAuthor>, path: string, author: GitAuthor): void {
  if (!recent.has(path)) recent.set(path, author);
  const people = tally.get(path) ?? new Map<string, { author: GitAuthor; count: number }>();
  tally.set(path, people);
  const key = author.email || author.name;
  const known = people.get(key);
  if (known === undefined) people.set(key, { author, count: 1 });
  else known.count++;
}

function authorsOf(tally: Tally, recent: ReadonlyMap<string, GitAuthor>): FileAuthors[] {
  return [...tally].flatMap(([path, people]): FileAuthors[] => {
    // Of two with as many changes the one who changed it last.
    const [most] = [...people.values()].sort((a, b) => b.count - a.count);
    const last = recent.get(path);
    if (most === undefined || last === undefined) return [];
    const commits = [...people.values()].reduce((sum, { count }) => sum + count, 0);
    return [{ path, recent: last, frequent: most.author, commits, byFrequent: most.count }];
  });
}

/** The commit that is waited for and is the youngest; null where one of them cannot be read. */
function newest(waiting: ReadonlyMap<string, unknown>, commitOf: (id: string) => Commit | null): Commit | null {
  let found: Commit | null = null;
  for (const id of waiting.keys()) {
    const commit = commitOf(id);
    if (commit !== null && (found === null || commit.committedAt > found.committedAt)) found = commit;
  }
  return found;
}

/**
 * The id behind HEAD: directly, through a loose reference, or through packed-refs. Null where there is none, and where ids are
 * of SHA-256.
 */
export function headOf(folder: string): string | null {
  const text = (path: string, maxBytes: number): string | null => {
    const file = readSafely(`${folder}/${path}`, maxBytes);
    return file.status === 'read' ? file.bytes.toString('utf8') : null;
  };
  const config = text('config', 1024 * 1024);
  if (config !== null && /^\s*objectformat\s*=\s*sha256/im.test(config)) return null;
  let head = text('HEAD', 4096)?.trim() ?? '';
  for (let steps = 0; steps < 5; steps++) {
    if (/^[0-9a-f]{40}$/.test(head)) return head;
    const name = /^ref: (refs\/[^\s\0]{1,500})$/.exec(head)?.[1];
    // A reference is a file below refs/, whatever it says.
    if (name === undefined || name.split('/').some((segment) => segment === '' || segment.startsWith('.'))) return null;
    const loose = text(name, 4096)?.trim();
    if (loose !== undefined) {
      head = loose;
      continue;
    }
    const packed = text('packed-refs', 16 * 1024 * 1024) ?? '';
    const line = packed.split('\n').find((each) => each.slice(41) === name && /^[0-9a-f]{40} /.test(each));
    return line === undefined ? null : line.slice(0, 40);
  }
  return null;
}

function parseTree(body: Buffer): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (let at = 0; at < body.length; ) {
    const blank = body.indexOf(32, at);
    const end = blank === -1 ? -1 : body.indexOf(0, blank);
    if (end === -1 || end + 21 > body.length) break;
    entries.set(body.toString('utf8', blank + 1, end), body.toString('hex', end + 1, end + 21));
    at = end + 21;
  }
  return entries;
}

function parseCommit(id: string, body: Buffer): Commit | null {
  const text = body.toString('utf8', 0, Math.min(body.length, 64 * 1024));
  const end = text.indexOf('\n\n');
  const lines = (end === -1 ? text : text.slice(0, end)).split('\n');
  const tree = /^tree ([0-9a-f]{40})$/.exec(lines[0] ?? '')?.[1];
  const author = personOf(lines.find((line) => line.startsWith('author ')));
  const committer = personOf(lines.find((line) => line.startsWith('committer ')));
  if (tree === undefined || author === null) return null;
  const parents = lines.flatMap((line) => /^parent ([0-9a-f]{40})$/.exec(line)?.[1] ?? []).slice(0, 16);
  return { id, tree, parents, author, committedAt: committer?.at ?? author.at };
}

/** `author Name <address> seconds zone`; the time in milliseconds. */
function personOf(line: string | undefined): Omit<GitAuthor, 'commit'> | null {
  const parts = /^(?:author|committer) (.{0,300}?) ?<([^<>]{0,300})> (\d{1,12}) [+-]\d{4}$/.exec(line ?? '');
  if (parts === null) return null;
  return { name: (parts[1] ?? '').trim(), email: (parts[2] ?? '').trim().toLowerCase(), at: Number(parts[3]) * 1000 };
}
