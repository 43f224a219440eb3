import { z } from 'zod';
import {
  launchContextNames,
  permissionAnswerSchema,
  permissionQuestionSchema,
  verdictNames,
} from '../model/permissions.ts';
import { query } from './call.ts';

const scanNumber = z.int().min(1).nullable();

/** What a call does to the world: from the shipped catalogue, a server's own annotation, or a name (a guess). */
export const impactSchema = z.strictObject({
  impact: z.enum(['informational', 'operational', 'destructive']),
  reversible: z.enum(['not-needed', 'yes', 'partly', 'no', 'unknown']),
  says: z.string(),
  from: z.enum(['catalogue', 'annotation', 'name', 'unknown']),
});

/** An answer with the impact of the call, or why there is none: one question of many may be unanswerable. */
export const askedSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('answered'), answer: permissionAnswerSchema, impact: impactSchema }),
  z.strictObject({ status: z.literal('failed'), id: z.string(), message: z.string() }),
]);
export type Asked = z.infer<typeof askedSchema>;

/** An agent that can be asked about. `host` is the evaluator's name. */
export const askableAgentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  hostTitle: z.string(),
  /** Folder that it is started in, absolute inside the scanned file system; '' where none is known. */
  folder: z.string(),
  subAgent: z.boolean(),
});
export type AskableAgent = z.infer<typeof askableAgentSchema>;

export const resourceClasses = [
  'repository',
  'home',
  'secrets',
  'own-configuration',
  'network',
  'mcp-server',
  'infrastructure',
] as const;
export const resourceVerbs = ['read', 'write', 'delete', 'execute', 'send'] as const;

export const matrixProbeSchema = z.strictObject({
  resource: z.enum(resourceClasses),
  verb: z.enum(resourceVerbs),
  /** What is asked about: a folder, a server's name. */
  of: z.string(),
  /** The call as a person would type it. */
  call: z.string(),
});
export type MatrixProbe = z.infer<typeof matrixProbeSchema>;

export const matrixCellSchema = matrixProbeSchema.extend({
  verdict: z.enum(verdictNames),
  decidedBy: z.string(),
  impact: impactSchema,
});
export type MatrixCell = z.infer<typeof matrixCellSchema>;

export const permissionMatrixSchema = z.strictObject({
  scan: z.int(),
  context: z.enum(launchContextNames),
  rows: z.array(z.strictObject({ agent: askableAgentSchema, cells: z.array(matrixCellSchema) })),
  /** Agents whose rules are not evaluated, by name: their power is unknown, not none. */
  unknown: z.array(z.strictObject({ id: z.string(), name: z.string(), why: z.string() })),
});
export type PermissionMatrix = z.infer<typeof permissionMatrixSchema>;

export const permissionsContract = {
  /** Concrete calls: may this agent do it, and which rule decides. */
  'permissions.ask': query(
    z.strictObject({ scan: scanNumber, questions: z.array(permissionQuestionSchema).min(1).max(2000) }),
    z.array(askedSchema),
  ),
  'permissions.agents': query(z.strictObject({ scan: scanNumber }), z.array(askableAgentSchema)),
  /** Every agent against a fixed set of calls: read, write, delete, execute, send per class of resource. */
  'permissions.matrix': query(
    z.strictObject({ scan: scanNumber, context: z.enum(launchContextNames) }),
    permissionMatrixSchema,
  ),
} as const;
