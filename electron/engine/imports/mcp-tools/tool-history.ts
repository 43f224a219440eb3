import type { Asset } from '../../../../shared/model/facts.ts';
import type { ToolList } from '../../../../shared/model/tool-lists.ts';
import type { StoredImport } from '../../store/repos/imports.ts';
import { type Attachment, attach } from './attach.ts';

/** One list as it came into the workspace. */
export type StoredList = {
  readonly import: number;
  readonly origin: 'file' | 'introspection';
  /** Name of the file, or of the question. */
  readonly file: string;
  readonly by: string;
  readonly at: number;
  /** False where another one of the same name took its place. */
  readonly isCurrent: boolean;
  readonly list: ToolList;
  readonly attachment: Attachment;
};

/**
 * All lists of tools, oldest first, with the servers they belong to. One that a person took out does not count; one that a
 * newer import of the same name replaced is history.
 */
export function storedLists(imports: readonly StoredImport[], servers: readonly Asset[]): readonly StoredList[] {
  return imports
    .flatMap((each): StoredList[] => {
      const { content } = each;
      if (content.type !== 'tools' || (each.endedAt !== null && !wasReplaced(each, imports))) return [];
      return content.lists.map((list) => ({
        import: each.id,
        origin: content.origin,
        file: each.name,
        by: each.by,
        at: content.askedAt ?? each.at,
        isCurrent: each.endedAt === null,
        list,
        attachment: attach(list, content.server, servers),
      }));
    })
    .sort((a, b) => a.at - b.at || a.import - b.import);
}

const wasReplaced = (ended: StoredImport, imports: readonly StoredImport[]): boolean =>
  imports.some(
    ({ id, type, name, at }) => id > ended.id && type === ended.type && name === ended.name && at === ended.endedAt,
  );

/** Lists of each server, oldest first. */
export function listsByServer(lists: readonly StoredList[]): ReadonlyMap<string, readonly StoredList[]> {
  const found = new Map<string, StoredList[]>();
  for (const each of lists) {
    if (each.attachment.type !== 'attached') continue;
    const { id } = each.attachment.server;
    const known = found.get(id);
    if (known === undefined) found.set(id, [each]);
    else known.push(each);
  }
  return found;
}
