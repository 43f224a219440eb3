import { z } from 'zod';
import { assetKinds, confidences, origins } from '../kinds.ts';
import { changeSchema } from '../model/changes.ts';
import { evidenceSchema } from '../model/facts.ts';
import {
  guessedCapabilitySchema,
  hiddenCharacterSchema,
  listedSchemaSchema,
  steeringSchema,
} from '../model/tool-lists.ts';
import { command, query } from './call.ts';
import { bySchema } from './records.ts';

const assetId = z.string().min(1).max(200);
const scan = z.int().min(1).nullable();

/** A value that a server would get, by its name. `from` says where the value comes from; the value itself is never sent. */
const handedOverSchema = z.strictObject({ name: z.string(), from: z.string() });

/** What an introspection would do, word by word. Nothing has been started or asked. */
export const introspectionPreviewSchema = z.strictObject({
  server: z.strictObject({ id: z.string(), name: z.string() }),
  /** Which of the server's configurations would be used, and where it stands. */
  configuration: z.int().min(0),
  host: z.string(),
  file: z.string(),
  line: z.int(),
  transport: z.string(),
  /** Program and arguments, with written secrets masked; empty where an address is asked. */
  command: z.array(z.string()),
  folder: z.string(),
  url: z.string(),
  /** All that the program gets of an environment: nothing else is inherited. */
  environment: z.array(handedOverSchema),
  headers: z.array(handedOverSchema),
  asks: z.array(z.string()),
  limits: z.strictObject({ seconds: z.int(), bytes: z.int() }),
  /** Why it cannot be done; empty where it can. */
  problems: z.array(z.string()),
  /** Names exactly this command, these values and this address; null where it cannot be done. Consent is this text. */
  digest: z.string().nullable(),
});
export type IntrospectionPreview = z.infer<typeof introspectionPreviewSchema>;

export const introspectionResultSchema = z.strictObject({
  import: z.int(),
  server: z.strictObject({ id: z.string(), name: z.string() }),
  presentedName: z.string(),
  version: z.string(),
  protocol: z.string(),
  tools: z.int(),
  prompts: z.int().nullable(),
  resources: z.int().nullable(),
  /** Requests of the server that were refused: `sampling/createMessage`, `roots/list`, `elicitation/create` ... */
  refused: z.array(z.string()),
  milliseconds: z.int(),
  /** Against the list that was known before; null where none was. */
  drift: z.array(changeSchema).nullable(),
});
export type IntrospectionResult = z.infer<typeof introspectionResultSchema>;

const placeSchema = z.strictObject({ file: z.string(), line: z.int() }).nullable();

/** One part of a tool as the server declares it; null is "not declared". */
export const detailedToolSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** From the server's code, from a list (a host's cache, a dump, an answer), or both. */
  known: z.enum(['code', 'list', 'both']),
  origin: z.enum(origins),
  confidence: z.enum(confidences),
  description: z.strictObject({ text: z.string(), hash: z.string().nullable() }).nullable(),
  inputSchema: listedSchemaSchema.nullable(),
  outputSchema: listedSchemaSchema.nullable(),
  annotations: z.record(z.string(), z.union([z.boolean(), z.string()])).nullable(),
  /** Read from the code, with the line, or guessed from name and hints. */
  capabilities: z.array(
    z.union([
      guessedCapabilitySchema,
      z.strictObject({
        class: z.string(),
        because: z.string(),
        guess: z.literal(false),
        place: z.string(),
        line: z.int(),
      }),
    ]),
  ),
  capabilitiesKnown: z.boolean(),
  hiddenCharacters: z.array(hiddenCharacterSchema),
  steersModel: z.array(steeringSchema),
  evidence: z.array(evidenceSchema),
  from: z.array(z.string()),
});
export type DetailedTool = z.infer<typeof detailedToolSchema>;

