/** Every kind of thing that Countersign knows. Declared once; UI, engine, CLI and exports use these names. */
export const assetKinds = [
  'agent',
  'model',
  'prompt',
  'tool',
  'mcp-server',
  'skill',
  'plugin',
  'hook',
  'identity',
  'credential',
  'data-store',
  'external-service',
  'workload',
  'repository',
  'approval-gate',
  'guardrail',
  'person',
] as const;
export type AssetKind = (typeof assetKinds)[number];

/** What one thing does to, or has to do with, another. Read as: from KIND to. */
export const relationKinds = [
  'uses',
  'delegates-to',
  'reads',
  'writes',
  'executes',
  'deletes',
  'administers',
  'runs-as',
  'authenticates-with',
  'can-become',
  'trusts',
  'configured-by',
  'guarded-by',
  'gated-by',
  'owned-by',
  'exposes',
  'ingests',
  'egresses-to',
] as const;
export type RelationKind = (typeof relationKinds)[number];

/** How a fact is known: a file says so, a rule concludes it, or a record shows that it happened. */
export const origins = ['declared', 'derived', 'observed'] as const;
export type Origin = (typeof origins)[number];

export const confidences = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof confidences)[number];

/** Where a configuration file stands in the precedence of its host. */
export const scopes = ['managed', 'user', 'project', 'local'] as const;
export type Scope = (typeof scopes)[number];

/** What became of one place that a source wanted to look at. */
export const coverageStatuses = [
  'read',
  'absent',
  'unreadable',
  'malformed',
  'too-large',
  'skipped',
  'not-supported',
] as const;
export type CoverageStatus = (typeof coverageStatuses)[number];

/** Capability classes of a tool, one list everywhere; each class carries the line that shows it. */
export const capabilityClasses = [
  'reads-untrusted',
  'reads-private',
  'sends-outside',
  'writes',
  'deletes',
  'executes-code',
  'spends-money',
  'changes-own-configuration',
  'delegates',
] as const;
export type CapabilityClass = (typeof capabilityClasses)[number];

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Fails to compile where a switch over a union forgets a member. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
