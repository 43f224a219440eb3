import type { Properties } from '../../../../shared/model/facts.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { agentCommands, type AgentCommand } from '../infrastructure/agent-commands.ts';
import { imageFacts } from '../infrastructure/containers.ts';
import { awsPrincipal, refOf } from '../infrastructure/identities.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import {
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  type Node,
  nodeOf,
  scalarText,
  textsOf,
} from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { AssetRef, FileSource, Reading } from '../source.ts';

/** Keys of a pipeline that are no jobs ("CI/CD YAML syntax reference", GitLab 18). */
const globalKeys: ReadonlySet<string> = new Set([
  'default',
  'include',
  'stages',
  'variables',
  'workflow',
  'image',
  'services',
  'before_script',
  'after_script',
  'cache',
  'spec',
  'pages:deploy',
]);

/** Agents in the scripts of GitLab pipelines. */
export const gitlabPipelines: FileSource = {
  kind: 'file',
  id: 'gitlab-ci/pipelines',
  version: 1,
  title: 'Agents in GitLab pipelines',
  product: 'gitlab-ci',
  productTitle: 'GitLab CI',
  locations: [
    '.gitlab-ci.yml',
    '.gitlab-ci/*.yml',
    '.gitlab/ci/*.yml',
    '.gitlab/ci/**/*.yml',
    '.gitlab/duo/flows/*.yaml',
    '.gitlab/duo/agent-config.yml',
  ].map((path) => ({
    scope: 'project' as const,
    base: 'project' as const,
    path,
    confidence: path.includes('duo') ? ('low' as const) : ('high' as const),
  })),
  emits: ['agent', 'model', 'credential', 'identity', 'approval-gate'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    const parsed = parseYaml(file.text, 1, (tag) => (tag === '!reference' ? '!reference' : null));
    // A pipeline with `spec:inputs` has two documents, of which the second is the pipeline.
    const second = /^---\s*$/m.exec(file.text.slice(4));
    const root =
      nodeOf(parsed.root, 'spec') !== undefined && second !== null
        ? pipelineAfter(file.text, second.index + 4)
        : parsed.root;
    builder.problems(parsed.problems.filter((problem) => problem.kind !== 'trailing-content'));
    if (parsed.root === null && parsed.problems.some((problem) => problem.kind !== 'empty'))
      builder.malformed(parsed.problems[0]?.message ?? 'not YAML');
    if (root?.kind !== 'map') return builder.done();
    if (file.place.includes('/.gitlab/duo/')) {
      duoFacts(builder, root);
      return builder.done();
    }
    const jobs = entriesOf(root).filter((entry) => !globalKeys.has(entry.key) && entry.node.kind === 'map');
    const byName = new Map(jobs.map((job) => [job.key, job]));
    for (const job of jobs) if (!job.key.startsWith('.')) emitJob(builder, root, job, byName);
    return builder.done();
  },
};

function pipelineAfter(text: string, at: number): Node | null {
  const line = text.slice(0, at).split('\n').length;
  return parseYaml(text.split('\n').slice(line).join('\n'), line + 1).root;
}