/** Everything about one MCP server, for the inspector. */
export const serverDetailSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  roots: z.array(z.string()),
  /** Coordinates in a package registry, with the versions that its configurations ask for; null where it is no package. */
  package: z
    .strictObject({
      registry: z.string(),
      name: z.string(),
      versions: z.array(
        z.strictObject({ version: z.string().nullable(), pinned: z.boolean(), hosts: z.array(z.string()) }),
      ),
    })
    .nullable(),
  /** The configurations side by side: one row for each field, one value for each configuration ('' = says nothing). */
  configurations: z.array(
    z.strictObject({
      host: z.string(),
      scope: z.string(),
      name: z.string(),
      place: z.string(),
      line: z.int(),
      enabled: z.boolean(),
    }),
  ),
  fields: z.array(z.strictObject({ name: z.string(), values: z.array(z.string()), same: z.boolean() })),
  /** What becomes of each configuration in its host, in words: disabled, shadowed, not loaded, and what decided it. */
  states: z.array(z.strictObject({ host: z.string(), state: z.string(), because: z.string() })),
  tools: z.array(detailedToolSchema),
  toolLists: z.array(
    z.strictObject({
      origin: z.enum(['file', 'introspection', 'cache']),
      file: z.string(),
      line: z.int(),
      by: z.string(),
      at: z.int().nullable(),
      tools: z.int(),
      matchedBy: z.string(),
    }),
  ),
  instructions: z.strictObject({ preview: z.string(), hash: z.string(), characters: z.int() }).nullable(),
  instructionsMarks: z.strictObject({
    hiddenCharacters: z.array(hiddenCharacterSchema),
    steersModel: z.array(steeringSchema),
  }),
  /** Each time a list differed from the one before it, newest first. */
  drift: z.array(z.strictObject({ at: z.int(), changes: z.array(changeSchema) })),
  /** Tools that two caches or the code and a list describe differently at the same time. */
  disagreements: z.array(z.strictObject({ tool: z.string(), what: z.string(), places: z.array(z.string()) })),
  firstSeen: z.int().nullable(),
  lastSeen: z.int().nullable(),
  /** What is not known, in words; empty where everything that the inspector shows was looked at. */
  unknown: z.array(z.string()),
});
export type ServerDetail = z.infer<typeof serverDetailSchema>;

export const listAttachmentSchema = z.strictObject({
  import: z.int(),
  file: z.string(),
  line: z.int(),
  origin: z.enum(['file', 'introspection']),
  name: z.string(),
  host: z.string(),
  tools: z.int(),
  /** Null where it belongs to no server of the scan, or to one of several. */
  server: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  by: z.string(),
  candidates: z.array(
    z.strictObject({ id: z.string(), kind: z.enum(assetKinds), name: z.string(), place: placeSchema }),
  ),
  why: z.string(),
});
export type ListAttachment = z.infer<typeof listAttachmentSchema>;

export const introspectionContract = {
  /** Says what asking a server for its tools would run or call. Starts and asks nothing. */
  'introspection.preview': query(
    z.strictObject({ scan, server: assetId, configuration: z.int().min(0).max(10_000).nullable() }),
    introspectionPreviewSchema,
  ),
  /**
   * Starts the program or calls the address of the preview with this digest: `initialize`, `tools/list`, and how many
   * prompts and resources there are. Refused where anything is another than what the digest names.
   */
  'introspection.run': command(
    z.strictObject({
      scan,
      server: assetId,
      configuration: z.int().min(0).max(10_000),
      digest: z.string().min(1).max(100),
      by: bySchema,
    }),
    introspectionResultSchema,
  ),
  'introspection.serverDetail': query(z.strictObject({ scan, server: assetId }), serverDetailSchema),
  /** Every list of tools that counts, with the server it belongs to, or why it belongs to none. */
  'introspection.lists': query(z.strictObject({ scan }), z.array(listAttachmentSchema)),
} as const;
