import { z } from 'zod';
import { scopes } from '../kinds.ts';

/** The verdicts of one concrete call. */
export const verdictNames = ['allow', 'ask', 'classifier', 'deny', 'hidden', 'conditional', 'unknown'] as const;

export const launchContextNames = ['interactive', 'headless', 'ide', 'cloud', 'ci'] as const;

const callSchema = z.union([z.string().min(1).max(20_000), z.looseObject({ tool: z.string().min(1).max(200) })]);

/**
 * One question, as a line of `countersign can --calls`: a call of a host's own agent in a folder, or of a named agent of
 * the workspace. `call` is the host's tool with its input, or a line as a person types it (`run: terraform destroy`).
 */
export const permissionQuestionSchema = z.strictObject({
  id: z.string().max(200).default(''),
  host: z.string().max(100).nullable().default(null),
  version: z.string().max(50).nullable().default(null),
  /** Folder that the host is started in, absolute inside the scanned file system; null = the agent's own folder. */
  cwd: z.string().max(4096).nullable().default(null),
  context: z.enum(launchContextNames).default('interactive'),
  mode: z.string().max(100).nullable().default(null),
  trusted: z.boolean().nullable().default(null),
  /** Asset id or name of an agent: a sub-agent, or any agent of the workspace. */
  agent: z.string().max(500).nullable().default(null),
  /** Flags that the host was started with. */
  cli: z.array(z.string().max(2000)).max(200).default([]),
  env: z.record(z.string(), z.string()).default({}),
  sandboxAvailable: z.boolean().nullable().default(null),
  call: callSchema,
  /** What somebody expects: makes a saved question a test. */
  expect: z.enum(verdictNames).optional(),
});
export type PermissionQuestion = z.output<typeof permissionQuestionSchema>;

const placeSchema = { file: z.string().nullable(), line: z.int().nullable(), scope: z.enum(scopes).nullable() };

export const decidedBySchema = z.strictObject({ kind: z.string(), rule: z.string(), ...placeSchema });

export const permissionAnswerSchema = z.strictObject({
  id: z.string(),
  verdict: z.enum(verdictNames),
  decidedBy: decidedBySchema,
  /** Step by step: what was looked at and what came of it. */
  chain: z.array(
    z.strictObject({
      kind: z.string(),
      rule: z.string(),
      ...placeSchema,
      outcome: z.enum(['decided', 'lost', 'narrowed', 'not-applied', 'noted']),
      effect: z.enum(verdictNames).nullable(),
      why: z.string(),
    }),
  ),
  inert: z.array(z.strictObject({ rule: z.string(), why: z.string(), ...placeSchema })),
  assumptions: z.array(z.string()),
  /** The agent that was asked about, as found; '' where no file of it was found. */
  agent: z.string(),
  host: z.string(),
  version: z.string(),
});
export type PermissionAnswer = z.infer<typeof permissionAnswerSchema>;
