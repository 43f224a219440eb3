import { z } from 'zod';
import { capabilityClasses, confidences } from '../kinds.ts';

/**
 * What an MCP server says of its tools (`tools/list`) and of itself (`initialize`), from a dump, a host's cache or a live
 * question. All of it is the server's own word. Hashes are SHA-256 over the canonical JSON (sorted keys, no blanks) or over
 * the text as it was sent.
 */

/** Characters that a person does not see. `codePoint` as `U+200B`; `text`: what tag characters spell, '' for the others. */
export const hiddenCharacterSchema = z.strictObject({
  where: z.string(),
  codePoint: z.string(),
  what: z.string(),
  count: z.int(),
  text: z.string(),
});
export type HiddenCharacter = z.infer<typeof hiddenCharacterSchema>;

export const steeringKinds = [
  'overrides-instructions',
  'hides-from-user',
  'markup-for-the-model',
  'orders-other-tools',
  'asks-for-files-or-secrets',
  'commands-the-model',
  'text-out-of-sight',
] as const;
export type SteeringKind = (typeof steeringKinds)[number];

/** Words that speak to the model instead of describing. `text` is the place, masked and cut. */
export const steeringSchema = z.strictObject({ where: z.string(), what: z.enum(steeringKinds), text: z.string() });
export type Steering = z.infer<typeof steeringSchema>;

/** A JSON schema: its hash, its parameters by name, and the whole as text where it is not longer than the limit. */
export const listedSchemaSchema = z.strictObject({
  hash: z.string(),
  parameters: z.array(z.strictObject({ name: z.string(), type: z.string(), required: z.boolean() })),
  parametersLeftOut: z.int(),
  text: z.string().nullable(),
  characters: z.int(),
});
export type ListedSchema = z.infer<typeof listedSchemaSchema>;

/** A class that only a name or an annotation suggests: nothing that a call does was looked at. */
export const guessedCapabilitySchema = z.strictObject({
  class: z.enum(capabilityClasses),
  because: z.string(),
  from: z.enum(['name', 'annotation']),
  guess: z.literal(true),
  confidence: z.enum(confidences),
});
export type GuessedCapability = z.infer<typeof guessedCapabilitySchema>;

export const listedTextSchema = z.strictObject({ hash: z.string(), preview: z.string(), characters: z.int() });
export type ListedText = z.infer<typeof listedTextSchema>;

export const listedToolSchema = z.strictObject({
  line: z.int().min(1),
  name: z.string(),
  title: z.string(),
  description: listedTextSchema.nullable(),
  inputSchema: listedSchemaSchema.nullable(),
  outputSchema: listedSchemaSchema.nullable(),
  /** Hints as the server gives them: untrusted. Null where it gives none. */
  annotations: z.record(z.string(), z.union([z.boolean(), z.string()])).nullable(),
  capabilities: z.array(guessedCapabilitySchema),
  hiddenCharacters: z.array(hiddenCharacterSchema),
  steersModel: z.array(steeringSchema),
  /** Of the whole definition. */
  hash: z.string(),
});
export type ListedTool = z.infer<typeof listedToolSchema>;

export const toolListSchema = z.strictObject({
  line: z.int().min(1),
  /** What the record says of where it comes from; '' where it says nothing. `endpoint` is an address or a command, masked. */
  server: z.strictObject({
    name: z.string(),
    presentedName: z.string(),
    version: z.string(),
    protocol: z.string(),
    host: z.string(),
    endpoint: z.string(),
    /** Natural key that the endpoint would give; '' where there is none. */
    key: z.string(),
  }),
  instructions: z
    .strictObject({
      ...listedTextSchema.shape,
      hiddenCharacters: z.array(hiddenCharacterSchema),
      steersModel: z.array(steeringSchema),
    })
    .nullable(),
  tools: z.array(listedToolSchema),
  /** Tools beyond the limit, and true where the answer had further pages. */
  toolsLeftOut: z.int(),
  hasMore: z.boolean(),
  /** How many prompts and resources; null where the record does not say. */
  prompts: z.int().nullable(),
  resources: z.int().nullable(),
});
export type ToolList = z.infer<typeof toolListSchema>;

export const toolListsContentSchema = z.strictObject({
  origin: z.enum(['file', 'introspection']),
  /** Public id of the server that somebody named or asked; '' where it has to be found by what the lists say. */
  server: z.string(),
  /** When the server was asked; null for files, which do not say. */
  askedAt: z.int().nullable(),
  lists: z.array(toolListSchema),
});
export type ToolListsContent = z.infer<typeof toolListsContentSchema>;
