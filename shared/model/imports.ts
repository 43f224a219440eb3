import { z } from 'zod';
import { declaredStates, reviewDecisions } from './records.ts';
import { toolListsContentSchema } from './tool-lists.ts';

/** Lines of the imported file, 1-based. */
const line = z.int().min(1);
const text = z.string().max(2000);

export const registryEntrySchema = z.strictObject({
  line,
  /** Id in the organisation's own register; '' where it has none. */
  id: text,
  /** Id of the asset in Countersign, where the register names it. */
  asset: text,
  kind: z.enum(['agent', 'mcp-server']),
  name: text,
  aliases: z.array(text),
  repository: text,
  path: text,
  owner: z.string().nullable(),
  state: z.enum(declaredStates).nullable(),
  domain: text,
  attested: text,
  review: z
    .strictObject({
      reviewer: text,
      date: text,
      decision: z.enum(reviewDecisions).nullable(),
      conditions: text,
      nextReview: text,
    })
    .nullable(),
});
export type RegistryEntry = z.infer<typeof registryEntrySchema>;

/** An agent that no scan can find: embedded in a SaaS product, or entered by hand. */
export const importedAgentSchema = z.strictObject({
  line,
  id: text,
  name: text,
  /** Product that runs it; '' for an agent that was entered by hand without one. */
  system: text,
  domain: text,
  owner: text,
  description: text,
  model: text,
  url: text,
  tools: z.array(text),
  data: z.array(text),
  state: z.enum(declaredStates).nullable(),
});
export type ImportedAgent = z.infer<typeof importedAgentSchema>;

const names = z.array(text);
export const contextContentSchema = z.strictObject({
  stores: z.array(
    z.strictObject({
      line,
      endLine: line,
      store: text,
      type: text,
      classification: text,
      regulation: text,
      owner: text,
    }),
  ),
  environments: z.array(
    z.strictObject({
      line,
      endLine: line,
      name: text,
      regulated: z.boolean().nullable(),
      members: z.strictObject({
        awsAccounts: names,
        azureSubscriptions: names,
        gcpProjects: names,
        hosts: names,
        clusters: names,
        namespaces: names,
        repositories: names,
        paths: names,
      }),
    }),
  ),
  owners: z.array(z.strictObject({ line, endLine: line, name: text, owner: text })),
});
export type ContextContent = z.infer<typeof contextContentSchema>;

export const importContentSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('registry'), entries: z.array(registryEntrySchema) }),
  z.strictObject({ type: z.literal('agents'), entries: z.array(importedAgentSchema) }),
  z.strictObject({ type: z.literal('context'), ...contextContentSchema.shape }),
  z.strictObject({ type: z.literal('tools'), ...toolListsContentSchema.shape }),
]);
export type ImportContent = z.infer<typeof importContentSchema>;
export type ImportType = ImportContent['type'];

export const importIssueSchema = z.strictObject({ line: line.nullable(), message: z.string() });
export type ImportIssue = z.infer<typeof importIssueSchema>;
