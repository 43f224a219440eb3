import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { type Entry, entriesOf, entryOf, nodeOf, scalarText } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import type { AgentStep } from './agent-steps.ts';
import { hostId } from './product.ts';
import { emitJobRelations, type JobContext } from './job-facts.ts';
import { emitServers, emitSettings } from './step-settings.ts';
import { asksWho, triggerFacts, triggersUnder, untrustedIn, withoutSecrets } from './triggers.ts';
import { isWriting, tokenFacts } from './workflow-model.ts';

export function emitAgent(context: JobContext, agent: AgentStep, name: string, key: string): AssetRef {
  const { builder, job, lines } = context;
  const span = { line: agent.line, endLine: agent.endLine };
  const condition = [job.condition, agent.step.condition].filter((text) => text !== undefined).join(' && ');
  const triggers = triggersUnder(context.triggers, condition === '' ? undefined : condition);
  const who = whoCanTrigger(agent, triggers, condition);
  const checkouts = foreignCheckouts(context, agent.step.index);
  const texts = agent.prompts.flatMap((prompt) => untrustedIn(lines, prompt.entry.line, prompt.entry.endLine));
  const ref = builder.asset({
    ...placedRef('agent', builder.file, key),
    name,
    properties: {
      host: agent.host,
      framework: agent.host,
      runsIn: hostId,
      location: 'ci',
      title: agent.title,
      workflow: context.workflowName,
      job: job.id,
      step: agent.step.index + 1,
      ...(agent.action === null
        ? {}
        : { action: agent.action.action, reference: agent.action.reference, pinnedToSha: agent.action.pinnedToSha }),
      ...(agent.command === null ? {} : { command: maskText(agent.command.text) }),
      ...triggerFacts(triggers),
      trigger: triggers.map((trigger) => trigger.event).join(', '),
      whoCanTrigger: who.who,
      whoCanTriggerBecause: who.because,
      ...(who.line === null ? {} : { whoCanTriggerLine: who.line }),
      ...tokenFacts(context.permissions),
      secrets: secretNames(context, agent),
      untrustedInput: texts.map(({ what, line }) => ({ what, line, into: 'prompt' })),
      ...(checkouts.length === 0 ? {} : { checksOutForeignCode: checkouts }),
      ...(condition === '' ? {} : { condition: maskText(condition.slice(0, 1000)) }),
      ...(agent.mode === null ? {} : { mode: agent.mode }),
      ...(agent.dangerous.length === 0 ? {} : { dangerousFlags: agent.dangerous }),
      ...(agent.sandbox === null ? {} : { sandbox: agent.sandbox }),
      ...(agent.safetyStrategy === null ? {} : { safetyStrategy: agent.safetyStrategy }),
      ...(agent.allowedTools.length === 0
        ? {}
        : { allowedTools: agent.allowedTools.slice(0, 500).map((tool) => maskText(tool)) }),
      ...(agent.disallowedTools.length === 0
        ? {}
        : { disallowedTools: agent.disallowedTools.slice(0, 500).map((tool) => maskText(tool)) }),
      ...(agent.maxTurns === null ? {} : { maxTurns: agent.maxTurns }),
      ...(agent.promptFile === null ? {} : { promptFile: maskText(agent.promptFile) }),
      ...mcpPaths(agent),
      ...options(agent),
      ...(job.environment === null ? {} : { environment: job.environment.name }),
    },
    lines: linesOf(span),
    confidence: agent.confidence,
  });
  if (agent.model !== null && !agent.model.id.includes('${{'))
    modelFacts(
      builder,
      ref,
      agent.model.id,
      { line: agent.model.line, endLine: agent.model.line },
      { host: agent.host },
    );
  for (const { entry, key: part } of agent.prompts) {
    const body = scalarText(entry.node) ?? '';
    if (part === 'run' || body.trim() === '') continue;
    promptFacts(builder, {
      name: `${part} of ${name}`,
      role: 'prompt',
      host: agent.host,
      key: `${key}/${part}`,
      body,
      lines: linesOf(entry),
      properties: {
        untrustedInput: untrustedIn(lines, entry.line, entry.endLine).map(({ what, line }) => ({ what, line })),
      },
      user: ref,
    });
  }
  emitServers(context, agent, ref);
  emitSettings(context, agent, ref);
  emitJobRelations(context, agent.step, ref, { gated: true, writing: isWriting(context.permissions), span });
  emitEgress(context, agent, ref);
  emitIngest(
    context,
    ref,
    triggers.filter((trigger) => trigger.anyone).map((trigger) => trigger.event),
    texts[0]?.line ?? triggers[0]?.line ?? agent.line,
  );
  return ref;
}

