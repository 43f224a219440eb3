import { z } from 'zod';
import { confidences } from '../kinds.ts';
import { declaredStates } from '../model/records.ts';
import { query } from './call.ts';

export const ownerWays = [
  'manual',
  'registry',
  'list',
  'label',
  'codeowners',
  'catalog',
  'manifest',
  'git-frequent',
  'git-recent',
] as const;

/** An owner of an asset; the surest first. A guess is what nobody said about the asset itself. */
export const namedOwnerSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  guess: z.boolean(),
  confidence: z.enum(confidences),
});
export type NamedOwner = z.infer<typeof namedOwnerSchema>;

const thingSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['agent', 'mcp-server']),
  name: z.string(),
  /** First evidence as `path:line`, '' where there is none. */
  place: z.string(),
});

const entrySchema = z.strictObject({
  file: z.string(),
  line: z.int(),
  id: z.string(),
  kind: z.enum(['agent', 'mcp-server']),
  name: z.string(),
  repository: z.string(),
  owner: z.string().nullable(),
  state: z.enum(declaredStates).nullable(),
});
export type ComparedEntry = z.infer<typeof entrySchema>;

const shadowSchema = z.strictObject({
  ...thingSchema.shape,
  /** Start of the last complete scan that saw it; milliseconds since 1970. */
  lastSeen: z.int().nullable(),
  owners: z.array(namedOwnerSchema),
  /** How it was found: the source of its first evidence, and how sure that is. */
  source: z.string(),
  confidence: z.enum(confidences),
  /** What it can get at, as far as the facts say. */
  hasTools: z.boolean(),
  hasData: z.boolean(),
  canExecute: z.boolean(),
});
export type ShadowAgent = z.infer<typeof shadowSchema>;

export const registryComparisonSchema = z.strictObject({
  scan: z.int(),
  /** Names of the registry files that count; empty means that nothing can be said about shadow. */
  files: z.array(z.string()),
  found: z.int(),
  registered: z.int(),
  both: z.array(z.strictObject({ entry: entrySchema, asset: thingSchema, by: z.string() })),
  shadow: z.array(shadowSchema),
  /** Registered and not found; `lastSeen` null where no scan ever saw it. */
  gone: z.array(z.strictObject({ entry: entrySchema, lastSeen: z.int().nullable() })),
  ambiguous: z.array(z.strictObject({ entry: entrySchema, candidates: z.array(thingSchema) })),
  /** Imported agents, which no scan can see: apart from what was found. */
  imported: z.array(
    z.strictObject({ id: z.string(), name: z.string(), system: z.string(), entry: entrySchema.nullable() }),
  ),
});
export type RegistryComparison = z.infer<typeof registryComparisonSchema>;

export const registryContract = {
  /** scan null: the latest complete one, else the newest partial one. */
  'registry.compare': query(z.strictObject({ scan: z.int().min(1).nullable() }), registryComparisonSchema),
} as const;
