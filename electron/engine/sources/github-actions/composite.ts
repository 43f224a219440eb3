import { entryOf, nodeOf, scalarText } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileInput, FileSource, Linker, Reading, Statement } from '../source.ts';
import { emitAgent, emitCredentials } from './agent-facts.ts';
import { type AgentStep, agentStepsOf, isLocalAction } from './agent-steps.ts';
import type { JobContext } from './job-facts.ts';
import { jobIdentities } from './job-identities.ts';
import { product } from './product.ts';
import { type Job, stepsOf, tokenFacts, type Workflow } from './workflow-model.ts';

/**
 * Agents in the steps of a composite action ("Metadata syntax for GitHub Actions", 2026). Who starts them, and with which
 * rights, the workflows that use the action say: the linker below brings both together.
 */
export const compositeActions: FileSource = {
  kind: 'file',
  id: 'github-actions/composite',
  version: 1,
  title: 'Agents in composite actions',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: 'action.yml', confidence: 'high' },
    { scope: 'project', base: 'project', path: 'action.yaml', confidence: 'high' },
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

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  if (!/using:[ \t'"]{1,20}composite/.test(file.text)) return builder.done();
  const { root, problems } = parseYaml(file.text);
  if (root?.kind !== 'map') {
    builder.problems(problems);
    return builder.done();
  }
  const runs = nodeOf(root, 'runs');
  if (runs?.kind !== 'map' || scalarText(nodeOf(runs, 'using')) !== 'composite') return builder.done();
  const steps = stepsOf(nodeOf(runs, 'steps'));
  const title = scalarText(nodeOf(root, 'name')) ?? file.anchorName;
  const job: Job = {
    id: 'action',
    line: root.line,
    endLine: root.endLine,
    node: runs,
    condition: undefined,
    permissions: null,
    env: entryOf(runs, 'env'),
    environment: null,
    needs: [],
    calls: undefined,
    steps,
  };
  const context: JobContext = {
    builder,
    lines: file.text.split('\n'),
    workflowName: title,
    root: file.anchor,
    triggers: [],
    permissions: null,
    env: undefined,
    job,
    identities: jobIdentities(steps),
  };
  const agents = steps.flatMap((step) => agentStepsOf(step));
  for (const agent of agents) {
    const name = agents.length === 1 ? title : `${title} / ${agent.step.name ?? agent.title}`;
    const ref = emitAgent(context, agent, name, `${agent.step.index + 1}/${agent.host}`);
    // Workflows find the agent by the folder of its action.
    builder.asset({ ...ref, name, properties: { compositeAction: file.anchor } });
    emitCredentials(context, agent, ref);
  }
  return builder.done();
}

/** Steps that use an action of the same repository and are no agents by what they say themselves. */
export function localCalls(
  file: FileInput,
  title: string,
  workflow: Workflow,
  job: Job,
  agents: readonly AgentStep[],
): readonly Statement[] {
  return job.steps.flatMap((step): Statement[] => {
    const uses = scalarText(step.uses?.node) ?? '';
    if (step.uses === undefined || !isLocalAction(uses) || agents.some((agent) => agent.step === step)) return [];
    const path = uses.slice(2).replace(/\/+$/, '');
    if (path.split('/').includes('..')) return [];
    return [
      {
        kind: 'action-call',
        anchor: file.anchor,
        subject: path === '' || path === '.' ? file.anchor : `${file.anchor}/${path}`,
        properties: {
          workflow: title,
          job: job.id,
          triggers: workflow.triggers.map((trigger) => trigger.event),
          anyone: workflow.triggers.some((trigger) => trigger.anyone),
          ...tokenFacts(job.permissions ?? workflow.permissions),
        },
        lines: { line: step.uses.line, endLine: step.uses.endLine },
      },
    ];
  });
}

/** Tells an agent of a composite action which workflows start it. */
export const compositeActionsLinker: Linker = {
  id: 'github-actions/composite-link',
  version: 1,
  link(facts) {
    const calls = facts.statements('action-call');
    const assets = facts.assets('agent').flatMap((agent) => {
      const folder = agent.properties['compositeAction'];
      const callers = calls.filter((call) => call.subject === folder);
      if (callers.length === 0) return [];
      return [
        {
          kind: agent.kind,
          key: agent.key,
          name: agent.name,
          properties: {
            calledBy: callers.map((call) => ({
              workflow: call.properties['workflow'] ?? '',
              job: call.properties['job'] ?? '',
              triggers: call.properties['triggers'] ?? [],
              anyone: call.properties['anyone'] ?? false,
              tokenScopes: call.properties['tokenScopes'] ?? 'default of the repository',
              place: call.place,
              line: call.lines.line,
            })),
          },
          concludedFrom: callers.map((call) => ({ place: call.place, ...call.lines, source: call.source })),
        },
      ];
    });
    return { assets, relations: [] };
  },
};
