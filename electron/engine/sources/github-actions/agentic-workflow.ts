import type { Properties } from '../../../../shared/model/facts.ts';
import { jsonOf } from '../host/host-agent.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { parseFrontMatter } from '../parse/front-matter.ts';
import { type Entry, entriesOf, entryOf, type MapNode, nodeOf, scalarText, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef, FileInput, FileSource, Reading } from '../source.ts';
import { product } from './product.ts';
import { permissionsOf, tokenFacts } from './workflow-model.ts';
import { triggerFacts, triggersOf, untrustedIn } from './triggers.ts';

export const agenticHost = 'gh-aw';

/**
 * GitHub Agentic Workflows: Markdown with front matter, of which `gh aw compile` makes the `.lock.yml` that runs (excerpt of
 * the documentation: front matter, permissions, safe outputs, 2026).
 */
export const agenticWorkflows: FileSource = {
  kind: 'file',
  id: 'github-actions/agentic-workflows',
  version: 1,
  title: 'GitHub Agentic Workflows',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: '.github/workflows/*.md', confidence: 'medium' }],
  emits: ['agent', 'model', 'prompt', 'mcp-server', 'credential', 'external-service', 'approval-gate'],
  read,
};

/** Keys below `on` that are no events of GitHub. */
const ownKeys: ReadonlySet<string> = new Set([
  'reaction',
  'stop-after',
  'manual-approval',
  'roles',
  'skip-roles',
  'bots',
  'skip-bots',
  'skip-if-match',
  'skip-if-no-match',
  'status-comment',
  'github-token',
  'github-app',
  'permissions',
  'steps',
]);

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const matter = parseFrontMatter(file.text);
  builder.problems(matter.problems);
  const { header } = matter;
  const on = entryOf(header, 'on');
  // Without a trigger it is a part that others import, or a plain note.
  if (header === null || on === undefined) return builder.done();
  const confidence = confidenceOf(file);
  const engineEntry = entryOf(header, 'engine');
  const engine = scalarText(engineEntry?.node) ?? scalarText(nodeOf(engineEntry?.node, 'id')) ?? 'copilot (default)';
  const name = scalarText(nodeOf(header, 'name')) ?? headingOf(matter.body) ?? fileTitle(file.place);
  const triggers = triggersOf(on)
    .filter((trigger) => !ownKeys.has(trigger.event))
    .map((trigger) => ({ ...trigger, anyone: trigger.anyone || /^(?:slash_command|command)$/.test(trigger.event) }));
  const permissions = permissionsOf(entryOf(header, 'permissions'));
  const lines = file.text.split('\n');
  const bodyEnd = wholeFile(file.text).endLine;
  const span = linesOf(engineEntry ?? on);
  const ref = builder.asset({
    ...placedRef('agent', file),
    name,
    properties: {
      host: agenticHost,
      framework: agenticHost,
      runsIn: 'github-actions',
      location: 'ci',
      engine,
      ...triggerFacts(triggers),
      trigger: triggers.map(({ event, types }) => [event, ...types].join('.')).join(', '),
      roles: rolesOf(header, on),
      markdown: { place: file.place, events: triggers.map((trigger) => trigger.event), ...tokenFacts(permissions) },
      safeOutputs: safeOutputs(entryOf(header, 'safe-outputs')),
      network: networkOf(entryOf(header, 'network')),
      tools: toolsOf(entryOf(header, 'tools')),
      untrustedInput: untrustedIn(lines, matter.bodyLine, bodyEnd).map(({ what, line }) => ({
        what,
        line,
        into: 'prompt',
      })),
      ...kept(header, [
        'strict',
        'timeout-minutes',
        'imports',
        'sandbox',
        'environment',
        'runs-on',
        'safe-inputs',
        'mcp-scripts',
      ]),
    },
    lines: span,
    confidence,
  });
  const model = entryOf(engineEntry?.node, 'model');
  const modelId = scalarText(model?.node);
  if (model !== undefined && modelId !== undefined && !modelId.includes('${{'))
    modelFacts(builder, ref, modelId, model, { host: agenticHost, confidence });
  if (matter.body.trim() !== '')
    promptFacts(builder, {
      name: `${name} instructions`,
      role: 'agent',
      host: agenticHost,
      body: matter.body,
      lines: { line: Math.min(matter.bodyLine, bodyEnd), endLine: bodyEnd },
      confidence,
      user: ref,
    });
  emitServers(builder, header, ref);
  emitSecrets(builder, ref, lines, matter.headerLines?.endLine ?? 1, agenticHost, entryOf(header, 'mcp-servers'));
  emitGates(builder, header, on, ref);
  emitText(
    builder,
    ref,
    triggers.filter((trigger) => trigger.anyone).map((trigger) => trigger.event),
    span.line,
  );
  return builder.done();
}

/** The name that the compiled file gets where the front matter has none: the first heading of the text. */
const headingOf = (body: string): string | undefined => {
  const found = /^#\s+(.{1,200})$/m.exec(body.slice(0, 20_000))?.[1]?.trim();
  return found === undefined ? undefined : maskText(found);
};

const fileTitle = (place: string): string => (place.split('/').at(-1) ?? place).replace(/\.md$/, '');

/** Who may start it: `roles`, else the default of the compiler. */
function rolesOf(header: MapNode, on: Entry): readonly string[] {
  const written = nodeOf(on.node, 'roles') ?? nodeOf(header, 'roles');
  return written === undefined ? ['admin', 'maintainer', 'write'] : textsOf(written);
}

