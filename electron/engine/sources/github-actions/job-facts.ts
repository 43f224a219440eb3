import { placedRef } from '../keys.ts';
import { refOf } from '../infrastructure/identities.ts';
import type { Entry, Span } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import type { AssetRef } from '../source.ts';
import type { JobIdentity } from './job-identities.ts';
import type { Trigger } from './triggers.ts';
import type { Job, Permissions, Step } from './workflow-model.ts';

/** What is known around an agent's step. */
export type JobContext = {
  readonly builder: ReadingBuilder;
  readonly lines: readonly string[];
  readonly workflowName: string;
  /** Folder that the repository's own paths are counted from. */
  readonly root: string;
  readonly triggers: readonly Trigger[];
  readonly permissions: Permissions | null;
  readonly env: Entry | undefined;
  readonly job: Job;
  readonly identities: readonly JobIdentity[];
};

/** Accounts, the gate of the environment, and the repository that the token may write. */
export function emitJobRelations(
  context: JobContext,
  step: Step | null,
  from: AssetRef,
  options: { readonly gated: boolean; readonly writing: boolean; readonly span: Span },
): void {
  const { builder, job } = context;
  for (const identity of context.identities) {
    if (step !== null && identity.step > step.index) continue;
    const to = builder.asset({ ...identity.draft, lines: linesOf(identity.entry), dynamic: identity.dynamic });
    builder.relation({
      kind: 'runs-as',
      from,
      to: refOf(to),
      lines: linesOf(identity.entry),
      dynamic: identity.dynamic,
      confidence: 'high',
    });
  }
  if (options.gated && job.environment !== null) {
    const line = { line: job.environment.line, endLine: job.environment.line };
    const gate = builder.asset({
      kind: 'approval-gate',
      key: `github-environment:${context.root}#${job.environment.name}`,
      name: `environment ${job.environment.name}`,
      properties: {
        mechanism: 'GitHub environment',
        grade: 'unknown',
        environment: job.environment.name,
        // Reviewers are set in the repository's settings, not in a file.
        reviewers: 'unknown until collected',
      },
      lines: line,
      confidence: 'medium',
      dynamic: true,
    });
    builder.relation({
      kind: 'gated-by',
      from,
      to: gate,
      properties: { when: 'before the job starts' },
      lines: line,
      dynamic: true,
    });
  }
  if (options.writing && context.permissions !== null) {
    const span = context.permissions.scopes.find(({ access }) => access === 'write') ?? context.permissions;
    const line = { line: span.line, endLine: span.line };
    const repository = builder.asset({
      kind: 'external-service',
      key: `github-repository:${context.root}`,
      name: `GitHub repository of ${context.root.split('/').at(-1) ?? context.root}`,
      properties: { kind: 'code-hosting', host: 'github.com' },
      lines: line,
      confidence: 'high',
    });
    builder.relation({
      kind: 'writes',
      from,
      to: repository,
      properties: {
        scopes: context.permissions.scopes.filter(({ access }) => access === 'write').map(({ scope }) => scope),
      },
      lines: line,
      confidence: 'high',
    });
  }
}

/** A job that is no agent and still matters: it acts as a cloud account or waits for an environment. */
export function emitPlainJob(context: JobContext): void {
  const { builder, job } = context;
  // An environment that publishes pages asks nobody; one whose name is computed says nothing yet.
  const waits =
    job.environment !== null && job.environment.name !== 'github-pages' && !job.environment.name.includes('${{');
  if (!waits && context.identities.length === 0) return;
  const span = { line: job.line, endLine: job.endLine };
  const workload = builder.asset({
    ...placedRef('workload', builder.file, job.id),
    name: `${context.workflowName} / ${job.id}`,
    properties: {
      kind: 'ci-job',
      runsIn: 'github-actions',
      trigger: context.triggers.map((trigger) => trigger.event).join(', '),
    },
    lines: span,
    confidence: 'high',
  });
  emitJobRelations(context, null, workload, { gated: waits, writing: false, span });
}
