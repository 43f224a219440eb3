import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { hostAgentRef, placedRef } from '../keys.ts';
import { entryOf, scalarText } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { emitAgent, emitCredentials } from './agent-facts.ts';
import { type AgentStep, agentStepsOf, inferenceAction, input } from './agent-steps.ts';
import { emitPlainJob, type JobContext } from './job-facts.ts';
import { jobIdentities } from './job-identities.ts';
import { localCalls } from './composite.ts';
import { product } from './product.ts';
import { emitSecretNames } from './secret-names.ts';
import { type Job, readWorkflow, tokenFacts, type Workflow } from './workflow-model.ts';

const setupJob = 'copilot-setup-steps';

/**
 * Agents in the steps of a workflow, and what the job around them gives them ("Workflow syntax for GitHub Actions", 2026;
 * inputs of the actions by their `action.yml`).
 */
export const githubWorkflows: FileSource = {
  kind: 'file',
  id: 'github-actions/workflows',
  version: 2,
  title: 'Agents in GitHub workflows',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.github/workflows/*.yml', confidence: 'high' },
    { scope: 'project', base: 'project', path: '.github/workflows/*.yaml', confidence: 'high' },
  ],
  emits: [
    'agent',
    'model',
    'prompt',
    'mcp-server',
    'credential',
    'identity',
    'external-service',
    'approval-gate',
    'workload',
  ],
  read,
};

/** What `gh aw compile` writes is read with the Markdown that it was made of. */
export const isCompiled = (place: string): boolean => /\.lock\.ya?ml$/.test(place);

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  if (isCompiled(file.place)) return builder.done();
  const parsed = parseYaml(file.text);
  builder.problems(parsed.problems);
  if (parsed.problems.some((problem) => problem.kind !== 'duplicate-key')) {
    if (parsed.root === null) builder.malformed(parsed.problems[0]?.message ?? 'not YAML');
  }
  if (parsed.root?.kind !== 'map') return builder.done();
  const workflow = readWorkflow(parsed.root);
  if (workflow.jobs.length === 0) return builder.done();
  const lines = file.text.split('\n');
  const title = workflow.name ?? fileTitle(file.place);
  const found = workflow.jobs.map((job) => ({ job, agents: job.steps.flatMap((step) => agentStepsOf(step)) }));
  const total = found.reduce((sum, { agents }) => sum + agents.length, 0);
  for (const { job, agents } of found) {
    const context: JobContext = {
      builder,
      lines,
      workflowName: title,
      root: file.anchor,
      triggers: workflow.triggers,
      permissions: job.permissions ?? workflow.permissions,
      env: workflow.env,
      job,
      identities: jobIdentities(job.steps),
    };
    for (const agent of agents) {
      const ref = emitAgent(
        context,
        agent,
        nameOf(title, job, agent, agents, total),
        `${job.id}/${agent.step.index + 1}/${agent.host}`,
      );
      emitCredentials(context, agent, ref);
    }
    emitInference(context);
    emitCall(context, workflow);
    if (agents.length === 0) emitPlainJob(context);
  }
  if (/\/copilot-setup-steps\.ya?ml$/.test(file.place)) emitCopilotSetup(builder, workflow, file);
  emitSecretNames(builder, lines);
  const calls = found.flatMap(({ job, agents }) => localCalls(file, title, workflow, job, agents));
  return calls.length === 0 ? builder.done() : { ...builder.done(), statements: calls };
}

const fileTitle = (place: string): string => (place.split('/').at(-1) ?? place).replace(/\.ya?ml$/, '');

/** The workflow's name where the agent is the only one; job and step where it is not. */
function nameOf(title: string, job: Job, agent: AgentStep, inJob: readonly AgentStep[], total: number): string {
  if (total === 1) return title;
  if (inJob.length === 1) return `${title} / ${job.id}`;
  return `${title} / ${job.id} / ${agent.step.name ?? agent.title}`;
}

/** Model calls without tools: no agents, but models in use. */
function emitInference(context: JobContext): void {
  const { builder, job } = context;
  for (const step of job.steps) {
    const uses = (scalarText(step.uses?.node) ?? '').toLowerCase();
    if (step.uses === undefined || !uses.startsWith(`${inferenceAction}@`) || agentStepsOf(step).length > 0) continue;
    const workload = builder.asset({
      ...placedRef('workload', builder.file, `${job.id}/${step.index + 1}`),
      name: `${context.workflowName} / ${job.id}`,
      properties: {
        kind: 'model-call',
        runsIn: 'github-actions',
        action: inferenceAction,
        ...tokenFacts(context.permissions),
      },
      lines: linesOf(step.uses),
      confidence: 'medium',
    });
    const model = input(step, 'model');
    if (model !== undefined && !model.text.includes('${{'))
      modelFacts(builder, workload, model.text, model.entry, { host: 'ai-inference', confidence: 'medium' });
  }
}

/** A job that calls another workflow: who starts this one starts that one, with the secrets that are handed on. */
function emitCall(context: JobContext, workflow: Workflow): void {
  const { builder, job } = context;
  const target = scalarText(job.calls?.node);
  if (job.calls === undefined || target === undefined || !target.startsWith('./')) return;
  const secrets = entryOf(job.node, 'secrets');
  builder.asset({
    ...placedRef('workload', builder.file, job.id),
    name: `${context.workflowName} / ${job.id}`,
    properties: {
      kind: 'ci-job',
      runsIn: 'github-actions',
      calls: `${builder.file.anchor}/${target.slice(2)}`,
      trigger: workflow.triggers.map((trigger) => trigger.event).join(', '),
      anyone: workflow.triggers.some((trigger) => trigger.anyone),
      inheritsSecrets: scalarText(secrets?.node) === 'inherit',
      ...tokenFacts(context.permissions),
    },
    lines: linesOf(job.calls),
    confidence: 'high',
  });
}

/**
 * What is prepared for GitHub's own coding agent: one job with a fixed name, of which only some keys count (GitHub
 * documentation "Customizing the development environment for Copilot coding agent", excerpt).
 */
function emitCopilotSetup(builder: ReadingBuilder, workflow: Workflow, file: FileInput): void {
  const job = workflow.jobs.find((one) => one.id === setupJob);
  if (job === undefined) {
    builder.issue(null, `no job is named ${setupJob}: the coding agent does not use this workflow`);
    return;
  }
  builder.asset({
    ...hostAgentRef('copilot-coding-agent', file.anchor),
    name: `Copilot coding agent in ${file.anchorName}`,
    properties: {
      host: 'copilot-coding-agent',
      framework: 'copilot-coding-agent',
      location: 'ci',
      runsIn: 'github-actions',
      setupSteps: job.steps.map((step) => scalarText(step.uses?.node) ?? step.name ?? 'run'),
      setup: tokenFacts(job.permissions ?? workflow.permissions),
      ...(job.environment === null ? {} : { environment: job.environment.name }),
    },
    lines: { line: job.line, endLine: job.endLine },
    confidence: confidenceOf(file) === 'high' ? 'medium' : confidenceOf(file),
  });
}
