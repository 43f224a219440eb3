import type { Properties } from '../../../../shared/model/facts.ts';
import { confidenceOf } from '../host/location.ts';
import { scalarText } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { agenticHost, emitSecrets } from './agentic-workflow.ts';
import { product } from './product.ts';
import { type Job, readWorkflow, tokenFacts } from './workflow-model.ts';

/** What of an agentic workflow runs: the compiled file. Its agent is the one of the Markdown beside it. */
export const agenticLocks: FileSource = {
  kind: 'file',
  id: 'github-actions/agentic-locks',
  version: 1,
  title: 'GitHub Agentic Workflows, compiled',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.github/workflows/*.lock.yml', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.github/workflows/*.lock.yaml', confidence: 'medium' },
  ],
  emits: ['agent', 'credential'],
  read,
};

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const parsed = parseYaml(file.text);
  builder.problems(parsed.problems);
  if (parsed.root === null && parsed.problems.length > 0) builder.malformed(parsed.problems[0]?.message ?? 'not YAML');
  if (parsed.root?.kind !== 'map') return builder.done();
  const workflow = readWorkflow(parsed.root);
  const agentJob = workflow.jobs.find((job) => job.id === 'agent');
  if (agentJob === undefined) return builder.done();
  const markdown = file.place.replace(/\.lock\.ya?ml$/, '.md');
  const ref = builder.asset({
    kind: 'agent',
    key: markdown,
    name: workflow.name ?? (file.place.split('/').at(-1) ?? '').replace(/\.lock\.ya?ml$/, ''),
    properties: {
      host: agenticHost,
      framework: agenticHost,
      runsIn: 'github-actions',
      location: 'ci',
      lock: {
        place: file.place,
        events: workflow.triggers.map((trigger) => trigger.event),
        jobs: workflow.jobs.map((job) => jobFacts(job)),
        membershipCheck: workflow.jobs.some((job) => /^(?:pre_activation|check_membership)$/.test(job.id)),
        detection: workflow.jobs.some((job) => job.id === 'detection'),
      },
      agentToken: tokenFacts(agentJob.permissions ?? workflow.permissions),
    },
    lines: linesOf(agentJob),
    confidence: confidenceOf(file),
  });
  emitSecrets(builder, ref, file.text.split('\n'), Number.MAX_SAFE_INTEGER, agenticHost);
  return builder.done();
}

const jobFacts = (job: Job): Properties => ({
  job: job.id,
  line: job.line,
  ...tokenFacts(job.permissions),
  needs: [...job.needs],
  ...(job.environment === null ? {} : { environment: job.environment.name }),
  unpinned: job.steps.flatMap((step) => {
    const uses = scalarText(step.uses?.node);
    return uses === undefined || uses.startsWith('./') || /@[0-9a-f]{40}$/.test(uses) ? [] : [uses];
  }),
});