type Who = { readonly who: string; readonly because: string; readonly line: number | null };

/** Who can make the agent run, and what decides it. */
function whoCanTrigger(agent: AgentStep, triggers: JobContext['triggers'], condition: string): Who {
  const open = triggers.filter((trigger) => trigger.anyone);
  const users = agent.guard?.users ?? null;
  const line = (name: string): number | null => entryOf(agent.step.with?.node, name)?.line ?? null;
  if (triggers.length === 0) return { who: 'unknown', because: 'no trigger is named', line: null };
  if (triggers.every((trigger) => trigger.event === 'workflow_call'))
    return {
      who: 'whoever can start a calling workflow',
      because: 'only other workflows call it',
      line: triggers[0]?.line ?? null,
    };
  if (open.length === 0)
    return {
      who: 'people with write access',
      because: `${triggers.map((trigger) => trigger.event).join(', ')} cannot be raised by others`,
      line: triggers[0]?.line ?? null,
    };
  const at = line('allowed_non_write_users') ?? line('allow-users') ?? open[0]?.line ?? null;
  if (agent.guard !== null && users === null)
    return {
      who: 'people with write access',
      because: 'the action asks for write access',
      line: open[0]?.line ?? null,
    };
  if (agent.guard !== null && users?.trim() !== '*')
    return { who: 'people with write access, and named users', because: 'the action lets named users in', line: at };
  if (asksWho(condition))
    return { who: 'whom a condition lets through', because: 'a condition asks who raised the event', line: at };
  const event = open.find((trigger) => !withoutSecrets.has(trigger.event));
  if (event === undefined && agent.guard === null)
    return {
      who: 'anyone, from a fork without secrets',
      because: `${open[0]?.event ?? ''} of a fork gets no secrets`,
      line: at,
    };
  return {
    who: 'anyone',
    because:
      users === null ? `anybody can raise ${event?.event ?? open[0]?.event ?? ''}` : 'the action lets everybody in',
    line: at,
  };
}

/** Code of a stranger in the working folder: which step brings it, and where to. */
function foreignCheckouts(context: JobContext, before: number): readonly Properties[] {
  return context.job.steps.flatMap((step): Properties[] => {
    if (step.index >= before) return [];
    const reference = entryOf(step.with?.node, 'ref');
    const text = scalarText(reference?.node) ?? '';
    const path = scalarText(nodeOf(step.with?.node, 'path')) ?? '.';
    if (
      /actions\/checkout@/i.test(scalarText(step.uses?.node) ?? '') &&
      reference !== undefined &&
      /head\.(?:sha|ref)|head_ref|head_sha|head_branch|refs\/pull|merge_commit_sha/.test(text)
    )
      return [{ line: reference.line, reference: maskText(text.slice(0, 200)), path }];
    const run = scalarText(step.run?.node) ?? '';
    const row = run.split('\n').findIndex((part) => /\bgh\s+pr\s+checkout\b|git\s+fetch\s[^\n]*pull\//.test(part));
    return row === -1 || step.run === undefined
      ? []
      : [{ line: step.run.node.line + row, reference: 'gh pr checkout', path: '.' }];
  });
}

const secretShape = /\bsecrets\.([A-Za-z0-9_-]{1,128})/g;

/** Secrets by name that reach the step: its own inputs and environment, that of the job and of the workflow. */
function secretNames(context: JobContext, agent: AgentStep): readonly string[] {
  const names = new Set<string>();
  for (const { entry } of agentValues(context, agent))
    for (const match of (scalarText(entry.node) ?? '').slice(0, 20_000).matchAll(secretShape))
      names.add(match[1] ?? '');
  return [...names];
}

function agentValues(
  context: JobContext,
  agent: AgentStep,
): readonly { readonly entry: Entry; readonly from: string }[] {
  const all = (holder: Entry | undefined, from: string): { entry: Entry; from: string }[] =>
    entriesOf(holder?.node).map((entry) => ({ entry, from }));
  return [
    ...all(agent.step.with, 'with'),
    ...all(agent.step.env, 'env'),
    ...all(context.job.env, 'job env'),
    ...all(context.env, 'workflow env'),
    ...(agent.step.run === undefined ? [] : [{ entry: agent.step.run, from: 'run' }]),
  ];
}

/** Credentials that reach an agent, and literal ones that should stand elsewhere. */
export function emitCredentials(context: JobContext, agent: AgentStep, ref: AssetRef): void {
  const { builder, lines } = context;
  for (const { entry, from } of agentValues(context, agent)) {
    const text = scalarText(entry.node);
    if (text === undefined) continue;
    for (let line = entry.line; line <= entry.endLine; line++) {
      for (const match of (lines[line - 1] ?? '').matchAll(secretShape))
        credential(builder, ref, match[1] ?? '', line, 'reference', null, entry.key, agent.host);
    }
    if (from === 'run') continue;
    // Whatever an expression gives is no value that is written here.
    const judged = classifyValue(entry.key, text.replace(/\$\{\{[^}]{0,2000}\}\}/g, ''));
    if (judged.kind === 'literal-secret' && isCredentialName(entry.key)) {
      credential(builder, ref, entry.key, entry.line, 'literal', judged.secret, entry.key, agent.host);
      builder.issue(entry.line, `${entry.key} is written out in the workflow`);
    }
  }
  credential(builder, ref, 'GITHUB_TOKEN', tokenLine(context, agent), 'job token', null, 'GITHUB_TOKEN', agent.host);
}

