import { z } from 'zod';
import { assetKinds } from '../kinds.ts';
import { sensitivities } from '../model/context.ts';
import { query } from './call.ts';
import { bytesSchema, textColumnSchema } from './columns.ts';
import { namedOwnerSchema } from './registry.ts';

const scanInput = z.strictObject({ scan: z.int().min(1).nullable() });

/** What stands beside the facts in the inventory; rows are those of `assets.columns` of the same scan. '' = nobody said. */
export const inventoryColumnsSchema = z.strictObject({
  scan: z.int(),
  count: z.int(),
  ids: textColumnSchema,
  /** The surest owners, joined with commas. */
  owners: textColumnSchema,
  /** By which way they are known; '' where there is none. */
  ownedBy: textColumnSchema,
  /** 1 where all that is known of the owner is a guess. */
  ownerGuessed: bytesSchema,
  /** proposed, approved, retired or ''. */
  states: textColumnSchema,
  /** yes, no, ambiguous, or '' where no register speaks of such things. */
  registered: textColumnSchema,
  domains: textColumnSchema,
  environments: textColumnSchema,
  environmentGuessed: bytesSchema,
  classes: textColumnSchema,
  classGuessed: bytesSchema,
  /** scanned, saas or manual. */
  origins: textColumnSchema,
  /** Framework of an agent or tool in code, '' where it has none. */
  frameworks: textColumnSchema,
  /** Class of the place it stands in: source, notebook, ci, cloud, cluster, service; '' where the facts do not say. */
  locations: textColumnSchema,
  /** Start of the scans that saw it first and last, milliseconds since 1970; '' for what no scan saw. */
  firstSeen: textColumnSchema,
  lastSeen: textColumnSchema,
});
export type InventoryColumns = z.infer<typeof inventoryColumnsSchema>;

export const inventorySummarySchema = z.strictObject({
  scan: z.int(),
  agents: z.int(),
  /** Agents somebody is named for, agents whose owner is only guessed, and agents without any; they sum up to `agents`. */
  owned: z.int(),
  ownerGuessed: z.int(),
  unowned: z.int(),
  unownedIds: z.array(z.string()),
  /** Null where no register was imported. */
  shadow: z.int().nullable(),
  registeredGone: z.int().nullable(),
  importedAgents: z.int(),
  states: z.strictObject({ proposed: z.int(), approved: z.int(), retired: z.int(), none: z.int() }),
  /** Reviews whose next date has passed. */
  reviewsDue: z.array(z.string()),
  freshness: z.strictObject({
    scannedAt: z.int().nullable(),
    ageDays: z.number().nullable(),
    isStale: z.boolean(),
    staleAfterDays: z.int(),
    /** Places that could not be told, of those that were looked for. */
    couldNotTell: z.int(),
    places: z.int(),
    /** One sentence for people: how old, how complete. */
    statement: z.string(),
  }),
});
export type InventorySummary = z.infer<typeof inventorySummarySchema>;

/** What became of one thing over the scans and through people. */
export const lifecycleEventTypes = [
  'found',
  'changed',
  'disabled',
  'enabled',
  'gone',
  'found-again',
  'declared',
  'owner-set',
  'reviewed',
] as const;
export const lifecycleEventSchema = z.strictObject({
  type: z.enum(lifecycleEventTypes),
  asset: z.string(),
  kind: z.enum(assetKinds),
  name: z.string(),
  at: z.int(),
  /** Scan that showed it; null for what a person did. */
  scan: z.int().nullable(),
  by: z.string(),
  /** Names of what changed, or the new value of what was declared. */
  detail: z.array(z.string()),
});
export type LifecycleEvent = z.infer<typeof lifecycleEventSchema>;

export const assetLifecycleSchema = z.strictObject({
  firstSeen: z.strictObject({ scan: z.int(), at: z.int() }).nullable(),
  lastSeen: z.strictObject({ scan: z.int(), at: z.int() }).nullable(),
  lastChanged: z.strictObject({ scan: z.int(), at: z.int() }).nullable(),
  /** The first scan that did not see it any more; null while it is there. */
  gone: z.strictObject({ scan: z.int(), at: z.int() }).nullable(),
  owners: z.array(namedOwnerSchema),
  /** Newest first. */
  events: z.array(lifecycleEventSchema),
});
export type AssetLifecycle = z.infer<typeof assetLifecycleSchema>;

const placeSchema = z.strictObject({ file: z.string(), line: z.int() }).nullable();

/** Labels from lists of the organisation, and what the facts reach that no list names. */
export const contextOverviewSchema = z.strictObject({
  scan: z.int(),
  stores: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      class: z.string(),
      sensitivity: z.enum(sensitivities).nullable(),
      regulation: z.string(),
      owner: z.string(),
      /** True where only the name says so; `class` '' where not even that. */
      guess: z.boolean(),
      because: z.string(),
      from: placeSchema,
    }),
  ),
  /** Accounts, subscriptions, projects and hosts that anything in the scan names. */
  reach: z.array(
    z.strictObject({
      type: z.enum(['aws-account', 'azure-subscription', 'gcp-project', 'host']),
      name: z.string(),
      environment: z.string().nullable(),
      /** Null where no list of such things was given. */
      isManaged: z.boolean().nullable(),
      assets: z.array(z.string()),
    }),
  ),
});
export type ContextOverview = z.infer<typeof contextOverviewSchema>;

export const inventoryContract = {
  'inventory.columns': query(scanInput, inventoryColumnsSchema),
  'inventory.summary': query(
    z.strictObject({ scan: z.int().min(1).nullable(), staleAfterDays: z.int().min(1).max(3650).default(7) }),
    inventorySummarySchema,
  ),
  'inventory.lifecycle': query(z.strictObject({ asset: z.string().min(1).max(200) }), assetLifecycleSchema),
  /** Events of all things of these kinds, newest first. */
  'inventory.events': query(
    z.strictObject({ kinds: z.array(z.enum(assetKinds)).max(assetKinds.length), limit: z.int().min(1).max(5000) }),
    z.array(lifecycleEventSchema),
  ),
  'inventory.context': query(scanInput, contextOverviewSchema),
} as const;
