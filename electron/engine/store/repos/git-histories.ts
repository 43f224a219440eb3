import type { Connection } from '../driver.ts';

/** Which history: of the checkout at `path` below a root, at commit `head`, for the files that `wanted` is a digest of. */
export type GitHistoryKey = {
  readonly root: number;
  readonly path: string;
  readonly head: string;
  readonly wanted: string;
};

/** What was read of a history, as JSON text; undefined where it has to be read. */
export const findGitHistory = (
  connection: Connection,
  { root, path, head, wanted }: GitHistoryKey,
): string | undefined =>
  connection
    .prepare('SELECT result FROM git_history WHERE root = ? AND path = ? AND head = ? AND wanted = ?')
    .pluck()
    .get(root, path, head, wanted) as string | undefined;

/** Keeps one history a checkout: the last one. */
export const putGitHistory = (connection: Connection, key: GitHistoryKey, result: string): void =>
  void connection
    .prepare('INSERT OR REPLACE INTO git_history(root, path, head, wanted, result) VALUES (?, ?, ?, ?, ?)')
    .run(key.root, key.path, key.head, key.wanted, result);