/** A key of a job, or of one that it extends. */
function inherited(job: Entry, key: string, byName: ReadonlyMap<string, Entry>, depth = 0): Entry | undefined {
  const own = entryOf(job.node, key);
  if (own !== undefined || depth > 8) return own;
  for (const name of textsOf(nodeOf(job.node, 'extends')).toReversed()) {
    const base = byName.get(name);
    const found = base === undefined ? undefined : inherited(base, key, byName, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Started = { readonly command: AgentCommand; readonly line: number };

function startedBy(job: Entry, byName: ReadonlyMap<string, Entry>): readonly Started[] {
  const found = new Map<string, Started>();
  for (const key of ['before_script', 'script', 'after_script']) {
    const script = inherited(job, key, byName);
    const items = script?.node.kind === 'list' ? flat(script.node, 0) : script === undefined ? [] : [script.node];
    for (const item of items)
      for (const command of agentCommands(scalarText(item) ?? ''))
        if (!found.has(command.host))
          found.set(command.host, { command, line: Math.min(item.endLine, item.line + command.line) });
  }
  return [...found.values()];
}

const flat = (node: Node, depth: number): readonly Node[] =>
  itemsOf(node).flatMap((item) => (item.kind === 'list' && depth < 5 ? flat(item, depth + 1) : [item]));

function emitJob(builder: ReadingBuilder, root: MapNode, job: Entry, byName: ReadonlyMap<string, Entry>): void {
  const started = startedBy(job, byName);
  if (started.length === 0) return;
  const confidence = confidenceOf(builder.file);
  const triggers = triggersOf(root, job, byName);
  const image = inherited(job, 'image', byName) ?? entryOf(root, 'image') ?? entryOf(nodeOf(root, 'default'), 'image');
  const environment = inherited(job, 'environment', byName);
  const manual = scalarText(inherited(job, 'when', byName)?.node) === 'manual';
  for (const { command, line } of started) {
    const lines = { line, endLine: line };
    const ref = builder.asset({
      ...placedRef('agent', builder.file, `${job.key}/${command.host}`),
      name: started.length === 1 ? job.key : `${job.key} / ${command.title}`,
      properties: {
        host: command.host,
        framework: command.host,
        runsIn: 'gitlab-ci',
        location: 'ci',
        title: `${command.title} (script)`,
        job: job.key,
        command: maskText(command.text),
        triggers: triggers.map((trigger): Properties => trigger),
        trigger: triggers.map((trigger) => trigger.event).join(', ') || 'every pipeline of the project',
        // Pipelines of forks run in the fork, unless a member starts them for the project.
        whoCanTrigger: manual
          ? 'members of the project, by hand'
          : 'members of the project, and whom the project lets run pipelines',
        whoCanTriggerBecause: 'who may run pipelines is set in the project, not in a file',
        ...(command.mode === null ? {} : { mode: command.mode }),
        ...(command.dangerous.length === 0 ? {} : { dangerousFlags: command.dangerous }),
        ...(command.allowedTools.length === 0
          ? {}
          : { allowedTools: command.allowedTools.map((tool) => maskText(tool)) }),
        ...(command.mcpConfig.length === 0
          ? {}
          : { mcpConfig: command.mcpConfig.map((path) => ({ path: maskText(path.slice(0, 300)), line })) }),
        ...imageFacts(scalarText(image?.node) ?? scalarText(nodeOf(image?.node, 'name')) ?? null),
        untrustedInput: untrustedIn(builder.file.text.split('\n'), job),
      },
      lines,
      confidence: confidence === 'high' ? 'medium' : confidence,
    });
    if (command.model !== null && !command.model.startsWith('$'))
      modelFacts(builder, ref, command.model, lines, { host: command.host });
    emitVariables(builder, root, job, ref, byName);
    emitGate(builder, ref, environment, manual ? inherited(job, 'when', byName) : undefined);
  }
}

function triggersOf(
  root: MapNode,
  job: Entry,
  byName: ReadonlyMap<string, Entry>,
): readonly { readonly event: string; readonly line: number }[] {
  const rules = inherited(job, 'rules', byName) ?? entryOf(nodeOf(root, 'workflow'), 'rules');
  return itemsOf(rules?.node).flatMap((rule) => {
    const condition = scalarText(nodeOf(rule, 'if')) ?? '';
    return [...condition.matchAll(/CI_PIPELINE_SOURCE\s*==\s*["'](\w+)["']/g)].map((match) => ({
      event: match[1] ?? '',
      line: rule.line,
    }));
  });
}

/** Variables that hold text of whoever opened the merge request or raised the event. */
function untrustedIn(lines: readonly string[], job: Entry): readonly Properties[] {
  const found: Properties[] = [];
  for (let line = job.line; line <= job.endLine && found.length < 50; line++)
    for (const match of (lines[line - 1] ?? '').matchAll(
      /\$\{?(CI_MERGE_REQUEST_(?:TITLE|DESCRIPTION|SOURCE_BRANCH_NAME)|CI_COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|REF_NAME|BRANCH)|AI_FLOW_(?:INPUT|CONTEXT|EVENT)|TRIGGER_PAYLOAD)\b/g,
    ))
      found.push({ what: match[1] ?? '', line });
  return found;
}

function emitVariables(
  builder: ReadingBuilder,
  root: MapNode,
  job: Entry,
  ref: AssetRef,
  byName: ReadonlyMap<string, Entry>,
): void {
  for (const entry of [
    ...entriesOf(nodeOf(root, 'variables')),
    ...entriesOf(inherited(job, 'variables', byName)?.node),
  ]) {
    const value = scalarText(entry.node) ?? scalarText(nodeOf(entry.node, 'value')) ?? '';
    const judged = classifyValue(entry.key, value);
    const secret = judged.kind === 'literal-secret' ? judged.secret : null;
    if (secret === null && (!isCredentialName(entry.key) || judged.kind === 'empty')) continue;
    if (secret !== null) builder.issue(entry.line, `${entry.key.slice(0, 100)} is written out in the pipeline`);
    credential(builder, ref, entry.key, entry.line, secret === null ? 'reference' : 'literal', secret);
    const role = awsPrincipal(value);
    if (role === null) continue;
    builder.asset({ ...role, lines: linesOf(entry) });
    builder.relation({ kind: 'runs-as', from: ref, to: refOf(role), lines: linesOf(entry), confidence: 'medium' });
  }
  for (const entry of [
    ...entriesOf(inherited(job, 'secrets', byName)?.node),
    ...entriesOf(inherited(job, 'id_tokens', byName)?.node),
  ])
    credential(builder, ref, entry.key, entry.line, 'secret', null);
  const lines = builder.file.text.split('\n');
  for (let line = job.line; line <= job.endLine; line++)
    for (const match of (lines[line - 1] ?? '').matchAll(/\$\{?([A-Z][A-Z0-9_]{2,80})\b/g)) {
      const name = match[1] ?? '';
      if (isCredentialName(name)) credential(builder, ref, name, line, 'reference', null);
      else if (name === 'AWS_ROLE_ARN' || name === 'ROLE_ARN') credential(builder, ref, name, line, 'reference', null);
    }
}

function credential(
  builder: ReadingBuilder,
  from: AssetRef,
  name: string,
  line: number,
  form: string,
  secret: string | null,
): void {
  const span = { line, endLine: line };
  const to = credentialDraft(
    builder,
    builder.file,
    { ref: credentialRef(name), name, form, secretKind: secret, ...span },
    'gitlab-ci',
  );
  builder.relation({ kind: 'authenticates-with', from, to, properties: { form, variable: name }, lines: span });
}

function emitGate(
  builder: ReadingBuilder,
  ref: AssetRef,
  environment: Entry | undefined,
  manual: Entry | undefined,
): void {
  const name = scalarText(environment?.node) ?? scalarText(nodeOf(environment?.node, 'name'));
  if (environment !== undefined && name !== undefined) {
    const gate = builder.asset({
      kind: 'approval-gate',
      key: `gitlab-environment:${builder.file.anchor}#${name}`,
      name: `environment ${maskText(name)}`,
      properties: { mechanism: 'GitLab environment', grade: 'unknown', approvals: 'unknown until collected' },
      lines: linesOf(environment),
      confidence: 'medium',
      dynamic: true,
    });
    builder.relation({ kind: 'gated-by', from: ref, to: gate, lines: linesOf(environment), dynamic: true });
  }
  if (manual === undefined) return;
  const gate = builder.asset({
    ...placedRef('approval-gate', builder.file, ref.key.split('#').at(-1) ?? ''),
    name: 'job started by hand',
    properties: { mechanism: 'when: manual', grade: 'human-per-run' },
    lines: linesOf(manual),
    confidence: 'high',
  });
  builder.relation({ kind: 'gated-by', from: ref, to: gate, lines: linesOf(manual), confidence: 'high' });
}

/** Flows of GitLab Duo: an agent each, with the image that it runs in and the variables that it gets. */
function duoFacts(builder: ReadingBuilder, root: MapNode): void {
  const name = entryOf(root, 'name');
  const title =
    scalarText(name?.node) ??
    builder.file.place
      .split('/')
      .at(-1)
      ?.replace(/\.ya?ml$/, '') ??
    'flow';
  builder.asset({
    ...placedRef('agent', builder.file),
    name: `GitLab Duo ${maskText(title)}`,
    properties: {
      host: 'gitlab-duo',
      framework: 'gitlab-duo',
      runsIn: 'gitlab-ci',
      location: 'ci',
      ...imageFacts(scalarText(nodeOf(root, 'image')) ?? null),
      variables: textsOf(nodeOf(root, 'variables')).map((text) => maskText(text)),
      setupCommands: itemsOf(nodeOf(root, 'commands') ?? nodeOf(root, 'setup_script')).length,
    },
    lines: linesOf(name ?? root),
    confidence: 'low',
  });
}
