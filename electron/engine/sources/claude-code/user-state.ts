import type { Properties } from '../../../../shared/model/facts.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { parseJson } from '../parse/json-document.ts';
import { booleanOf, type Entry, entriesOf, entryOf, nodeOf, textsOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { claudeServer } from './mcp-entry.ts';
import { claudeCode, product } from './product.ts';

/**
 * `~/.claude.json`: servers of the user, and per project the local servers, the trust and what is switched off.
 * The rest of the file is application state and is not looked at. Claude Code documentation: mcp, settings (2026-08-22).
 */
export const claudeCodeUserState: FileSource = {
  kind: 'file',
  id: 'claude-code/user-state',
  version: 2,
  title: 'Claude Code user state and servers',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.claude.json' }],
  emits: ['agent', 'mcp-server', 'credential'],
  read,
};

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const document = parseJson(file.text);
  builder.problems(document.problems);
  if (document.root?.kind !== 'map') {
    builder.malformed(document.problems[0]?.message ?? 'the file is not a JSON object');
    return builder.done();
  }
  if (!document.strict) builder.malformed('not strict JSON');
  const facts = new HostAgentFacts(builder, claudeCode);
  const servers = entryOf(document.root, 'mcpServers');
  serversFacts(builder, {
    entry: servers,
    context: { host: claudeCode.id, user: facts.ref, scope: 'user', where: 'mcpServers', anchor: file.anchor },
    adapt: claudeServer,
  });
  const projects = entryOf(document.root, 'projects');
  for (const project of entriesOf(projects?.node)) projectFacts(builder, facts, project);
  facts.emit(servers ?? projects ?? { line: 1, endLine: 1 });
  return builder.done();
}

function projectFacts(builder: ReadingBuilder, facts: HostAgentFacts, project: Entry): void {
  const path = project.key.replaceAll('\\', '/').replace(/(.)\/+$/, '$1');
  const trusted = booleanOf(nodeOf(project.node, 'hasTrustDialogAccepted'));
  const lists: Properties = Object.fromEntries(
    ['disabledMcpServers', 'enabledMcpServers', 'enabledMcpjsonServers', 'disabledMcpjsonServers'].flatMap((key) => {
      const names = textsOf(nodeOf(project.node, key));
      return names.length === 0 ? [] : [[key, names] as const];
    }),
  );
  const servers = entryOf(project.node, 'mcpServers');
  if (trusted === undefined && Object.keys(lists).length === 0 && entriesOf(servers?.node).length === 0) return;
  const trustLine = entryOf(project.node, 'hasTrustDialogAccepted')?.line ?? project.line;
  facts.located('projects', { line: trustLine, endLine: trustLine }, { path, trusted: trusted ?? false, ...lists });
  for (const item of textsOf(nodeOf(project.node, 'allowedTools')))
    facts.located('permissions', project, { list: 'allow', rule: item, project: path });
  serversFacts(builder, {
    entry: servers,
    context: {
      host: claudeCode.id,
      user: facts.ref,
      scope: 'local',
      where: 'mcpServers',
      anchor: homeRelative(path, builder.file.path),
      extra: { project: path },
    },
    adapt: claudeServer,
  });
}

/** `/home/dev/app` seen from `/home/dev/.claude.json` is `~/app`: keys carry no user names. */
function homeRelative(path: string, stateFile: string): string {
  const home = stateFile.slice(0, stateFile.lastIndexOf('/'));
  return home !== '' && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
}
