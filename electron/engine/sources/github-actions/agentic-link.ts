import type { Properties } from '../../../../shared/model/facts.ts';
import { records, text, texts } from '../host/fact-view.ts';
import type { AssetDraft, Linker, MergedAsset } from '../source.ts';
import { agenticHost } from './agentic-workflow.ts';

/** Scopes that the job of an output needs ("Safe outputs", excerpt of the documentation); null where it is not known. */
const scopesOfOutput: ReadonlyMap<string, readonly string[]> = new Map([
  ['add-comment', ['issues', 'pull-requests', 'discussions']],
  ['hide-comment', ['issues', 'pull-requests', 'discussions']],
  ['create-issue', ['issues']],
  ['update-issue', ['issues']],
  ['close-issue', ['issues']],
  ['link-sub-issue', ['issues']],
  ['add-labels', ['issues', 'pull-requests']],
  ['remove-labels', ['issues', 'pull-requests']],
  ['assign-milestone', ['issues']],
  ['assign-to-user', ['issues']],
  ['unassign-from-user', ['issues']],
  ['set-issue-type', ['issues']],
  ['create-discussion', ['discussions', 'issues']],
  ['update-discussion', ['discussions']],
  ['close-discussion', ['discussions']],
  ['create-pull-request', ['contents', 'pull-requests', 'issues']],
  ['update-pull-request', ['pull-requests', 'contents']],
  ['close-pull-request', ['pull-requests']],
  ['add-reviewer', ['pull-requests']],
  ['create-pull-request-review-comment', ['pull-requests']],
  ['submit-pull-request-review', ['pull-requests']],
  ['reply-to-pull-request-review-comment', ['pull-requests']],
  ['resolve-pull-request-review-thread', ['pull-requests']],
  ['push-to-pull-request-branch', ['contents', 'pull-requests', 'issues']],
  ['upload-asset', ['contents']],
  ['upload-assets', ['contents']],
  ['update-release', ['contents']],
  ['create-code-scanning-alert', ['security-events', 'actions']],
  ['dispatch-workflow', ['actions']],
  ['create-agent-task', ['contents', 'issues', 'pull-requests', 'actions']],
  ['create-agent-session', ['contents', 'issues', 'pull-requests', 'actions']],
  ['assign-to-agent', ['contents', 'issues', 'pull-requests', 'actions']],
  ['missing-tool', ['issues']],
  ['missing-data', ['issues']],
  ['noop', ['issues', 'discussions', 'pull-requests']],
]);

/** The compiled file is what runs: where it says something else than the Markdown, or one of the two is missing. */
export const agenticWorkflowsLinker: Linker = {
  id: 'github-actions/agentic-links',
  version: 1,
  link: (facts) => ({
    assets: facts.assets('agent').flatMap((agent) => (agent.properties['host'] === agenticHost ? [linked(agent)] : [])),
    relations: [],
  }),
};

function linked(agent: MergedAsset): AssetDraft {
  const draft = (properties: Properties): AssetDraft => ({
    kind: 'agent',
    key: agent.key,
    name: agent.name,
    properties,
  });
  const lock = record(agent.properties, 'lock');
  const markdown = record(agent.properties, 'markdown');
  const roles = texts(agent.properties, 'roles');
  const wanted = roles.includes('all') ? 'anyone' : `people with the role ${roles.join(', ')}`;
  if (lock === null)
    return draft({
      state: 'inactive: no .lock.yml beside it',
      whoCanTrigger: wanted,
      whoCanTriggerBecause: 'not compiled',
    });
  if (markdown === null)
    return draft({
      state: 'runs; the Markdown that it was made of is missing',
      whoCanTrigger: 'unknown',
      whoCanTriggerBecause: 'no Markdown',
    });
  const open = records(agent.properties, 'triggers').some((trigger) => trigger['anyone'] === true);
  const checked = lock['membershipCheck'] === true;
  const who = !open ? 'people with write access' : checked ? wanted : 'anyone';
  return draft({
    state: 'runs as compiled',
    whoCanTrigger: who,
    whoCanTriggerBecause: !open
      ? 'the events cannot be raised by others'
      : checked
        ? 'the compiled workflow checks roles'
        : 'the compiled workflow has no check of roles',
    drift: driftOf(agent, lock, markdown),
  });
}

function driftOf(agent: MergedAsset, lock: Properties, markdown: Properties): readonly Properties[] {
  const drift: Properties[] = [];
  const place = text(lock, 'place');
  const add = (line: unknown, what: string): void => {
    drift.push({ place, line: typeof line === 'number' ? line : 1, what });
  };
  const jobs = records(lock, 'jobs');
  const agentJob = jobs.find((job) => job['job'] === 'agent');
  const asked = record(markdown, 'tokenScopes');
  const given = agentJob === undefined ? null : record(agentJob, 'tokenScopes');
  if (agentJob !== undefined && asked !== null && given !== null) {
    for (const [scope, access] of Object.entries(given))
      if (access === 'write' && asked[scope] !== 'write' && asked['all'] !== 'write')
        add(agentJob['tokenScopesLine'], `agent job has ${scope}: write, which the markdown does not ask for`);
  }
  const outputs = records(agent.properties, 'safeOutputs').map((output) => text(output, 'output'));
  if (outputs.every((output) => scopesOfOutput.has(output))) {
    // The compiler reports failed runs as issues, whatever the outputs are.
    const needed = new Set(['issues', ...outputs.flatMap((output) => scopesOfOutput.get(output) ?? [])]);
    for (const job of jobs.filter(
      ({ job: id }) => id === 'safe_outputs' || outputs.includes(String(id).replaceAll('_', '-')),
    )) {
      for (const [scope, access] of Object.entries(record(job, 'tokenScopes') ?? {}))
        if (access === 'write' && !needed.has(scope))
          add(
            job['tokenScopesLine'],
            `${text(job, 'job')} job has ${scope}: write, which the markdown does not ask for`,
          );
    }
  }
  const events = new Set(texts(lock, 'events'));
  for (const event of texts(markdown, 'events'))
    if (!events.has(event) && !/command$|^stop-|^schedule$/.test(event))
      add(1, `the markdown names the event ${event}, the compiled file does not`);
  const written = new Set(texts(markdown, 'events'));
  const generated = /command|schedule/.test([...written].join(' '));
  for (const event of events)
    if (!written.has(event) && event !== 'workflow_dispatch' && event !== 'workflow_call' && !generated)
      add(1, `the compiled file runs on ${event}, which the markdown does not name`);
  return drift;
}

const record = (properties: Properties, key: string): Properties | null => {
  const value = properties[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : null;
};