const tokenLine = (context: JobContext, agent: AgentStep): number =>
  entryOf(agent.step.with?.node, 'github_token')?.line ?? context.permissions?.line ?? context.job.line;

function credential(
  builder: ReadingBuilder,
  from: AssetRef,
  name: string,
  line: number,
  form: string,
  secretKind: string | null,
  variable: string,
  host: string,
): void {
  const to = credentialDraft(
    builder,
    builder.file,
    { ref: credentialRef(name), name, form, secretKind, line, endLine: line },
    host,
  );
  builder.relation({
    kind: 'authenticates-with',
    from,
    to,
    properties: { form, variable },
    lines: { line, endLine: line },
  });
}

const mcpPaths = (agent: AgentStep): Properties => {
  const paths = agent.mcpConfig.filter(({ text }) => !text.trim().startsWith('{'));
  return paths.length === 0
    ? {}
    : { mcpConfig: paths.map(({ text, line }) => ({ path: maskText(text.slice(0, 300)), line })) };
};

const options = (agent: AgentStep): Properties => {
  const found = Object.entries(agent.more).map(([name, value]) => [name, maskText(value)] as const);
  const guard: Properties =
    agent.guard === null ? {} : { letsIn: { users: agent.guard.users, bots: agent.guard.bots } };
  return found.length === 0 ? guard : { ...guard, options: Object.fromEntries(found) as { [key: string]: JsonValue } };
};

/** Tools and switches with which an agent reaches any address. */
function emitEgress(context: JobContext, agent: AgentStep, ref: AssetRef): void {
  const tool = agent.allowedTools.find((name) =>
    /^(?:Bash|WebFetch|WebSearch|shell|web_fetch|run_shell_command)(?:$|\(\*\))/.test(name),
  );
  const open = agent.dangerous[0] ?? (agent.sandbox === 'danger-full-access' ? agent.sandbox : undefined);
  const because = tool ?? open;
  if (because === undefined) return;
  const row = context.lines.slice(agent.step.line - 1, agent.step.endLine).findIndex((text) => text.includes(because));
  const line = row === -1 ? agent.line : agent.step.line + row;
  const web = context.builder.asset({
    kind: 'external-service',
    key: 'web:*',
    name: 'any web host',
    properties: { kind: 'web', anyAddress: true },
    lines: { line, endLine: line },
    confidence: 'medium',
    dynamic: true,
  });
  context.builder.relation({
    kind: 'egresses-to',
    from: ref,
    to: web,
    properties: { because: maskText(because) },
    lines: { line, endLine: line },
    confidence: 'medium',
    dynamic: true,
  });
}

/** Text of strangers that the events bring. */
function emitIngest(context: JobContext, ref: AssetRef, events: readonly string[], line: number): void {
  if (events.length === 0) return;
  const service = context.builder.asset({
    kind: 'external-service',
    key: 'github:text',
    name: 'GitHub issues, pull requests and comments',
    properties: { kind: 'code-hosting', untrusted: true, host: 'github.com' },
    lines: { line, endLine: line },
    confidence: 'high',
  });
  context.builder.relation({
    kind: 'ingests',
    from: ref,
    to: service,
    properties: { events },
    lines: { line, endLine: line },
    confidence: 'high',
  });
}
