import { z } from 'zod';
import { assetKinds } from '../../shared/kinds.ts';

/**
 * What a person found by reading one repository at one commit. Labels are made from the code, never from what the tool
 * printed; the repository itself is not copied in.
 */
export const labelledItemSchema = z.strictObject({
  kind: z.enum(assetKinds),
  name: z.string().min(1),
  /** Relative to the repository, forward slashes; null for things that are known by name alone. */
  file: z.string().nullable(),
  /** 1-based; null where the whole file is the place. */
  line: z.int().min(1).nullable(),
  /** Further places of the same thing, `file:line`; any of them counts. */
  also: z.array(z.string().regex(/^.+:\d+$/)).optional(),
  /** Why this is one, where a reader could doubt it. */
  note: z.string().optional(),
});
export type LabelledItem = z.infer<typeof labelledItemSchema>;

export const labelsSchema = z
  .strictObject({
    format: z.literal(1),
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    licence: z.string().min(1),
    /** tuned: was looked at while sources were written. held-out: labelled before it was ever scanned, and never tuned to. */
    set: z.enum(['tuned', 'held-out']),
    labelledOn: z.iso.date(),
    /** Folders (ending in a slash) and files that were read whole; the rest of the repository is not judged. `''` = all. */
    covers: z.array(z.string()).min(1),
    /** Kinds that were labelled completely inside `covers`: what the tool reports beyond the labels is an error. */
    complete: z.array(z.enum(assetKinds)).min(1),
    items: z.array(labelledItemSchema),
    /** Places that look like an agent, a tool or a server and are none. A slash at the end means the folder. */
    negative: z.array(z.strictObject({ file: z.string().min(1), why: z.string().min(1) })),
  })
  .superRefine((labels, context) => {
    for (const [index, item] of labels.items.entries()) {
      if (item.file !== null && !isCovered(item.file, labels.covers))
        context.addIssue({ code: 'custom', path: ['items', index], message: `${item.file} is outside of covers` });
      if (!labels.complete.includes(item.kind))
        context.addIssue({ code: 'custom', path: ['items', index], message: `${item.kind} is not a complete kind` });
    }
  });
export type Labels = z.infer<typeof labelsSchema>;

export const isCovered = (file: string, covers: readonly string[]): boolean =>
  covers.some((one) => one === '' || (one.endsWith('/') ? file.startsWith(one) : file === one));