function safeOutputs(entry: Entry | undefined): readonly Properties[] {
  const settings = new Set([
    'github-token',
    'github-app',
    'app',
    'staged',
    'env',
    'allowed-domains',
    'allowed-github-references',
    'max-patch-size',
    'runs-on',
    'messages',
    'threat-detection',
    'footer',
    'steps',
    'concurrency-group',
    'environment',
  ]);
  return entriesOf(entry?.node).flatMap((member): Properties[] => {
    if (settings.has(member.key)) return [];
    const facts = member.node.kind === 'map' ? jsonOf(member.node, 0) : {};
    return [
      {
        ...(typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? (facts as Properties) : {}),
        output: member.key,
        line: member.line,
      },
    ];
  });
}

function networkOf(entry: Entry | undefined): Properties {
  if (entry === undefined) return { allowed: ['defaults'], written: false };
  const text = scalarText(entry.node);
  if (text !== undefined) return { allowed: [text], written: true };
  return {
    allowed: textsOf(nodeOf(entry.node, 'allowed')),
    blocked: textsOf(nodeOf(entry.node, 'blocked')),
    written: true,
    line: entry.line,
  };
}

const toolsOf = (entry: Entry | undefined): Properties =>
  Object.fromEntries(
    entriesOf(entry?.node)
      .slice(0, 100)
      .map((member) => [member.key, jsonOf(member.node, 0)] as const),
  );

const kept = (header: MapNode, names: readonly string[]): Properties =>
  Object.fromEntries(
    names.flatMap((name) => {
      const entry = entryOf(header, name);
      return entry === undefined ? [] : [[name, jsonOf(entry.node, 0)] as const];
    }),
  );

function emitServers(builder: ReadingBuilder, header: MapNode, user: AssetRef): void {
  const entry = entryOf(header, 'mcp-servers');
  serversFacts(builder, {
    entry,
    context: {
      host: agenticHost,
      user,
      scope: 'project',
      where: 'mcp-servers',
      anchor: builder.file.anchor,
      confidence: 'medium',
    },
    adapt: (raw, node) => {
      const container = scalarText(nodeOf(node, 'container'));
      const version = scalarText(nodeOf(node, 'version'));
      const image = container === undefined || version === undefined ? container : `${container}:${version}`;
      const allowed = textsOf(nodeOf(node, 'allowed'));
      const args = [...textsOf(nodeOf(node, 'args')), ...textsOf(nodeOf(node, 'entrypointArgs'))];
      return {
        raw: {
          ...raw,
          ...(image === undefined
            ? {}
            : {
                command: 'docker',
                args: ['run', '--rm', '-i', image, ...args],
                argLines: [],
                transport: 'stdio' as const,
              }),
          includeTools: allowed,
        },
        extra: { allowedTools: allowed },
      };
    },
  });
}

/** Secrets of the repository that the text names, up to a line; the ones of servers are the servers'. */
export function emitSecrets(
  builder: ReadingBuilder,
  from: AssetRef,
  lines: readonly string[],
  last: number,
  host: string,
  except?: Entry,
): readonly string[] {
  const names = new Set<string>();
  for (const [index, text] of lines.slice(0, Math.min(last, 20_000)).entries()) {
    if (except !== undefined && index + 1 >= except.line && index + 1 <= except.endLine) continue;
    for (const match of text.matchAll(/\bsecrets\.([A-Za-z0-9_-]{1,128})/g)) {
      const name = match[1] ?? '';
      names.add(name);
      const line = index + 1;
      const to = credentialDraft(
        builder,
        builder.file,
        { ref: credentialRef(name), name, form: 'reference', secretKind: null, line, endLine: line },
        host,
      );
      builder.relation({
        kind: 'authenticates-with',
        from,
        to,
        properties: { form: 'reference', variable: name },
        lines: { line, endLine: line },
      });
    }
  }
  return [...names];
}

/** What stands between the agent and a write: jobs of their own, and an environment where one is asked for. */
function emitGates(builder: ReadingBuilder, header: MapNode, on: Entry, from: AssetRef): void {
  const outputs = entryOf(header, 'safe-outputs');
  if (outputs !== undefined) {
    const gate = builder.asset({
      ...placedRef('approval-gate', builder.file, 'safe-outputs'),
      name: 'safe outputs',
      properties: {
        mechanism: 'safe-outputs job',
        grade: 'policy',
        human: false,
        why: 'a job of its own checks and applies what the agent asks for; no person answers',
      },
      lines: linesOf(outputs),
      confidence: 'medium',
    });
    builder.relation({ kind: 'gated-by', from, to: gate, lines: linesOf(outputs), confidence: 'medium' });
  }
  const approval = entryOf(on.node, 'manual-approval');
  const environment = scalarText(approval?.node);
  if (approval === undefined || environment === undefined) return;
  const gate = builder.asset({
    kind: 'approval-gate',
    key: `github-environment:${builder.file.anchor}#${environment}`,
    name: `environment ${environment}`,
    properties: {
      mechanism: 'GitHub environment',
      grade: 'unknown',
      environment,
      reviewers: 'unknown until collected',
    },
    lines: linesOf(approval),
    confidence: 'medium',
    dynamic: true,
  });
  builder.relation({ kind: 'gated-by', from, to: gate, lines: linesOf(approval), confidence: 'medium', dynamic: true });
}

/** Issues and comments that reach the agent. */
function emitText(builder: ReadingBuilder, from: AssetRef, events: readonly string[], line: number): void {
  if (events.length === 0) return;
  const lines = { line, endLine: line };
  const service = builder.asset({
    kind: 'external-service',
    key: 'github:text',
    name: 'GitHub issues, pull requests and comments',
    properties: { kind: 'code-hosting', untrusted: true, host: 'github.com' },
    lines,
    confidence: 'high',
  });
  builder.relation({ kind: 'ingests', from, to: service, properties: { events }, lines, confidence: 'medium' });
}
