import { z } from 'zod';
import { assetKinds } from '../kinds.ts';
import { assetSchema, relationSchema } from '../model/facts.ts';
import { query } from './call.ts';
import { bytesSchema, textColumnSchema, wordsSchema } from './columns.ts';

const scanNumber = z.int().min(1);

/** All assets of one scan as columns. Indexes are rows; kinds index `assetKinds`, confidence and origin their lists. */
export const assetColumnsSchema = z.strictObject({
  scan: z.int(),
  count: z.int(),
  ids: textColumnSchema,
  names: textColumnSchema,
  kinds: bytesSchema,
  origins: bytesSchema,
  confidences: bytesSchema,
  /** 1 where the fact depends on run time. */
  dynamic: bytesSchema,
  /** Host or framework of the asset, '' where none. */
  hosts: textColumnSchema,
  repositories: textColumnSchema,
  /** First evidence as `path:line`, '' where there is none (derived facts). */
  places: textColumnSchema,
  sources: textColumnSchema,
  /** One fact worth a second line: transport and package, model id, capability classes ... */
  notes: textColumnSchema,
});
export type AssetColumns = z.infer<typeof assetColumnsSchema>;

/** All relations of one scan as columns; `from` and `to` are row numbers of the asset columns of the same scan. */
export const relationColumnsSchema = z.strictObject({
  scan: z.int(),
  count: z.int(),
  from: wordsSchema,
  to: wordsSchema,
  /** index into relationKinds */
  kinds: bytesSchema,
  origins: bytesSchema,
});
export type RelationColumns = z.infer<typeof relationColumnsSchema>;

/** An asset with what it touches, for the inspector. */
export const assetDetailSchema = z.strictObject({
  asset: assetSchema,
  /** Absolute paths of the roots that evidence points into. */
  roots: z.array(z.string()),
  relations: z.array(
    z.strictObject({
      relation: relationSchema,
      direction: z.enum(['out', 'in']),
      other: z.strictObject({ id: z.string(), kind: z.enum(assetKinds), name: z.string() }),
    }),
  ),
  /** Relations beyond the first 500, which are counted and not sent. */
  relationsLeftOut: z.int(),
});
export type AssetDetail = z.infer<typeof assetDetailSchema>;

/** Lines of a file around an evidence, with secrets masked. `status` says why there are none. */
export const sourceLinesSchema = z.strictObject({
  status: z.enum(['read', 'changed', 'absent', 'unreadable', 'too-large']),
  path: z.string(),
  firstLine: z.int().min(1),
  lines: z.array(z.string()),
  masked: z.int(),
});
export type SourceLines = z.infer<typeof sourceLinesSchema>;

export const assetVersionSchema = z.strictObject({
  /** First scan that saw this form of the asset, and the last complete one that did. */
  sinceScan: z.int(),
  untilScan: z.int().nullable(),
  sinceTime: z.int(),
  name: z.string(),
  /** Names of properties that differ from the form before. */
  changed: z.array(z.string()),
});
export type AssetVersion = z.infer<typeof assetVersionSchema>;

export const assetsContract = {
  /** scan null: the latest complete one, else the newest partial one. */
  'assets.columns': query(z.strictObject({ scan: scanNumber.nullable() }), assetColumnsSchema),
  'assets.relationColumns': query(z.strictObject({ scan: scanNumber.nullable() }), relationColumnsSchema),
  'assets.detail': query(z.strictObject({ scan: scanNumber.nullable(), id: z.string().max(200) }), assetDetailSchema),
  'assets.history': query(z.strictObject({ id: z.string().max(200) }), z.array(assetVersionSchema)),
  /** Reads the file again, from disk: what is shown is what is there now, and `changed` says that it is not what was scanned. */
  'assets.sourceLines': query(
    z.strictObject({
      scan: scanNumber.nullable(),
      /** Null: `file` is a place as facts name it (`app/.mcp.json`, `~/...`, `/etc/...`), not a path below a root. */
      root: z.int().min(0).nullable(),
      file: z.string().max(4096),
      line: z.int().min(1),
      endLine: z.int().min(1),
      context: z.int().min(0).max(200),
    }),
    sourceLinesSchema,
  ),
  /** Rows of the asset columns that match, best first: by name, path, kind and property text. */
  'assets.search': query(
    z.strictObject({ scan: scanNumber.nullable(), text: z.string().max(500), limit: z.int().min(1).max(1000) }),
    z.array(z.strictObject({ id: z.string(), kind: z.enum(assetKinds), name: z.string(), place: z.string() })),
  ),
} as const;
